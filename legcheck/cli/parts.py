"""Commands on the files of several hands: split, merge, diff, reconcile."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legcheck.cli.assess import workbook_path
from legcheck.cli.options import (
    ChecklistOption,
    CountryChoice,
    FileArgument,
    ForceOption,
    LanguageOption,
    PrintOption,
    TextOrJson,
    day,
)
from legcheck.cli.options import share as exact_share
from legcheck.cli.terminal import (
    help_text,
    in_a_line,
    labels_in,
    print_issues,
    say,
    say_data,
    say_error,
    say_files,
    say_unread,
    show,
)
from legcheck.files import check_formats, check_free, write_files, write_whole
from legcheck.issues import unread_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legcheck.labels import Labels
    from legcheck.model import Agreement, Difference, Stated
    from legcheck.reports.differences import DifferenceInWords

_FORMATS = ("text", "json", "xlsx")


def split(
    file: FileArgument,
    by: Annotated[str, typer.Option("--by", metavar="lead|chapter|TABLE", help=help_text("split_by"))],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=help_text("split_out"))],
    return_to: Annotated[str, typer.Option("--return-to", metavar="TEXT", help=help_text("return_to"))] = "",
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help=help_text("until"))] = None,
    checklist: ChecklistOption = None,
    country: CountryChoice = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Write a workbook for each of several hands."""
    from legcheck import app, hands, inputs

    last = day(until) if until else None
    reading = inputs.read(file, checklist, country)
    chosen = app.language_for(inputs.readable(reading), language)
    parts, issues = hands.parts_of(reading.checklist, by, chosen, checklist)
    to = " ".join(return_to.split())
    made = hands.split(reading, parts, chosen, return_to=to, until=last, choice=checklist)
    say_unread(unread_in(reading.issues), file)
    if issues:
        print_issues(issues)
    say_files(write_files(out, made, overwrite=force))


def merge(
    parts: Annotated[list[Path], typer.Argument(metavar="PART...", help=help_text("merge_parts"))],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=help_text("merge_out"))],
    decisions: Annotated[Path | None, typer.Option("--decisions", metavar="FILE", help=help_text("merge_decisions"))] = None,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Put parts together, and say where they contradict one another."""
    from legcheck import app, hands

    target, labels = workbook_path(out), labels_in(language)
    check_free([target], overwrite=force)
    made = hands.merge(parts, checklist, decisions)
    chosen = app.language_for(made.assessment, language)
    files = {target: app.workbook_of(made.checklist, made.assessment, chosen, made.form)}
    to_decide = decisions
    if made.open and not made.shows_all:
        content = hands.decisions_workbook(made, chosen)
        to_decide = _free(target, content)
        files[to_decide] = content
    if made.issues:
        print_issues(made.issues, labels.language)
    for path, content in files.items():
        write_whole(path, content, overwrite=force or path != target)
    say_files(files)
    rows = hands.differences_in_words(made.checklist, made.open, labels.language)
    for row, one in zip(rows, made.open, strict=True):
        say(f"{row.row}, {row.column}")
        words = dict(zip((stated.value for stated in one.stated), row.values, strict=True))
        for value in one.values:
            say("  " + labels("cli.merge.says", value=in_a_line(words[value]), places=one.places(value)))
    if made.open:
        say_error(labels("cli.merge.open", count=len(made.open), file=to_decide))
        raise typer.Exit(1)


def _free(target: Path, content: bytes) -> Path:
    """A name for the workbook of decisions beside the merged one: what somebody has filled in is never replaced."""
    names = (target.with_name(f"{target.stem}-decisions{f'-{n}' if n > 1 else ''}.xlsx") for n in count(1))
    return next(one for one in names if not one.exists() or one.read_bytes() == content)


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
    from legcheck import hands

    labels, files = labels_in(language), (first, second)
    (wanted,) = check_formats([format or ("xlsx" if out else "text")], _FORMATS)
    if (wanted == "xlsx") != (out is not None):
        raise typer.BadParameter(labels("cli.diff.out"), param_hint="--out")
    readings = hands.read_together(files, checklist)
    for path, reading in zip(files, readings, strict=True):
        say_unread(unread_in(reading.issues), path)
    found = hands.differences(readings)
    if wanted == "json":
        say_data(json.dumps(_tree(files, found), ensure_ascii=False, indent=1))
        return
    rows = hands.differences_in_words(readings[0].checklist, found, labels.language)
    if out is not None:
        from legcheck.reports.differences import render_differences

        day = max(one.assessment.as_of for one in readings if one.assessment is not None)
        write_whole(out, render_differences(rows, [str(file) for file in files], day, labels), overwrite=force)
        say_data(str(out))
    say(labels("cli.diff.counted", count=len(rows), files=labels.join(map(str, files))))
    if out is None:
        _print(rows, labels)


def sample(
    file: FileArgument,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=help_text("new_out"))],
    share: Annotated[str, typer.Option("--share", metavar="SHARE", help=help_text("sample_share"))] = "20%",
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help=help_text("sample_seed"))] = 0,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Make a workbook for the second reader of a sample."""
    from legcheck import app, hands, inputs

    drawn = exact_share(share, "--share") or Fraction(0)
    target, reading = workbook_path(out), inputs.read(file, checklist)
    chosen = app.language_for(inputs.readable(reading), language)
    content, asked = hands.sample(reading, drawn, seed, chosen, checklist)
    say_unread(unread_in(reading.issues), file)
    write_whole(target, content, overwrite=force)
    say_data(str(target))
    labels = labels_in(language)
    say(labels("cli.sample.drawn", count=len(asked), all=len(reading.checklist.provisions), seed=seed))


