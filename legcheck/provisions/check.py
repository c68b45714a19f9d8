"""Finds every issue of a checklist and its measures in one run. What passes here cannot fail later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from os.path import commonpath
from pathlib import Path
from string import ascii_lowercase

from legcheck.glossary import covers, term
from legcheck.issues import (
    BANDS_DO_NOT_FIT,
    CHANGE_MISSING,
    CHANGE_OF_NOTHING,
    CHAPTER_EMPTY,
    DANGLING_STANDARD,
    DUPLICATE_PROVISION,
    LETTER_UNKNOWN,
    LETTERS_OUT_OF_ORDER,
    MEASURE_BEFORE_ITS_PREREQUISITE,
    MEASURE_FOR_NOTHING,
    MEASURE_LETTER_UNKNOWN,
    MEASURE_NAME_UNKNOWN,
    MEASURES_IN_A_CIRCLE,
    MLP_REF_CLAIMED,
    NO_DECISION_RULE,
    NO_PLAN_FILE,
    NO_PROVISIONS,
    ONE_DIMENSION_ONLY,
    PROVISION_ELSEWHERE,
    PROVISION_WITHOUT_MEASURE,
    PUBLISHED_CHANGED,
    SAME_TITLE,
    SCALE_UNUSABLE,
    STALE_TRANSLATION,
    TERM_COVERED,
    TRANSLATION_OF_NOTHING,
    UNKNOWN_NAME,
    UNKNOWN_THEME,
    UNTRANSLATED,
    WEIGHT_NOT_POSITIVE,
    WORTH_OUT_OF_RANGE,
    WRONG_VALUE,
    InputError,
    Issues,
    Location,
    closest,
)
from legcheck.model import Case, Rollup, decimal
from legcheck.provisions.build import digest_of_definition
from legcheck.provisions.files import ChecklistFiles, PlanFiles, earlier, locate, read_files, read_plan_files
from legcheck.provisions.schema import (
    BY_ELEMENTS,
    BandEntry,
    ChecklistEntry,
    DimensionEntry,
    GlossaryFile,
    InstrumentEntry,
    LevelEntry,
    LocaleEntry,
    MeasureEntry,
    MeasuresFile,
    PlanEntry,
    ProvisionEntry,
    ProvisionsFile,
    RegisterFile,
    ScaleEntry,
    validated,
)
from legcheck.provisions.translate import text_digest, texts_of, translations_of
from legcheck.resources import bundled
from legcheck.words import compact, fold
from legcheck.yaml_text import Document, Trail, Tree, read_yaml

Chapters = Mapping[str, Mapping[str, ProvisionEntry]]
# Translated texts by id, for each language.
Words = Sequence[Mapping[str, str]]

MOST_STEPS = 1000
MOST_DECIMALS = 2

# The cases for which every provision needs a measure; not every provision has a practice that can lag behind the law.
_WANTED = (Case.MISSING, Case.PARTIAL, Case.CODIFY, Case.CONTRARY)


@dataclass(frozen=True)
class Checked:
    """What a check found: the issues of a checklist, and its size if it could be read."""

    path: Path
    issues: Issues
    provisions: int = 0
    elements: int = 0
    standards: int = 0
    measures: int = 0
    digest: str = ""


def check_checklist(name: str) -> Checked:
    """Check a shipped checklist by id, or any by path, and report every issue in one run."""
    issues = Issues()
    try:
        main = locate(name)
        files = read_files(main, issues)
        plan_files = read_plan_files(main, issues)
    except InputError as error:
        known = set(issues)
        issues.extend(issue for issue in error.issues if issue not in known)
        return Checked(Path(name), issues)
    chapters = find_issues(files, issues)
    measures = _check_measures(plan_files, Location(files.main.name), chapters, issues)
    _check_translations(files.body(), files.locales, issues)
    _check_translations({"standards": files.standards()}, files.register_locales, issues)
    _check_translations(plan_files.texts(), plan_files.locales, issues)
    _check_changes(files, chapters, issues)
    _check_published(files, issues)
    _check_glossary(files, issues)
    entries = [entry for chapter in chapters.values() for entry in chapter.values()]
    return Checked(
        main,
        issues,
        provisions=len(entries),
        elements=sum(len(entry.elements) for entry in entries),
        standards=sum(len(entry.standards) for entry in entries),
        measures=measures,
        digest=digest_of_definition(files.body()),
    )


def find_issues(files: ChecklistFiles, issues: Issues) -> Chapters:
    """Add every issue of form and content to `issues`; return the provisions that could be read, by chapter."""
    main = validated(ChecklistEntry, files.main, issues)
    register = validated(RegisterFile, files.register, issues) if files.register is not None else {}
    chapters: dict[str, Mapping[str, ProvisionEntry]] = {}
    for id, document in files.chapters.items():
        chapters[id] = validated(ProvisionsFile, document, issues) or {}
    if main is None:
        return chapters
    for id, chapter in main.chapters.items():
        chapters.setdefault(id, chapter.provisions)
    if not main.chapters:
        issues.add(NO_PROVISIONS, files.main.at(("chapters",)))
    _check_names(main, files.main, issues)
    words = [
        {id: text for locale in locales for id, (_, text) in translations_of(locale).items()}
        for locales in files.locales.values()
    ]
    _check_dimensions(main, files.main, words, issues)
    for key, scale in main.scales.items():
        _check_scale(key, scale, files.main, words, issues)
    _check_numbers(main, files.main, issues)
    _check_bands(main.bands, files.main, issues)
    _Provisions(main, files, register or {}, issues).check(chapters)
    return chapters


def find_issues_of_measures(files: PlanFiles, issues: Issues) -> tuple[PlanEntry | None, dict[str, MeasureEntry]]:
    """Read the plan's words and its measures, adding to `issues` every one that can be found without the provisions."""
    measures: dict[str, MeasureEntry] = {}
    for document in files.measures.values():
        measures |= validated(MeasuresFile, document, issues) or {}
    if files.plan is None:
        if measures:
            issues.add(NO_PLAN_FILE, Location(next(iter(files.measures.values())).name))
        return None, measures
    plan = validated(PlanEntry, files.plan, issues)
    if plan is not None:
        _check_phases(plan, files.plan, issues)
        _check_objectives(plan, files.plan, issues)
        for id, measure in measures.items():
            _check_words(id, measure, plan, measures, files, issues)
    _check_circles(measures, files, issues)
    return plan, measures


