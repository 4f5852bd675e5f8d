"""The words and marks by which access checks, firewalls, log-ins and errors are known: one table, for every reader.

A system that has words of its own passes more rows to `crawlers.parsing.access`. Rows are asked in order, and the first
that is found says what the answer is: what is certain stands before what is vague.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from crawlers.parsing.errors import DenialKind

_BOT, _RATE, _FORBIDDEN = DenialKind.BOT_CHALLENGE, DenialKind.RATE_LIMITED, DenialKind.FORBIDDEN
_EXPIRED, _GONE, _ERROR = DenialKind.SESSION_EXPIRED, DenialKind.GONE, DenialKind.ERROR_PAGE


@dataclass(frozen=True, slots=True)
class Phrase:
    """A row of the table: `words` are regular expressions, one of which stands in a text in lower case. `name` is told
    to people; without one the words that were found are, so a row without a name matches nothing but known words."""

    kind: DenialKind
    name: str | None
    words: tuple[str, ...]

    def search(self, words: str) -> re.Match[str] | None:
        """Where the words stand in a text."""
        return _anywhere(self.words).search(words)

    def fills(self, words: str) -> bool:
        """Whether a heading is these words and nothing else: "403 - Zugriff verweigert!", never the title of a paper
        that speaks of them."""
        return _alone(self.words).fullmatch(words) is not None


_FILLERS: Final = (
    r"(?:(?:die|diese|der|das|ein|eine|ihre?|the|this|your|an?|sie|haben|sind|es|ist|wurde|wird|werden|konnte|could"
    r"|was|has|is|leider|im|angeforderte\w*|gewünschte\w*|aufgerufene\w*|seite|page|site|url|datei|dokument|inhalt\w*"
    r"|zugriff|server|internal|interner|möglicherweise|bitte|oops|whoops|ups|sorry|entschuldigung|hinweis|achtung"
    r"|warnung|http|status|code|fehler\w*|error|datenbank|aufgetreten|occurred|\d{3,5})\b\W*){0,8}"
)
"""Words around a denial that say nothing else."""


@cache
def _anywhere(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(words))


@cache
def _alone(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\W*{_FILLERS}(?:{'|'.join(words)})\w*\W*{_FILLERS}(?:[|·»] .{{0,80}})?")


_RIGHT: Final = (
    r"(?:zugriffs?|anzeige|lese|einsichts?|zugangs?|benutzer|nutzungs?)?(?:berechtigung(?:en)?|rechte?|befugnis)\b"
)
_SUCH: Final = r"(?:(?:ausreichend|entsprechend|nötig|notwendig|erforderlich|gültig)en? )?"
_AUTOMATED: Final = r"(?:automati(?:siert|sch)|verdächtig|ungewöhnlich|auffällig)e[nrs]?"
_REQUESTS: Final = r"(?:anfragen?|zugriffe?|abfragen?|aufrufe?|aktivität(?:en)?|datenverkehr)"
_FOR_NOW: Final = r"(?:zurzeit|zur zeit|derzeit|momentan|aktuell|gerade|vorübergehend|kurzzeitig|temporarily|currently)"
_STOPPED: Final = r"(?:gesperrt|blockiert|geblockt|eingeschränkt|unterbunden)"
_OVER: Final = r"(?:abgelaufen|ungültig|nicht mehr gültig|expired|timed out|invalid)"

PHRASES: Final = (
    Phrase(
        _ERROR,
        "works on the server",  # before "zurzeit nicht verfügbar" is taken for "gone"
        (
            r"\bwartung(?:s\w*)?\b", r"maintenance", r"wird gerade (?:gewartet|aktualisiert)", r"technische störung",
            rf"{_FOR_NOW} (?:leider )?(?:nicht |un)(?:verfügbar|erreichbar|available)",
        ),
    ),
    Phrase(
        _ERROR,
        "a parked domain",
        (
            r"\bdomain\b.{0,60}(?:geparkt|parked|registriert|reserviert|zu verkaufen|zum verkauf|for sale|konnektiert)",
            r"(?:parked|geparkte) domain",
            r"hier entsteht (?:eine|die|unsere) (?:neue )?(?:internetpräsenz|website|webseite|homepage)",
            r"(?:default|test) page for", r"welcome to nginx", r"apache2 \w+ default page",
            r"(?:account|website) suspended", r"konto (?:ist |wurde )?gesperrt",
        ),
    ),
    Phrase(_BOT, "ALTCHA", (r"altcha", r"zugriff (?:wird ge)?pr(?:ü|ue)f", r"zugriffspr(?:ü|ue)fung")),
    Phrase(
        _RATE,
        "too many requests",
        (
            rf"(?:zu viele|zu häufige|zu schnelle) (?:\w+ )?(?:{_REQUESTS}|requests|verbindungen|seitenaufrufe)",
            r"too many (?:requests|connections|attempts)", r"rate[- ]?limit", r"(?:anfrage|zugriffs|abruf)limit",
            r"zu oft (?:auf|ab)gerufen", r"error (?:code:? )?1015", r"slow down",
        ),
    ),
    Phrase(
        _BOT,
        "Anubis",
        (r"you(?:.| a)re not a (?:ro)?bot", r"dass (?:sie|du) kein (?:ro)?bot", r"anubis\b.{0,40}techaro"),
    ),
    Phrase(
        _BOT,
        "Cloudflare",
        (
            r"^\W*(?:just a moment|(?:nur )?einen moment)(?:,? bitte)?\W*(?:$|\.\.\.|…)", r"just a moment(?:\.\.\.|…)",
            r"attention required! \|", r"cloudflare ray id", r"error (?:code:? )?10(?:0[5-9]|1[02]|20)\b",
            r"performance (?:&|and|und) (?:security|sicherheit) (?:by|von|durch) cloudflare",
        ),
    ),
    Phrase(_BOT, "Myra", (r"myracloud", r"\bmyra security", r"protected by myra")),
    Phrase(
        _BOT,
        "a check of the browser",
        (
            r"checking (?:your|the) browser", r"checking if (?:the|this) (?:site )?connection",
            r"(?:browser|verbindung) wird (?:über|ge)prüft", r"(?:prüfen|überprüfen) (?:wir )?ihren browser",
            r"(?:überprüfung|prüfung) (?:ihres browsers|der (?:verbindung|sicherheit))",
            r"(?:javascript (?:and|und) cookies|cookies (?:and|und) javascript)",
        ),
    ),
    Phrase(
        _BOT,
        "a question for people",
        (
            r"(?:are you|you are|you.re|sind sie|bist du) (?:wirklich )?(?:an? |ein )?(?:human|robot|mensch|roboter)\b",
            r"dass sie (?:wirklich )?ein (?:echter )?mensch", r"ein echter mensch",
            r"menschliche[rn]? (?:besucher|nutzer)",
            r"(?:kein|keine|nicht durch einen?) (?:roboter|robot|bot|maschine)\b", r"human verification",
            r"i.?m not a robot", r"verif(?:y|ying) (?:that )?you(?:.re| are)",
        ),
    ),
    Phrase(_BOT, "a captcha", (r"captcha", r"turnstile")),
    Phrase(
        _BOT,
        "a check against bots",
        (
            r"sicherheits(?:über)?prüfung", r"sicherheitsabfrage", r"security (?:check|verification)",
            r"bot.?(?:check|schutz|detection|protection|erkennung|abwehr)", rf"{_AUTOMATED} {_REQUESTS}",
            r"(?:automated|unusual|suspicious) (?:requests|queries|access|traffic|activity)",
        ),
    ),
    Phrase(
        _BOT,
        "a firewall",
        (
            r"rescaled", r"web application firewall", r"incapsula", r"imperva", r"bunkerweb", r"ddos-guard",
            r"ddos protection by", r"sucuri website firewall", r"fortiweb", r"fortigate", r"(?:web ?)?page blocked",
            r"barracuda", r"sophos", r"perimeterx", r"datadome", r"akamai", r"f5 networks", r"big-?ip\b", r"aws waf",
        ),
    ),
    Phrase(
        _BOT,
        "a firewall",
        (
            r"request (?:has been |was )?(?:blocked|rejected|unsuccessful|denied)",
            r"(?:support|attack|incident)[- ]id\b",
            r"the requested url was rejected", r"request could not be satisfied", r"reference ?#",
            r"(?:blocked|banned) by",
            r"you(?: have|.ve) been (?:blocked|banned)",
            r"\banfrage (?:wurde |ist )?(?:blockiert|abgelehnt|gesperrt|geblockt|abgewiesen|zurückgewiesen)",
            rf"\b(?:ip|ip-adresse|netzwerk)\b.{{0,80}}(?:{_STOPPED}|sperrliste|blacklist|blocklist|blocked|banned)",
            rf"(?:zugriff|zugang)\b(?: \w+){{0,4}} {_STOPPED}", r"zugriffssperre", rf"{_STOPPED}e? ip\b",
        ),
    ),
    Phrase(_FORBIDDEN, None, (r"you are not authori[sz]ed to (?:access|view)",)),
    Phrase(
        _BOT,
        "a firewall",
        (r"access denied", r"access to this (?:page|site|website) (?:has been|is) denied", r"403 forbidden"),
    ),
    Phrase(
        _EXPIRED,
        "the session has expired",
        (
            rf"\b(?:ihre|deine|die|your|the) (?:\w+ )?(?:sitzung|session)\b.{{0,60}}\b{_OVER}",
            rf"\b(?:sitzung|session)(?: ist| has| wurde)? {_OVER}", r"page (?:has )?expired", r"session.?time-?out",
            r"(?:seite|sitzung) (?:ist )?abgelaufen", r"keine gültige (?:sitzung|session)",
        ),
    ),
    Phrase(
        _FORBIDDEN,
        None,
        (
            r"berechtigungsfehler", r"zugriffsverweigerung", r"unberechtigte[rn]? zugriff",
            r"(?:nicht|ohne) (?:ausreichend |dazu |hierzu |mehr )?(?:berechtigt|autorisiert|befugt)\b",
            rf"(?:kein|keine|keinerlei|fehlende|unzureichende|nicht die|ohne) {_SUCH}{_RIGHT}",
            r"zugriff (?:(?:auf|diese|dieses|seite|objekt|dokument|wird|wurde|ist|ihnen|leider) ){0,5}"
            r"(?:verweigert|untersagt|verboten|nicht (?:gestattet|erlaubt|zulässig|möglich))",
            r"(?:kein|keinen) (?:zugriff|zugang)\b", r"keine (?:detail)?informationen freigegeben",
            r"nicht (?:(?:zur|für|die|der|den|noch|mehr|öffentlich\w*|ansicht|einsicht|veröffentlichung) ){0,4}"
            r"freigegeben", r"(?:keine|ohne) freigabe\b", r"nicht (?:für die öffentlichkeit|öffentlich zugänglich)",
            r"not authori[sz]ed", r"not permitted", r"permission denied", r"\bno ?auth\b",
            r"insufficient (?:rights|permissions?)",
        ),
    ),
)  # fmt: skip
"""Asked of the headings, and of the text of a page that is short."""

ERRORS: Final = (
    Phrase(_FORBIDDEN, None, (r"\bforbidden\b",)),
    Phrase(
        _GONE,
        None,
        (
            r"\b4(?:04|10)\b", r"nicht (?:mehr )?(?:gefunden|vorhanden|verfügbar)", r"not found", r"does not exist",
            r"existier(?:t|en) (?:leider )?nicht", r"keine daten (?:gefunden|vorhanden)",
            r"no longer (?:available|exists?)",
            r"(?:wurde|ist) (?:bereits )?(?:gelöscht|entfernt)\b",
        ),
    ),
    Phrase(
        _ERROR,
        None,
        (
            r"\b(?:40[01]|50[0234])\b", r"fehler", r"\berror\b", r"unavailable", r"bad gateway", r"time-?out",
            r"abgelaufen", r"expired", r"site offline",
        ),
    ),
)  # fmt: skip
"""Vaguer: asked of the headings, and of a text that is no longer than a message."""

LOGIN_WORDS: Final = re.compile(
    r"\b(?:anmeld(?:en|ung)|(?:melden|loggen) sie sich (?:bitte )?(?:an|ein)|log-?in|log-?on|sign in|einloggen|kennwort"
    r"|passwort(?:geschützt)?)\b"
)

OWN_MARKS: Final = (
    Phrase(_BOT, "Anubis", (r"anubis_(?:challenge|version)", r"/\.within\.website/x/")),
    Phrase(
        _BOT,
        "Cloudflare",
        (r"cf-mitigated", r"[_-]cf[_-]chl", r"\bcf-chl", r"cf-browser-verification", r"cf-error-details"),
    ),
    Phrase(_BOT, "AWS WAF", (r"gokuprops", r"awswafcookiedomainlist", r"awswafintegration")),
    Phrase(_BOT, "a captcha", (r"/_gate/", r"geo\.captcha-delivery", r"px-captcha")),
    Phrase(
        _BOT,
        "a firewall",
        (
            r"sucuri_cloudproxy", r"/\.well-known/ddos-guard/", r"sec-if-cpt", r"go-away/", r"bobcmn", r"tspd_101",
            r"generated by (?:cloudfront|fortiweb)", r"rescaled\.de",
        ),
    ),
)  # fmt: skip
"""Marks in the markup of nothing but a challenge."""

SHARED_MARKS: Final = (
    Phrase(_BOT, "ALTCHA", (r"altcha",)),
    Phrase(_BOT, "Cloudflare", (r"cf-turnstile", r"challenges\.cloudflare\.com", r"challenge-platform")),
    Phrase(_BOT, "Myra", (r"myracloud", r"x-myra")),
    Phrase(_BOT, "a captcha", (r"captcha", r"friendly-?challenge", r"turnstile")),
    Phrase(_BOT, "a firewall", (r"aws-?waf", r"_incapsula_resource", r"ddos-guard", r"bunkerweb", r"sucuri")),
)
"""Marks that a form or a script on an ordinary page may have, too: they count where nothing of a website is around
them."""
