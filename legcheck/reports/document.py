"""What every document is made of: blocks in reading order, without a format. `docx` and `pdf` lay them out.

A report, an annex and a plan are each a `Document`, built once; so the same words and figures stand in every format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from legcheck.reports.palette import Tone

if TYPE_CHECKING:
    from legcheck.labels import Labels
    from legcheck.reports.view import LawView, ReportView
    from legcheck.reports.view import Row as LabelledRow


@dataclass(frozen=True)
class Run:
    """Words in one look. `to` is the anchor that they lead to, `language` their language if it is not the document's."""

    text: str
    strong: bool = False
    muted: bool = False
    tone: Tone | None = None
    to: str = ""
    language: str = ""


Words = tuple[Run, ...]
_LONGEST_LEAD = 30


def words(*parts: str | Run) -> Words:
    """Texts and runs in a row; empty ones are left out."""
    runs = (Run(part) if isinstance(part, str) else part for part in parts)
    return tuple(run for run in runs if run.text)


def strong(text: str) -> Run:
    return Run(text, strong=True)


def muted(text: str) -> Run:
    return Run(text, muted=True)


def tagged(text: str, tone: Tone) -> Run:
    """A word on its colour, after the sign that says the same."""
    return Run(f"{tone.sign} {text}" if tone.sign else text, tone=tone)


class Look(StrEnum):
    """How a paragraph looks."""

    BODY = "body"
    LEAD = "lead"  # what a chapter or page comes down to
    NOTICE = "notice"  # what the document is not
    LABEL = "label"  # names what follows
    SMALL = "small"  # a remark on a table or chart
    DENSE = "dense"  # in smaller letters, so that it stays on a page


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 starts a new page unless it is `inline`. Links lead to `anchor`."""

    level: int
    text: str
    anchor: str = ""
    inline: bool = False


@dataclass(frozen=True)
class Paragraph:
    words: Words
    look: Look = Look.BODY


@dataclass(frozen=True)
class Items:
    """A list, numbered or with bullets; a `dense` one has smaller letters, so that it stays on a page."""

    items: tuple[Words, ...]
    numbered: bool = False
    dense: bool = False


@dataclass(frozen=True)
class Place:
    """A place for the adviser to fill in: what belongs there. It is marked, so that none is overlooked."""

    text: str


@dataclass(frozen=True)
class Column:
    """A column with its share of the width; `end` sets its cells against the far edge, as figures are."""

    title: str
    width: float
    end: bool = False


@dataclass(frozen=True)
class Cell:
    """The paragraphs of a cell. `fill` is its colour; `place` marks it as a place to fill in."""

    paragraphs: tuple[Words, ...] = ()
    fill: str = ""
    place: bool = False

    @property
    def is_nil(self) -> bool:
        """Whether it says that there is nothing to count."""
        return self == NIL


def cell(*paragraphs: str | Run | Words, fill: str = "") -> Cell:
    """A cell of texts, each a paragraph; empty ones are left out."""
    made = (part if isinstance(part, tuple) else words(part) for part in paragraphs)
    return Cell(tuple(one for one in made if one), fill)


TO_FILL = Cell(place=True)
NIL = cell(muted("–"))
"""Counts nothing."""


@dataclass(frozen=True)
class Row:
    """A row of a table; a `band` is one cell over all columns, naming the rows below it, and `anchor` is where links lead.

    Where a row has fewer cells than the table columns, its last cell reaches over the rest.
    """

    cells: tuple[Cell, ...]
    band: bool = False
    anchor: str = ""

    def spans(self, columns: int) -> Sequence[int]:
        """Over how many of the columns each cell reaches."""
        return *(1 for _ in self.cells[1:]), columns - len(self.cells) + 1


@dataclass(frozen=True)
class Table:
    """A table with its caption. The head is repeated on every page; without titles there is none.

    A `fixed` table keeps its rows and columns as they are, because an empty one says something or a program reads it back; a
    `dense` one has small letters, so that it stays on a page.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    shown: bool = True  # whether the caption is printed, or only read out
    fixed: bool = False
    dense: bool = False


@dataclass(frozen=True)
class Chart:
    """A drawing (SVG) under a title that says its message, and a text that says the same to those who cannot see it."""

    title: str
    svg: str
    text: str
    width_cm: float
    height_cm: float


@dataclass(frozen=True)
class Contents:
    """The table of contents."""

    title: str
    levels: int = 2


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Items | Place | Table | Chart | Contents | NewPage