def _check_names(main: ChecklistEntry, document: Document, issues: Issues) -> None:
    """Names must refer to something declared elsewhere in the file."""
    pointers: list[tuple[str, Trail, Iterable[str]]] = [
        *((one.scale, ("dimensions", key, "scale"), main.scales) for key, one in main.dimensions.items()),
        *((one.group, ("themes", key, "group"), main.theme_groups) for key, one in main.themes.items()),
        *((theme, ("priority", "themes", theme), main.themes) for theme in main.priority.themes),
        *([(main.core_cap, ("core_cap",), main.bands)] if main.core_cap else []),
    ]
    for name, trail, declared in pointers:
        if name not in declared:
            known = list(declared)
            issues.add(UNKNOWN_NAME, document.at(trail), value=name, allowed=", ".join(known), hint=closest(name, known))


def _check_dimensions(main: ChecklistEntry, document: Document, words: Words, issues: Issues) -> None:
    """At most one dimension each covers law, covers practice, records elements, and counts law in time."""
    _check_titles(main.dimensions, document, ("dimensions",), "dimension", words, issues)
    seen: dict[str, str] = {}
    for key, dimension in main.dimensions.items():
        marks = {"elements": dimension.elements, "in_time": dimension.in_time, f"role: {dimension.role}": dimension.role}
        for mark in (mark for mark, marked in marks.items() if marked):
            if mark in seen:
                at = document.at(("dimensions", key, mark.partition(":")[0]))
                issues.add(ONE_DIMENSION_ONLY, at, dimension=key, mark=mark, first=seen[mark])
            seen.setdefault(mark, key)


