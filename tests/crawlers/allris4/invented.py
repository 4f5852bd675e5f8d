"""An invented municipality's pages, Moorhausen an der Wümbel: built piece by piece in the forms of ALLRIS 4."""

from __future__ import annotations

from council.model import AgendaItem, Meeting, Paper
from crawlers.allris4.pages import read_page
from crawlers.parsing.page import Page

HOST = "https://moorhausen.sitzung.example.test/public/"
MEETING = f"{HOST}to010?SILFDNR=77&refresh=false"
PAPER = f"{HOST}vo020?VOLFDNR=900&refresh=false"
ITEM = f"{HOST}to020?TOLFDNR=501&refresh=false"
DOC = "./wicket/resource/org.apache.wicket.Application/doc"
COLUMNS = (
    ("", "expandCloseCol"),
    ("TOP", "tonr"),
    ("Betreff", "tobetreff"),
    ("Vorlage", "tovonr"),
    ("", "toDoc"),
    ("Beschluss", "tobanr"),
)


def frame(name: str, content: str, version: str = "4.1.7 (4170041) - 08.07.2031") -> str:
    """A whole page around its content: release date, token, session address and menu as on real ones."""
    return (
        '<!DOCTYPE html>\n<html lang="de"><head><meta charset="utf-8"/>'
        f'<meta name="description" content="ALLRIS net Version {version}"/><title>ALLRIS</title></head>'
        '<body><div id="allris"><form id="searchform" method="post" '
        f'action="./{name}?0-1.-head-searchform&amp;refresh=false">'
        '<input type="hidden" name="sectoken" value="feedbeef"/></form>'
        '<nav><a href="./kp040">Person</a><a href="./tr010">Volltext</a><a href="./gr010?menu=Rat">Rat</a></nav>'
        f'<main id="pageContent"><div id="readOut">{content}</div></main></div></body></html>'
    )


def labelled(label: str, value: str, own_id: str | None = None) -> str:
    """One labelled value of a page's head."""
    inner = f'<span class="text4" id="{own_id}">{value}</span>' if own_id else value
    return f'<div class="row"><dl><dt><span class="label">{label}:</span></dt><dd>{inner}</dd></dl></div>'


def heading(words: str, classes: str = "even beratung") -> str:
    """A row of the agenda that divides it."""
    cells = "".join(
        f'<td class="{name}">{f"<div><p>{words}</p></div>" if name == "tobetreff" else ""}</td>' for _, name in COLUMNS
    )
    return f'<tr class="{classes}">{cells}</tr>'


def item(
    number: int, shown: str, name: str, paper: str = "", documents: str = "", result: str = "", more: str = ""
) -> str:
    """A row of the agenda: `number` is its TOLFDNR."""
    return (
        f'<tr class="odd" {more}><td class="expandCloseCol"></td>'
        f'<td class="tonr"><div><a href="#" id="link_{number}">{shown}</a>'
        '<span class="wicket-ajax-indicator" hidden="">wait</span></div></td>'
        f'<td class="tobetreff"><div><a id="betreff_{number}">{name}'
        '<span class="zusatzinfo">Referent</span></a></div></td>'
        f'<td class="tovonr"><div>{paper}</div></td><td class="toDoc"><div>{documents}</div></td>'
        f'<td class="tobanr"><div>{result}</div></td></tr>'
    )


def paper_link(number: int, reference: str, top: int = 1) -> str:
    """A link to a paper as agendas have it."""
    return f'<a id="vo_{top}" href="./vo020?VOLFDNR={number}&amp;refresh=false&amp;TOLFDNR={top}">{reference}</a>'


def document(number: int, words: str, title: str | None = None, classes: str = "doclink pdf") -> str:
    """A link to a document."""
    tip = f"Öffnet PDF-Datei &#039;{title or words}&#039; in neuem Fenster"
    return f'<a class="{classes}" data-simpletooltip-text="{tip}" href="{DOC}{number}.pdf">{words}</a>'


