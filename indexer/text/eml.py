"""E-mails (eml) → subject and body; attachments are named, not opened. Senders and recipients stay out of the index."""

from __future__ import annotations

import email
from email import policy
from email.message import EmailMessage

from council.decoding import decode
from indexer.text.extraction import Limits, Pages, one_page
from indexer.text.html import text_of


def read(data: bytes, limits: Limits) -> Pages:
    """One page: subject, the plain body or else the HTML one, and the names of the attachments."""
    message = email.message_from_bytes(data, policy=policy.default)
    pieces = [str(message["subject"] or ""), _body(message), *_attachments(message)]
    return one_page("\n\n".join(piece for piece in pieces if piece))


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    text = decode(payload if isinstance(payload, bytes) else b"", (part.get_content_charset(),))
    return text_of(text) if part.get_content_type() == "text/html" else text


def _attachments(message: EmailMessage) -> list[str]:
    if not message.is_multipart():
        return []
    return [name for part in message.iter_attachments() if (name := part.get_filename())]
