"""Visibility in words, as German councils write it: headings of agenda sections, statuses, titles, names of files.

Everything fails closed: in doubt a thing is not public. What the words come to is decided in `verdicts`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from crawlers.parsing.badges import Marking, read_badge
from crawlers.parsing.wording import canonical, plain


class Section(StrEnum):
    """The two parts of an agenda."""

    PUBLIC = "public"
    NONPUBLIC = "nonpublic"


_NOT_PUBLIC = r"nich?t?[\s\-]*öf(?!fentlichkeit|fn(?!et))\w*\.?"
"""With its typing mistakes: no other word begins so."""
_NOE = r"n[.\-/]?\s?ö(?:ff(?:entl(?:ich(?:e[rsnm]?)?)?)?)?\.?(?![^\W\d_])"
_NONPUBLIC = rf"(?:{_NOT_PUBLIC}|{_NOE})"
_PUBLIC = (
    r"(?:(?:öff(?:entl(?:ich(?:e[rsnm]?)?)?)?\.?|ö\.?)(?![^\W\d_])"
    r"|öffentlicher(?=teil)|öffentliche(?=sitzung|tagesordnung))"
)
"""Words that were l e t t e r - s p a c e d have lost the blank between them."""
_CONFIDING = r"(?:in\s+)?(?:vertraulich|geheim|geschlossen|intern)(?:e[rsnm]?)?"
_NOUN = (
    r"(?:(?:sitzungs|beratungs|tagesordnungs)?teile?s?|sitzung|tagung|tagesordnung(?:s?punkte?n?|steil)?|to|tops?"
    r"|punkte?|beratung(?:en|spunkte|sgegenstände)?|angelegenheit(?:en)?|vorlagen?|themen|(?:verhandlungs)?gegenstände"
    r"|bereich|abschnitt|anfragen|mitteilungen)(?:\s+und\s+(?:anfragen|mitteilungen|vorlagen|sonstiges))?"
)
_PUBLIC_NOUN = (
    r"(?:(?:sitzungs|beratungs|tagesordnungs)?teile?s?|sitzung|tagung|tagesordnung(?:s?punkte?n?)?|tops?|punkte"
    r"|beratung(?:spunkte|sgegenstände)?|bereich|abschnitt)"
)
_COUNT = r"(?:[ivx]{1,5}|[a-z]{1,2}|[nö]{1,2}|\d{1,2})"
_LEAD = (
    rf"(?:(?:teil|abschnitt|block)\s+{_COUNT}\s*[.):/(\-]*\s*|{_COUNT}(?:\s*[.):/\-]+\s*|\s+))?"
    r"(?:(?:tagesordnung(?:spunkte)?|sitzung(?:steil)?|teil|fortsetzung|beginn|punkte|beratung|es folgt|danach|anschl\."
    r"|anschließend(?: findet)?|im anschluss(?: findet)?|es schlie(?:ß|ss)t sich)(?:\s*[:(\-]\s*|\s+))?"
    r"(?:(?:für|in|zu[mr]?)\s+)?(?:(?:die|der|des|den|dem|eine?)\s+)?"
)
_BODY_OF = (
    r"(?:\s+(?:der|des|zur)\s+(?:\w+\.?\s+){0,4}?\w*(?:sitzung|tagesordnung|ausschusses|rate?s|vertretung|versammlung"
    r"|beirats|beirates))*"
)
_UHR = r"\s*(?:uhr|h)(?!\w)"
_CLOCK = (
    rf"\d{{1,2}}(?::\d{{2}}(?:{_UHR})?|\.\d{{2}}(?:{_UHR}|(?=\s*(?:-|bis|$)))|{_UHR}|(?=\s*(?:-|bis)\s*\d{{1,2}}(?:[:.]\d{{2}})?{_UHR}))"
    r"(?![\w.]\d)"
)
_WHEN_WORD = r"(?:beginn|anfang|ende|von|ab|um|gegen|bis|uhrzeit|zeit|ca|etwa|voraussichtlich|anschließend|uhr)"
_TIMES = re.compile(
    rf"[\s:,;(\-/]*(?:(?<!\w){_WHEN_WORD}(?!\w)[\s.:\-]*)*{_CLOCK}[\s)]*|[\s:,;(\-]*(?:beginn|ende|uhr)[\s:.]*$"
    r"|[\s:,;(\-]*(?:beginn\s+)?(?:im\s+anschluss|anschließend)(?: an (?:den|die) öffentlichen? (?:teil|sitzung))?$"
)
_WHEN = (
    r"(?:\s*,?\s*(?:vom|am)\s+(?:\w+,?\s+)?\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{2,4})?"
    r"(?:\s*[,(:\-]*\s*(?:ab\s+)?tops?\s*\d+(?:\s*(?:-|bis)\s*\d+)?)?"
    r"(?:\s*[(\-]*\s*fortsetzung)?"
)
_TAIL = rf"(?:(?<=teil)\s+(?:[ivx]{{1,4}}|[a-h]|\d{{1,2}}))?{_BODY_OF}{_WHEN}"
_NONPUBLIC_HEADING = re.compile(
    rf"{_LEAD}(?:{_NONPUBLIC}(?:[\s\-]*{_NOUN})?(?: statt| an)?|{_CONFIDING}\s*{_NOUN}|(?:streng )?vertraulich){_TAIL}"
    rf"|{_LEAD}eröffnung (?:der|des) {_NOT_PUBLIC}\s*{_NOUN}"
    rf"|{_LEAD}(?:(?:unter )?ausschlu(?:ss|ß)|ausschließung) der öffentlichkeit"
    rf"|{_LEAD}herstellung der nicht[\s\-]*öffentlichkeit"
    rf"|{_LEAD}nur für (?:die )?(?:\w+)?(?:mitglieder|räte)(?: des \w+)?"
)
_PUBLIC_HEADING = re.compile(
    rf"(?!\d+\.?\s*{_PUBLIC}$){_LEAD}{_PUBLIC}(?:[\s\-]*{_PUBLIC_NOUN})?{_TAIL}"
    rf"|{_LEAD}wiederherstellung der öffentlichkeit"
)
"""What is only a number and its badge ("3 Ö") is an item's number."""
_NONPUBLIC_WITH_TOPIC = re.compile(
    rf"{_LEAD}(?:{_NOT_PUBLIC}|{_CONFIDING})\s*(?:{_NOUN}{_TAIL}\s*(?::|\s-)|(?:sitzungs|beratungs)?(?:teile?s?|sitzung)\s)"
    r"\s*(?P<topic>.+)"
)
_END_OF_PUBLIC = re.compile(
    rf"{_LEAD}(?:schluss|schlie(?:ß|ss)(?:ung|en)|ende|beendigung|abschluss)\s+(?:des|der)\s+öffentlichen\s*{_PUBLIC_NOUN}(?!\w)"
    rf"|{_LEAD}(?:ausschlu(?:ss|ß)|ausschließung)\s+der\s+öffentlichkeit(?!\w)"
    rf"|{_LEAD}herstellung der nicht[\s\-]*öffentlichkeit(?!\w)"
    rf"|{_LEAD}{_PUBLIC}[\s\-]*{_PUBLIC_NOUN}?\s*(?:und|/|\+|sowie|&)\s*{_NONPUBLIC}(?:[\s\-]*{_NOUN})?$"
)
"""Whatever stands behind it: "Ausschluss der Öffentlichkeit gemäß § 35 GemO"."""
_PLACEHOLDER = re.compile(
    r"\W*(?:nicht\W?öffentlich(?:e[rs]? (?:tagesordnungspunkt|top|beratungspunkt|inhalt|vorlage))?"
    r"|gesperrt(?:e?r? (?:information|inhalt|tagesordnungspunkt|top|eintrag)(?:en)?)?|nicht freigegeben|kein zugriff"
    r"|geschützte information|vertraulich)\W*"
)
"""What stands in the place of a title that is not shown."""
# Stated in public about the non-public part: not itself non-public.
_ABOUT_NONPUBLIC = re.compile(
    r"bekannt|beschlüsse|gefass|genehmig|niederschrift|protokoll|einwend|einwänd|bestätig|verschoben|verlegt|verwiesen"
    r"|veröffentlich"
)
_ITEM_LEAD = r"(?:tops?\s+)?(?:\d{1,3}(?:\.\d{1,2})*[.)]?\s+)?"
_NONPUBLIC_START = re.compile(
    rf"(?:\W*[(\[{{]\s*{_NONPUBLIC}\s*[)\]}}]|\W*(?:{_NOT_PUBLIC}|nö\.?|n\.\s?ö\.)\s*[:\-]\s"
    rf"|\W*{_ITEM_LEAD}(?:{_NOT_PUBLIC}|{_NOE})(?!-?\w)|\W*nö\s*\d|\W*{_ITEM_LEAD}n\s?\d{{1,3}}(?:\.\d{{1,2}})*[\s:)]"
    rf"|\W*{_ITEM_LEAD}n\s*[:)]\s)"
)
_NONPUBLIC_MARK = re.compile(
    r"\W*[(\[{]\s*n\.?\s?ö?\.?\s*[)\]}]|\W*n(?:ö|oe)\s*[:)]|\W*(?:streng\s+)?vertraulich(?!\w)"
    r"|\W*(?:intern|geheim|gesperrt)\s*:|\W*[(\[{<]\s*vertr\.?\s*[)\]}>]"
    r"|.*[\U0001f50f\U0001f510\U0001f512]|.*[(\[{]\s*(?:(?:streng\s+)?vertr(?:aulich|\.)?|n\.?\s?ö?\.?)\s*[)\]}]\W*$"
)
"""A mark at the beginning, or in brackets at the end, that cannot be read as a topic, whatever stands beside it."""
_NONPUBLIC_INSIDE = re.compile(
    rf"(?:wird|werden|erfolgt)\s+(?:\w+\s+){{0,3}}{_NOT_PUBLIC}"
    rf"|[(\[{{<]\s*(?:i[nm]\s+)?(?:{_NONPUBLIC}(?:[\s\-]*{_NOUN})?|{_CONFIDING}\s*{_NOUN}|vertraulich"
    r"|nur für mitglieder"
    r"|unter ausschluss der öffentlichkeit|ohne öffentlichkeit)\s*[)\]}>]"
)
_NONPUBLIC_END = re.compile(
    rf"(?:(?:[(\[{{,/|]\s*|\s-\s*)(?:{_NONPUBLIC}(?:\s*{_NOUN})?|vertraulich)"
    r"|\s(?:nicht[\s\-]*öffentlich|n\.?\s?ö|vertraulich))[\s)\]}\-.]*(?:(?:gemäß|gem\.|nach)\s.*)?$"
)
_LONGEST_HEADING: Final = 300


