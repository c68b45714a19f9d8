"""What a gap report shows, decided once: order, grouping, words and printed figures. Renderers only lay it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from urllib.parse import urlsplit

from legcheck.model import CitedPassage
from legcheck.reports.palette import NOT_FOUND, Tone

_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>\"'`\\^{}|\x00-\x1f\x7f]")


@dataclass(frozen=True)
class PrintedScore:
    """A score as printed, and its shares: None where unknown, `central` also where too little is answered to print it."""

    display: str
    range: str
    answered: str
    counts: str
    band: str
    low: float | None
    central: float | None
    high: float | None
    share_answered: float | None


@dataclass(frozen=True)
class Figure(PrintedScore):
    """A printed score of a report. `id` is its name for ``legcheck explain``; `withheld` says how many answers it leaves out."""

    id: str
    title: str
    capped_by: str
    enough: bool
    elements: str
    withheld: str = ""


@dataclass(frozen=True)
class DimensionView:
    """The figures of one dimension; `if_adopted` is set if pending law would change them."""

    key: str
    title: str
    role: str
    question: str
    total: Figure
    chapters: tuple[Figure, ...]
    themes: tuple[ThemeGroupView, ...]
    instruments: tuple[Figure, ...]
    if_adopted: Figure | None
    if_adopted_chapters: tuple[Figure, ...]


@dataclass(frozen=True)
class ThemeGroupView:
    """Themes shown together."""

    title: str
    figures: tuple[Figure, ...]


class Standing(StrEnum):
    """What a rating comes to, whatever the levels of its scale are called."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    CONTRARY = "contrary"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ElementView:
    """An element and whether the law has it: True, False, or None if that is not known or does not apply.

    `said` is what the answer says of it: the article, and a remark; `citations` are its articles. In a reading of named texts,
    `told` is ``silent`` if it is met by the absence of a condition, with nothing in these texts against it, which
    `silence` says; ``short`` if it is not met and a rule falls short of it, ``left`` if it is left to a text that was not read.
    """

    letter: str
    text: str
    met: bool | None
    mark: str
    tone: Tone
    said: str = ""
    citations: tuple[CitationView, ...] = ()
    remark: str = ""
    told: str = ""
    silence: str = ""


@dataclass(frozen=True)
class RatingView:
    """One rating as shown. `key` is the level's key, empty if not assessed.

    `counts_as` is set if it counts otherwise today, `follows` if it was not typed but follows from the elements. `standing` is
    what counts today. `found_as` names how named texts deal with the provision, which a reading says in its place.
    """

    dimension: str
    dimension_title: str
    key: str
    title: str
    standing: Standing
    tone: Tone
    counts_as: str
    follows: str
    found_as: str = ""

    @property
    def choice(self) -> str:
        """What one filters by."""
        return self.found_as or self.key


@dataclass(frozen=True)
class CitationView:
    """A citation with the law it names spelt out."""

    law: str
    articles: str
    title: str
    status: str
    in_force: bool


@dataclass(frozen=True)
class StandardView:
    """An international standard; one whose number was not seen in a text carries a sign. `called` is the instrument in words."""

    instrument: str
    called: str
    name: str
    subject: str
    verified: bool
    shown: str


@dataclass(frozen=True)
class GapView:
    """A gap with its reasons in words and the elements that are missing. For the public it has no points and no reckoning.

    `harm` says in a sentence whom it harms, `stake` in a clause.
    """

    provision: str
    title: str
    chapter: str
    kind: str
    kind_title: str
    priority: str
    priority_title: str
    tone: Tone
    points: str
    missing: tuple[ElementView, ...]
    reasons: tuple[str, ...]
    planned: str
    harm: str
    stake: str
    closes_if_adopted: str
    legal_basis: str


