"""The command verify: whether a report belongs to a file, and whether its figures were edited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import ChecklistOption, CountryChoice, ReferencesOption, TextsOption
from legcheck.cli.terminal import help_text, labels_in, say
from legcheck.reports.stamp import COMPARISON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from legcheck.verify import Verification

MOST_SHOWN = 20


def verify(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help=help_text("verify_report"))],
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help=help_text("verify_file"))] = None,
    references: ReferencesOption = None,
    checklist: ChecklistOption = None,
    country: CountryChoice = None,
    texts: TextsOption = None,
) -> None:
    """Say what a report was made from, and which of its figures were edited since."""
    from legcheck import app

    found = app.verify(report, file, checklist=checklist, country=country, references=references, texts=texts)
    for line in _lines(found, report, file):
        say(line)
    if not found.sound:
        raise typer.Exit(1)


def _lines(found: Verification, report: Path, file: Path | None) -> Iterator[str]:
    labels, stamp = labels_in(), found.stamp
    yield labels("cli.verify.made", report=report, tool=stamp.tool, language=labels.language_name(stamp.language))
    if stamp.kind == COMPARISON:
        yield labels("cli.verify.comparison")
        return
    yield labels("cli.verify.from", digest=stamp.file)
    if found.belongs is None:
        yield labels("cli.verify.no_file")
    elif not found.belongs:
        yield labels("cli.verify.other_file", file=file)
    elif found.whole:
        yield labels("cli.verify.whole", file=file)
    elif not found.compared:
        yield labels("cli.verify.differs", file=file)
    elif not found.changed:
        yield labels("cli.verify.figures_stand", file=file)
    else:
        yield labels("cli.verify.changed", file=file, count=len(found.changed))
        for one in found.changed[:MOST_SHOWN]:
            yield labels("cli.verify.was", line=one.made)
            yield labels("cli.verify.now", line=one.now) if one.now else labels("cli.verify.gone")
        if len(found.changed) > MOST_SHOWN:
            yield labels("cli.verify.more", count=len(found.changed) - MOST_SHOWN)
