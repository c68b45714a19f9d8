"""What commands print: tables and texts that fit a window of 80 columns, the summary first, and use more if there is more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as BreakingText

from legcheck.issues import Location
from legcheck.labels import Labels
from legcheck.model import (
    Agreement,
    Candidate,
    Catalogue,
    Chain,
    Checklist,
    Choice,
    CitedPassage,
    DimensionScores,
    Element,
    Measure,
    Part,
    Plan,
    Provision,
    Result,
    Role,
    Scope,
    Score,
    Shared,
    Statute,
    Step,
    decimal,
)
from legcheck.reports import prose
from legcheck.reports.reading import class_title, counted, found_columns
from legcheck.words import fold, tied

if TYPE_CHECKING:
    from rich.console import RenderableType

    from legcheck.reports.comparison.search import Found, Search
    from legcheck.reports.view import DimensionView, FoundTable, FoundView, ReadingView, ReportView

# The columns whose text may wrap; all others are short and stay on one line.
_RUNNING = frozenset(
    {
        "after",
        "chapter",
        "countries",
        "element",
        "figure",
        "gaps",
        "heading",
        "phase",
        "provision",
        "rating",
        "shows",
        "title",
        "today",
    }
)
_NUMBERS = frozenset(
    {
        "alone",
        "articles",
        "differ",
        "effort",
        "share",
        "shared",
        "elements",
        "gains",
        "provisions",
        "weight",
    }
)


_MOST_EFFECTS = 10
_LONGEST_BEGINNING = 90


class Text(BreakingText):
    """A text that never breaks at a no-break space; whoever prints it puts these spaces back (`legcheck.words.untied`)."""

    def __init__(self, text: str = "", style: str = "", **options: Any) -> None:
        super().__init__(tied(text), style, **options)


def score_tables(result: Result, view: ReportView, labels: Labels) -> Iterator[RenderableType]:
    """The scores of an assessment or the counts of a reading: what was found in sentences, then a table for each dimension."""
    yield Text(f"{view.title} · {view.subtitle}", style="bold")
    yield from (Text(notice, style="italic") for notice in view.notices)
    yield ""
    if view.reading is not None:
        yield from map(Text, view.reading.summary)
        yield from _reading(view, view.reading, labels)
        return
    yield from _brief(view, labels)
    for dimension in view.dimensions:
        yield _scores(dimension, result.scores[dimension.key], labels)
    if view.dimensions:
        yield Text(labels("terminal.explain", example=view.dimensions[0].chapters[0].id, total=view.dimensions[0].total.id))


def _brief(view: ReportView, labels: Labels) -> Iterator[RenderableType]:
    """The situation, and what is urgent and whom it harms, as in the country report."""
    brief = prose.brief(view, labels, ())
    yield Text(" ".join(one.text for one in brief.situation))
    yield from (Text(labels("report.dimension_not_assessed", dimension=title)) for title in view.not_assessed)
    if brief.urgent:
        yield Text("\n" + labels("country_report.brief.urgent"), style="bold")
        yield from (Text(f"{one.provision} {one.title}. {_told(one)}") for one in brief.urgent)


def _told(one: prose.Finding) -> str:
    """What kind of gap it is and whom it harms, or what is missing where that cannot be said."""
    kind, *further = (sentence.text for sentence in one.sentences)
    return " ".join((kind, one.harm) if one.harm else (kind, *further))


def _reading(view: ReportView, reading: ReadingView, labels: Labels) -> Iterator[RenderableType]:
    """What named texts contain by chapter, the rules to look at, and where to look next."""
    for table in reading.tables:
        yield _found(table, labels)
        yield from map(Text, table.nothing)
    if view.contrary:
        yield Text(labels("reading.heading.contrary"), style="bold")
        yield from (Text(f"{one.id} {one.title}") for one in view.contrary)
        yield Text(labels("reading.contrary") + "\n")
    if reading.further:
        yield Text(labels("reading.heading.further"), style="bold")
        yield Text(" ".join(reading.further_lead))
    yield Text(labels("reading.next"))


def _found(found: FoundTable, labels: Labels) -> Table:
    return _counts_table(found.chapters, found.columns, labels, found.title)


def _counts_table(rows: Iterable[FoundView], columns: Mapping[str, str], labels: Labels, title: str | None = None) -> Table:
    """Counts of what named texts contain, under the words that every report has for them."""
    table = _table(labels, "chapter", title=title)
    for column in columns.values():
        table.add_column(Text(column), justify="right")
    for one in rows:
        table.add_row(Text(one.title), *(str(one.counts[name]) for name in columns))
    return table


def _scores(dimension: DimensionView, scores: DimensionScores, labels: Labels) -> Table:
    table = _table(labels, "chapter", "score", "range", "answered", "band", title=dimension.title)
    for figure in dimension.chapters:
        score = scores.chapters[figure.id.removeprefix(f"{dimension.key}.")]
        table.add_row(Text(figure.title), *_short(score, labels), figure.band)
    table.add_section()
    table.add_row(dimension.total.title, *_short(scores.total, labels), dimension.total.band)
    return table


def checklist_table(checklists: Iterable[Checklist], labels: Labels) -> Table:
    """The shipped checklists."""
    table = _table(labels, "id", "version", "title", "provisions", "digest")
    for one in checklists:
        table.add_row(one.id, one.version, Text(one.title), str(len(one.provisions)), one.digest[:16])
    return table


def articles_table(statute: Statute, labels: Labels) -> Table:
    """The list of contents of a law: its articles with their headings, or with how they begin."""
    table = _table(labels, "id", "article", "heading")
    for one in statute.articles:
        begins = f"… {one.paragraphs[0]}"[:_LONGEST_BEGINNING] if one.paragraphs else ""
        table.add_row(Text(one.id), Text(one.label), Text(one.heading or begins))
    return table


def passage_texts(passage: CitedPassage) -> Iterator[RenderableType]:
    """A passage that is cited, under the article that it stands in."""
    yield Text(passage.named, style="bold")
    yield Padding(Text(passage.text), (0, 0, 1, 2))


def candidate_texts(provision: Provision, candidates: Iterable[Candidate], labels: Labels) -> Iterator[RenderableType]:
    """The articles proposed for a provision, each with how it begins and what it has in common with the question."""
    yield Text(f"{provision.id} · {provision.title}", style="bold")
    found = Table.grid(padding=(0, 1, 0, 0))
    for rank, one in enumerate(candidates, 1):
        named = " · ".join(filter(None, (f"{one.law} {one.article.label}", one.article.heading)))
        lines = (named, one.begins, labels("terminal.suggest.common", words=words_in_common(one, labels)))
        found.add_row(f"{rank:>3}", Group(*map(Text, filter(None, lines))))
    yield Padding(found if found.rows else Text(f"  {labels('terminal.suggest.none')}"), (0, 0, 1, 0))


def words_in_common(candidate: Candidate, labels: Labels) -> str:
    """What an article has in common with a provision: its own words, each with that of the question unless it is the same.

    Without any it is near in meaning.
    """
    pairs = (
        one.found if fold(one.found) == fold(one.asked) else labels("terminal.suggest.pair", found=one.found, asked=one.asked)
        for one in candidate.in_common
    )
    return "; ".join(pairs) or labels("terminal.suggest.near")


def texts_table(texts: Mapping[str, Statute], labels: Labels) -> Table:
    """The laws of a folder."""
    table = _table(labels, "file", "title", "language", "as_of", "articles")
    for name, one in texts.items():
        of_day = labels.date(one.as_of) if one.as_of else ""
        table.add_row(Text(name), Text(one.title), one.language, Text(of_day), str(len(one.articles)))
    return table


def contents_table(checklist: Checklist, labels: Labels) -> Table:
    """The chapters and provisions of a checklist."""
    table = _table(labels, "id", "title", "core", "elements", "weight", title=f"{checklist.title} ({checklist.version})")
    for chapter in checklist.chapters:
        table.add_row(Text(chapter.id, style="bold"), Text(chapter.title, style="bold"), "", "", _exact(chapter.weight, labels))
        for one in chapter.provisions:
            core = labels("common.yes") if one.core else ""
            table.add_row(one.id, Text(one.title), core, str(len(one.elements)), _exact(one.weight, labels))
        table.add_section()
    return table


def provision_texts(
    provision: Provision, checklist: Checklist, catalogue: Catalogue | None, labels: Labels
) -> Iterator[RenderableType]:
    """One provision in full, with the names of the measures that close its gaps."""
    chapter = next(one for one in checklist.chapters if one.id == provision.chapter)
    weight = f"{labels('terminal.weight')} {_exact(provision.weight, labels)}"
    core = labels("report.core") if provision.core else ""
    yield Text(f"{provision.id}  {provision.title}", style="bold")
    yield Text(" · ".join(filter(None, (chapter.title, weight, core, labels.published(provision.mlp_ref)))) + "\n")
    yield Text(f"{provision.question}\n")
    yield _lettered(provision.elements)
    closing = [one for one in catalogue.measures.values() if provision.id in one.closes] if catalogue is not None else []
    measures = "\n".join(f"{one.id}  {one.title}" for one in closing)
    yield from _paragraphs((*_provision_parts(provision, checklist, labels), (labels("terminal.measures"), measures)))
    if any(not one.article.verified for one in provision.standards):
        yield Text("\n" + labels("report.unverified"))


def measure_texts(measure: Measure, catalogue: Catalogue, labels: Labels) -> Iterator[RenderableType]:
    """One measure, with the wording that a drafter can start from."""
    phase = next(one.title for one in catalogue.phases if one.key == measure.phase)
    yield Text(f"{measure.id}  {measure.title}", style="bold")
    yield Text(f"{catalogue.kinds[measure.kind]} · {catalogue.leads[measure.lead]} · {phase}\n")
    yield Text(measure.do)
    clauses = "\n\n".join(f"{row.label} {row.text}" for row in prose.clause_rows(measure, catalogue, labels))
    yield from _paragraphs([(labels("terminal.clauses"), clauses), (labels("terminal.closes"), ", ".join(measure.closes))])


def _paragraphs(parts: Iterable[tuple[str, str]]) -> Iterator[RenderableType]:
    """Texts under their headings; those that say nothing are left out."""
    for label, body in parts:
        if body:
            yield Text(f"\n{label}", style="bold")
            yield Text(body)


def _provision_parts(provision: Provision, checklist: Checklist, labels: Labels) -> Iterator[tuple[str, str]]:
    titles = {theme.key: theme.title for theme in checklist.themes}
    signed = (one.name + ("" if one.article.verified else labels("report.unverified_sign")) for one in provision.standards)
    standards = [f"{name} – {one.article.subject}" for name, one in zip(signed, provision.standards, strict=True)]
    yield labels("terminal.full"), provision.full
    yield labels("terminal.partial"), provision.partial
    yield labels("terminal.contrary"), provision.contrary
    yield labels("terminal.harm"), labels("prose.harm.legislative_missing", harm=provision.harm) if provision.harm else ""
    yield labels("terminal.by_silence"), labels.join(provision.by_silence)
    yield labels("terminal.guidance"), provision.guidance
    yield labels("terminal.standards"), "\n".join(standards)
    yield labels("terminal.practice"), "\n".join(provision.practice)
    yield labels("terminal.themes"), labels.join(titles[theme] for theme in provision.themes)


def chain_tables(
    chain: Chain, checklist: Checklist, file: str, labels: Labels, *, whole: bool = False
) -> Iterator[RenderableType]:
    """The chain behind a figure: the figure, its rule, and tables that end in the cells.

    Of a total the chapters and the provisions that move it most are shown, and everything only if the `whole` is asked for.
    """
    yield Text(f"{chain.figure} · {chain.dimension.title} · {file}", style="bold")
    if chain.score is not None and not chain.scored:
        yield Text(labels.figure(chain.score.display), style="bold")
        every = [counted(chain.figure, "", chain.score)]
        titles = found_columns(chain.dimension, every, labels)
        yield Text(" · ".join(labels("terminal.figure", dimension=titles[name], title=every[0].counts[name]) for name in titles))
    elif chain.score is not None:
        answered = labels("report.answered", answered=chain.score.answered, applicable=chain.score.applicable)
        yield Text(f"{_with_range(chain.score, labels)} · {answered}", style="bold")
        yield Text(labels(f"terminal.rule.{chain.rule.value}", minimum=labels.percent(checklist.minimum_answered)))
    provision = checklist.provisions.get(chain.parts[0].id)
    if provision is not None:
        if provision.mlp_ref:
            yield Text(labels.published(provision.mlp_ref))
        yield from _provision_step(chain, provision, labels)
    of_total = chain.parts[0].id == "total" or len(chain.parts) > 1
    if len(chain.parts) > 1:
        yield _parts(chain, labels)
    if whole or not of_total:
        yield from (_steps(part, chain, labels) for part in chain.parts)
        return
    if chain.scored:
        yield _effects(chain, labels)
    chapter = f"{chain.dimension.key}.{checklist.chapters[0].id}"
    yield Text(labels("terminal.whole", figure=chain.figure, chapter=chapter))


def _parts(chain: Chain, labels: Labels) -> Table:
    """The chapters under a total with their weights and scores, or with what was found of them."""
    if not chain.scored:
        rows = [counted(part.id, f"{part.id} {part.title}", part.score) for part in chain.parts if part.score is not None]
        return _counts_table(rows, found_columns(chain.dimension, rows, labels), labels)
    table = _table(labels, "chapter", "weight", "score", "range", "answered")
    for part in chain.parts:
        figures = _short(part.score, labels) if part.score is not None else ()
        table.add_row(Text(f"{part.id} {part.title}"), _exact(part.weight, labels), *figures)
    return table


def _effects(chain: Chain, labels: Labels) -> Table:
    """The provisions whose shortfall takes most from a total."""
    table = _table(labels, "provision", "rating", title=labels("terminal.effects"))
    for step in islice(chain.effects, _MOST_EFFECTS):
        table.add_row(Text(f"{step.provision} {step.title}"), Text(step.level.title if step.level is not None else ""))
    return table


def _steps(part: Part, chain: Chain, labels: Labels) -> Table:
    """The provisions under a figure with what each brings, its legal basis and its cells, and the sum below."""
    title = part.id if part.id == part.title else f"{part.id} {part.title}"
    table = _table(labels, "provision", "rating", *(("weight", "gains") if chain.scored else ()), title=title)
    for step in part.steps:
        rating = _rated(step, chain, labels)
        if not chain.scored:
            table.add_row(_sourced(step, labels), Text(rating))
            continue
        weight = _exact(step.whole, labels) if step.gains is not None else labels("terminal.not_counted")
        gains = _exact(step.gains, labels) if step.gains is not None else ""
        table.add_row(_sourced(step, labels), Text(rating), weight, gains)
    if not chain.scored:
        return table
    counted = [(step.whole, step.gains) for step in part.steps if step.gains is not None]
    table.add_section()
    sums = [sum(values, Fraction(0)) for values in zip(*counted, strict=True)] or [Fraction(0), Fraction(0)]
    weight, gained = (_exact(one, labels) for one in sums)
    table.add_row(labels("terminal.sum"), "", weight, gained)
    return table


def _rated(step: Step, chain: Chain, labels: Labels) -> str:
    """The rating typed, and on a line of its own that it follows from the elements or counts otherwise."""
    if step.found is not None:
        return class_title(step.found, chain.dimension, labels)
    if step.level is None:
        return step.typed_title or _unrated(step, labels)
    counts_as = step.level.title
    if step.follows:
        return f"{counts_as}\n({labels('terminal.follows')})"
    return counts_as if step.counts_as == step.typed else f"{step.typed_title}\n→ {counts_as}"


def _unrated(step: Step, labels: Labels) -> str:
    """What is shown for a provision without a rating: how many of its elements are answered, if any."""
    return labels.begun(step.elements) if step.elements.recorded else labels("report.not_assessed")


def _sourced(step: Step, labels: Labels) -> Group:
    """A provision by name, and below it what its answer rests on: the legal basis and the cells."""
    below = [line for line in (step.legal_basis, _cells(step.cells, labels)) if line]
    return Group(Text(f"{step.provision} {step.title}"), *(Padding(Text(line, style="dim"), (0, 0, 0, 2)) for line in below))


def _cells(cells: Iterable[Location], labels: Labels) -> str:
    """The cells, each sheet named once, or the lines of a table."""
    parts = []
    for sheet, found in groupby(cells, key=lambda cell: cell.sheet):
        if sheet:
            parts.append(f"{sheet}!" + ", ".join(cell.cell for cell in found))
        else:
            parts.extend(labels("terminal.line", line=cell.line) for cell in found)
    return ", ".join(parts)


def _provision_step(chain: Chain, provision: Provision, labels: Labels) -> Iterator[RenderableType]:
    """What one provision brings and why: the worth of its rating, its weight, and the elements that are there and missing."""
    step = chain.parts[0].steps[0]
    if chain.scored:
        yield Text("\n" + _worth(step, labels))
    if not chain.dimension.elements:
        return
    for key, letters in _grouped(step).items():
        if elements := provision.lettered(letters):
            yield Text("\n" + labels(key), style="bold")
            yield _lettered(elements)


def _grouped(step: Step) -> Mapping[str, str]:
    """The letters of a provision's elements by the label of what was found of them."""
    marks, read = step.elements, step.read
    if not marks.recorded:
        return {"terminal.elements": marks.all}
    if read is None:
        return {"terminal.present": marks.met, "terminal.missing": marks.unmet, "terminal.open": marks.open}
    told = {f"reading.column.{key}": getattr(read, key) for key in ("silent", "short", "left")}
    return {"terminal.present": read.said, **told, "reading.not_found": read.lacking, "terminal.open": marks.open}