def _check_scale(key: str, scale: ScaleEntry, document: Document, words: Words, issues: Issues) -> None:
    for level, one in scale.levels.items():
        if isinstance(one.worth, Fraction) and not 0 <= one.worth <= 1:
            at = document.at(("scales", key, "levels", level, "worth"))
            issues.add(WORTH_OUT_OF_RANGE, at, level=level, value=decimal(one.worth))
    _check_titles(scale.levels, document, ("scales", key, "levels"), f"scale.{key}", words, issues)
    for problem in _problems_of(scale):
        issues.add(SCALE_UNUSABLE, document.at(("scales", key)), scale=key, problem=f"@issues.scale.{problem}")


def _check_titles(
    entries: Mapping[str, LevelEntry] | Mapping[str, DimensionEntry],
    document: Document,
    trail: Trail,
    id: str,
    words: Words,
    issues: Issues,
) -> None:
    """Keys and titles, in any language, from which people choose: each may mean one entry only.

    They must differ in more than capitals, accents, spaces and signs.
    """
    seen: dict[str, str] = {}
    for key, one in entries.items():
        for text in (key, one.title, *(texts.get(f"{id}.{key}.title", one.title) for texts in words)):
            first = seen.setdefault(re.sub(r"\W", "", fold(text)) or fold(text), key)
            if first != key:
                issues.add(SAME_TITLE, document.at((*trail, key, "title")), title=text, first=first, second=key)
                break


def _problems_of(scale: ScaleEntry) -> Iterator[str]:
    if scale.points is None:
        if not scale.levels:
            yield "kind"
        elif all(one.outside or one.contrary for one in scale.levels.values()):
            yield "nothing_counts"
        yield from _problems_of_worths(scale)
        return
    if _steps(*scale.points, scale.step) is None:
        yield "steps"
    if not all(one.outside for one in scale.levels.values()):
        yield "kind"
    if any(map(_is_number, (*scale.levels, *(one.title for one in scale.levels.values())))):
        yield "number"


def _is_number(text: str) -> bool:
    """Whether a text could be taken for points."""
    try:
        return bool(Fraction(fold(text).replace(",", ".")) + 1)
    except (ValueError, ZeroDivisionError):
        return False


def _problems_of_worths(scale: ScaleEntry) -> Iterator[str]:
    """What keeps ratings from following from elements: there is one level each for all of them, for some and for none."""
    counting = [one.worth for one in scale.levels.values() if not (one.outside or one.contrary)]
    by_elements = sum(one.worth == BY_ELEMENTS for one in scale.levels.values())
    if by_elements and not (by_elements == counting.count(BY_ELEMENTS) == 1 and {0, 1} <= {*counting}):
        yield "elements"
    for one in scale.levels.values():
        if one.unrecorded is not None and not (one.worth == BY_ELEMENTS and 0 < one.unrecorded < 1):
            yield "unrecorded"


def _steps(low: Fraction, high: Fraction, step: Fraction) -> int | None:
    """How many steps lead from `low` to `high`; None if they do not fit, or are more than anybody can tell apart.

    Points for and against meet at 0.
    """
    fits = step > 0 and low < high and (high - low) % step == 0 and (high - low) / step <= MOST_STEPS
    return int((high - low) / step) if fits and (low >= 0 or low % step == 0) else None


