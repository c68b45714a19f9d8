"""Makes the view of a gap report from a result: every word and printed figure, decided once for all formats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from legcheck.countries import find, is_fictional
from legcheck.labels import Labels, languages
from legcheck.model import (
    Answer,
    Assessment,
    Band,
    Checklist,
    Citation,
    CitedPassage,
    Dimension,
    DimensionScores,
    ElementAnswer,
    Gap,
    Law,
    LawStatus,
    Level,
    Progress,
    Provision,
    Reason,
    Result,
    Role,
    Score,
    Standard,
    Status,
)
from legcheck.model.result import LATER
from legcheck.reports import method
from legcheck.reports.edition import withhold
from legcheck.reports.figures import answered, figure
from legcheck.reports.palette import ELEMENTS, PLAIN, Tone, tones_of_priorities
from legcheck.reports.prose import harmed
from legcheck.reports.reading import class_shown, element_mark, rated, reading_of
from legcheck.reports.view import (
    ChapterView,
    CitationView,
    DimensionView,
    ElementView,
    Figure,
    GapView,
    LawView,
    ProvisionView,
    RatingView,
    ReportView,
    Row,
    StandardView,
    Standing,
    ThemeGroupView,
    web_link,
)

_MOST_PASSAGES = 20  # beside one answer
_NO_PASSAGES: Mapping[str, Sequence[CitedPassage]] = MappingProxyType({})


def view_of(
    result: Result,
    labels: Labels,
    progress: Progress | None = None,
    passages: Mapping[str, Sequence[CitedPassage]] = _NO_PASSAGES,
) -> ReportView:
    """The gap report of a result in the language of `labels`; the checklist's texts are shown as they stand in the result.

    With the `progress` of a plan, the report says how far its measures have come; with `passages`, by provision, it shows the
    words of the laws beside the answers that cite them.
    """
    labels = words_on(result, labels)
    context = ReportContext(result, labels, progress, passages)
    gaps = tuple(_gap(context, gap) for gap in result.gaps)
    chapters = tuple(_chapters(context, {gap.provision: gap for gap in reversed(gaps)}))
    provisions = [provision for chapter in chapters for provision in chapter.provisions]
    return ReportView(
        language=labels.language,
        notes_language=result.assessment.language,
        direction=labels.direction,
        title=labels("report.title" if result.scored else "report.title_texts", subject=result.checklist.subject),
        subtitle=labels(f"report.subtitle.{context.day}", country=context.country, date=context.as_of),
        subject=result.checklist.subject,
        checklist_title=result.checklist.title,
        country=context.country,
        country_code=result.assessment.country,
        body=result.assessment.body,
        as_of=context.as_of,
        date_iso=result.assessment.as_of.isoformat(),
        reviewed=context.reviewed,
        stands_from=result.checklist.stands_from,
        notices=tuple(_notices(context)),
        notice_short=_short_notice(context),
        marking=result.release.marking,
        fast_facts=tuple(_fast_facts(context)),
        cover_facts=tuple(_cover_facts(context)),
        dimensions=tuple(_dimension(context, key) for key in context.scored),
        not_assessed=tuple(context.not_assessed),
        chapters=chapters,
        gaps=gaps,
        contrary=tuple(one for one in provisions if _is_contrary(context, one.id)),
        assistance=tuple(_on(one.id, one.title, one.assistance) for one in provisions if one.assistance),
        to_confirm=tuple(_on(one.id, one.title, one.to_confirm) for one in provisions if one.to_confirm),
        not_applicable=tuple(_on(one.id, one.title, one.note) for one in provisions if _outside(context, one)),
        unanswered=tuple(Row(one.id, f"{one.title}{_begun(context, one.id)}") for one in provisions if one.unanswered),
        observations=tuple(_on(one.id, one.title, one.observations) for one in provisions if one.observations),
        concordance=tuple(
            one for one in provisions if (one.legal_basis or (result.scored and _rated(context, one))) and not one.absent
        ),
        laws=tuple(_laws(context)),
        no_law=labels("report.edition.no_law" if any(_withheld_laws(context)) else "report.no_law_cited"),
        method=tuple(method.method(context, whole=True)),
        method_of_report=tuple(method.method(context, whole=False)),
        rules=tuple(method.rules(context)),
        standards=tuple(method.standards(context)),
        instruments=tuple(method.instruments(context)),
        issues=tuple(Row(f"{issue.code} {issue.at}", labels.message(issue)) for issue in result.issues),
        slip=tuple(method.slip(context)),
        none=labels("report.edition.none" if context.public else "report.none"),
        reading=None if result.scored else reading_of(result, labels, chapters, context.not_assessed),
        pending=tuple(dict.fromkeys(gap.provision for gap in result.gaps if gap.closes_if_adopted)),
        coming=context.coming,
        heard=tuple(Row(one.who, labels.join(filter(None, (one.how, one.when)))) for one in result.assessment.heard),
        public=context.public,
    )


def words_on(result: Result, labels: Labels) -> Labels:
    """The words for a result: those on one text where a reading is of no more."""
    return labels.on_one_text if not result.scored and len(result.assessment.laws) == 1 else labels


@dataclass(frozen=True)
class ReportContext:
    """A result, the labels of the language it is shown in, and a few names looked up once."""

    result: Result
    labels: Labels
    progress: Progress | None = None
    passages: Mapping[str, Sequence[CitedPassage]] = field(default_factory=dict)

    @property
    def checklist(self) -> Checklist:
        return self.result.checklist

    @property
    def assessment(self) -> Assessment:
        return self.result.assessment

    @property
    def public(self) -> bool:
        return self.result.public

    @cached_property
    def law(self) -> Dimension | None:
        return self.checklist.dimension_of(Role.LAW)

    @cached_property
    def reviewed(self) -> str:
        """What the checklist asks about first: the law, else what is done in practice, else anything."""
        return next((role.value for role in Role if self.checklist.dimension_of(role) is not None), "any")

    @cached_property
    def day(self) -> str:
        """Whether the day of the assessment is that of the law, for the words that name it."""
        return "law" if self.law is not None else "any"

    @cached_property
    def assessed(self) -> tuple[str, ...]:
        """The dimensions in which anything was answered."""
        return tuple(key for key, scores in self.result.scores.items() if scores.assessed)

    @cached_property
    def scored(self) -> tuple[str, ...]:
        """Those that have figures: none in a reading of named texts."""
        return self.assessed if self.result.scored else ()

    @cached_property
    def withheld(self) -> Counter[str]:
        """How many answers this edition withholds of each figure, by what it is called."""
        hidden = Counter[str]()
        for one in self.checklist.provisions.values():
            if self.result.withholds(one.id):
                hidden.update(("total", one.chapter, *(f"theme.{theme}" for theme in one.themes)))
                hidden.update({f"instrument.{standard.instrument.key}" for standard in one.standards})
        return hidden

    @cached_property
    def not_assessed(self) -> tuple[str, ...]:
        """The titles of the other dimensions."""
        return tuple(self.checklist.by_dimension[key].title for key in self.result.scores if key not in self.assessed)

    @cached_property
    def country(self) -> str:
        """The country's name in the language of the report, unless the assessment gives it a name of its own."""
        country, typed = find(self.assessment.country), self.assessment.country_name
        if typed and typed not in {country.name(language) for language in languages()}:
            return typed
        return country.name(self.labels.language)

    @cached_property
    def fictional(self) -> bool:
        return is_fictional(self.assessment.country, self.assessment.kind)

    @cached_property
    def as_of(self) -> str:
        return self.labels.date(self.assessment.as_of)

    @cached_property
    def priority_tones(self) -> dict[str, Tone]:
        return tones_of_priorities(self.checklist.priority.classes)

    @cached_property
    def theme_titles(self) -> dict[str, str]:
        return {theme.key: theme.title for theme in self.checklist.themes}

    @cached_property
    def provision_titles(self) -> dict[str, str]:
        return {id: one.title for id, one in self.checklist.provisions.items()}

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The words for ranges of scores: a verdict that the public is not given."""
        return self.checklist.bands if self.result.scored and not self.public else ()

    @property
    def coming(self) -> str:
        """What the law is called that this edition names and that is not in force yet."""
        laws = (law for law in self.assessment.laws.values() if self.names(law) and law.may_come(self.assessment.as_of))
        drafted = {law.status is LawStatus.DRAFT for law in laws}
        return self.labels(f"report.coming.{('draft' if drafted.pop() else 'adopted') if len(drafted) == 1 else 'both'}")

    def answer(self, provision: str) -> Answer:
        return self.assessment.answer(provision)

    def names(self, law: Law) -> bool:
        """Whether this edition names a law."""
        return law.publish or not self.public

    def status(self, law: Law) -> str:
        return self.labels(f"report.status.{law.status.value}")

    def standard(self, standard: Standard) -> StandardView:
        """A standard, with a sign if its number was not verified."""
        sign = "" if standard.article.verified else self.labels("report.unverified_sign")
        of, article = standard.instrument, standard.article
        return StandardView(of.key, of.short or of.title, standard.name, article.subject, article.verified, standard.name + sign)


def _on(provision: str, title: str, text: str) -> Row:
    """What is said of a provision, under its id and title."""
    return Row(f"{provision} {title}", text)


def _begun(context: ReportContext, provision: str) -> str:
    """How many elements of a provision that is not rated are answered, if any."""
    marks = context.result.elements[provision]
    return f" ({context.labels.begun(marks)})" if marks.recorded else ""


def _rated(context: ReportContext, provision: ProvisionView) -> bool:
    """Whether the provision was answered, and applies."""
    return provision.answered and not _outside(context, provision)


def _outside(context: ReportContext, provision: ProvisionView) -> bool:
    """Whether the provision does not apply in some dimension."""
    asked = context.checklist.provisions[provision.id]
    levels = (context.checklist.by_dimension[one.dimension].level(asked, one.key) for one in provision.ratings)
    return any(level is not None and level.outside for level in levels)


def _is_contrary(context: ReportContext, provision: str) -> bool:
    """Whether the law says the opposite, or another dimension than its practice has such a rating."""
    asked = context.checklist.provisions[provision]
    judged = (one for one in context.checklist.dimensions if one.role is not Role.PRACTICE)
    levels = (one.level(asked, context.result.ratings[one.key][provision]) for one in judged)
    return any(level is not None and level.contrary for level in levels)


# The first pages


def _notices(context: ReportContext) -> Iterator[str]:
    """What the report is not."""
    labels, release = context.labels, context.result.release
    if release.marking:
        yield labels("report.notices.marking", marking=release.marking)
    if context.public:
        yield labels("report.notices.public")
    if release.despite:
        yield labels("report.notices.despite", reason=release.despite)
    if not context.result.scored:
        yield labels("report.notices.texts")
    if context.fictional:
        yield labels("report.notices.fictional", country=context.country)
    if context.checklist.short:
        yield labels("report.notices.short_form", count=len(context.checklist.provisions))
    if context.checklist.untranslated:
        yield labels("report.notices.untranslated", count=len(context.checklist.untranslated))
    yield labels("report.notices.findings" if context.result.scored else "report.notices.found")


def _short_notice(context: ReportContext) -> str:
    """The same in a few words, for every page."""
    kind = "texts" if not context.result.scored else "fictional" if context.fictional else ""
    edition = "public" if context.public else "" if kind else "plain"
    said = (context.labels(f"report.short.{one}") for one in (edition, kind) if one)
    return " · ".join(filter(None, (context.result.release.marking, *said)))


def _fast_facts(context: ReportContext) -> Iterator[Row]:
    """The facts of the assessment at a glance."""
    assessment, checklist, labels = context.assessment, context.checklist, context.labels
    yield Row(labels("report.facts.country"), f"{context.country} ({assessment.country})")
    if assessment.body:
        yield Row(labels("report.facts.body"), labels.as_written(assessment.body, assessment.language))
    yield Row(labels("report.facts.scope"), _scope(context))
    yield Row(labels(f"report.facts.as_of.{context.day}"), context.as_of)
    yield Row(labels("report.facts.checklist"), f"{checklist.title} ({checklist.id} {checklist.version})")
    for key in context.assessed:
        score, dimension = context.result.scores[key].total, checklist.by_dimension[key]
        yield Row(labels("report.facts.answered", dimension=dimension.title), answered(score, labels))
        if dimension.elements and score.elements and context.result.scored:
            met = labels("report.elements_met", met=score.elements_met, all=score.elements)
            yield Row(labels("report.facts.elements"), met)
    yield Row(labels("report.facts.laws"), str(len(assessment.laws)))
    if context.progress is not None:
        yield Row(labels("report.facts.progress"), _progress(labels, context.progress))


def _cover_facts(context: ReportContext) -> Iterator[Row]:
    """The facts that stand on the cover."""
    assessment, labels = context.assessment, context.labels
    if assessment.body:
        yield Row(labels("report.facts.body"), labels.as_written(assessment.body, assessment.language))
    yield Row(labels("report.facts.scope"), _scope(context))
    yield Row(labels(f"report.facts.as_of.{context.day}"), context.as_of)


def _progress(labels: Labels, progress: Progress) -> str:
    """How many measures of the plan have each status."""
    counts = Counter(entry.status for entry in progress.entries.values())
    return labels.join(
        labels("report.progress.status", status=labels(f"plan.status.{status.value}"), count=counts[status])
        for status in Status
        if counts[status]
    )


def _scope(context: ReportContext) -> str:
    """What was read: the whole legal order, or the texts by name."""
    if context.result.scored:
        return context.labels("report.scope.national")
    laws = context.labels.join(
        (*(law.title for law in context.assessment.laws.values() if context.names(law)), *_withheld_laws(context))
    )
    own_words = context.assessment.language == context.labels.language
    title = context.assessment.title
    named = title if own_words or not laws else laws  # a law's own title is the same in every language
    return context.labels("report.scope.texts", texts=named or laws)


# Figures


def _dimension(context: ReportContext, key: str) -> DimensionView:
    dimension, scores = context.checklist.by_dimension[key], context.result.scores[key]
    pending = context.result.if_adopted.get(key)
    return DimensionView(
        key=key,
        title=dimension.title,
        role=dimension.role.value if dimension.role is not None else "",
        question=dimension.question,
        total=_total_figure(context, key, scores.total),
        chapters=_chapter_figures(context, key, scores),
        themes=tuple(_theme_groups(context, key, scores)),
        instruments=tuple(
            _figure(context, key, f"instrument.{one.key}", method.instrument_title(one), scores.instruments[one.key])
            for one in (() if context.public else context.checklist.instruments)
        ),
        if_adopted=_total_figure(context, key, pending.total, LATER) if pending is not None else None,
        if_adopted_chapters=_chapter_figures(context, key, pending, LATER) if pending is not None else (),
    )


def _total_figure(context: ReportContext, key: str, score: Score, when: str = "") -> Figure:
    return _figure(context, key, "total", context.labels("report.total"), score, when, banded=True)


def _figure(
    context: ReportContext, key: str, node: str, title: str, score: Score, when: str = "", *, banded: bool = False
) -> Figure:
    """A figure of a dimension; only chapters and totals have bands.

    Of a part that withholds an answer only this is said, since it might look better for it. The total is told with their number.
    """
    bands, withheld = context.bands if banded else (), context.withheld[node]
    made = figure(f"{key}.{node}{when}", title, score, context.labels, bands, context.provision_titles, withheld)
    if not withheld or node == "total":
        return made
    return replace(made, display=made.withheld, range="", elements="", withheld="", low=None, central=None, high=None)


def _chapter_figures(context: ReportContext, key: str, scores: DimensionScores, when: str = "") -> tuple[Figure, ...]:
    return tuple(
        _figure(context, key, one.id, f"{one.id} {one.title}", scores.chapters[one.id], when, banded=True)
        for one in context.checklist.chapters
    )


def _theme_groups(context: ReportContext, key: str, scores: DimensionScores) -> Iterator[ThemeGroupView]:
    """The themes by group."""
    for group, title in context.checklist.theme_groups.items():
        themes = (theme for theme in context.checklist.themes if theme.group == group)
        shown = (_figure(context, key, f"theme.{one.key}", one.title, scores.themes[one.key]) for one in themes)
        yield ThemeGroupView(title, tuple(shown))


# Provisions and gaps


def _chapters(context: ReportContext, gaps: Mapping[str, GapView]) -> Iterator[ChapterView]:
    """All chapters with their provisions and figures."""
    for chapter in context.checklist.chapters:
        figures = (
            _figure(
                context,
                key,
                chapter.id,
                context.checklist.by_dimension[key].title,
                context.result.scores[key].chapters[chapter.id],
                banded=True,
            )
            for key in context.scored
        )
        provisions = (_provision(context, one, gaps.get(one.id)) for one in chapter.provisions)
        yield ChapterView(chapter.id, chapter.title, tuple(figures), tuple(provisions))


def _provision(context: ReportContext, provision: Provision, gap: GapView | None) -> ProvisionView:
    answer, labels = context.answer(provision.id), context.labels
    in_time = next((one for one in context.checklist.dimensions if one.in_time), None)
    passages = context.passages.get(provision.id, ())
    coming = _later(context, in_time, provision, answer) if in_time is not None else ""
    later = rated(in_time, provision, coming, labels)[0] if in_time is not None and coming and context.result.scored else ""
    shown = ProvisionView(
        id=provision.id,
        chapter=provision.chapter,
        title=provision.title,
        question=provision.question,
        contrary=provision.contrary,
        core=labels("report.core") if provision.core else "",
        elements=tuple(_elements(context, provision, answer)),
        ratings=tuple(_rating(context, key, provision, answer) for key in context.assessed),
        if_adopted=labels("report.if_adopted", rating=later) if later else "",
        legal_basis=_legal_basis(context, answer),
        citations=tuple(_citation(context, citation) for citation in answer.all_citations),
        note=answer.note,
        to_confirm=answer.to_confirm,
        observations="" if context.public else answer.observations,
        commented=_commented(context, answer),
        assistance=answer.assistance,
        assessor=answer.assessor,
        standards=tuple(context.standard(standard) for standard in provision.standards),
        themes=provision.themes,
        theme_titles=tuple(context.theme_titles[theme] for theme in provision.themes),
        gap=gap,
        answered=any(of[provision.id] for of in context.result.ratings.values()),
        number=provision.mlp_ref,
        published=labels.published(provision.mlp_ref),
        passages=tuple(replace(one, link=web_link(one.link)) for one in passages[:_MOST_PASSAGES]),
        more_passages=labels("report.passages.more", count=more) if (more := len(passages) - _MOST_PASSAGES) > 0 else "",
    )
    return withhold(shown, labels) if context.result.withholds(provision.id) else shown


def _commented(context: ReportContext, answer: Answer) -> str:
    """That the State made observations, and where they stand; the public edition has but this instead of them."""
    if context.public or not answer.observations:
        return answer.observations
    return context.labels("report.commented", place=context.labels("country_report.observations.title"))


def _later(context: ReportContext, in_time: Dimension, provision: Provision, answer: Answer) -> str:
    """The rating once pending law is in force, if one was typed or it will follow from other elements than today."""
    today, later = (of[in_time.key][provision.id] for of in (context.result.ratings, context.result.ratings_if_adopted))
    return answer.if_adopted or ("" if in_time.key in answer.ratings or today == later else later)


def _rating(context: ReportContext, key: str, provision: Provision, answer: Answer) -> RatingView:
    """The rating as typed or as it follows from the elements, and how it counts today if the cited law is not in force."""
    dimension, labels = context.checklist.by_dimension[key], context.labels
    counts = context.result.ratings[key][provision.id]
    shown, found = answer.ratings.get(key, counts), None if context.result.scored else context.result.found[key][provision.id]
    title, tone = class_shown(found, dimension, labels) if found else rated(dimension, provision, shown, labels)
    counted = rated(dimension, provision, counts, labels)[0] if counts != shown and not found else ""
    return RatingView(
        dimension=key,
        dimension_title=dimension.title,
        key=shown,
        title=title,
        standing=standing_of(dimension.level(provision, counts)),
        tone=tone,
        counts_as=labels("report.counts_as", rating=counted) if counted else "",
        follows=labels("report.follows") if counts and key not in answer.ratings else "",
        found_as=found or "",
    )


def standing_of(level: Level | None) -> Standing:
    """What a rating comes to."""
    if level is None:
        return Standing.UNKNOWN
    if level.outside:
        return Standing.OUTSIDE
    if level.contrary:
        return Standing.CONTRARY
    return Standing.FULL if level.full else Standing.NONE if level.nothing else Standing.PARTIAL


def _elements(context: ReportContext, provision: Provision, answer: Answer) -> Iterator[ElementView]:
    """The elements, marked by the rating in law that counts today, with what is said of each."""
    law, scored = context.law, context.result.scored
    level = law.level(provision, context.result.ratings[law.key][provision.id]) if law is not None else None
    marks, read = context.result.elements[provision.id].found(level), context.result.elements_found[provision.id]
    for one in provision.elements:
        has = one.letter in marks.met if one.letter not in marks.open else None
        found = answer.elements.get(one.letter, ElementAnswer())
        basis = context.labels.cited(found.legal_basis) if found.citations else found.legal_basis
        said = context.labels.join(text for text in (basis, found.remark) if text)
        citations = tuple(_citation(context, each) for each in found.citations)
        told = next((key for key in ("silent", "short", "left") if not scored and one.letter in getattr(read, key)), "")
        mark, tone = element_mark(scored, has, context.labels, told)
        silence = context.labels("reading.silence") if told == "silent" else ""
        yield ElementView(one.letter, one.text, has, mark, tone, said, citations, found.remark, told, silence)


def _legal_basis(context: ReportContext, answer: Answer) -> str:
    """The laws and articles of an answer by their keys, or as written where no law could be told."""
    basis = answer.whole_legal_basis
    return context.labels.cited(basis) if answer.all_citations else basis


def _citation(context: ReportContext, citation: Citation) -> CitationView:
    law, articles = context.assessment.laws.get(citation.law), context.labels.cited(citation.articles)
    if law is None:
        return CitationView(citation.law, articles, "", context.labels("report.law_unknown"), in_force=False)
    in_force = law.in_force(context.assessment.as_of)
    return CitationView(law.key, articles, law.title, context.status(law), in_force)


def _gap(context: ReportContext, gap: Gap) -> GapView:
    """A gap with its reasons in words and what would close it."""
    labels, provision = context.labels, context.checklist.provisions[gap.provision]
    missing = tuple(
        ElementView(one.letter, one.text, False, labels("report.element.missing"), ELEMENTS[False])
        for one in provision.lettered(gap.missing)
    )
    return GapView(
        provision=provision.id,
        title=provision.title,
        chapter=provision.chapter,
        kind=gap.kind.value,
        kind_title=labels(f"report.kinds.{gap.kind.value}"),
        priority=gap.priority,
        priority_title=next((one.title for one in context.checklist.priority.classes if one.key == gap.priority), ""),
        tone=context.priority_tones.get(gap.priority, PLAIN),
        points="" if context.public else labels.number(gap.points),
        missing=missing,
        reasons=() if context.public else tuple(_reasons(context, gap)),
        planned=_planned(context, provision.id),
        harm=harmed(context.result, gap, labels),
        stake=context.result.harm(gap),
        closes_if_adopted=labels("report.closes_if_adopted") if gap.closes_if_adopted else "",
        legal_basis=_legal_basis(context, context.answer(gap.provision)),
    )


def _reasons(context: ReportContext, gap: Gap) -> Iterator[str]:
    for one in gap.reasons:
        yield context.labels("report.why.points", reason=_reason(context, one), points=context.labels.number(one.points))


def _reason(context: ReportContext, reason: Reason) -> str:
    if reason.factor == "kind":
        return context.labels(f"report.why.{reason.detail}")
    if reason.factor == "theme":
        return context.labels("report.why.theme", theme=context.theme_titles[reason.detail])
    if reason.detail == "0/0":  # the share of a provision without elements follows from its rating
        return context.labels("report.why.falls_short")
    return context.labels(f"report.why.{reason.factor}", detail=reason.detail)


def _planned(context: ReportContext, provision: str) -> str:
    """The measures of the plan that answer a provision's gap, and their status; empty without a plan."""
    if context.progress is None:
        return ""
    entries, ids = context.progress.entries, context.progress.by_provision.get(provision, ())
    shown = ((id, context.labels(f"plan.status.{entries[id].status.value}")) for id in ids if id in entries)
    measures = context.labels.join(context.labels("report.progress.measure", id=id, status=status) for id, status in shown)
    return context.labels("report.progress.planned", measures=measures) if measures else ""


# The laws


def _laws(context: ReportContext) -> Iterator[LawView]:
    """The register of laws, each with the number of provisions that cite it; last how many are not for publication."""
    labels, assessment = context.labels, context.assessment
    cited = Counter(key for answer in assessment.answers.values() for key in answer.cited_laws)
    for key, law in assessment.laws.items():
        if context.names(law):
            yield LawView(
                key=law.key,
                title=law.title,
                title_en=law.title_en,
                number=law.number,
                date=labels.date(law.adopted) if law.adopted is not None else "",
                status=context.status(law),
                in_force=labels(f"report.{'in_force' if law.in_force(assessment.as_of) else 'not_in_force'}"),
                link=law.link,
                cited_by=labels("report.cited_by", count=cited[key]),
            )
    for withheld in _withheld_laws(context):
        yield LawView("", withheld, "", "", "", "", "", "", "")


def _withheld_laws(context: ReportContext) -> Iterator[str]:
    """How many laws this edition does not name, if any."""
    if count := sum(not context.names(law) for law in context.assessment.laws.values()):
        yield context.labels("report.edition.laws", count=count)