def _worth(step: Step, labels: Labels) -> str:
    if step.level is None or step.worth is None or step.gains is None:
        return labels("terminal.uncounted", rating=step.level.title if step.level else _unrated(step, labels))
    facts = {"worth": _exact(step.worth, labels), "weight": _exact(step.weight, labels), "gains": _exact(step.gains, labels)}
    return labels("terminal.worth", rating=step.level.title, **facts)


def tag_table(tags: Mapping[str, str], labels: Labels) -> Table:
    """The tags that a Word template may use."""
    table = _table(labels, "tag", "shows")
    for tag, shows in tags.items():
        table.add_row(Text(tag), Text(labels(shows) if labels.has(shows) else shows))
    return table


def choice_tables(head: str, choice: Choice, plan: Plan, labels: Labels) -> Iterator[RenderableType]:
    """A choice of measures: what it is, where it leads as a range with its answered share, and the measures in order."""
    law = plan.result.checklist.dimension_of(Role.LAW) or plan.result.checklist.dimensions[0]
    shown = {"before": _with_range(plan.result.scores[law.key].total, labels), "after": _with_range(choice.score, labels)}
    answered = labels("report.answered", answered=choice.score.answered, applicable=choice.score.applicable)
    yield Text(head, style="bold")
    yield Text(labels("terminal.leads_to", dimension=law.title, answered=answered, **shown))
    phases = {phase.key: phase.title for phase in plan.catalogue.phases}
    if choice.measures:
        table = _table(labels, "id", "title", "phase", "effort", "gaps")
        for one in choice.measures:
            gaps = ", ".join(each.gap.provision for each in one.answers)
            table.add_row(one.measure.id, Text(one.measure.title), Text(phases[one.phase]), str(one.measure.effort), gaps)
        yield table