def agenda(*rows: str, columns: tuple[tuple[str, str], ...] = COLUMNS) -> str:
    """The table of an agenda."""
    heads = "".join(f'<th class="{name}"><span>{words}</span></th>' for words, name in columns)
    return (
        f'<div id="toTable"><table class="dataTable toTable" id="toTreeTable"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def meeting(
    *rows: str,
    name: str = "3. Sitzung des Moorrates",
    day: str = "Mi., 05.03.2031",
    clock: str = "18:00 - 20:15",
    status: str = "gemischt",
    documents: str = "",
    table: str | None = None,
) -> str:
    """A meeting's page."""
    panel = f'<aside id="dokumenteHeaderPanel"><ul><li>{documents}</li></ul></aside>' if documents else ""
    return frame(
        "to010",
        '<h1 class="title">Moorrat - 05.03.2031</h1>'
        + labelled("Betreff", f'<a href="./si019?SILFDNR=77"><p>{name}</p></a>', "sibetreff")
        + labelled("Gremium", '<a href="./gr020?GRLFDNR=12">Moorrat</a>', "sigremium")
        + labelled("Datum", f'<a href="./si010?DD=5&amp;MM=3&amp;YY=2031">{day}</a>', "sidatum")
        + labelled("Status", status, "sistatus")
        + labelled("Uhrzeit", clock, "sizeit")
        + labelled("Raum", "Torfsaal", "siraum")
        + labelled("Ort", "Am Stich 1, 99999 Moorhausen", "siort")
        + panel
        + (agenda(*rows) if table is None else table),
    )


def consultation(committee: str, role: str) -> str:
    """The first row of a consultation of a paper."""
    cells = f'<td class="colorCol">Erledigt</td><td><div> </div></td><td>{committee}</td><td>{role}</td>'
    return f'<tr class="even">{cells}</tr>'


def met(day: str, silfdnr: int, tolfdnr: int, result: str = "<a></a>") -> str:
    """The row of a meeting below its consultation."""
    return (
        f'<tr class="odd"><td class="colorCol"> </td><td class="date"><div>{day}</div></td>'
        f'<td><a href="./to010?SILFDNR={silfdnr}&amp;TOLFDNR={tolfdnr}">Sitzung</a></td><td>{result}</td></tr>'
    )


def paper(*consultations: str, status: str = "öffentlich", title: str = "Antrag - 2031/7", documents: str = "") -> str:
    """A paper's page."""
    heads = "".join(f"<th>{words}</th>" for words in ("Status", "Datum", "Gremium", "Beschluss"))
    return frame(
        "vo020",
        f'<h1 class="title">{title}</h1>'
        + labelled("Betreff", "<p>Mehr Torf<br/>für alle</p>", "vobetreff")
        + labelled("Status", status, "vostatus")
        + labelled("Vorlageart", "Antrag", "voart")
        + labelled("Federführung", "Amt für Moore", "vofamt")
        + labelled("Verfasser", "Kim Beispiel", "voverfasser1")
        + f'<aside id="dokumenteHeaderPanel"><ul><li>{documents}</li></ul></aside>'
        + f'<div id="bfTable"><table class="bfTable"><thead><tr>{heads}</tr></thead><tbody>'
        + "".join(consultations)
        + "</tbody></table></div>"
        + '<h2 class="expandedTitle">Begründung</h2>'
        + '<div class="docPart">Siehe <a href="./to010?SILFDNR=1">1999</a></div>',
    )


def read(markup: str, url: str = MEETING, encoding: str = "utf-8") -> Page:
    """What the reader makes of a page."""
    return read_page(markup.encode(encoding), url)


def the_meeting(page: Page) -> Meeting:
    """The one meeting of a page."""
    [one] = page.records
    assert isinstance(one, Meeting)
    return one


def items(page: Page) -> tuple[AgendaItem, ...]:
    """The agenda of the one meeting."""
    return the_meeting(page).agenda


def the_paper(page: Page) -> Paper:
    """The one paper of a page."""
    [one] = page.records
    assert isinstance(one, Paper)
    return one
