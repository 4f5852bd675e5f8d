"""The port: everything between a question and the hits, the same for every engine. All that `search_api` may import.

    what a person types ─▶ query.parse ─▶ Clauses ─▶ matching.interpret ─▶ Interpretation, which is
        a condition: a tree, which the engine translates one to one and searches;
        patterns: by which the hits are marked
        understood: what is told of it to whoever asked
    an Entry ─▶ analysis ─▶ values of fields.FIELDS ─▶ the engine writes them

The contract
    contract.py       what is indexed, asked and answered: Entry, Clause, Filter, Query, Results; Protocols
    fields.py         the table of fields, the registry of facets, SCHEMA_VERSION: schemas, filters, counts follow
    engines.py        the engines there are, by name
    publishing.py     when a build may take the place of the published one
    cursor.py         the place in an answer from which the next page goes on, as text
    stored_fields.py  what a hit shows of an entry, as text

Words
    folding.py        which written forms are the same, what is a word
    language.py       stems, stopwords, the analysis of a text
    compounds.py      which words a compound is made of, learned from the indexed texts
    council_words.py  the parts that are known before any text was read
    ellipsis.py       compounds of which a hyphen leaves out a part
    synonyms.py       words that mean the same, of a list
    variants.py       other ways to write a word, also inside a compound
    mentions.py       laws, plans, plots and papers that texts name by a number
    reference.py      reference numbers, however they are typed
    analysis.py       entries as values of fields
    lexicon.py        what an engine knows of its words; typing mistakes

Questions
    query.py          the query language of citizens
    matching.py       when an entry answers a question: the one decision, of which condition and patterns are made
    conditions.py     the tree of conditions (Term, ConstantScoreTerm, Phrase, Prefix, DisMax, BooleanQuery)
    patterns.py       how words of a question may stand in a text: word, part of a compound, phrase, …
    understanding.py  what was made of a question, in the letters of whoever typed it

Showing
    written_words.py  finds words in text as it is, fast
    marking.py        marks what the patterns say, and nothing else
    page_signatures.py  which pages may answer, told without reading them
    passages.py       the best places of an entry's texts

Engines
    tantivy/          embedded, the default: conditions, facets, order, schema, reader, writer, builds in a folder
    elasticsearch/    a cluster: the same, and client, lock, state

An engine knows nothing of German and nothing of facets' names. It passes `tests/contracts`, and is imported here alone.
"""