def reconcile(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=help_text("reconcile_files"))],
    format: PrintOption = TextOrJson.TEXT,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help=help_text("reconcile_seed"))] = 0,
    out_decisions: Annotated[
        Path | None, typer.Option("--out-decisions", metavar="FILE", help=help_text("reconcile_decisions"))
    ] = None,
    checklist: ChecklistOption = None,
    language: LanguageOption = None,
    force: ForceOption = False,
) -> None:
    """Print how far independent readings of the same law agree, and where they do not."""
    from legcheck import hands, provisions
    from legcheck.reports.terminal import agreement_tables

    labels = labels_in(language)
    if len(files) < 2:
        raise typer.BadParameter(labels("cli.reconcile.two"), param_hint="FILE")
    readings = hands.read_side_by_side(files, checklist)
    for path, reading in zip(files, readings, strict=True):
        say_unread(unread_in(reading.issues), path)
    found, differing = hands.agreement(readings, seed=seed), hands.disagreements(readings)
    if out_decisions is not None:
        content = hands.decisions_workbook(hands.merge(files, checklist), labels.language)
        write_whole(workbook_path(out_decisions, "--out-decisions"), content, overwrite=force)
    if format is TextOrJson.JSON:
        say_data(
            json.dumps({"agreement": [*map(_agreement_tree, found)], **_tree(files, differing)}, ensure_ascii=False, indent=1)
        )
        return
    show(*agreement_tables(found, provisions.in_language(readings[0].checklist, labels.language), labels))
    for row, one in zip(hands.differences_in_words(readings[0].checklist, differing, labels.language), differing, strict=True):
        say(f"{row.row}, {row.column}")
        for value, stated in zip(row.values, one.stated, strict=True):
            said = labels("cli.reconcile.says", file=stated.source.name, value=in_a_line(value) or labels("cli.history.blank"))
            say(f"  {said} {stated.basis}".rstrip())


def _agreement_tree(one: Agreement) -> dict[str, object]:
    """How far readings agree on one kind of item, for programs."""
    shared = {**one.chapters, "total": one.total}
    counts = {key: {**asdict(each), "divergence": _decimal(each.divergence)} for key, each in shared.items()}
    return {"of": one.key, "alpha": one.alpha._asdict() if one.alpha is not None else None, "counts": counts}


def _decimal(share: Fraction | None) -> float | None:
    return float(share) if share is not None else None


def _print(rows: Sequence[DifferenceInWords], labels: Labels) -> None:
    """Print what differs and where; what differs in the same way in several rows is said once, with their ids."""
    blank = labels("cli.history.blank")
    alike: dict[tuple[str, ...], list[DifferenceInWords]] = {}
    for one in rows:
        alike.setdefault((one.column, *one.values), []).append(one)
    for (column, *values), same in alike.items():
        before, after = (in_a_line(value) or blank for value in values)
        ids = ", ".join(one.row for one in same)
        of = ", ".join(filter(None, (ids, column))) if len(same) == 1 else column
        say(labels("cli.history.change", of=of, before=before, after=after))
        say("  " + (labels.join(same[0].places) if len(same) == 1 else labels("cli.diff.rows", count=len(same), rows=ids)))


def _tree(files: Sequence[Path], found: Sequence[Difference]) -> dict[str, object]:
    """The differences for programs."""
    differing = [
        {"provision": one.provision, "field": one.field, "values": [_stated_tree(at) for at in one.stated]} for one in found
    ]
    return {"format": 1, "files": [str(file) for file in files], "differences": differing}


def _stated_tree(one: Stated) -> dict[str, object]:
    place = {"sheet": one.at.sheet, "cell": one.at.cell, "line": one.at.line}
    return {"value": one.value, **({"basis": one.basis} if one.basis else {}), **place}
