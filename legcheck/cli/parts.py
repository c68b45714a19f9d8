"""Commands on the files of several hands: diff."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import ChecklistOption, ForceOption, LanguageOption
from legcheck.cli.terminal import help_text, labels_in, say, say_data, say_unread
from legcheck.files import check_formats, write_whole
from legcheck.issues import unread_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legcheck.labels import Labels
    from legcheck.model import Difference
    from legcheck.reports.differences import DifferenceInWords

_FORMATS = ("text", "json", "xlsx")


def diff(
    first: Annotated[Path, typer.Argument(metavar="A", help=help_text("diff_first"))],
    second: Annotated[Path, typer.Argument(metavar="B", help=help_text("diff_second"))],
    format: Annotated[str, typer.Option("--format", metavar="|".join(_FORMATS), help=help_text("diff_format"))] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=help_text("diff_out"))] = None,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Print what two files say differently."""
    from legcheck import app

    labels, files = labels_in(language), (first, second)
    (wanted,) = check_formats([format or ("xlsx" if out else "text")], _FORMATS)
    if (wanted == "xlsx") != (out is not None):
        raise typer.BadParameter(labels("cli.diff.out"), param_hint="--out")
    readings = app.read_together(files, checklist)
    for path, reading in zip(files, readings, strict=True):
        say_unread(unread_in(reading.issues), path)
    found = app.differences(readings)
    if wanted == "json":
        say_data(json.dumps(_tree(files, found), ensure_ascii=False, indent=1))
        return
    rows = app.differences_in_words(readings[0].checklist, found, labels.language)
    if out is not None:
        from legcheck.reports.differences import render_differences

        day = max(one.assessment.as_of for one in readings if one.assessment is not None)
        write_whole(out, render_differences(rows, [str(file) for file in files], day, labels), overwrite=force)
        say_data(str(out))
    else:
        _print(rows, labels)
    say(labels("cli.diff.counted", count=len(rows), files=labels.join(map(str, files))))


def _print(rows: Sequence[DifferenceInWords], labels: Labels) -> None:
    """Print each difference in two lines: what it is, and where."""
    blank = labels("cli.history.blank")
    for one in rows:
        before, after = (value or blank for value in one.values)
        say(labels("cli.history.change", row=one.row, column=one.column, before=before, after=after))
        say("  " + labels.join(one.places))


def _tree(files: Sequence[Path], found: Sequence[Difference]) -> dict[str, object]:
    """The differences for programs."""
    differing = [
        {
            "provision": one.provision,
            "field": one.field,
            "values": [{"value": at.value, "sheet": at.at.sheet, "cell": at.at.cell, "line": at.at.line} for at in one.stated],
        }
        for one in found
    ]
    return {"format": 1, "files": [str(file) for file in files], "differences": differing}
