"""Public or not, as German councils write it: headings of agenda sections, numbers, titles, names of files.

Everything here fails closed: in doubt a thing is not public.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Section(StrEnum):
    """The two parts of an agenda."""

    PUBLIC = "public"
    NONPUBLIC = "nonpublic"


_NOT_PUBLIC = r"nicht[\s\-–‐]*öff(?:entl(?:ich(?:e[rsnm]?)?)?)?\.?"
_NONPUBLIC = rf"(?:{_NOT_PUBLIC}|n\.?\s?ö\.?)"
_PUBLIC = r"(?:öff(?:entl(?:ich(?:e[rsnm]?)?)?)?\.?|ö\.?)"
_CONFIDING = r"(?:vertraulich|geheim)e[rsnm]?"
_NOUN = (
    r"(?:(?:sitzungs|beratungs)?teile?s?|sitzung|tagung|tagesordnung(?:s?punkte?n?|steil)?|to|tops?|punkte?"
    r"|beratung(?:en|spunkte|sgegenstände)?|angelegenheiten|vorlagen|themen|(?:verhandlungs)?gegenstände"
    r"|bereich|abschnitt|anfragen|mitteilungen)(?:\s+und\s+(?:anfragen|mitteilungen|vorlagen|sonstiges))?"
)
_PUBLIC_NOUN = r"(?:(?:sitzungs|beratungs)?teile?s?|sitzung|tagung|tagesordnung(?:s?punkte?n?|steil)?)"
_COUNT = r"(?:[ivx]{1,5}|[a-z]{1,2}|[nö]{1,2}|\d{1,2})"
_LEAD = (
    rf"(?:(?:teil|abschnitt|block)\s+{_COUNT}\s*[.):/\-–]*\s*|{_COUNT}(?:\s*[.):/\-–]+\s*|\s+))?"
    r"(?:(?:tagesordnung(?:spunkte)?|sitzung|fortsetzung|beginn|es folgt)\s*[:(\-–]?\s*)?"
    r"(?:(?:die|der|des|den)\s+)?"
)
_BODY_OF = (
    r"(?:\s+(?:der|des|zur)\s+(?:\w+\s+){0,4}?\w*(?:sitzung|tagesordnung|ausschusses|rate?s|vertretung|versammlung))?"
)
_WHEN = (
    r"(?:\s*,?\s*(?:vom|am)\s+(?:\w+,?\s+)?\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{2,4})?"
    r"(?:\s*[,(:\-–]*\s*(?:ab|um|gegen|beginn|ca\.?)?[\s:]*\d{1,2}(?:[.:]\d{2})?\s*uhr)?"
    r"(?:\s*[,(:\-–]*\s*(?:ab\s+)?tops?\s*\d+(?:\s*(?:-|–|bis)\s*\d+)?)?"
    r"(?:\s*[(\-–]*\s*fortsetzung)?"
)
_TAIL = rf"{_BODY_OF}{_WHEN}"
_NONPUBLIC_HEADING = re.compile(
    rf"{_LEAD}(?:{_NONPUBLIC}(?:\s*{_NOUN})?|{_CONFIDING}\s*{_NOUN}){_TAIL}|{_LEAD}unter ausschluss der öffentlichkeit"
)
_PUBLIC_HEADING = re.compile(
    rf"{_LEAD}{_PUBLIC}(?:\s*{_PUBLIC_NOUN})?{_TAIL}|{_LEAD}wiederherstellung der öffentlichkeit"
)
_NONPUBLIC_WITH_TOPIC = re.compile(rf"{_LEAD}{_NOT_PUBLIC}\s*{_NOUN}{_TAIL}\s*(?::|\s[\-–])\s*(?P<topic>.+)")
# Said in public about the non-public part: not itself non-public.
_ABOUT_NONPUBLIC = re.compile(
    r"bekannt|beschlüsse|gefass|genehmig|niederschrift|protokoll|einwend|einwänd|bestätig|verschoben|verlegt|verwiesen"
    r"|veröffentlich"
)
_NONPUBLIC_NUMBER = re.compile(r"[^\w]*n[\s.\-]*(?:ö|oe)?[\s.\-]*(?:\d.*)?", re.DOTALL)
_NONPUBLIC_START = re.compile(
    rf"(?:\W*[(\[]\s*{_NONPUBLIC}\s*[)\]]|\W*(?:{_NOT_PUBLIC}|nö\.?|n\.\s?ö\.)\s*[:\-–]\s|\W*(?:nö\.|n\.\s?ö\.)\s|\W*nö\s*\d)"
)
_NONPUBLIC_INSIDE = re.compile(rf"[(\[]\s*{_NOT_PUBLIC}(?:\s*{_NOUN})?\s*[)\]]")
_NONPUBLIC_END = re.compile(rf"(?:[(\[]|\s[\-–]\s*){_NONPUBLIC}(?:\s*{_NOUN})?[\s)\]\-–.]*$")


_LOST_UMLAUT = re.compile(r"(?:\ufffd|&#65533;|Ã¶|Ã\u0096)(?=ff(?:entl|\b))|(?<=\b[nN])(?:\ufffd|Ã¶)(?=[.\W]|$)")


def with_umlauts(text: str) -> str:
    """With the ö in "öffentlich" and "nö" where an encoding has lost it: what is not public must be known as that."""
    return _LOST_UMLAUT.sub("ö", unicodedata.normalize("NFC", text))


def plain(text: str) -> str:
    """Lower case, one kind of blank, "oeff" as "öff", l e t t e r - s p a c e d words closed up."""
    folded = with_umlauts(text).lower().replace("oeff", "öff").replace("_", " ")
    line = " ".join(folded.replace("\u00ad", "").replace("\u200b", "").split())
    return line.replace(" ", "") if re.fullmatch(r"(?:\w ){5,}\w\W*", line) else line


def section_of_heading(text: str) -> Section | None:
    """Whether the whole text is the heading of a part of an agenda: "II. Nichtöffentlicher Teil:" → NONPUBLIC.

    "Bekanntgabe in nichtöffentlicher Sitzung gefasster Beschlüsse" is an item, not a heading → None. A heading with a
    topic behind it ("Nichtöffentlicher Teil: Grundstücke") ends the public part too; a public one begins none.
    """
    line = plain(text)
    if len(line) > 300:
        return None
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", line)
    if _NONPUBLIC_HEADING.fullmatch(bare):
        return Section.NONPUBLIC
    if _PUBLIC_HEADING.fullmatch(bare):
        return Section.PUBLIC
    topic = _NONPUBLIC_WITH_TOPIC.fullmatch(bare)
    if topic and not _ABOUT_NONPUBLIC.search(topic["topic"]):
        return Section.NONPUBLIC
    return None


def is_nonpublic_number(number: str) -> bool:
    """Whether an agenda number says non-public by its prefix: "N 1", "NÖ 3", "nö.2", "N"."""
    return bool(_NONPUBLIC_NUMBER.fullmatch(plain(number)))


def names_nonpublic_item(name: str) -> bool:
    """Whether an agenda item says of itself that it is non-public: "NÖ: Grundstück", "Personalsache (nichtöffentlich)".

    Karlsruhe (read August 2026) marks "nö. Information Verfahrensstand Gutachten …" as public: true. Not so
    "Genehmigung der Niederschrift (nichtöffentlicher Teil)", which is dealt with in public.
    """
    line = plain(name)
    if _ABOUT_NONPUBLIC.search(line):
        return False
    return bool(_NONPUBLIC_START.match(line) or _NONPUBLIC_END.search(line[-100:]) or _NONPUBLIC_INSIDE.search(line))


_WORD_START, _WORD_END = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_NONPUBLIC_WORD = re.compile(
    rf"{_WORD_START}(?:nicht[\s\-–‐_]*öff(?:entl(?:ich(?:e[rsnm]?)?)?)?|nö|n\.\s?ö\.){_WORD_END}"
)
_NONPUBLIC_NOE = re.compile(rf"{_WORD_START}(?:NOE|noe){_WORD_END}")
_PUBLIC_WORD = re.compile(
    rf"(?<!nicht)(?<!nicht[\s\-–‐_]){_WORD_START}(?:öff(?:entl(?:ich(?:e[rsnm]?)?)?)?|ö){_WORD_END}"
)
_CONFIDENTIAL = re.compile(rf"\W*vertraulich{_WORD_END}|.*[(\[]vertraulich[)\]]|.*[\s\-–_]vertraulich(?:\.\w{{2,4}})?$")
_ANNOUNCES = re.compile(r"bekannt(?:gabe|gegeben|mach|gemacht)|veröffentlich|gefass|beschlüsse")
_HOLDS_BOTH_PARTS = re.compile(r"niederschrift|protokoll|tagesordnung|einladung|sitzungsmappe|sitzungspaket|auszug")


def names_nonpublic_file(name: str) -> bool:
    """Whether a file's own name says that it is non-public: "Niederschrift nichtöffentlicher Teil", "NÖ_Protokoll.pdf".

    "Bekanntgabe nichtöffentlich gefasster Beschlüsse" is public. Where a name says both ("ö/nö"), minutes and agendas
    hold the non-public part as well and count as non-public; of other documents it is the topic.
    """
    plain = re.sub(r"\s+", " ", with_umlauts(name)).lower().replace("oeff", "öff").strip()
    if _CONFIDENTIAL.match(plain):
        return True
    if not (_NONPUBLIC_WORD.search(plain) or _NONPUBLIC_NOE.search(name)):
        return False
    if _ANNOUNCES.search(plain):
        return False
    return not _PUBLIC_WORD.search(plain) or bool(_HOLDS_BOTH_PARTS.search(plain))
