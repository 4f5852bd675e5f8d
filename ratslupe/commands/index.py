"""`ratslupe index`: brings the index up to date, once or until told to stop."""

from __future__ import annotations

from typing import Annotated

import typer

from ratslupe.terminal import errors_as_sentences, installation_of, say


def index(
    context: typer.Context,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Build anew beside the old index, then swap.")] = False,
    follow: Annotated[bool, typer.Option("--follow", help="Go on with whatever comes, until Ctrl-C.")] = False,
) -> None:
    """Turn fetched files into text and bring the search index up to date with the archive."""
    from indexer.index.embedding import is_installed
    from indexer.pipeline import Indexer
    from ratslupe.following import follow as follow_archive

    with errors_as_sentences():
        installation = installation_of(context)
        if follow:
            follow_archive(installation)
            return
        archive = installation.archive()
        count = Indexer(archive, installation.engine(), installation.indexer_settings.workers).run(rebuild)
        say(
            f"{count.put} entries written, {count.deleted} taken out; texts: {count.extracted} read, "
            f"{count.without_text} without text, {count.unreadable} unreadable; "
            f"{count.characters / 1e6:.1f} M characters; {count.seconds:.1f} s"
        )
        if is_installed():
            say(f"{count.titles} titles worked out for similar papers")
        else:
            say("similar papers: not without the extra meaning (docs/operations.md)")
        for reason, times in sorted(count.reasons.items(), key=lambda pair: -pair[1])[:10]:
            say(f"  {times}x {reason}")