def _check_numbers(main: ChecklistEntry, document: Document, issues: Issues) -> None:
    if not 0 <= main.minimum_answered <= 1:
        at, value = document.at(("minimum_answered",)), decimal(main.minimum_answered)
        issues.add(WORTH_OUT_OF_RANGE, at, level="minimum_answered", value=value)
    if main.decimals > MOST_DECIMALS:
        allowed = f"0 - {MOST_DECIMALS}"
        issues.add(WRONG_VALUE, document.at(("decimals",)), field="decimals", value=str(main.decimals), allowed=allowed)
    if main.display == "sum" and main.rollup is not Rollup.POOLED:
        issues.add(WRONG_VALUE, document.at(("display",)), field="display", value="sum", allowed="@issues.expected.pooled")
    for id, chapter in main.chapters.items():
        if chapter.weight <= 0:
            issues.add(WEIGHT_NOT_POSITIVE, document.at(("chapters", id, "weight")), id=id, value=decimal(chapter.weight))


def _check_bands(bands: Mapping[str, BandEntry], document: Document, issues: Issues) -> None:
    """Bands must cover 0 to 1 without gaps or overlaps."""
    reached = Fraction(0)
    for key, band in sorted(bands.items(), key=lambda item: item[1].low):
        if band.low != reached or band.high <= band.low:
            span = f"{key}: {decimal(band.low)} – {decimal(band.high)}; {decimal(reached)}"
            issues.add(BANDS_DO_NOT_FIT, document.at(("bands", key)), problem=span)
        reached = max(reached, band.high)
    if bands and reached != 1:
        issues.add(BANDS_DO_NOT_FIT, document.at(("bands",)), problem=f"{decimal(reached)} ≠ 1")


class _Provisions:
    """Finds the issues in the content of provisions."""

    def __init__(
        self, main: ChecklistEntry, files: ChecklistFiles, register: Mapping[str, InstrumentEntry], issues: Issues
    ) -> None:
        self.main = main
        self.files = files
        self.issues = issues
        self.rules: tuple[str, ...] = ()
        self.points = {key: (scale.points[0], scale.step) for key, scale in main.scales.items() if scale.points is not None}
        self.standards = [f"{key} {number}".strip() for key, one in register.items() for number in one.articles]

    def check(self, chapters: Chapters) -> None:
        first_seen: dict[str, str] = {}
        self.rules = self._rules_wanted(chapters)
        for chapter, provisions in chapters.items():
            if chapter in self.files.chapters and not self.files.chapters[chapter].tree:
                self.issues.add(CHAPTER_EMPTY, Location(self.files.chapters[chapter].name), chapter=chapter)
            for id, provision in provisions.items():
                first = first_seen.get(id.casefold())  # workbooks are read without regard to case
                if first is not None:
                    self.issues.add(DUPLICATE_PROVISION, self.files.at(chapter, (id,)), id=id, first=first, second=chapter)
                elif not id.startswith(f"{chapter}-"):
                    self.issues.add(PROVISION_ELSEWHERE, self.files.at(chapter, (id,)), id=id, chapter=chapter)
                first_seen.setdefault(compact(id), chapter)
                self._provision(chapter, id, provision)

    def _rules_wanted(self, chapters: Chapters) -> tuple[str, ...]:
        """The rules that provisions should have: none between levels where ratings follow from the elements.

        A rule on contrary law, and the harm that a core provision prevents, are expected where other provisions have one.
        """
        every = [provision for provisions in chapters.values() for provision in provisions.values()]
        shared = [rule for rule in ("contrary", "harm") if any(getattr(provision, rule) for provision in every)]
        levels = [level for scale in self.main.scales.values() for level in scale.levels.values()]
        decided = not levels or any(level.worth == BY_ELEMENTS for level in levels)
        return (*(() if decided else ("full", "partial")), *shared)

    def _provision(self, chapter: str, id: str, provision: ProvisionEntry) -> None:
        wanted = ascii_lowercase[: len(provision.elements)]
        if "".join(provision.elements) != wanted:
            at = self.files.at(chapter, (id, "elements"))
            found = ", ".join(provision.elements)
            self.issues.add(LETTERS_OUT_OF_ORDER, at, id=id, found=found, wanted=", ".join(wanted))
        for field, letters in (("by_silence", provision.by_silence), ("harm_elements", provision.harm_elements)):
            for letter in letters:
                if letter not in provision.elements:
                    at, allowed = self.files.at(chapter, (id, field)), ", ".join(provision.elements)
                    self.issues.add(LETTER_UNKNOWN, at, field=field, id=id, letter=letter, allowed=allowed or "-")
        for rule in self.rules if provision.elements else ():
            if not getattr(provision, rule) and (rule != "harm" or provision.core):
                self.issues.add(NO_DECISION_RULE, self.files.at(chapter, (id,)), id=id, rule=rule)
        if provision.weight < 0:
            at = self.files.at(chapter, (id, "weight"))
            self.issues.add(WEIGHT_NOT_POSITIVE, at, id=id, value=decimal(provision.weight))
        maximum, own = provision.maximum, [provision.scale] if provision.scale else [*self.points]
        points = (self.points[key] for key in own if key in self.points)
        if maximum is not None and any(_steps(low, maximum, step) is None for low, step in points):
            at, allowed = self.files.at(chapter, (id, "maximum")), "@issues.expected.maximum"
            self.issues.add(WRONG_VALUE, at, field=f"{id}.maximum", value=decimal(maximum), allowed=allowed)
        if provision.mlp.ref:
            self.issues.add(MLP_REF_CLAIMED, self.files.at(chapter, (id, "mlp")), id=id)
        self._pointers(chapter, id, provision)

    def _pointers(self, chapter: str, id: str, provision: ProvisionEntry) -> None:
        if provision.scale and provision.scale not in self.main.scales:
            at, scales = self.files.at(chapter, (id, "scale")), list(self.main.scales)
            facts = {"value": provision.scale, "allowed": ", ".join(scales), "hint": closest(provision.scale, scales)}
            self.issues.add(UNKNOWN_NAME, at, **facts)
        for place, standard in enumerate(provision.standards):
            if standard not in self.standards:
                at, hint = self.files.at(chapter, (id, "standards", place)), closest(standard, self.standards)
                self.issues.add(DANGLING_STANDARD, at, id=id, standard=standard, hint=hint)
        themes = list(self.main.themes)
        for place, theme in enumerate(provision.themes):
            if theme not in themes:
                at, hint = self.files.at(chapter, (id, "themes", place)), closest(theme, themes)
                self.issues.add(UNKNOWN_THEME, at, id=id, theme=theme, allowed=", ".join(themes), hint=hint)


