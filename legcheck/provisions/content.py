"""Faults of content: names that point nowhere, bands, letters, decision rules, weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from string import ascii_lowercase

from legcheck.issues import (
    BANDS_DO_NOT_FIT,
    DANGLING_STANDARD,
    DUPLICATE_PROVISION,
    LETTERS_OUT_OF_ORDER,
    MLP_REF_CLAIMED,
    NO_DECISION_RULE,
    PROVISION_ELSEWHERE,
    UNKNOWN_NAME,
    UNKNOWN_THEME,
    WEIGHT_NOT_POSITIVE,
    WORTH_OUT_OF_RANGE,
    Issues,
    closest,
)
from legcheck.model import decimal
from legcheck.provisions.files import ChecklistFiles
from legcheck.provisions.schema import BandEntry, ChecklistEntry, InstrumentEntry, ProvisionEntry
from legcheck.yaml_text import Document, Trail


def check_names(main: ChecklistEntry, document: Document, issues: Issues) -> None:
    """Names that point elsewhere in the file: scales, bands, theme groups, worths in range."""
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
    for key, scale in main.scales.items():
        for level, one in scale.levels.items():
            if not 0 <= one.worth <= 1:
                at = document.at(("scales", key, "levels", level, "worth"))
                issues.add(WORTH_OUT_OF_RANGE, at, level=level, value=decimal(one.worth))


def check_shares(main: ChecklistEntry, document: Document, issues: Issues) -> None:
    """The least share of answers lies between 0 and 1."""
    if not 0 <= main.minimum_answered <= 1:
        at, value = document.at(("minimum_answered",)), decimal(main.minimum_answered)
        issues.add(WORTH_OUT_OF_RANGE, at, level="minimum_answered", value=value)


def check_bands(bands: Mapping[str, BandEntry], document: Document, issues: Issues) -> None:
    """Bands cover 0 to 1 once each."""
    reached = Fraction(0)
    for key, band in sorted(bands.items(), key=lambda item: item[1].low):
        if band.low != reached or band.high <= band.low:
            span = f"{key}: {decimal(band.low)} – {decimal(band.high)}; {decimal(reached)}"
            issues.add(BANDS_DO_NOT_FIT, document.at(("bands", key)), problem=span)
        reached = max(reached, band.high)
    if bands and reached != 1:
        issues.add(BANDS_DO_NOT_FIT, document.at(("bands",)), problem=f"{decimal(reached)} ≠ 1")


class Content:
    """Faults in what provisions say."""

    def __init__(
        self, main: ChecklistEntry, files: ChecklistFiles, register: Mapping[str, InstrumentEntry], issues: Issues
    ) -> None:
        self.main = main
        self.files = files
        self.register = register
        self.issues = issues
        self.named_levels = any(scale.levels for scale in main.scales.values())

    def check(self, chapters: Mapping[str, Mapping[str, ProvisionEntry]]) -> None:
        first_seen: dict[str, str] = {}
        for chapter, provisions in chapters.items():
            for id, provision in provisions.items():
                at = self.files.at(chapter, (id,))
                if id in first_seen:
                    self.issues.add(DUPLICATE_PROVISION, at, id=id, first=first_seen[id], second=chapter)
                elif not id.startswith(f"{chapter}-"):
                    self.issues.add(PROVISION_ELSEWHERE, at, id=id, chapter=chapter)
                first_seen.setdefault(id, chapter)
                self._provision(chapter, id, provision)

    def _provision(self, chapter: str, id: str, provision: ProvisionEntry) -> None:
        wanted = ascii_lowercase[: len(provision.elements)]
        if "".join(provision.elements) != wanted:
            at = self.files.at(chapter, (id, "elements"))
            found = ", ".join(provision.elements)
            self.issues.add(LETTERS_OUT_OF_ORDER, at, id=id, found=found, wanted=", ".join(wanted))
        for rule in ("full", "partial"):
            if self.named_levels and provision.elements and not getattr(provision, rule):
                self.issues.add(NO_DECISION_RULE, self.files.at(chapter, (id,)), id=id, rule=rule)
        if provision.weight <= 0:
            at = self.files.at(chapter, (id, "weight"))
            self.issues.add(WEIGHT_NOT_POSITIVE, at, id=id, value=decimal(provision.weight))
        if provision.mlp.ref:
            self.issues.add(MLP_REF_CLAIMED, self.files.at(chapter, (id, "mlp")), id=id)
        self._pointers(chapter, id, provision)

    def _pointers(self, chapter: str, id: str, provision: ProvisionEntry) -> None:
        known = [*self._standards()]
        for place, standard in enumerate(provision.standards):
            if standard not in known:
                at = self.files.at(chapter, (id, "standards", place))
                self.issues.add(DANGLING_STANDARD, at, id=id, standard=standard, hint=closest(standard, known))
        themes = list(self.main.themes)
        for place, theme in enumerate(provision.themes):
            if theme not in themes:
                at = self.files.at(chapter, (id, "themes", place))
                self.issues.add(UNKNOWN_THEME, at, id=id, theme=theme, allowed=", ".join(themes), hint=closest(theme, themes))

    def _standards(self) -> Iterator[str]:
        for key, instrument in self.register.items():
            yield from (f"{key} {number}".strip() for number in instrument.articles)