def what_if_table(result: Result, after: Mapping[str, DimensionScores], labels: Labels) -> Table:
    """The totals, and the chapters that change, today and with some measures carried out."""
    table = _table(labels, "figure", "today", "after")
    titles = {chapter.id: f"{chapter.id} {chapter.title}" for chapter in result.checklist.chapters}
    for dimension in result.checklist.dimensions:
        before, later = result.scores[dimension.key], after[dimension.key]
        pairs = [(titles[id], one, later.chapters[id]) for id, one in before.chapters.items()]
        changed = [(title, one, other) for title, one, other in pairs if (one.low, one.high) != (other.low, other.high)]
        for title, *both in (*changed, (labels("report.total"), before.total, later.total)):
            figure = labels("terminal.figure", dimension=dimension.title, title=title)
            table.add_row(Text(figure), *(_with_range(score, labels) for score in both))
    return table


def found_tables(search: Search, labels: Labels) -> Iterator[RenderableType]:
    """A search as printed: the elements with the countries that have them, then each country with its citation."""
    yield Text(f"{search.provision} {search.title}", style="bold")
    if search.number:
        yield Text(labels.published(search.number))
    yield Text(search.question)
    if search.elements:
        table = _table(labels, "element", "countries")
        for letter, text in search.elements:
            counts = (_having(search, letter, scope, labels) for scope in _answered(search))
            table.add_row(Text(f"{letter}) {text}"), Text("\n".join(filter(None, counts))))
        yield table
    for scope in _answered(search):
        yield Text(f"\n{labels(f'comparison.scope.{scope}')}", style="bold")
        found = [one for one in search.found if one.scope == scope]
        yield from (text for one in found for text in _provided_by(one, labels))
        if not found:
            yield Text(labels(f"comparison.find.nobody.{scope}", count=search.total(scope)))
    if search.readings:
        yield Text(labels("comparison.find.caveat"), style="italic")


