"""The command ``history``: what was changed in an assessment, when, by whom and why."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import ChecklistOption, FileArgument, LanguageOption, PrintOption, TextOrJson
from legcheck.cli.terminal import help_text, in_a_line, labels_in, say, say_data, say_unread
from legcheck.issues import unread_in

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.model import Checklist, Revision


def history(
    file: FileArgument,
    provision: Annotated[str, typer.Argument(metavar="PROVISION", help=help_text("history_of"))] = "",
    format: PrintOption = TextOrJson.TEXT,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
) -> None:
    """Print what was changed in an assessment."""
    from legcheck import inputs, provisions, rounds

    labels = labels_in(language)
    reading = inputs.read(file, checklist)
    found = rounds.history_of(reading, provision)
    say_unread(unread_in(reading.issues), file)
    if format is TextOrJson.JSON:
        tree = {"format": 1, "file": str(file), "changes": [asdict(one) for one in found]}
        say_data(json.dumps(tree, ensure_ascii=False, indent=1, default=str))
    elif found:
        _print(found, provisions.in_language(reading.checklist, labels.language), labels)
    else:
        say(labels("cli.history.none", file=file))


def _print(changes: tuple[Revision, ...], checklist: Checklist, labels: Labels) -> None:
    """Print when, by whom and from where once for the changes that share it, and under it what was changed, and why."""
    for origin, same in groupby(changes, key=lambda one: (one.on, one.who, one.file)):
        on, who, file = origin
        say(labels.join(filter(None, (labels.date(on), who, file))))
        for one in same:
            _print_change(one, checklist, labels)


def _print_change(one: Revision, checklist: Checklist, labels: Labels) -> None:
    from legcheck import workbook

    row, column, *values = workbook.change_in_words(checklist, one, labels)
    before, after = (in_a_line(value) or labels("cli.history.blank") for value in values)
    say("  " + labels("cli.history.change", of=", ".join(filter(None, (row, column))), before=before, after=after))
    if one.why:
        say("    " + labels("cli.history.why", why=in_a_line(one.why)))
