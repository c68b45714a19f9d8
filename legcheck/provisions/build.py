"""Builds the checklist and the catalogue of measures from checked trees of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from legcheck.model import (
    Alone,
    Article,
    Band,
    Catalogue,
    Chapter,
    Checklist,
    Completing,
    Dimension,
    Element,
    Example,
    FlagshipRule,
    Indicator,
    Instrument,
    Level,
    Measure,
    Objective,
    OrderRule,
    Phase,
    Points,
    PriorityClass,
    PriorityRule,
    Provision,
    PublishedNumber,
    Scale,
    Section,
    Standard,
    Theme,
)
from legcheck.provisions.schema import (
    BY_ELEMENTS,
    ChecklistEntry,
    CompletingEntry,
    IndicatorEntry,
    InstrumentEntry,
    LevelEntry,
    MeasureEntry,
    PlanEntry,
    PriorityEntry,
    ProvisionEntry,
    ReferenceEntry,
    ReferencesFile,
    RegisterFile,
    ScaleEntry,
    parsed,
)
from legcheck.yaml_text import Tree, digest_of

Translations = Mapping[str, Mapping[str, str]]

_BESIDE = ("standards", "changes", "references")


def build_checklist(
    definition: Mapping[str, Tree],
    *,
    translations: Translations | None = None,
    untranslated: frozenset[str] = frozenset(),
    digest: str = "",
) -> Checklist:
    """The checklist of a definition: the tree of ``checklist.yaml`` with its chapters filled in.

    Beside it stand the `standards` that it cites, the `changes` since earlier versions, and the `references`: the numbers that
    somebody added to its provisions. The digest covers none of them.
    `digest` is given when the tree was translated, so that a checklist keeps its identity in every language.

    Raises:
        pydantic.ValidationError: the tree is not a checklist.
        KeyError: a name in it is not declared; `legcheck.provisions.check` reports these with their lines.
    """
    body = {key: value for key, value in definition.items() if key not in _BESIDE}
    entry = ChecklistEntry.model_validate(body)
    register = _register(parsed(RegisterFile, definition.get("standards") or {}))
    published = _published(parsed(ReferencesFile, definition.get("references") or {}))
    summed = entry.display == "sum"
    scales = {key: _scale(key, scale, summed=summed) for key, scale in entry.scales.items()}
    bands = {key: Band(key, band.title, band.low, band.high) for key, band in entry.bands.items()}
    return Checklist(
        id=entry.id,
        version=entry.version,
        title=entry.title,
        subject=entry.subject or entry.title,
        short=entry.form == "short",
        about=entry.about,
        language=entry.language,
        dimensions=tuple(
            Dimension(key, one.title, one.question, scales[one.scale], one.role, one.elements, one.in_time)
            for key, one in entry.dimensions.items()
        ),
        chapters=tuple(
            Chapter(
                id,
                one.title,
                one.weight,
                tuple(_provision(key, id, p, scales, register, published) for key, p in one.provisions.items()),
            )
            for id, one in entry.chapters.items()
        ),
        rollup=entry.rollup,
        minimum_answered=entry.minimum_answered,
        summed=summed,
        decimals=entry.decimals,
        share_from=entry.share_from,
        stands_from=entry.stands_from,
        minutes=entry.minutes,
        minutes_with_texts=entry.minutes_with_texts,
        bands=tuple(sorted(bands.values(), key=lambda band: band.low)),
        core_cap=bands[entry.core_cap] if entry.core_cap else None,
        themes=tuple(Theme(key, theme.title, theme.group) for key, theme in entry.themes.items()),
        theme_groups=entry.theme_groups,
        priority=_priority(entry.priority),
        digest=digest or digest_of_definition(body),
        definition=definition,
        translations=translations or {},
        changes={version: _changes(entries) for version, entries in _mapping(definition.get("changes")).items()},
        untranslated=untranslated,
        published=published,
    )


def _changes(entries: Tree) -> dict[str, str]:
    """The successor of every element that the changes since a version name."""
    return {
        f"{provision}.{letter}": str(to) if not to or "." in str(to) else f"{provision}.{to}"
        for provision, letters in _mapping(entries).items()
        for letter, to in _mapping(letters).items()
    }


def _mapping(tree: object) -> Mapping[str, Tree]:
    return tree if isinstance(tree, Mapping) else {}


def build_catalogue(plan: PlanEntry, measures: Mapping[str, MeasureEntry], *, digest: str, untranslated: int) -> Catalogue:
    """The catalogue of checked measures; `untranslated` counts the texts without a translation."""
    return Catalogue(
        title=plan.title,
        concerned=plan.concerned,
        vision=plan.vision,
        objectives=tuple(_objectives(plan)),
        flagships=FlagshipRule(plan.flagships.most, tuple(plan.flagships.safeguards)),
        completing=_completing(plan.completing) if plan.completing else None,
        measures={id: _measure(id, entry) for id, entry in measures.items()},
        phases=tuple(Phase(key, one.title, one.first_month, one.last_month) for key, one in plan.phases.items()),
        sections=tuple(Section(key, one.title) for key, one in plan.sections.items()),
        leads=plan.leads,
        independent=frozenset(plan.independent),
        lead_share=plan.lead_share,
        traditions=plan.traditions,
        kinds=plan.kinds,
        needs=plan.needs,
        efforts={int(key): text for key, text in plan.efforts.items()},
        principles=tuple((one.title, one.text) for one in plan.principles.values()),
        funding=tuple(plan.funding.values()),
        consultation=tuple(plan.consultation.values()),
        order=OrderRule(plan.order.highest_gap, plan.order.each_gap, plan.order.effort),
        digest=digest,
        untranslated=untranslated,
    )


def _completing(entry: CompletingEntry) -> Completing:
    """A text that is not given is the one for all cases."""
    adding, amending, extending = (text or entry.do for text in (entry.adding, entry.amending, entry.extending))
    return Completing(
        adding=adding,
        amending=amending,
        extending=extending,
        output=_indicator(entry.output),
        carrying=entry.carrying,
        amended=entry.amended,
        constitutions=tuple(entry.constitutions),
    )


def digest_of_definition(body: Mapping[str, Tree]) -> str:
    """SHA-256 of the content of a checklist: its tree of text without layout, comments or the register of standards."""
    return digest_of(body)


def find_standard(name: str, register: Mapping[str, Instrument]) -> Standard:
    """The standard cited as ``KEY number``.

    Raises:
        KeyError: the register has no such instrument or article.
    """
    key, _, number = name.partition(" ")
    instrument = register[key]
    return Standard(instrument, instrument.articles[number])


def _scale(key: str, entry: ScaleEntry, *, summed: bool) -> Scale:
    points = Points(*entry.points, entry.step) if entry.points is not None else None
    return Scale(key, tuple(_level(name, one) for name, one in entry.levels.items()), points, summed)


def _level(key: str, entry: LevelEntry) -> Level:
    by_elements = entry.worth == BY_ELEMENTS
    worth = entry.unrecorded or Fraction(1, 2) if by_elements else entry.worth
    return Level(key, entry.title, entry.meaning, Fraction(worth), entry.outside, entry.contrary, by_elements)


def _provision(
    id: str,
    chapter: str,
    entry: ProvisionEntry,
    scales: Mapping[str, Scale],
    register: Mapping[str, Instrument],
    published: Mapping[str, PublishedNumber],
) -> Provision:
    return Provision(
        id=id,
        chapter=chapter,
        title=entry.title,
        question=entry.question,
        elements=tuple(Element(letter, text) for letter, text in entry.elements.items()),
        by_silence=tuple(entry.by_silence),
        guidance=entry.guidance,
        full=entry.full,
        partial=entry.partial,
        contrary=entry.contrary,
        harm=entry.harm,
        harm_elements=tuple(entry.harm_elements),
        contrary_harm=entry.contrary_harm,
        weight=entry.weight,
        scale=scales[entry.scale] if entry.scale else None,
        maximum=entry.maximum,
        extra=entry.extra,
        core=entry.core,
        may_not_apply=entry.may_not_apply,
        standards=tuple(find_standard(name, register) for name in entry.standards),
        practice=tuple(entry.practice),
        themes=tuple(entry.themes),
        mlp_theme=entry.mlp.theme or "",
        mlp_ref=published[id].number if id in published else entry.mlp.ref or "",
    )


def _published(entries: Mapping[str, ReferenceEntry]) -> dict[str, PublishedNumber]:
    return {id: PublishedNumber(one.number, one.confirmed_by, one.date, one.document) for id, one in entries.items()}


def _register(entries: Mapping[str, InstrumentEntry]) -> dict[str, Instrument]:
    return {
        key: Instrument(
            key,
            one.title,
            one.symbol,
            one.adopted or "",
            one.unit,
            one.group,
            {
                number: Article(article.label or number, article.subject, article.verified)
                for number, article in one.articles.items()
            },
            one.short,
        )
        for key, one in entries.items()
    }


def _priority(entry: PriorityEntry) -> PriorityRule:
    return PriorityRule(
        kinds={kind.value: points for kind, points in entry.kinds.items()},
        core=entry.core,
        weight=entry.weight,
        themes=entry.themes,
        missing_share=entry.missing_share,
        classes=tuple(PriorityClass(key, one.title, one.least, one.at_most) for key, one in entry.classes.items()),
    )


def _measure(id: str, entry: MeasureEntry) -> Measure:
    return Measure(
        id=id,
        title=entry.title,
        closes={provision: tuple(cases) for provision, cases in entry.closes.items()},
        elements={provision: tuple(letters) for provision, letters in entry.elements.items()},
        do=entry.do,
        alone={provision: Alone(one.title, one.do, frozenset(one.without)) for provision, one in entry.alone.items()},
        kind=entry.kind,
        lead=entry.lead,
        partners=tuple(entry.partners),
        phase=entry.phase,
        need=tuple(entry.need),
        effort=int(entry.effort),
        requires=tuple(entry.requires),
        section=entry.section,
        output=_indicator(entry.output),
        outcome=_indicator(entry.outcome),
        safeguards=entry.safeguards,
        drafting=tuple(entry.drafting),
        clauses=tuple(entry.clauses),
        examples=tuple(Example(one.country, one.law, one.article, one.verified) for one in entry.examples),
    )


def _objectives(plan: PlanEntry) -> Iterator[Objective]:
    """The objectives of the plan; a section that belongs to none is one of its own."""
    for key, one in plan.objectives.items():
        yield Objective(key, one.title, one.vision, tuple(one.sections))
    assigned = {section for one in plan.objectives.values() for section in one.sections}
    yield from (Objective(key, one.title, "", (key,)) for key, one in plan.sections.items() if key not in assigned)


def _indicator(entry: IndicatorEntry) -> Indicator:
    return Indicator(entry.indicator, entry.unit, entry.verification, entry.of_law)
