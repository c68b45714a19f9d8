"""The blocks of the Word report's annex: every provision, the tables that cut across, the method and the slip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from legcheck.reports import palette
from legcheck.reports.docx_overview import Page, priority, provision_anchor
from legcheck.reports.docx_parts import Content, Xml

if TYPE_CHECKING:
    from legcheck.reports.view import CitationView, ElementView, Figure, GapView, ProvisionView, RatingView, Row

_FIELDS = (3.0, 14.0)
_FIGURES = (6.4, 2.5, 3.0, 2.4, 2.7)
_GAPS = (6.6, 5.2, 2.6, 2.6)
_CONCORDANCE = (5.4, 6.4, 5.2)
_LAWS = (1.3, 7.5, 3.0, 3.2, 2.0)
_PAIRS = (4.8, 12.2)
_STANDARDS = (4.4, 12.6)


def provisions(page: Page) -> Iterator[Xml]:
    """Every provision, chapter by chapter, with all that was found on it."""
    yield page.section("provisions")
    yield page.writer.paragraph(page.labels("report.unverified"), style="caption")
    for chapter in page.view.chapters:
        yield page.writer.heading(3, f"{chapter.id} {chapter.title}", f"chapter_{chapter.id}")
        for figure in chapter.figures:
            yield _chapter_line(page, figure)
        for provision in chapter.provisions:
            yield page.writer.heading(4, f"{provision.id} {provision.title}", provision_anchor(provision.id))
            yield page.writer.table(provision.id, _FIELDS, _fields(page, provision))


def _chapter_line(page: Page, figure: Figure) -> Xml:
    write = page.writer
    more = (figure.range, figure.answered, figure.band, figure.elements)
    shown = " · ".join(part for part in (figure.display, *more) if part)
    return write.paragraph(write.strong(f"{figure.title}: "), shown, keep=True)


def _fields(page: Page, one: ProvisionView) -> Iterator[Xml]:
    """The rows of a provision's table; what is empty has no row."""
    write, view = page.writer, page.view
    fields: tuple[tuple[str, Content | list[Content]], ...] = (
        ("rating", [_ratings(page, one)]),
        ("question", one.question),
        ("elements", [_element(page, element) for element in one.elements]),
        ("legal_basis", [_citation(page, citation) for citation in one.citations] or one.legal_basis),
        ("if_adopted", one.if_adopted),
        ("note", one.note),
        ("to_confirm", one.to_confirm),
        ("observations", one.observations),
        ("assistance", one.assistance),
        ("gap", _gap(page, one.gap) if one.gap is not None else ""),
        ("standards", "; ".join(standard.shown for standard in one.standards)),
        ("themes", "; ".join(one.theme_titles)),
        ("assessor", one.assessor),
    )
    first = True
    for key, content in fields:
        if content:
            label = write.paragraph(page.labels(f"docx.fields.{key}"), style="Report Label", keep=first)
            yield write.row(_FIELDS, label, content, keep=first)
            first = False


def _ratings(page: Page, one: ProvisionView) -> Xml:
    """All ratings on one line, each a word on its colour with its sign."""
    write = page.writer
    parts: list[Content] = []
    for rating in one.ratings:
        parts += [f"{rating.dimension_title}: ", _rating(page, rating), "   "]
    if one.core:
        parts.append(write.strong(one.core))
    return write.paragraph(*parts, style="Report Cell", keep=True)


def _rating(page: Page, rating: RatingView) -> Xml:
    shown = page.writer.tag(rating.title, palette.rating(rating.key))
    return Xml(shown + page.writer.run(f" ({rating.counts_as})")) if rating.counts_as else shown


def _element(page: Page, element: ElementView) -> Xml:
    """An element after the word and sign that say whether the law has it."""
    write, tone = page.writer, palette.ELEMENTS[element.met]
    mark = write.run(f"{tone.sign} {element.mark}", ink=tone.ink, bold=element.met is not None)
    return write.paragraph(mark, write.tab(), f"{element.letter}) {element.text}", style="Report Element")


def _citation(page: Page, citation: CitationView) -> Xml:
    """A citation with the law it names, and its status where it is not in force."""
    write = page.writer
    about = f": {citation.title}" if citation.title else ""
    status: tuple[Content, ...] = () if citation.in_force else (write.run(f" ({citation.status})", ink=palette.ACCENT, bold=True),)
    return write.paragraph(write.strong(f"{citation.law} {citation.articles}".strip()), about, *status, style="Report Cell")


def _gap(page: Page, gap: GapView) -> list[Content]:
    write = page.writer
    class_, points = priority(page, gap)
    parts = [
        write.paragraph(write.strong(f"{gap.kind_title}. "), page.labels("docx.priority"), class_, " ", points, style="Report Cell"),
        page.labels("docx.reasons", reasons="; ".join(gap.reasons)),
        gap.recommendation,
        gap.closes_if_adopted,
    ]
    return [part for part in parts if part]


def figures(page: Page) -> Iterator[Xml]:
    """Every figure by chapter, with the name that `legcheck explain` takes."""
    yield page.section("figures")
    yield page.intro("figures")
    for dimension in page.view.dimensions:
        yield page.writer.heading(3, dimension.title)
        yield from _figure_table(page, dimension.title, "chapter", (*dimension.chapters, dimension.total))
        yield from (_held(page, figure) for figure in dimension.chapters if figure.capped_by)
        if dimension.if_adopted is not None:
            later = page.labels("docx.if_adopted", dimension=dimension.title)
            yield page.writer.heading(3, later)
            yield from _figure_table(page, later, "chapter", (*dimension.if_adopted_chapters, dimension.if_adopted))


def _held(page: Page, figure: Figure) -> Xml:
    return page.writer.paragraph(f"{figure.title}: {figure.capped_by}", style="caption")


