"""The blocks of the Word report's annex: every provision, the tables that cut across, the method and the slip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from legcheck.reports import palette
from legcheck.reports.docx_parts import FIELDS, Cell, Content, Page, Xml, provision_anchor

if TYPE_CHECKING:
    from legcheck.reports.view import ElementView, Figure, GapView, ProvisionView, RatingView, Row

LONGEST_KEPT_WHOLE = 2_000  # a provision with longer texts may break over pages
_FIGURES = {"score": 2.3, "range": 3.0, "answered": 2.5, "elements": 3.3}
_GAPS = {"provision": 6.3, "kind": 6.5, "priority": 2.6, "points": 1.6}
_CONCORDANCE = {"provision": 5.2, "national": 6.6, "standards": 5.2}
_LAWS = {"key": 1.2, "law": 6.6, "number": 2.9, "status": 4.0, "cited": 2.3}
_STANDARDS = {"standard": 4.4, "subject": 12.6}


def provisions(page: Page) -> Iterator[Xml]:
    """Every provision, chapter by chapter, with all that was found on it."""
    yield page.section("provisions")
    yield page.sign()
    for chapter in page.view.chapters:
        yield page.write.heading(3, f"{chapter.id} {chapter.title}", f"chapter_{chapter.id}")
        yield from (_chapter_line(page, figure) for figure in chapter.figures)
        for provision in chapter.provisions:
            yield page.write.heading(4, f"{provision.id} {provision.title}", provision_anchor(provision.id))
            yield page.write.table(provision.id, FIELDS, _fields(page, provision))


def _chapter_line(page: Page, figure: Figure) -> Xml:
    shown = (figure.display, figure.range, figure.answered, figure.band, figure.elements)
    line = " · ".join(part for part in shown if part)
    return page.write.paragraph(page.write.strong(page.labelled(figure.title)), line, keep=True)


def _fields(page: Page, one: ProvisionView) -> Iterator[Xml]:
    """The rows of a provision's table, without empty fields."""
    fields: tuple[tuple[str, Cell], ...] = (
        ("rating", [_ratings(page, one)]),
        ("question", one.question),
        ("elements", [_element(page, element) for element in one.elements]),
        ("legal_basis", page.legal_basis(one)),
        ("if_adopted", one.if_adopted),
        ("note", one.note),
        ("to_confirm", one.to_confirm),
        ("observations", one.observations),
        ("assistance", one.assistance),
        ("gap", _gap(page, one.gap) if one.gap is not None else ""),
        ("standards", page.labels.join(standard.shown for standard in one.standards)),
        ("themes", page.labels.join(one.theme_titles)),
        ("assessor", one.assessor),
    )
    together = len(one.note) + len(one.observations) + len(one.to_confirm) <= LONGEST_KEPT_WHOLE
    return page.fields(fields, kept=len(fields) if together else 0)


def _ratings(page: Page, one: ProvisionView) -> Xml:
    """All ratings on one line, each a word on its colour with its sign."""
    parts: list[Content] = []
    for rating in one.ratings:
        parts += [page.labelled(rating.dimension_title), _rating(page, rating), "   "]
    if one.core:
        parts.append(page.write.strong(one.core))
    return page.write.paragraph(*parts, style="Report Cell", keep=True)


def _rating(page: Page, rating: RatingView) -> Xml:
    shown = page.write.tag(rating.title, rating.tone)
    return Xml(shown + page.write.run(f" ({rating.counts_as})")) if rating.counts_as else shown


def _element(page: Page, element: ElementView) -> Xml:
    """An element after the word and sign that say whether the law has it."""
    tone = palette.ELEMENTS[element.met]
    mark = page.write.run(f"{tone.sign} {element.mark}", ink=tone.ink, bold=element.met is not None)
    said = page.write.run(f" [{element.said}]", ink=palette.MUTED) if element.said else ""
    return page.write.paragraph(mark, page.write.tab(), f"{element.letter}) {element.text}", said, style="Report Element")


def _gap(page: Page, gap: GapView) -> Cell:
    write, label = page.write, page.labelled(page.labels("docx.columns.priority"))
    kind = write.strong(f"{gap.kind_title}. ")
    parts: list[Content] = [
        write.paragraph(kind, label, page.priority(gap), " ", page.points(gap), style="Report Cell"),
        page.labels("docx.reasons", reasons=page.labels.join(gap.reasons)),
        gap.recommendation,
        gap.closes_if_adopted,
    ]
    return [part for part in parts if part]