@dataclass(frozen=True)
class Cover:
    """The first page: a place for an emblem (none if empty), the kind of document, title and subtitle, facts, and notices."""

    emblem: str
    kind: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A document ready to be laid out. `running` stands at the foot of every page, beside the page number.

    Without a `cover` the title stands at the head of the first page. `date` (ISO) is that of the law, the only date that the
    same input always gives. `locale` is the language as programs know it (``en-GB``), `marking` how the document may be
    passed on, `page` the words for "page 1 of 2" with places for the numbers.
    """

    title: str
    subtitle: str
    language: str
    locale: str
    direction: str
    date: str
    running: str
    page: str
    blocks: tuple[Block, ...]
    cover: Cover | None = None
    landscape: bool = False
    stamp: str = ""
    marking: str = ""

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @property
    def anchors(self) -> frozenset[str]:
        """What links within the document may lead to."""
        rows = [row.anchor for block in self.blocks if isinstance(block, Table) for row in block.rows]
        return frozenset(anchor for anchor in (*(one.anchor for one in self.headings), *rows) if anchor)


def introduces(before: Block | None, block: Block, after: Block | None) -> bool:
    """Whether a block is the text below a heading that leads on to what follows, on whose page it belongs."""
    if not isinstance(block, Paragraph):
        return False
    opens = isinstance(before, Heading) or (isinstance(before, Paragraph) and before.look is Look.LEAD)
    remark = isinstance(after, Paragraph) and after.look is Look.SMALL
    shown = isinstance(after, Table | Chart | Items | Place | Heading)
    if block.look is Look.DENSE:
        return isinstance(after, Items)
    return block.look is Look.LEAD or (opens and (shown or remark)) or (block.look is Look.SMALL and isinstance(after, Table))


def document_of(
    view: ReportView,
    labels: Labels,
    title: str,
    blocks: Iterable[Block],
    *,
    subtitle: str = "",
    notice: str = "",
    cover: Cover | None = None,
    landscape: bool = False,
) -> Document:
    """A document on a result, in the language of its view, with its tables fitted and the notice that belongs on every page.

    `subtitle` and `notice` are those of the view if not given. The public edition has no places to fill in.
    """
    from legcheck.reports.edition import published
    from legcheck.reports.fit import fitted

    subtitle = subtitle or view.subtitle
    if cover is not None and view.marking:
        cover = replace(cover, kind=f"{cover.kind} · {view.marking}")
    if view.public:
        cover = replace(cover, emblem="") if cover is not None else None
        blocks = published(blocks)
    return Document(
        title=title,
        subtitle=subtitle,
        language=view.language,
        locale=labels("common.locale"),
        direction=view.direction,
        date=view.date_iso,
        running=f"{notice or view.notice_short} · {subtitle}",
        page=labels("common.page"),
        blocks=tuple(fitted(one, landscape=landscape, continued=labels("common.continued")) for one in blocks),
        cover=cover,
        landscape=landscape,
        marking=view.marking,
    )


def in_english(law: LawView, view: ReportView) -> str:
    """The English title of a law, for readers of English."""
    return law.title_en if view.language == "en" else ""


def contents(labels: Labels, levels: int = 2) -> Contents:
    return Contents(labels("common.contents"), levels)


def bullets(items: Iterable[str | Words]) -> Items:
    return Items(tuple(words(item) if isinstance(item, str) else item for item in items))


def paragraph(*parts: str | Run, look: Look = Look.BODY) -> Paragraph:
    return Paragraph(words(*parts), look)


def led(text: str) -> Paragraph:
    """A paragraph whose first words, up to a full stop, name what it is about."""
    about, stop, rest = text.partition(". ")
    return paragraph(strong(about + stop), rest) if rest and len(about) <= _LONGEST_LEAD else paragraph(text)


def table(
    caption: str, columns: Sequence[Column], rows: Iterable[Row | Sequence[Cell]], *, shown: bool = True, fixed: bool = False
) -> Table:
    made = (row if isinstance(row, Row) else Row(tuple(row)) for row in rows)
    return Table(caption, tuple(columns), tuple(made), shown, fixed)


def columns(labels: Labels, prefix: str, widths: Mapping[str, float]) -> list[Column]:
    """Columns by key and width, their titles from the labels below `prefix`."""
    return [Column(labels(f"{prefix}.columns.{key}"), width) for key, width in widths.items()]


def pairs(title: str, widths: Sequence[float], rows: Iterable[LabelledRow]) -> Table:
    """A table without a head: labels, and the texts beside them."""
    shown = ((cell(strong(row.label)), cell(row.text)) for row in rows)
    return table(title, [Column("", width) for width in widths], shown, shown=False)


def steps_to_fill(labels: Labels, prefix: str) -> Iterator[Block]:
    """The next steps with places for who and when, then those for a contact and a signature; words from below `prefix`."""
    widths = {"step": 9.0, "who": 4.5, "when": 3.5}
    rows = ((cell(step), TO_FILL, TO_FILL) for step in labels(f"{prefix}.steps.list").split("\n"))
    yield table(labels(f"{prefix}.steps.title"), columns(labels, prefix, widths), rows, shown=False)
    for key in ("contact", "signed"):
        yield Heading(2, labels(f"{prefix}.steps.{key}"))
        yield Place(labels(f"{prefix}.steps.{key}_place"))


def band(*parts: str | Run, anchor: str = "") -> Row:
    return Row((Cell((words(*parts),)),), band=True, anchor=anchor)
