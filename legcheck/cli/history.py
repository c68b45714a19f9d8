"""The command ``history``: what was changed in an assessment, when, by whom and why."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.options import ChecklistOption, FileArgument, LanguageOption, PrintOption, TextOrJson
from legcheck.cli.terminal import help_text, labels_in, say, say_data, say_unread
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
    from legcheck import app, inputs, provisions

    labels = labels_in(language)
    reading = inputs.read(file, checklist)
    found = app.history_of(reading, provision)
    say_unread(unread_in(reading.issues), file)
    if format is TextOrJson.JSON:
        tree = {"format": 1, "file": str(file), "changes": [asdict(one) for one in found]}
        say_data(json.dumps(tree, ensure_ascii=False, indent=1, default=str))
    elif found:
        _print(found, provisions.in_language(reading.checklist, labels.language), labels)
    else:
        say(labels("cli.history.none", file=file))


def _print(changes: tuple[Revision, ...], checklist: Checklist, labels: Labels) -> None:
    """Print each change in two or three lines: when, by whom and from where; what; and why."""
    from legcheck import workbook

    for one in changes:
        row, column, before, after = workbook.change_in_words(checklist, one, labels)
        values = {"before": before or labels("cli.history.blank"), "after": after or labels("cli.history.blank")}
        say(labels.join(part for part in (labels.date(one.on), one.who, one.file) if part))
        say("  " + labels("cli.history.change", of=", ".join(filter(None, (row, column))), **values))
        if one.why:
            say("  " + labels("cli.history.why", why=one.why))