def _provided_by(one: Found, labels: Labels) -> Iterator[RenderableType]:
    """What one assessment or reading has of a provision, on a line, and the articles under it."""
    letters = [labels("comparison.find.letters", letters=", ".join(one.elements))] if one.elements else []
    ratings = [labels("comparison.find.rated", **vars(shown)) for shown in one.ratings]
    fictional = [labels("comparison.find.fictional")] if one.fictional else []
    yield Text(" · ".join((one.name, *fictional, one.day, *ratings, *letters)))
    if one.citation:
        yield Padding(Text(one.citation, style="dim"), (0, 0, 0, 2))


def agreement_tables(found: Iterable[Agreement], checklist: Checklist, labels: Labels) -> Iterator[RenderableType]:
    """How far readings agree: for each kind of item a sentence and, if there is any in common, the counts by chapter."""
    titles = {one.key: one.title for one in checklist.dimensions}
    chapters = {one.id: f"{one.id} {one.title}" for one in checklist.chapters}
    for one in found:
        kind = titles.get(one.key) or labels("terminal.elements")
        total, alpha = one.total, one.alpha
        key = "differ" if total.answered else "none"
        told = labels(f"terminal.agreement.{key}", count=total.differ, all=total.answered, share=_share(total, labels))
        if alpha is not None:
            figures = {name: labels.number(Fraction(round(value * 100), 100)) for name, value in alpha._asdict().items()}
            told = f"{told} {labels('terminal.agreement.alpha', **figures)}"
        yield Text(labels("terminal.figure", dimension=kind, title=told), style="bold")
        if not total.answered:
            continue
        table = _table(labels, "chapter", "shared", "differ", "share", "alone")
        for id, each in (*one.chapters.items(), ("", total)):
            if not id:
                table.add_section()
            counts = (str(each.answered), str(each.differ), _share(each, labels), str(each.alone))
            table.add_row(Text(chapters.get(id, labels("report.total"))), *map(Text, counts))
        yield table