def section_of_heading(text: str) -> Section | None:
    """Whether the whole text is the heading of a part of an agenda: "II. Nichtöffentlicher Teil (ab 20 Uhr)" →
    NONPUBLIC.

    "Bekanntgabe in nichtöffentlicher Sitzung gefasster Beschlüsse" is an item, not a heading → None. A heading with a
    topic behind it ("Nichtöffentlicher Teil: Grundstücke") ends the public part too; a public one begins none.
    """
    line = plain(text)
    if len(line) > _LONGEST_HEADING:
        return None
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", line)
    bare = re.sub(r"[\W_]+$", "", _TIMES.sub(" ", bare))
    if _NONPUBLIC_HEADING.fullmatch(bare):
        return Section.NONPUBLIC
    if _PUBLIC_HEADING.fullmatch(bare):
        return Section.PUBLIC
    topic = _NONPUBLIC_WITH_TOPIC.fullmatch(bare)
    if topic and not _ABOUT_NONPUBLIC.search(topic["topic"]):
        return Section.NONPUBLIC
    return None


def ends_public_section(text: str) -> bool:
    """Whether behind this heading or item nothing is public any more, though it is itself no heading of the non-public
    part: "Schließung der öffentlichen Sitzung", "Ausschluss der Öffentlichkeit", "Öffentlicher und nichtöffentlicher
    Teil"."""
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", plain(text)[:_LONGEST_HEADING])
    return bool(_END_OF_PUBLIC.match(bare))