def _check_measures(files: PlanFiles, main: Location, chapters: Chapters, issues: Issues) -> int:
    """Add every fault of the measures to `issues`; gives how many there are. `main` is where the checklist itself stands."""
    _, measures = find_issues_of_measures(files, issues)
    if not measures:
        return 0
    provisions = {id: entry for chapter in chapters.values() for id, entry in chapter.items()}
    for id, measure in measures.items():
        _check_targets(id, measure, provisions, files, issues)
    for id in provisions:
        for case in _WANTED:
            if not any(case in measure.closes.get(id, ()) for measure in measures.values()):
                issues.add(PROVISION_WITHOUT_MEASURE, main, provision=id, case=case.value)
    return len(measures)


def _check_targets(
    id: str, measure: MeasureEntry, provisions: Mapping[str, ProvisionEntry], files: PlanFiles, issues: Issues
) -> None:
    """A measure must name known provisions and letters."""
    for provision in measure.closes:
        if provision not in provisions:
            hint = closest(provision, provisions)
            issues.add(MEASURE_FOR_NOTHING, files.at(id, "closes"), id=id, provision=provision, hint=hint)
    lists = {"clauses": len(measure.clauses), "examples": len(measure.examples)}
    numbered = (f"{part}.{number}" for part, count in lists.items() for number in range(1, count + 1))
    parts = ["output", "outcome", *(f"safeguards.{theme}" for theme in measure.safeguards), *numbered]
    named = [(provision, [*measure.closes]) for provision in measure.alone]
    named += [(part, parts) for one in measure.alone.values() for part in one.without]
    for value, allowed in named:
        if value not in allowed:
            facts = {"value": value, "allowed": ", ".join(allowed), "hint": closest(value, allowed)}
            issues.add(UNKNOWN_NAME, files.at(id, "alone"), **facts)
    for provision, letters in measure.elements.items():
        known = provisions[provision].elements if provision in provisions else {}
        for letter in letters:
            if letter not in known:
                facts = {"id": id, "letter": letter, "provision": provision, "allowed": ", ".join(known) or "-"}
                issues.add(MEASURE_LETTER_UNKNOWN, files.at(id, "elements"), **facts)


