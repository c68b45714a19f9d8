"""The parts of the draft plan in Word: its first pages, the measures, and the steps of each phase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from legcheck.reports import palette
from legcheck.reports.docx_parts import FIELDS, Content, Page, Xml

if TYPE_CHECKING:
    from legcheck.reports.docx_parts import Cell, Xml
    from legcheck.reports.plan_view import AnsweredView, EntryRowView, EntryView, IndicatorView, MeasureView, PlanView
    from legcheck.reports.view import ChapterView, Row


BULLET = "•"


@dataclass
class PlanPage(Page):
    """The plan as its blocks see it; `view` is the gap report's view of the same result."""

    levels: int = 2
    plan: PlanView = field(kw_only=True)

    def word(self, key: str) -> str:
        """A fixed word of the plan, or of the gap report if they share it."""
        own = f"plan_docx.{key}"
        return self.labels(own) if self.labels.has(own) else super().word(key)

    @cached_property
    def chapters(self) -> dict[str, ChapterView]:
        """The chapters by the ids of their provisions."""
        return {provision.id: chapter for chapter in self.view.chapters for provision in chapter.provisions}

    def place(self, text: str) -> Xml:
        """A place for the ministry's text, marked so that nobody overlooks it."""
        return self.write.paragraph(text, style="Report Place")

    def blank(self, key: str) -> Xml:
        """A short place to fill in."""
        return self.write.run(self.word(f"blank.{key}"), ink=palette.ACCENT)

    def line(self, label: str, *contents: Content) -> Xml:
        """A paragraph in a table that starts with a label."""
        return self.write.paragraph(self.write.strong(self.labelled(label)), *contents, style="Report Cell")

    def bullets(self, texts: Iterable[str]) -> list[Xml]:
        return [self.write.paragraph(BULLET, self.write.tab(), text, style="Report Bullet") for text in texts]

    def linked_id(self, id: str) -> Xml:
        """The id of a measure, linked to its table."""
        return self.write.link(measure_anchor(id), self.write.strong(id))

    def listed(self, measures: Iterable[MeasureView]) -> Cell:
        """The ids of measures on one line, each linked to its table."""
        parts: list[Content] = []
        for one in measures:
            parts += [*([", "] if parts else []), self.write.link(measure_anchor(one.id), self.write.unbroken(one.id))]
        return self.write.paragraph(*parts, style="Report Cell") if parts else ""

    def measure(self, id: str, title: str, *, keep: bool = False) -> Xml:
        """A measure as named in a table."""
        return self.write.paragraph(self.linked_id(id), f" {title}", style="Report Cell", keep=keep)

    def months(self, first: int, last: int) -> str:
        """The months of a phase, short enough for a narrow column."""
        return self.labels("plan_docx.months", first=first, last=last)

    def months_of(self, measure: MeasureView) -> str:
        return self.months(measure.first_month, measure.last_month)

    def form(self, title: str, columns: Mapping[str, float], rows: Iterable[Xml]) -> Xml:
        """A table of finished rows to fill in; its empty columns are kept."""
        return self.write.table(title, list(columns.values()), rows, [self.word(f"columns.{key}") for key in columns])


def measure_anchor(id: str) -> str:
    """The name of a measure's place in the plan."""
    return f"measure_{id}"


_WHEN_CM, _FIGURES_CM = 5.4, 11.6


def notices(page: PlanPage) -> Iterator[Xml]:
    for notice in page.plan.notices:
        yield page.write.paragraph(notice, style="Report Notice")


def principles(page: PlanPage) -> Iterator[Xml]:
    """The guiding principles, before anything else."""
    yield page.intro("principles")
    yield page.pairs(page.title("principles"), page.plan.principles) if page.plan.principles else page.none()


def summary(page: PlanPage) -> Iterator[Xml]:
    """What the plan holds in sentences, and where it would lead."""
    for sentence in page.plan.summary:
        yield page.write.paragraph(sentence)
    yield page.section("outlook")
    if not page.plan.outlook_today:
        yield page.none()
        return
    yield _outlook(page)
    yield page.write.paragraph(page.plan.outlook_note, style="caption")