def is_placeholder(title: str) -> bool:
    """Whether a title stands in the place of one that is not shown: "(nichtöffentlich)", "gesperrte Information"."""
    return bool(_PLACEHOLDER.fullmatch(plain(title)))


def section_of_status(text: str | None) -> Section | None:
    """What a status proves, of an item, a meeting, a paper or a consultation: "öffentlich", "nö", "intern". One that
    says both proves nothing."""
    words = text or ""
    badge = read_badge(words)
    if badge.number is None and badge.stands_alone and badge.marking is not Marking.NONE and not _says_both(words):
        return Section.PUBLIC if badge.marking is Marking.PUBLIC else Section.NONPUBLIC
    return section_of_heading(words) or (Section.NONPUBLIC if names_nonpublic_file(words) else None)


def is_nonpublic_number(number: str) -> bool:
    """Whether an agenda number says non-public by its badge: "N 1", "(NÖ) 3", "nö.2", "N"."""
    return read_badge(number).marking is Marking.NONPUBLIC


def names_nonpublic_item(name: str) -> bool:
    """Whether an agenda item says of itself that it is non-public: "NÖ: Grundstück", "Personalsache (nichtöffentlich)",
    or shows a placeholder for its title.

    Karlsruhe (read August 2026) marks "nö. Information Verfahrensstand Gutachten …" as public: true. Not so
    "Genehmigung der Niederschrift (nichtöffentlicher Teil)", which is dealt with in public.
    """
    line = plain(name)
    if _NONPUBLIC_MARK.match(line) or _PLACEHOLDER.fullmatch(line) or section_of_heading(name) is Section.NONPUBLIC:
        return True
    if _ABOUT_NONPUBLIC.search(line):
        return False
    return bool(_NONPUBLIC_START.match(line) or _NONPUBLIC_END.search(line[-100:]) or _NONPUBLIC_INSIDE.search(line))