def _check_phases(plan: PlanEntry, document: Document, issues: Issues) -> None:
    for key, phase in plan.phases.items():
        if phase.last_month <= phase.first_month:
            at, allowed = document.at(("phases", key, "last_month")), "@issues.expected.last_month"
            issues.add(WRONG_VALUE, at, field=f"phases.{key}.last_month", value=str(phase.last_month), allowed=allowed)


def _check_objectives(plan: PlanEntry, document: Document, issues: Issues) -> None:
    """An objective must name sections of the plan that belong to no objective before it."""
    free = list(plan.sections)
    for key, objective in plan.objectives.items():
        for place, section in enumerate(objective.sections):
            if section in free:
                free.remove(section)
                continue
            at = document.at(("objectives", key, "sections", place))
            issues.add(UNKNOWN_NAME, at, value=section, allowed=", ".join(free) or "-", hint=closest(section, free))


def _check_words(
    id: str,
    measure: MeasureEntry,
    plan: PlanEntry,
    measures: Mapping[str, MeasureEntry],
    files: PlanFiles,
    issues: Issues,
) -> None:
    """A measure must use words declared in plan.yaml and require known measures, none of a later phase."""
    for field, value, known in _named(measure, plan, measures):
        if value not in known:
            facts = {"id": id, "value": value, "what": field, "allowed": ", ".join(known), "hint": closest(value, known)}
            issues.add(MEASURE_NAME_UNKNOWN, files.at(id, field), **facts)
    place = {phase: number for number, phase in enumerate(plan.phases)}
    for other in measure.requires:
        needed = measures[other].phase if other in measures else ""
        if place.get(measure.phase, 0) < place.get(needed, 0):
            issues.add(MEASURE_BEFORE_ITS_PREREQUISITE, files.at(id, "requires"), id=id, other=other)


def _named(
    measure: MeasureEntry, plan: PlanEntry, measures: Mapping[str, MeasureEntry]
) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    yield "kind", measure.kind, plan.kinds
    yield "lead", measure.lead, plan.leads
    yield "phase", measure.phase, plan.phases
    yield "section", measure.section, plan.sections
    yield "effort", measure.effort, plan.efforts
    yield from (("partners", partner, plan.leads) for partner in measure.partners)
    yield from (("need", need, plan.needs) for need in measure.need)
    yield from (("requires", other, measures) for other in measure.requires)
    yield from (("clauses", key, plan.traditions) for clause in measure.clauses for key in clause if key)