@dataclass(frozen=True)
class ProvisionView:
    """Everything about one provision, for the annex; if its answer is `withheld`, only that this is so.

    `commented` says that the State made observations; the public is not shown them.
    `number` is the one that somebody found for it in a published document, if any, and `published` says so in words.
    `passages` are what its answer cites, in the words of the laws; `more_passages` says how many are not shown.
    """

    id: str
    chapter: str
    title: str
    question: str
    contrary: str
    core: str
    elements: tuple[ElementView, ...]
    ratings: tuple[RatingView, ...]
    if_adopted: str
    legal_basis: str
    citations: tuple[CitationView, ...]
    note: str
    to_confirm: str
    observations: str
    commented: str
    assistance: str
    assessor: str
    standards: tuple[StandardView, ...]
    themes: tuple[str, ...]
    theme_titles: tuple[str, ...]
    gap: GapView | None
    answered: bool
    withheld: bool = False
    number: str = ""
    published: str = ""
    passages: tuple[CitedPassage, ...] = ()
    more_passages: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands beside the title: whether it is a core provision, and its number in a published document."""
        return tuple(text for text in (self.core, self.published) if text)

    @property
    def unanswered(self) -> bool:
        """Whether an answer to it is still to be given."""
        return not (self.answered or self.withheld)

    @property
    def absent(self) -> bool:
        """Whether it is not in the named texts that were read, whatever articles they were read in."""
        return bool(self.ratings) and all(one.tone is NOT_FOUND for one in self.ratings)


@dataclass(frozen=True)
class ChapterView:
    """A chapter with its provisions and its figures by dimension (only the dimensions that were assessed)."""

    id: str
    title: str
    figures: tuple[Figure, ...]
    provisions: tuple[ProvisionView, ...]


@dataclass(frozen=True)
class FoundView:
    """How many provisions named texts contain, in a chapter or in all. `id` is their name for ``legcheck explain``.

    Each is counted once, by how these texts deal with it, or as not for publication.
    """

    id: str
    title: str
    counts: Mapping[str, int]

    @property
    def something(self) -> bool:
        """Whether there is anything to tell but that nothing was found or looked at."""
        return any(count for name, count in self.counts.items() if name not in ("not_found", "not_looked_at", "not_applicable"))


@dataclass(frozen=True)
class FoundTable:
    """What named texts contain in one dimension, by chapter. `columns` are the counts to show, each with its title.

    `nothing` says which chapters have none of what is counted there.
    """

    title: str
    columns: Mapping[str, str]
    every: FoundView
    chapters: tuple[FoundView, ...]
    nothing: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundElement:
    """What named texts have on an element, in words, `where`, and the `remark` of those who read them, which may limit it."""

    text: str
    where: str
    remark: str
    tone: Tone


@dataclass(frozen=True)
class Found:
    """A provision with what named texts have on its elements; `where` are its articles, unless each element names its own."""

    provision: ProvisionView
    where: str
    elements: tuple[FoundElement, ...]


@dataclass(frozen=True)
class FoundGroup:
    """Provisions that named texts deal with in the same way, named by the count in which they are."""

    key: str
    title: str
    found: tuple[Found, ...]


@dataclass(frozen=True)
class ContentsView:
    """The provisions of a chapter by how named texts deal with them, and those to look for elsewhere.

    `sentences` say in words what they contain.
    """

    id: str
    title: str
    groups: tuple[FoundGroup, ...]
    further: tuple[ProvisionView, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class ReadingView:
    """What a reading of named texts shows in place of scores and gaps: counts, what these texts contain, and where to look next.

    `summary` says the counts in sentences, and what they do not say. Of `further`, each row is a chapter with the provisions of
    which nothing was found; `further_lead` is what to know before looking.
    """

    summary: tuple[str, ...]
    tables: tuple[FoundTable, ...]
    chapters: tuple[ContentsView, ...]
    further_lead: tuple[str, ...]
    further: tuple[ContentsView, ...]


@dataclass(frozen=True)
class LawView:
    """A row of the register of laws."""

    key: str
    title: str
    title_en: str
    number: str
    date: str
    status: str
    in_force: str
    link: str
    cited_by: str

    @property
    def address(self) -> str:
        """The link if it is one that a reader may follow, else empty."""
        return web_link(self.link)


@dataclass(frozen=True)
class Row:
    """A label and the text beside it."""

    label: str
    text: str


@dataclass(frozen=True)
class Rule:
    """A rule of the checklist under its title: what each of its words stands for."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class ReportView:
    """A whole gap report, in one language, ready to be laid out.

    `notices` say what the report is not (a reading of texts, a fictional country); they belong on the first page and in the
    header or footer of every page (`notice_short`). Any list may be empty; `none` is the sentence to print then, and
    `no_law` the words in place of a legal basis where there is none.
    `reviewed` is what is rated first (the law, practice or anything); from the share `stands_from` on a chapter can be one in
    which it goes far. `pending` are the provisions whose gaps pending law would narrow or close, `coming` what such law is
    called. In a `public` edition, what is left out is not named as missing. `reading` is set for a reading of named texts, which
    has no figures by dimension, no gaps and no recommendations. `method_of_report` explains what the report itself shows,
    `method` all that its annex does.
    """

    language: str
    notes_language: str
    direction: str
    title: str
    subtitle: str
    subject: str
    checklist_title: str
    country: str
    country_code: str
    body: str
    as_of: str
    date_iso: str
    reviewed: str
    stands_from: Fraction
    notices: tuple[str, ...]
    notice_short: str
    marking: str
    fast_facts: tuple[Row, ...]
    cover_facts: tuple[Row, ...]
    dimensions: tuple[DimensionView, ...]
    not_assessed: tuple[str, ...]
    chapters: tuple[ChapterView, ...]
    gaps: tuple[GapView, ...]
    contrary: tuple[ProvisionView, ...]
    assistance: tuple[Row, ...]
    to_confirm: tuple[Row, ...]
    not_applicable: tuple[Row, ...]
    unanswered: tuple[Row, ...]
    observations: tuple[Row, ...]
    concordance: tuple[ProvisionView, ...]
    laws: tuple[LawView, ...]
    method: tuple[str, ...]
    method_of_report: tuple[str, ...]
    rules: tuple[Rule, ...]
    standards: tuple[StandardView, ...]
    instruments: tuple[Row, ...]
    issues: tuple[Row, ...]
    slip: tuple[Row, ...]
    none: str
    no_law: str
    reading: ReadingView | None = None
    pending: tuple[str, ...] = ()
    coming: str = ""
    heard: tuple[Row, ...] = ()
    public: bool = False

    @property
    def notes_in_other(self) -> str:
        """The language of what people wrote, if it is not that of the report."""
        return "" if self.notes_language == self.language else self.notes_language

    @property
    def cites_passages(self) -> bool:
        """Whether words of laws are shown."""
        return any(one.passages for chapter in self.chapters for one in chapter.provisions)

    @property
    def rated(self) -> tuple[str, ...]:
        """The titles of the dimensions in which provisions are rated, in the order of their ratings."""
        provisions = (one for chapter in self.chapters for one in chapter.provisions)
        return tuple(rating.dimension_title for one in islice(provisions, 1) for rating in one.ratings)


def web_link(link: str) -> str:
    """The link if it is a web address, without characters that could end it early; else empty."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme in ("http", "https") and parts.hostname and not _UNSAFE_IN_ADDRESS.search(link) else ""