def themes(page: Page) -> Iterator[Xml]:
    yield page.section("themes")
    for dimension in page.view.dimensions:
        for group in dimension.themes:
            title = f"{dimension.title}: {group.title}"
            yield page.writer.heading(3, title)
            yield from _figure_table(page, title, "theme", group.figures)


def instruments(page: Page) -> Iterator[Xml]:
    yield page.section("instruments")
    yield page.intro("instruments")
    for dimension in page.view.dimensions:
        yield page.writer.heading(3, dimension.title)
        yield from _figure_table(page, dimension.title, "instrument", dimension.instruments)


def _figure_table(page: Page, title: str, first: str, shown: tuple[Figure, ...]) -> Iterator[Xml]:
    """A table of figures. The name of each stands under its title, the band under the figure."""
    write = page.writer
    if not shown:
        yield page.none()
        return
    rows = (
        write.row(
            _FIGURES,
            [figure.title, write.muted(figure.id)],
            [write.strong(figure.display), *([write.muted(figure.band)] if figure.band else [])],
            figure.range,
            figure.answered,
            figure.elements,
        )
        for figure in shown
    )
    yield write.table(title, _FIGURES, rows, page.head(first, "score", "range", "answered", "elements"))


def gaps(page: Page) -> Iterator[Xml]:
    """All gaps in the order of priority."""
    write = page.writer
    yield page.section("gaps")
    if not page.view.gaps:
        yield page.none()
        return
    yield page.intro("gaps")
    rows = (write.row(_GAPS, page.provision(gap.provision), gap.kind_title, *_apart(page, gap)) for gap in page.view.gaps)
    yield write.table(page.labels("docx.sections.gaps"), _GAPS, rows, page.head("provision", "kind", "priority", "points"))


def _apart(page: Page, gap: GapView) -> tuple[Content, Content]:
    class_, _ = priority(page, gap)
    return class_, gap.points


def concordance(page: Page) -> Iterator[Xml]:
    """Model provision, national article, international standard."""
    write = page.writer
    yield page.section("concordance")
    if not page.view.concordance:
        yield page.none()
        return
    yield write.paragraph(page.labels("report.unverified"), style="caption")
    rows = (
        write.row(
            _CONCORDANCE,
            page.provision(one.id),
            [_citation(page, citation) for citation in one.citations] or one.legal_basis,
            "; ".join(standard.shown for standard in one.standards),
        )
        for one in page.view.concordance
    )
    head = page.head("provision", "national", "standards")
    yield write.table(page.labels("docx.sections.concordance"), _CONCORDANCE, rows, head)


def laws(page: Page) -> Iterator[Xml]:
    """The register of laws. Links are printed, never live: somebody typed them."""
    write = page.writer
    yield page.section("laws")
    if not page.view.laws:
        yield page.none()
        return
    rows = []
    for law in page.view.laws:
        more = [write.muted(text) for text in (law.title_en, law.link) if text]
        dated = [text for text in (law.number, law.date) if text]
        rows.append(write.row(_LAWS, write.strong(law.key), [law.title, *more], dated, [law.status, law.in_force], law.cited_by))
    head = page.head("key", "law", "number", "status", "cited")
    yield write.table(page.labels("docx.sections.laws"), _LAWS, rows, head)


def not_applicable(page: Page) -> Iterator[Xml]:
    yield from page.pairs("not_applicable", page.view.not_applicable, ("provision", "reason"))


def doubts(page: Page) -> Iterator[Xml]:
    yield from page.pairs("doubts", page.view.doubts, ("provision", "to_confirm"))


def observations(page: Page) -> Iterator[Xml]:
    yield from page.pairs("observations", page.view.observations, ("provision", "observations"))


def not_assessed(page: Page) -> Iterator[Xml]:
    """Provisions without an answer."""
    write = page.writer
    yield page.section("not_assessed")
    if not page.view.unanswered:
        yield page.none()
        return
    yield page.intro("not_assessed")
    for row in page.view.unanswered:
        yield write.paragraph(page.named(f"{row.label} {row.text}"), style="Report Cell")


def standards(page: Page) -> Iterator[Xml]:
    """The international standards that the provisions rest on."""
    write = page.writer
    yield page.section("standards")
    if not page.view.standards:
        yield page.none()
        return
    yield write.paragraph(page.labels("report.unverified"), style="caption")
    rows = (write.row(_STANDARDS, write.strong(one.shown), one.subject) for one in page.view.standards)
    yield write.table(page.labels("docx.sections.standards"), _STANDARDS, rows, page.head("standard", "subject"))


def method(page: Page) -> Iterator[Xml]:
    """How the ratings became figures, and the gaps their priority."""
    write = page.writer
    yield page.section("method")
    for text in page.view.method:
        yield write.paragraph(text)
    for key, rows in (("scale", page.view.scale), ("bands", page.view.bands), ("priority_rule", page.view.priority_rule)):
        if rows:
            yield write.heading(3, page.labels(f"docx.sections.{key}"))
            yield _plain_pairs(page, page.labels(f"docx.sections.{key}"), rows)


def issues(page: Page) -> Iterator[Xml]:
    yield page.section("issues")
    if page.view.issues:
        yield _plain_pairs(page, page.labels("docx.sections.issues"), page.view.issues)
    else:
        yield page.none()


def slip(page: Page) -> Iterator[Xml]:
    """How to check this report."""
    yield page.section("slip")
    yield _plain_pairs(page, page.labels("docx.sections.slip"), page.view.slip)


def _plain_pairs(page: Page, title: str, rows: tuple[Row, ...]) -> Xml:
    write = page.writer
    return write.table(title, _PAIRS, (write.row(_PAIRS, write.strong(row.label), row.text) for row in rows))
