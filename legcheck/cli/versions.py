"""Commands on versions of a checklist: what changed from one to another, and answers carried over."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.assess import workbook_path
from legcheck.cli.options import ChecklistOption, FileArgument, ForceOption, LanguageOption, PrintOption, TextOrJson, day
from legcheck.cli.terminal import help_text, labels_in, say, say_data, say_unread, terminal_language
from legcheck.files import write_whole
from legcheck.issues import unread_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from legcheck.labels import Labels
    from legcheck.model import Carried, ChangeKind, Checklist, Fate, Migration, VersionChange


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help=help_text("provisions_diff_old"))],
    new: Annotated[str, typer.Argument(metavar="NEW", help=help_text("provisions_diff_new"))],
    format: PrintOption = TextOrJson.TEXT,
    language: LanguageOption = None,
) -> None:
    """Print what changed from one version of a checklist to another."""
    from legcheck import analysis, provisions
    from legcheck.model import ChangeKind

    chosen = language or terminal_language()
    before, after = map(provisions.load, (old, new))
    changes = analysis.changes_between(before, after)
    step, moving = analysis.due_step(changes), analysis.chapters_that_move(changes, before, after)
    if format is TextOrJson.JSON:
        of = {"id": after.id, "from": before.version, "to": after.version, "step": step.name.lower() if step else None}
        say_data(json.dumps({"format": 1, **of, "scores_move": moving, "changes": [*map(asdict, changes)]}, ensure_ascii=False))
        return
    labels, texts = labels_in(chosen), [provisions.in_language(one, chosen) for one in (before, after)]
    titles = {one.id: one.title for one in texts[1].chapters}
    say(labels("versions.counted", count=len(changes), before=before.version, after=after.version))
    counts = Counter(one.kind for one in changes)
    _print_tally("kinds", counts, labels)
    if step is not None:
        say(labels(f"versions.steps.{step.name.lower()}"))
        say(labels(f"versions.scores.{_how_many(moving, texts[1])}", chapters=labels.join(titles[id] for id in moving)))
    if ChangeKind.REWORDED in counts:
        say(labels("versions.words_only"))
    known = {(one.kind, one.of) for one in changes if one.kind is not ChangeKind.REWORDED}
    _print_changes((one for one in analysis.changes_between(*texts) if (one.kind, one.of) in known), labels)


def _how_many(moving: Sequence[str], after: Checklist) -> str:
    return "none" if not moving else "all" if len(moving) == len(after.chapters) else "some"


def _print_tally(kind: str, counts: Counter[ChangeKind] | Counter[Fate], labels: Labels) -> None:
    """Print how often each kind of change, or fate of an answer, is there."""
    for one, count in counts.items():
        say("  " + labels("versions.tally", what=labels(f"versions.{kind}.{one.value}"), count=count))


def _print_changes(changes: Iterable[VersionChange], labels: Labels) -> None:
    """Print each change: what it is of, and what it was and is."""
    from legcheck.model import ChangeKind

    for one in changes:
        values = {"before": one.before, "after": one.after}
        if one.kind is ChangeKind.CORE:
            values = {name: labels(f"versions.{value}") for name, value in values.items()}
        say("")
        say(labels("terminal.figure", dimension=one.of, title=labels(f"versions.kinds.{one.kind.value}")))
        for name, value in values.items():
            if value:
                say("  " + labels(f"versions.texts.{name}", text=value))


def migrate(
    file: FileArgument,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=help_text("new_out"))],
    to: Annotated[str | None, typer.Option("--to", metavar="VERSION|PATH", help=help_text("migrate_to"))] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=help_text("migrate_on"))] = None,
    format: PrintOption = TextOrJson.TEXT,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Carry the answers of a workbook to another version of its checklist."""
    from legcheck import inputs, provisions, rounds

    target, reading = workbook_path(out), inputs.read(file, checklist)
    after = rounds.version_named(reading.checklist, to)
    made, content = rounds.migrate(reading, after, day(on) if on else date.today(), language)
    say_unread(unread_in(reading.issues), file)
    write_whole(target, content, overwrite=force)
    labels = labels_in(language)
    if format is TextOrJson.JSON:
        of = {"file": str(file), "from": reading.checklist.version, "to": after.version}
        say_data(json.dumps({"format": 1, **of, "provisions": [*map(asdict, made.carried)]}, ensure_ascii=False, indent=1))
        return
    say_data(str(target))
    before, after = (provisions.in_language(one, labels.language) for one in (reading.checklist, after))
    _print_migration(made, before, after, labels)


def _print_migration(made: Migration, before: Checklist, after: Checklist, labels: Labels) -> None:
    """Print how many answers met which fate, then every one that somebody has to look at."""
    from legcheck.model import Fate

    say(labels("versions.migrated", before=before.version, after=after.version, count=len(made.carried)))
    _print_tally("fates", Counter(one.fate for one in made.carried), labels)
    for one in made.carried:
        if one.fate is not Fate.KEPT:
            say(_fate(one, before, after, labels))


def _fate(one: Carried, before: Checklist, after: Checklist, labels: Labels) -> str:
    """What became of the answer to a provision, in a line."""
    known = after.provisions.get(one.provision) or before.provisions[one.provision]
    parts = [labels(f"versions.fates.{one.fate.value}")]
    if one.came_from not in ((), (one.provision,)):
        parts.append(labels("versions.came_from", provisions=", ".join(one.came_from)))
    if one.new and one.came_from:
        parts.append(labels("versions.letters.new", letters=", ".join(one.new)))
    if one.retired and one.provision in after.provisions:
        parts.append(labels("versions.letters.retired", letters=", ".join(id.rpartition(".")[2] for id in one.retired)))
    return labels("terminal.figure", dimension=f"{one.provision} {known.title}", title=labels.join(parts))