def figures(page: Page) -> Iterator[Xml]:
    """Every figure by chapter, with the name that `legcheck explain` takes."""
    yield page.section("figures")
    yield page.intro("figures")
    for dimension in page.view.dimensions:
        yield page.write.heading(3, dimension.title)
        yield _figures(page, dimension.title, "chapter", (*dimension.chapters, dimension.total))
        for figure in dimension.chapters:
            if figure.capped_by:
                yield page.write.paragraph(page.labelled(figure.title) + figure.capped_by, style="caption")
        if dimension.if_adopted is not None:
            later = page.labels("docx.if_adopted", dimension=dimension.title)
            yield page.write.heading(3, later)
            yield _figures(page, later, "chapter", (*dimension.if_adopted_chapters, dimension.if_adopted))


def themes(page: Page) -> Iterator[Xml]:
    yield page.section("themes")
    for dimension in page.view.dimensions:
        for group in dimension.themes:
            title = page.labelled(dimension.title) + group.title
            yield page.write.heading(3, title)
            yield _figures(page, title, "theme", group.figures)


def instruments(page: Page) -> Iterator[Xml]:
    yield page.section("instruments")
    yield page.intro("instruments")
    for dimension in page.view.dimensions:
        yield page.write.heading(3, dimension.title)
        yield _figures(page, dimension.title, "instrument", dimension.instruments)


def _figures(page: Page, title: str, first: str, shown: Sequence[Figure]) -> Xml:
    """A table of figures. The name of each stands under its title, the band under the figure."""
    rows = [
        (
            [figure.title, page.write.muted(figure.id)],
            [page.write.strong(figure.display), *([page.write.muted(figure.band)] if figure.band else [])],
            figure.range,
            figure.answered,
            figure.elements,
        )
        for figure in shown
    ]
    return page.grid(title, {first: 5.9} | _FIGURES, rows) if rows else page.none()


def gaps(page: Page) -> Iterator[Xml]:
    """All gaps in the order of priority."""
    rows = [(page.provision(gap.provision), gap.kind_title, page.priority(gap), gap.points) for gap in page.view.gaps]
    heading, table = page.block("gaps", _GAPS, rows)
    yield heading
    yield page.intro("gaps")
    yield table


def concordance(page: Page) -> Iterator[Xml]:
    """Model provision, national article, international standard."""
    rows = [
        (page.provision(one.id), page.legal_basis(one), page.labels.join(standard.shown for standard in one.standards))
        for one in page.view.concordance
    ]
    heading, table = page.block("concordance", _CONCORDANCE, rows)
    yield heading
    yield page.sign()
    yield table


def laws(page: Page) -> Iterator[Xml]:
    """The register of laws. Links are printed, never live: somebody typed them."""
    rows = [
        (
            page.write.strong(law.key),
            [law.title, *(page.write.muted(text) for text in (law.title_en, law.link) if text)],
            [text for text in (law.number, law.date) if text],
            [text for text in (law.status, law.in_force) if text],
            law.cited_by,
        )
        for law in page.view.laws
    ]
    yield from page.block("laws", _LAWS, rows)


def not_applicable(page: Page) -> Iterator[Xml]:
    yield from _listed(page, "not_applicable", "reason", page.view.not_applicable)


def doubts(page: Page) -> Iterator[Xml]:
    yield from _listed(page, "doubts", "to_confirm", page.view.to_confirm)


def observations(page: Page) -> Iterator[Xml]:
    yield from _listed(page, "observations", "observations", page.view.observations)


def _listed(page: Page, key: str, column: str, rows: Sequence[Row]) -> Iterator[Xml]:
    return page.block(key, {"provision": 5.0, column: 12.0}, [(page.named(row), row.text) for row in rows])


def not_assessed(page: Page) -> Iterator[Xml]:
    """Provisions without an answer."""
    yield page.section("not_assessed")
    if not page.view.unanswered:
        yield page.none()
        return
    yield page.intro("not_assessed")
    for row in page.view.unanswered:
        yield page.provision(row.label)


def standards(page: Page) -> Iterator[Xml]:
    """The international standards that the provisions rest on."""
    rows = [(page.write.strong(one.shown), one.subject) for one in page.view.standards]
    heading, table = page.block("standards", _STANDARDS, rows)
    yield heading
    yield page.sign()
    yield table


def method(page: Page) -> Iterator[Xml]:
    """How the ratings became figures, and the gaps their priority."""
    yield page.section("method")
    for text in page.view.method:
        yield page.write.paragraph(text)
    for key, rows in (("scale", page.view.scale), ("bands", page.view.bands), ("priority_rule", page.view.priority_rule)):
        if rows:
            yield page.write.heading(3, page.title(key))
            yield page.pairs(page.title(key), rows)


def issues(page: Page) -> Iterator[Xml]:
    yield page.section("issues")
    yield page.pairs(page.title("issues"), page.view.issues) if page.view.issues else page.none()


def slip(page: Page) -> Iterator[Xml]:
    """How to check this report."""
    yield page.section("slip")
    yield page.pairs(page.title("slip"), page.view.slip, whole=True)