def _check_circles(measures: Mapping[str, MeasureEntry], files: PlanFiles, issues: Issues) -> None:
    sorter = TopologicalSorter({id: [one for one in measure.requires if one in measures] for id, measure in measures.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        circle = [str(id) for id in error.args[1]]
        issues.add(MEASURES_IN_A_CIRCLE, files.at(circle[0], "requires"), circle=" → ".join(circle))


def _check_translations(tree: Mapping[str, Tree], locales: Mapping[str, list[Document]], issues: Issues) -> None:
    """Texts without a translation, translations of an earlier text, and translations of nothing."""
    sources = texts_of(tree)
    for language, documents in locales.items():
        translated: set[str] = set()
        for document in documents:
            validated(LocaleEntry, document, issues)
            made = translations_of(document)
            translated |= made.keys()
            for id, (made_from, _) in made.items():
                at = document.at(("texts", id))
                if id not in sources:
                    issues.add(TRANSLATION_OF_NOTHING, at, key=id, hint=closest(id, sources))
                elif made_from != (digest := text_digest(sources[id][1])):
                    issues.add(STALE_TRANSLATION, at, key=id, digest=digest)
        missing = len(sources.keys() - translated)
        if missing:
            at = Location(commonpath([one.name for one in documents]))
            issues.add(UNTRANSLATED, at, language=language, count=missing, all=len(sources))


def _check_changes(files: ChecklistFiles, chapters: Chapters, issues: Issues) -> None:
    """What became of each element of an earlier version: every letter of then is named, and every letter of today exists."""
    today = _ids(chapters)
    for version, documents in files.changes.items():
        then = _ids(_earlier(files, version))
        for document in documents:
            for id, letters in (document.tree if isinstance(document.tree, dict) else {}).items():
                if not isinstance(letters, dict):
                    if id not in today:
                        issues.add(CHANGE_OF_NOTHING, document.at((id,)), version=version, value=id)
                    continue
                for letter, to in letters.items():
                    home = f"{to}" if "." in str(to) else f"{id}.{to}"
                    for value, known in ((f"{id}.{letter}", then), *([(home, today)] if to else ())):
                        if known and value not in known:
                            issues.add(CHANGE_OF_NOTHING, document.at((id, letter)), version=version, value=value)
                if left := then.get(id, frozenset()) - letters.keys():
                    issues.add(CHANGE_MISSING, document.at((id,)), id=id, letters=", ".join(sorted(left)), version=version)


def _earlier(files: ChecklistFiles, version: str) -> Chapters:
    """The provisions of an earlier version that comes with the program; none if it does not."""
    name = f"{files.main.tree.get('id')}@{version}" if isinstance(files.main.tree, dict) else ""
    return find_issues(read_files(locate(name), Issues()), Issues()) if name in earlier() else {}


def _ids(chapters: Chapters) -> dict[str, frozenset[str]]:
    """The ids of provisions, each with its letters, and those of their elements."""
    entries = {id: frozenset(entry.elements) for chapter in chapters.values() for id, entry in chapter.items()}
    return entries | {f"{id}.{letter}": frozenset() for id, letters in entries.items() for letter in letters}


def _check_published(files: ChecklistFiles, issues: Issues) -> None:
    """A published version never changes: its digest stands in ``published.yaml``."""
    path = bundled("provisions") / "published.yaml"
    tree = files.main.tree
    if not path.is_file() or not isinstance(tree, dict):
        return
    id, version = str(tree.get("id")), str(tree.get("version"))
    published = read_yaml(path, Issues()).tree
    versions = published.get(id) if isinstance(published, dict) else None
    recorded = versions.get(version) if isinstance(versions, dict) else None
    found = digest_of_definition(files.body())
    if recorded and recorded != found:
        at = files.main.at(("version",))
        issues.add(PUBLISHED_CHANGED, at, id=id, version=version, published=str(recorded)[:12], found=found[:12])


def _check_glossary(files: ChecklistFiles, issues: Issues) -> None:
    """Every idea has terms, and no term of it is found only where another one is found as well."""
    if files.glossary is None:
        return
    for idea, by_language in (validated(GlossaryFile, files.glossary, issues) or {}).items():
        for language, written in by_language.items():
            terms = [term(one) for one in written]
            for place, one in enumerate(terms):
                others = [at for at, other in enumerate(terms) if covers(other, one) and (at < place or not covers(one, other))]
                if others:
                    facts = {"idea": idea, "value": written[place], "other": written[others[0]]}
                    issues.add(TERM_COVERED, files.glossary.at((idea, language, place)), **facts)
