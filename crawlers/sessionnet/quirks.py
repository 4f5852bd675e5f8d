"""What single SessionNet servers do differently, each told by what it looks like, never by a host's name."""

from __future__ import annotations

import re

NO_UTF_8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|[\x80-\xff]"
)
"""Whole characters of UTF-8, and single bytes that are none: asp servers of layout 4 mix both
in one page (clients' code, 2008 to 2016)."""
LOST_LETTER = re.compile(
    rb"(?:\xef\xbf\xbd|&#65533;|&#xfffd;|\xc3\x83(?:\xc2\xb6|\xc2\x96|\xe2\x80\x93))ffentlich", re.IGNORECASE
)
"""The one word on which publicity hangs, where its first letter was lost or encoded twice."""
