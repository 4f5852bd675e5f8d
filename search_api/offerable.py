"""What may be offered while somebody types: nothing that is, or stands beside, the name of a private person.

The rule, of titles alone, for nothing is ever offered that stands in texts only:

1. A title that names a person (`names_a_person`) gives nothing, neither itself nor a word of it.
2. A capitalised word is offered when it stands in the titles of as many entries as `entries_needed` says: one for a
   noun of council papers and for a compound of such, more for any other word, which may be a surname.
3. A title is offered when each of its capitalised words may be.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from indexer.index.compounds import Vocabulary
from indexer.index.council_words import WORDS
from indexer.index.folding import fold

UNKNOWN_ENTRIES: Final = 5
LONGEST_SURNAME: Final = 12
"""Of surnames that are compounds of nouns (Steinbach, Zimmermann) nearly none is longer."""

_TITLES: Final = """
    herr herrn frau familie fam eheleute ehepaar ehegatten geschwister witwe witwer dr prof professor professorin
    dipl ing geb geborene geborener nachlass str strn mdb mdl
"""
_OFFICES: Final = """
    Bürgermeister Bürgermeisterin Oberbürgermeister Oberbürgermeisterin Beigeordneter Beigeordnete Dezernent
    Dezernentin Stadtrat Stadträtin Gemeinderat Gemeinderätin Kreisrat Kreisrätin Ratsherr Ratsherrn Ratsfrau
    Ratsmitglied Stadtverordneter Stadtverordneten Stadtverordnete Gemeindevertreter Gemeindevertreterin
    Ortsvorsteher Ortsvorsteherin Bezirksverordneter Bezirksverordnete Abgeordneter Abgeordneten Abgeordnete Landrat
    Landrätin Senator Senatorin Bürger Bürgerin Einwohner Einwohnerin Eigentümer Eigentümerin Antragsteller
    Antragstellerin Mitglied Stadträte Stadträtinnen
"""
_GIVEN: Final = """
    Achim Adam Adrian Agnes Ahmed Alexander Alexandra Ali Alice Alina Amelie Andrea Andreas Andre Angela Angelika
    Anja Anke Anna Anne Anneliese Annette Annika Antje Anton Antonia Armin Arne Arno Arthur Astrid August Axel
    Barbara Bastian Beate Ben Benedikt Benjamin Benno Bernd Bernhard Berta Bettina Bianca Birgit Birgitta Björn Bodo
    Brigitte Britta Bruno Burkhard Carina Carl Carla Carmen Carola Carolin Carsten Caroline Charlotte Christa
    Christel Christian Christiane Christina Christine Christoph Claudia Claus Cornelia Dagmar Daniel Daniela David
    Denise Dennis Detlef Detlev Diana Dieter Dietmar Dietrich Dirk Dominik Doris Dorothea Eberhard Eckhard Edgar
    Edith Eduard Egon Elena Elfriede Elisabeth Elke Ella Ellen Elsa Else Emil Emilia Emma Emre Erhard Erich Erik
    Erika Erna Ernst Erwin Esther Eugen Eva Evelyn Fabian Fatma Felix Ferdinand Finn Florian Franz Franziska
    Friederike Friedhelm Friedrich Fritz Gabriele Georg Gerald Gerd Gerda Gerhard Gertrud Gisela Gottfried Gregor
    Greta Gudrun Günter Günther Gunter Gustav Hanna Hannah Hannelore Hannes Hans Harald Hartmut Hasan Hedwig Heike
    Heiko Heinrich Heinz Helena Helene Helga Helmut Henning Henry Herbert Heribert Hermann Hilde Hildegard Holger
    Horst Hubert Hugo Ida Ilona Ilse Ines Inge Ingeborg Ingo Ingrid Irene Iris Irma Irmgard Isabel Isabella Ivan
    Jakob Jan Jana Janina Jannik Jens Jessica Joachim Jochen Johanna Johannes Jonas Jonathan Jörg Josef Joseph
    Judith Jürgen Julia Julian Juliane Jutta Kai Karen Karin Karl Karla Karolina Karsten Katharina Kathrin Katja
    Katrin Kerstin Kevin Kirsten Klara Klaus Klemens Konrad Kristina Kurt Lara Lars Laura Lea Lena Leni Leo Leon
    Leonie Lina Linda Lisa Lothar Luca Lucas Ludwig Luisa Luise Lukas Lutz Lydia Magdalena Maja Manfred Manuel
    Manuela Marcel Marco Marcus Margarete Margit Margot Maria Marianne Marie Mario Marion Marius Markus Marlene
    Marlies Martha Martin Martina Mathias Mathilde Matthias Max Maximilian Mehmet Melanie Mia Michael Michaela Mirko
    Miriam Mohammed Monika Monique Moritz Mustafa Nadine Nadja Natalie Natascha Nico Nicole Niklas Nils Nina Noah
    Nora Norbert Olaf Olga Oliver Oskar Oswald Otto Patricia Patrick Paul Paula Pauline Peter Petra Philipp Pia
    Rainer Ralf Ralph Ramona Rebecca Regina Reiner Reinhard Reinhold Renate Rene Ricarda Richard Robert Robin Roland
    Rolf Roman Ronald Rosemarie Roswitha Rudi Rudolf Rüdiger Ruth Sabine Sabrina Samuel Sandra Sara Sarah Sascha
    Sebastian Selina Siegfried Sigrid Silke Silvia Simon Simone Sofia Sonja Sophia Sophie Stefan Stefanie Steffen
    Stephan Stephanie Susanne Sven Svenja Swen Sybille Sylvia Tanja Tatjana Theo Theodor Theresa Thomas Thorsten
    Tilman Tim Timo Tina Tobias Tom Torsten Udo Ulf Ulla Ulrich Ulrike Ursula Uta Ute Uwe Valentin Vanessa Vera
    Verena Veronika Viktor Viktoria Vincent Volker Volkmar Waltraud Walter Werner Wilfried Wilhelm Willi Willy
    Winfried Wolfgang Yannick Yasemin Yusuf Yvonne