def _share(each: Shared, labels: Labels) -> str:
    return labels.percent(each.divergence) if each.divergence is not None else ""


def _answered(search: Search) -> Iterable[Scope]:
    """The scopes in which anybody answered; assessments, if none did."""
    return [scope for scope in Scope if search.total(scope)] or [Scope.NATIONAL]


def _having(search: Search, letter: str, scope: Scope, labels: Labels) -> str:
    """Which assessments have an element, of how many that answered; or in which texts read it was found, if in any."""
    having = search.having(letter, scope)
    names = labels.join(one.name for one in having)
    if not scope.scored:
        return labels("terminal.having.texts", names=names) if having else ""
    counted = labels("terminal.having.national", some=len(having), all=search.total(scope))
    return labels("terminal.counted", count=counted, names=names) if having else counted


def _with_range(score: Score, labels: Labels) -> str:
    return f"{labels.figure(score.display)} ({labels.range(score)})"


def _exact(value: Fraction, labels: Labels) -> str:
    """A weight or what a rating brings, not rounded, with the decimal sign of the language."""
    from babel.numbers import get_decimal_symbol

    return decimal(value).replace(".", get_decimal_symbol(labels.language))


def _short(score: Score, labels: Labels) -> tuple[str, str, str]:
    """A score for narrow columns: the figure, its range unless the figure says it, and how much is answered."""
    span = ""
    if score.low is not None and score.high is not None and score.enough and score.low != score.high:
        span = labels.span(score)
    return labels.figure(score.display), span, labels("terminal.of", answered=score.answered, applicable=score.applicable)


def _lettered(elements: Iterable[Element]) -> Table:
    """Elements as a list."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    for one in elements:
        grid.add_row(f"  {one.letter})", Text(one.text))
    return grid


def _table(labels: Labels, *columns: str, title: str | None = None) -> Table:
    heading = Text(f"\n{title}", style="bold") if title is not None else None
    table = Table(title=heading, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for column in columns:
        table.add_column(
            Text(labels(f"terminal.column.{column}")),
            no_wrap=column not in _RUNNING,
            overflow="fold",
            justify="right" if column in _NUMBERS else "left",
        )
    return table