def sections_named(text: str) -> frozenset[Section]:
    """Which parts of an agenda a text names anywhere: "Öffentliche und nichtöffentliche Sitzung" → both."""
    line = plain(text)
    is_nonpublic = _NONPUBLIC_WORD.search(line) or _NONPUBLIC_NOE.search(canonical(text))
    named = {Section.PUBLIC: _PUBLIC_WORD.search(line), Section.NONPUBLIC: is_nonpublic}
    return frozenset(section for section, found in named.items() if found)


def mentions_nonpublic(text: str) -> bool:
    """Whether a text speaks of anything that is not public, in whatever sense: then what stands beside it is not
    proven public by that alone."""
    return Section.NONPUBLIC in sections_named(text) or bool(_MENTIONS_NONPUBLIC.search(plain(text)))


def speaks_about_nonpublic(text: str) -> bool:
    """Whether a text speaks in public about what is not: "Bekanntgabe nichtöffentlich gefasster Beschlüsse"."""
    return bool(_ABOUT_NONPUBLIC.search(plain(text)))


_WORD_START, _WORD_END = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_NONPUBLIC_WORD = re.compile(
    rf"(?:nicht[\s\-]*öf(?!fentlichkeit|fn(?!et))\w*|{_WORD_START}n\s?[.\-/]?\s?ö(?:t|ff(?:entl\w*)?)?){_WORD_END}"
)
_NONPUBLIC_NOE = re.compile(rf"{_WORD_START}(?:NOE[Tt]?|NOeT|noet?){_WORD_END}")
_PUBLIC_WORD = re.compile(
    rf"(?<!nicht)(?<!nicht[\s\-])(?<!n[.\-])(?<!n\.\s){_WORD_START}(?:öff(?:ent?(?:l(?:ich(?:e[rsnm]?)?)?)?)?|ö){_WORD_END}"
)
_BOTH = re.compile(
    rf"{_WORD_START}ö(?:\s*(?:[+/&,\-]|und|sowie)\s*|\s)nö?{_WORD_END}|{_WORD_START}n\s*(?:[+&,]|und)\s*ö{_WORD_END}"
)
_CONFIDENTIAL = re.compile(
    rf"\W*(?:streng\s+)?vertraulich{_WORD_END}|\W*geheim\s*[:\-]|.*[(\[]vertraulich[)\]]|.*[\s\-](?:vertraulich|intern)[\s\-)\]]*(?:\.\w{{2,4}})?$"
    r"|.*(?<!\w)(?:vertraulich|geheim)e[rsnm]?\s+(?:anlage|unterlage|vorlage|dokument|niederschrift|protokoll|gutachten|angebot)"
    r"|.*(?<!\w)nur für (?:den |zum )?(?:internen )?(?:dienst)?gebrauch|.*(?<!\w)vs[\s\-]+nfd(?!\w)"
    r"|.*(?<!\w)nicht (?:zu[rm]? |für die )?(?:veröffentlich(?:ung|en)|weitergabe|weitergeben)(?!\w)"
    r"|.*(?<!\w)nur für (?:die )?(?:\w+)?(?:mitglieder|räte)(?!\w)"
)
_MENTIONS_NONPUBLIC = re.compile(r"vertraulich|unter ausschlu(?:ss|ß)|nichtöffentlichkeit")
_ANNOUNCES = re.compile(r"bekannt(?:gabe|gegeben|mach|gemacht)|veröffentlich|gefass|beschlüsse")
_HOLDS_BOTH_PARTS = re.compile(r"niederschr|protokoll|tagesordnung|einladung|sitzung|auszug")
_PART_N: Final = re.compile(r"[(\[]n[)\]]|(?<!\w)n-teil(?!\w)")
_COMPLETE: Final = r"(?:gesamt|komplett|vollständig)"
_OF_A_DAY: Final = r"(?:\W|\d|der|des|zur|vom|am|sitzung|pdf|docx?)*"
_COMPLETE_MINUTES = re.compile(
    rf"\W*(?:\w*niederschrift|\w*protokoll){_OF_A_DAY}{_COMPLETE}(?:e[rsnm]?)?{_OF_A_DAY}"
    rf"|\W*{_COMPLETE}(?:e[rsnm]?)?[\s\-]*(?:sitzungs)?(?:niederschrift|protokoll){_OF_A_DAY}"
)


def names_nonpublic_file(*names: str | None) -> bool:
    """Whether one of a file's own names says that it is non-public: "Niederschrift nichtöffentlicher Teil",
    "NÖ_Protokoll.pdf".

    "Bekanntgabe nichtöffentlich gefasster Beschlüsse" is public. Where a name says both ("ö/nö"), minutes and agendas
    hold the non-public part as well and count as non-public; of other documents it is the topic. So do minutes that
    call themselves complete and nothing else ("Niederschrift gesamt", Taunusstein, November 2026).
    """
    return any(_names_nonpublic_file(name) for name in names if name)


def _names_nonpublic_file(name: str) -> bool:
    line = plain(name)
    holds_both_parts = _HOLDS_BOTH_PARTS.search(line) is not None
    if _CONFIDENTIAL.match(line) or _COMPLETE_MINUTES.fullmatch(line) or (holds_both_parts and _PART_N.search(line)):
        return True
    sections = sections_named(name)
    if not (Section.NONPUBLIC in sections or _BOTH.search(line)) or _ANNOUNCES.search(line):
        return False
    return Section.PUBLIC not in sections or holds_both_parts


def _says_both(text: str) -> bool:
    return len(sections_named(text)) == len(Section)