"""

_BEFORE_NAMES: Final = frozenset(_TITLES.split())
"""Folded words that stand before a name: whatever capitalised word follows is taken for one."""

_BEFORE_NAMES_AND_OTHERS: Final = frozenset(map(fold, _OFFICES.split()))
"""Words for people that stand before names, but before other words too: what follows is a name unless it is a noun of
council papers."""

_APPLICATIONS: Final = re.compile(r".*(?:antrag|anfrage|widerspruch|klage|beschwerde|petition|anregung)s?")
"""What a person has sent: a word behind it that nobody knows is taken for a name."""

_GIVEN_NAMES: Final = frozenset(map(fold, _GIVEN.split()))
"""None that is a common noun as well."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
_PIECE: Final = re.compile(r"[^\W\d_]+")
folded: Final = lru_cache(maxsize=20_000)(fold)
_ENDS_AS_SURNAMES: Final = re.compile(
    r"(?:bach|bauer|baum|bein|berg|berger|born|brand|brenner|brunn|burg|busch|dorf|eck|eisen|feld|fuchs|gold|graf|haar|hahn"
    r"|hammer|haus|hauser|hof|hofer|horn|hut|kamp|koch|konig|kopf|korn|macher|mann|meister|muller|nagel|reich|ritter|rock"
    r"|schmidt|schneider|schuh|see|stein|stock|tal|vogel|wald|wasser|wolf)$"
)
_KNOWN: Final = WORDS.nouns | WORDS.last | WORDS.whole
_VOCABULARY: Final = Vocabulary()
"""The words known from the start, and none that texts have taught: among those are surnames."""


def names_a_person(text: str) -> bool:
    """Whether a person seems to be named: by a given name, or by a name behind a title, an office, an initial or what
    persons apply for. Rather once too often."""
    words = [(match[0], match.end()) for match in _WORD.finditer(text)]
    if any(word[0].isupper() and folded(word) in _GIVEN_NAMES for word, _ in words):
        return True
    return any(
        following[0].isupper() and _makes_a_name(folded(word), following, text[end : end + 1])
        for (word, end), (following, _) in pairwise(words)
    )


def _makes_a_name(word: str, following: str, behind: str) -> bool:
    """Whether the word makes a name of the one that follows. `behind`: what stands behind the word."""
    if word in _BEFORE_NAMES:
        return word != "str" or behind != "."
    if len(word) == 1 and behind == ".":
        return True
    if word in _BEFORE_NAMES_AND_OTHERS:
        return folded(following) not in _KNOWN and folded(following) not in _BEFORE_NAMES_AND_OTHERS
    return behind == " " and _APPLICATIONS.fullmatch(word) is not None and _is_unknown(following)


def _is_unknown(word: str) -> bool:
    """Whether a word is none of council papers, no compound of such, and no abbreviation."""
    if word.isupper():
        return False
    return all(entries_needed(piece) == UNKNOWN_ENTRIES for piece in capitalised(word))


def capitalised(text: str) -> list[str]:
    """The capitalised words of a text, folded, those with a hyphen piece by piece."""
    return [folded(piece) for piece in _PIECE.findall(text) if piece[0].isupper()]


def entries_needed(word: str) -> int:
    """In how many entries' titles a folded word has to stand until it may be offered."""
    parts = _VOCABULARY.split(word)
    is_known = word in _KNOWN or (parts and not (len(word) <= LONGEST_SURNAME and _ENDS_AS_SURNAMES.search(word)))
    return 1 if is_known else UNKNOWN_ENTRIES