def _outlook(page: PlanPage) -> Xml:
    """The scores today and after each phase, a column for each dimension."""
    dimensions = [row.label for row in page.plan.outlook_today]
    widths = (_WHEN_CM, *(_FIGURES_CM / len(dimensions) for _ in dimensions))
    today = page.labels("plan.outlook.today")
    steps: list[tuple[str, tuple[Row, ...]]] = [(today, page.plan.outlook_today)]
    steps += [(phase.title, phase.outlook) for phase in page.plan.phases]
    rows = [page.write.row(widths, page.write.strong(title), *(row.text for row in figures)) for title, figures in steps]
    return page.write.table(page.title("outlook"), widths, rows, [page.word("columns.outlook"), *dimensions])


_KEPT = 1  # rows that stay with the heading and the row below


def measure_block(page: PlanPage, one: MeasureView) -> Iterator[Xml]:
    """A measure with its heading."""
    yield page.write.heading(3, f"{one.id} {one.title}", measure_anchor(one.id))
    effort = page.labels("plan_docx.effort", effort=one.effort, title=one.effort_title)
    head = (one.id, " · ".join((one.phase_title, one.kind_title, effort)))
    yield page.write.table(f"{one.id} {one.title}", FIELDS, page.fields(_fields(page, one), kept=_KEPT), head)


def _fields(page: PlanPage, one: MeasureView) -> tuple[tuple[str, Cell], ...]:
    return (
        ("do", one.do),
        ("answers", [paragraph for answered in one.answers for paragraph in _answered(page, answered)]),
        ("who", _who(page, one)),
        ("order", _order(page, one)),
        ("requires", [page.measure(row.label, row.text) for row in one.requires]),
        ("in_place", [page.measure(row.label, row.text) for row in one.in_place]),
        ("indicators", [_indicator(page, each) for each in one.indicators if each.indicator]),
        ("safeguards", _rows(page, one.safeguards)),
        ("drafting", page.bullets(one.drafting)),
        ("clauses", page.word("in_annex") if one.clauses else ""),
        ("examples", page.labels.join(one.examples)),
        ("assistance", _rows(page, one.assistance)),
        ("entry", entry_lines(page, one.entry)),
        ("text", _text(page, one.entry)),
    )


def _answered(page: PlanPage, one: AnsweredView) -> Iterator[Xml]:
    """A gap that the measure answers, with the elements that it addresses."""
    write = page.write
    yield write.paragraph(write.strong(one.provision), f" {one.title} ", write.muted(f"({one.kind_title})"), style="Report Cell")
    yield from page.bullets(one.elements)


def _who(page: PlanPage, one: MeasureView) -> list[Xml]:
    """Lead and partners."""
    partners = (". ", page.write.strong(page.labelled(page.word("partners"))), one.partners) if one.partners else ()
    return [page.line(page.word("lead"), one.lead_title, *partners)]


def _order(page: PlanPage, one: MeasureView) -> list[Content]:
    """The place in the order of the plan with its reasons, and the needs that the measure serves."""
    words = page.labels("plan_docx.place_in_order", place=one.place, points=one.points, why=one.why)
    place = page.write.paragraph(page.write.unbroken(words), style="Report Cell")
    return [place, page.line(page.word("serves"), one.need)] if one.need else [place]


def _indicator(page: PlanPage, one: IndicatorView) -> Xml:
    unit = f" ({one.unit})" if one.unit else ""
    about = ((page.word("verification"), one.verification), (page.word("baseline"), one.baseline))
    shown = ". ".join(page.labelled(label) + text for label, text in about if text)
    return page.line(one.label, f"{one.indicator}{unit}. ", page.write.muted(shown))


def _rows(page: PlanPage, rows: tuple[Row, ...]) -> list[Xml]:
    return [page.line(row.label, row.text) for row in rows]


def entry_lines(page: PlanPage, one: EntryView) -> list[Xml]:
    """Status, owner and dates, with places for what is not known yet; then what was noted on progress and money."""
    write = page.write
    status = [one.closed] if one.closed and one.status == "closed" else [one.status_title, one.closed]
    first: list[Content] = [page.labelled(page.word("entry.status")), write.strong(" · ".join(text for text in status if text))]
    for key, text in (("owner", one.owner), ("start", one.start), ("end", one.end)):
        if text or not one.closed:
            first += [" · ", page.labelled(page.word(f"entry.{key}")), text or page.blank(key)]
    noted = (("progress", one.progress), ("cost", one.cost), ("funding", one.funding))
    return [
        write.paragraph(*first, style="Report Cell"),
        *(page.line(page.word(f"entry.{key}"), text) for key, text in noted if text),
    ]


