"""What a vendor does not give of a municipality's content, field by field, with the reason."""

from __future__ import annotations

from council.system import System
from tests.whole.products.product import Declared

DECLARED: dict[System, Declared] = {
    System.OPARL: {},
    System.SESSIONNET: {
        # The administration's offices are no committees: they are named on papers only.
        "organization": lambda name: not name.startswith(("Büro", "Fachbereich", "Stabsstelle")),
        "meeting end": None,  # only when there are minutes: compared in test_sessionnet.py
        "meeting room": lambda room: f"{room}, Marktgasse 1",  # room and street are one line
        "meeting item files": None,  # a paper's documents hang on its items: compared in test_sessionnet.py
        "paper originator": lambda _: None,  # nowhere
    },
    System.MORERUBIN: {
        # Committees come with their meetings; factions and offices hold none. The body is of no committee's kind.
        "organization": lambda name: name == "Stadtrat" or name.startswith(("Ausschuss", "Haupt")),
        "person": None,  # members stand in a committee's own answer, whose address is not known
        "meeting end": None,  # only with the minutes: compared in test_morerubin.py
        "meeting item files": None,  # a paper's documents hang on its items: compared in test_morerubin.py
        "paper is there": lambda fields: bool(
            fields["consultations"]
        ),  # papers come with the meetings that deal with them
        "paper office": lambda _: None,  # nowhere
        "paper originator": lambda _: None,  # nowhere
    },
    System.ALLRIS3: {  # what is left out here is compared exactly in products/allris3.py
        # The administration's offices are no committees: they are named on papers only.
        "organization": lambda name: not name.startswith(("Büro", "Fachbereich", "Stabsstelle")),
        "meeting end": None,  # only when there are minutes, or a meeting is off
        "paper files": None,  # attachments answer in one session only; all are in one "Vorlage mit Anlagen"
        "paper file names": None,  # the same; a paper's own document is called "Vorlage"
    },
    System.ALLRIS4: {  # what is left out here is compared exactly in products/allris4.py
        # The administration's offices are no committees: they are named on papers only.
        "organization": lambda name: not name.startswith(("Büro", "Fachbereich", "Stabsstelle")),
        "meeting end": None,  # only when there are minutes
        "meeting item files": None,  # a paper's documents hang on its items
        "paper is there": lambda fields: bool(
            fields["consultations"]
        ),  # papers come with the meetings that deal with them
        "paper originator": lambda _: None,  # nowhere
        "paper files": None,  # attachments answer in one session only; all of them are in one "Sammeldokument"
        "paper file names": None,  # the same
    },
    System.COUNCILSERVICE: {  # what is left out here is compared exactly in products/councilservice.py
        "organization": None,  # groups are named in meetings only
        "person": None,  # members are shown by name, telephone and e-mail: never asked for
        "meeting end": lambda _: None,  # there is no end anywhere
        "meeting room": lambda room: f"{room}, Marktgasse 1",  # room and street are one line
        "meeting results": lambda _: {},  # only in the documents
        "meeting agenda": None,  # a label holds the paper's number: "Rathaustür (BV/2031/0007)"
        "meeting item files": None,  # a paper's documents hang on its items
        "meeting file names": lambda names: [f"{name}.pdf" for name in names],  # files have the names they came with
        "paper is there": lambda fields: bool(fields["consultations"]),  # there are no papers but on agendas
        "paper name": None,  # the item's label is all the name there is
        "paper type": lambda said: None if said == "Antwort auf Anfrage" else said,  # known by BV, MV, AN, AF only
        "paper date": lambda _: "None",  # nowhere
        "paper office": lambda _: None,  # nowhere
        "paper originator": lambda _: None,  # nowhere
        "paper files": None,  # uploaded anew for each meeting, together with the signed resolutions
        "paper file names": None,  # the same
    },
    System.ECICS: {  # the list of meetings is all that is read
        "organization": None,  # committees are named in the list only
        "person": None,
        "paper": None,
        "meeting end": lambda _: None,  # the list says when a meeting begins
        "meeting room": lambda _: None,
        "meeting agenda": lambda _: [],
        "meeting results": lambda _: {},
        "meeting item papers": lambda _: {},
        "meeting files": lambda _: [],
        "meeting file names": lambda _: [],
        "meeting item files": lambda _: {},
    },
    System.NOTICES: {  # what is left out here is compared exactly in products/notices.py
        "organization": None,  # committees are named in titles only
        "person": None,  # members stand in side columns and on pages that are never asked for
        "paper": None,  # a notice shows no number: there they are compared by their names
        "meeting end": lambda _: None,  # a notice says when a meeting begins
        "meeting results": lambda _: {},  # only in the minutes, which are documents
        "meeting item files": None,  # a paper's documents hang on its items
    },
}
