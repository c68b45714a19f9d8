"""What commands print on a terminal: tables of rich, made from the same view as the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from legcheck.issues import Location
from legcheck.labels import Labels
from legcheck.model import (
    Chain,
    Checklist,
    Choice,
    Dimension,
    DimensionScores,
    Part,
    Plan,
    Provision,
    Result,
    Role,
    Score,
    Step,
    decimal,
)
from legcheck.reports.figures import display, printed_range

if TYPE_CHECKING:
    from legcheck.reports.view import DimensionView, ReportView


def score_tables(view: ReportView, labels: Labels) -> Iterator[Table | Text]:
    """The scores of an assessment: a table for each dimension assessed, then the summary in sentences."""
    yield Text(f"{view.title} · {view.subtitle}", style="bold")
    for notice in view.notices:
        yield Text(notice, style="italic")
    for dimension in view.dimensions:
        yield _scores(dimension, labels)
    yield from (Text(sentence) for sentence in view.summary)


def checklist_table(checklists: Iterable[Checklist], labels: Labels) -> Table:
    """The shipped checklists."""
    table = _table(labels, "id", "version", "title", "provisions", "digest")
    for one in checklists:
        table.add_row(one.id, one.version, escape(one.title), str(len(one.provisions)), one.digest[:16])
    return table


def contents_table(checklist: Checklist, labels: Labels) -> Table:
    """The chapters and provisions of a checklist."""
    table = _table(labels, "id", "title", "core", "elements", "weight", title=f"{checklist.title} ({checklist.version})")
    for chapter in checklist.chapters:
        table.add_row(Text(chapter.id, style="bold"), Text(chapter.title, style="bold"), "", "", decimal(chapter.weight))
        for one in chapter.provisions:
            core = labels("common.yes") if one.core else ""
            table.add_row(one.id, escape(one.title), core, str(len(one.elements)), decimal(one.weight))
        table.add_section()
    return table


def provision_text(provision: Provision, checklist: Checklist, labels: Labels) -> Text:
    """One provision in full."""
    chapter = next(one for one in checklist.chapters if one.id == provision.chapter)
    core = f" · {labels('report.core')}" if provision.core else ""
    text = Text()
    text.append(f"{provision.id}  {provision.title}\n", style="bold")
    text.append(f"{chapter.title} · {labels('terminal.weight')} {decimal(provision.weight)}{core}\n\n")
    text.append(f"{provision.question}\n\n")
    for element in provision.elements:
        text.append(f"  {element.letter}) {element.text}\n")
    for label, body in _provision_parts(provision, checklist, labels):
        if body:
            text.append(f"\n{label}\n", style="bold")
            text.append(f"{body}\n")
    return text


def chain_tables(chain: Chain, checklist: Checklist, file: str, labels: Labels) -> Iterator[Table | Text]:
    """The chain behind a figure: the figure, its rule, and tables that end in the cells."""
    head = Text(f"{chain.figure} · {chain.dimension.title} · {file}\n", style="bold")
    if chain.score is not None:
        head.append(f"{display(chain.score, labels)}  ({printed_range(chain.score, labels)})\n", style="bold")
        answered = {"answered": chain.score.answered, "applicable": chain.score.applicable}
        head.append(labels("report.answered", **answered) + "\n")
        minimum = labels.percent(checklist.minimum_answered)
        head.append(labels(f"terminal.rule.{chain.rule.value}", minimum=minimum) + "\n")
    yield head
    if chain.parts[0].id in checklist.provisions:
        yield _provision_step(chain.parts[0].steps[0], checklist.provisions[chain.parts[0].id], chain.dimension, labels)
    if len(chain.parts) > 1:
        yield _parts(chain.parts, labels)
    yield from (_steps(part, checklist, labels) for part in chain.parts)


def tag_table(tags: Mapping[str, str], labels: Labels) -> Table:
    """The tags that a Word template may use."""
    table = _table(labels, "tag", "shows")
    for tag, shows in tags.items():
        table.add_row(escape(tag), escape(labels(shows) if labels.has(shows) else shows))
    return table


def choice_tables(head: str, choice: Choice, plan: Plan, labels: Labels) -> Iterator[Table | Text]:
    """A choice of measures: what it is, the measures in order, and where they lead, as a range with its answered share."""
    yield Text(head, style="bold")
    phases = {phase.key: phase.title for phase in plan.catalogue.phases}
    if choice.measures:
        table = _table(labels, "id", "title", "phase", "effort", "gaps")
        for one in choice.measures:
            gaps = ", ".join(each.gap.provision for each in one.answers)
            table.add_row(one.measure.id, escape(one.measure.title), phases[one.phase], str(one.measure.effort), gaps)
        yield table
    law = plan.result.checklist.dimension_of(Role.LAW) or plan.result.checklist.dimensions[0]
    shown = {"before": _with_range(plan.result.scores[law.key].total, labels), "after": _with_range(choice.score, labels)}
    answered = labels("report.answered", answered=choice.score.answered, applicable=choice.score.applicable)
    yield Text(labels("terminal.leads_to", dimension=law.title, answered=answered, **shown))


def _with_range(score: Score, labels: Labels) -> str:
    return f"{display(score, labels)} ({printed_range(score, labels)})"


def what_if_table(result: Result, after: Mapping[str, DimensionScores], labels: Labels) -> Table:
    """The chapters and totals today, and with some measures carried out; only what changes."""
    table = _table(labels, "figure", "today", "after")
    for key, scores in result.scores.items():
        pairs = [(id, scores.chapters[id], after[key].chapters[id]) for id in scores.chapters]
        for id, today, later in [*pairs, ("total", scores.total, after[key].total)]:
            if (today.low, today.high) != (later.low, later.high) or id == "total":
                table.add_row(f"{key}.{id}", _with_range(today, labels), _with_range(later, labels))
    return table


def _scores(dimension: DimensionView, labels: Labels) -> Table:
    title = f"{dimension.title} · {dimension.total.display} · {dimension.total.range}"
    table = _table(labels, "figure", "chapter", "score", "range", "answered", "band", title=title)
    for one in (*dimension.chapters, dimension.total):
        table.add_row(one.id, escape(one.title), one.display, one.range, one.answered, one.band)
    return table


def _provision_parts(provision: Provision, checklist: Checklist, labels: Labels) -> Iterator[tuple[str, str]]:
    titles = {theme.key: theme.title for theme in checklist.themes}
    signed = (one.name + ("" if one.article.verified else labels("report.unverified_sign")) for one in provision.standards)
    standards = [f"{name} – {one.article.subject}" for name, one in zip(signed, provision.standards, strict=True)]
    yield labels("terminal.full"), provision.full
    yield labels("terminal.partial"), provision.partial
    yield labels("terminal.guidance"), provision.guidance
    yield labels("terminal.standards"), "\n".join(standards)
    yield labels("terminal.practice"), "\n".join(provision.practice)
    yield labels("terminal.themes"), ", ".join(titles[theme] for theme in provision.themes)
    if any(not one.article.verified for one in provision.standards):
        yield "", labels("report.unverified")


def _parts(parts: tuple[Part, ...], labels: Labels) -> Table:
    table = _table(labels, "chapter", "title", "weight", "score", "range", "answered")
    for part in parts:
        answered = {"answered": part.score.answered, "applicable": part.score.applicable} if part.score is not None else {}
        figures = (display(part.score, labels), printed_range(part.score, labels)) if part.score is not None else ("", "")
        counted = labels("report.answered", **answered) if answered else ""
        table.add_row(part.id, escape(part.title), decimal(part.weight), *figures, counted)
    return table


def _steps(part: Part, checklist: Checklist, labels: Labels) -> Table:
    """The provisions under a figure, with what each brings and the sum below."""
    titles = {level.key: level.title for one in checklist.dimensions for level in one.scale.levels}
    title = part.id if part.id == part.title else f"{part.id} {part.title}"
    table = _table(labels, "provision", "rating", "weight", "gains", "basis", "cells", title=escape(title))
    for step in part.steps:
        typed = titles.get(step.typed, step.typed) or labels("report.not_assessed")
        if step.counts_as != step.typed:
            typed += f"\n→ {titles.get(step.counts_as, step.counts_as)}"
        cells = ", ".join(_place(cell, labels) for cell in step.cells)
        name = f"{step.provision} {escape(step.title)}"
        weight = decimal(step.weight) if step.gains is not None else labels("terminal.not_counted")
        gains = decimal(step.gains) if step.gains is not None else ""
        table.add_row(name, escape(typed), weight, gains, escape(step.legal_basis), escape(cells))
    counted = [step for step in part.steps if step.gains is not None]
    table.add_section()
    weight = decimal(sum((step.weight for step in counted), Fraction(0)))
    gained = decimal(sum((step.gains for step in counted if step.gains is not None), Fraction(0)))
    table.add_row(labels("terminal.sum"), "", weight, gained, "", "")
    return table


def _provision_step(step: Step, provision: Provision, dimension: Dimension, labels: Labels) -> Text:
    """What one provision brings and why: the worth of its rating, its weight, and the elements that are there and missing."""
    counts = step.level is not None and not step.level.outside
    text = Text(_worth(step, labels))
    present = [one for one in provision.elements if one.letter in step.present]
    missing = [one for one in provision.elements if one.letter not in step.present]
    groups = {"present": present, "missing": missing} if counts else {"elements": list(provision.elements)}
    for key, elements in groups.items() if dimension.elements else ():
        if elements:
            text.append(f"\n{labels(f'terminal.{key}')}\n", style="bold")
            text.append("".join(f"  {one.letter}) {one.text}\n" for one in elements))
    return text


def _worth(step: Step, labels: Labels) -> str:
    if step.level is None:
        return labels("terminal.uncounted", rating=labels("report.not_assessed")) + "\n"
    if step.gains is None:
        return labels("terminal.uncounted", rating=step.level.title) + "\n"
    facts = {"worth": decimal(step.level.worth), "weight": decimal(step.weight), "gains": decimal(step.gains)}
    return labels("terminal.worth", rating=step.level.title, **facts) + "\n"


def _place(at: Location, labels: Labels) -> str:
    return f"{at.sheet}!{at.cell}" if at.sheet else labels("terminal.line", line=at.line)


def _table(labels: Labels, *columns: str, title: str | None = None) -> Table:
    from rich.box import SIMPLE_HEAD

    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(labels(f"terminal.column.{column}"), overflow="fold")
    return table