def _text(page: PlanPage, one: EntryView) -> list[Content]:
    """The ministry's own words on the measure, and whether the figures beside them have changed since."""
    warning: list[Content] = [page.write.run(one.stale, ink=palette.ACCENT, bold=True)] if one.stale else []
    return [*warning, *(line for line in one.text.split("\n") if line.strip())]


_ASSISTANCE = {"provision": 4.6, "assistance": 8.6, "measures": 3.8}
_REASONS = {"provision": 7.0, "reason": 10.0}
_CLOSED = {"measure": 6.0, "entry": 6.0, "text": 5.0}


def assistance(page: PlanPage) -> Iterator[Xml]:
    """The technical assistance that was asked for, and the measures that it would serve."""
    rows = [(page.named(row), row.text, _serving(page, row)) for row in page.plan.assistance]
    yield from page.block("assistance", _ASSISTANCE, rows)
    yield page.place(page.word("place.assistance"))


def _serving(page: PlanPage, row: Row) -> Cell:
    """The measures that answer a gap in the provision of a row."""
    serving = (one for one in page.plan.measures if row in one.assistance)
    return [page.write.paragraph(page.linked_id(one.id), style="Report Cell") for one in serving]


def funding(page: PlanPage) -> Iterator[Xml]:
    """The ways to pay for the plan."""
    yield page.section("funding")
    yield page.intro("funding")
    yield from _paragraphs(page, page.plan.funding)
    yield page.place(page.word("place.funding"))


def consultation(page: PlanPage) -> Iterator[Xml]:
    """How those concerned and their associations take part."""
    yield page.section("consultation")
    yield from _paragraphs(page, page.plan.consultation)
    yield page.place(page.word("place.consultation"))


def _paragraphs(page: PlanPage, texts: Sequence[str]) -> Iterator[Xml]:
    for text in texts:
        yield page.write.paragraph(text)
    if not texts:
        yield page.none()


def clauses(page: PlanPage) -> Iterator[Xml]:
    """Wording that a drafter can start from, measure by measure."""
    yield page.section("clauses")
    worded = [one for section in page.plan.sections for one in section.measures if one.clauses]
    if not worded:
        yield page.none()
        return
    yield page.intro("clauses")
    for one in worded:
        yield page.write.heading(3, f"{one.id} {one.title}")
        for row in one.clauses:
            yield page.write.paragraph(page.write.strong(row.label), f" {row.text}", style="Report Cell")


def assess_first(page: PlanPage) -> Iterator[Xml]:
    """Provisions that nobody assessed: they need an assessment before a measure can be chosen."""
    yield page.section("assess_first")
    if not page.plan.assess_first:
        yield page.none()
        return
    yield page.intro("assess_first")
    for row in page.plan.assess_first:
        yield page.write.paragraph(page.named(row), style="Report Cell")


def unanswered(page: PlanPage) -> Iterator[Xml]:
    yield from page.block("unanswered", _REASONS, [(page.named(row), row.text) for row in page.plan.unanswered])


def closed(page: PlanPage) -> Iterator[Xml]:
    """Measures of an earlier plan that no gap calls for any more, with what was written beside them, if there are any."""
    if page.plan.closed:
        heading, table = page.block("closed", _CLOSED, [_closed(page, one) for one in page.plan.closed])
        yield heading
        yield page.intro("closed")
        yield table


def _closed(page: PlanPage, one: EntryRowView) -> tuple[Cell, Cell, Cell]:
    return page.measure(one.id, one.title), entry_lines(page, one.entry), one.entry.text


def method(page: PlanPage) -> Iterator[Xml]:
    """How gaps became measures, and measures an order."""
    yield page.section("method")
    for text in page.plan.method:
        yield page.write.paragraph(text)
    if page.plan.order_rule:
        yield page.write.heading(3, page.title("order_rule"))
        yield page.pairs(page.title("order_rule"), page.plan.order_rule)


def slip(page: PlanPage) -> Iterator[Xml]:
    """How to check this plan."""
    yield page.section("slip")
    yield page.pairs(page.title("slip"), page.plan.slip, whole=True)
