"""The one place that knows the order of a comparison: files, summaries, comparison, view, outputs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from legcheck import __version__, batch, countries, provisions, workbook
from legcheck.analysis.comparison import compare
from legcheck.batch.reading import Reader, Sources, shipped_digests
from legcheck.issues import NOTHING_TO_COMPARE, OTHER_CHECKLIST, InputError, Issue, Issues, Location
from legcheck.labels import Labels, labels
from legcheck.model import Checklist, Comparison, ComparisonRules, LeftOut, Naming, Request, Summary
from legcheck.resources import bundled
from legcheck.workbook.text import fold
from legcheck.yaml_text import read_yaml

ANSWERS = "comparison-answers"
REGIONS, SUBREGIONS = "regions", "subregions"


@cache
def rules() -> ComparisonRules:
    """The numbers that judge in a comparison, from ``provisions/comparison.yaml``."""
    tree = read_yaml(bundled("provisions") / "comparison.yaml", Issues()).tree
    entry = TypeAdapter(dict[str, str]).validate_python(tree)
    return ComparisonRules(Fraction(entry["weights_vary_by"]), int(entry["smallest_group"]))


def reader_for(checklist: Checklist | None, rescore_by: Checklist | None = None) -> Reader:
    """How files are read: by a checklist of the caller's choice, judged again by another where that is asked for."""
    return Reader(
        Sources.of(checklist) if checklist is not None else None,
        Sources.of(rescore_by) if rescore_by is not None else None,
    )


def newest(gathered: batch.Batch) -> Checklist | None:
    """The newest version of the checklist that most assessments answer, if any of them answers an older one."""
    known = _checklists(gathered)
    usual = _most_common(one.checklist.id for one in gathered.summaries)
    answered = [known[one.checklist.digest] for one in gathered.summaries if one.checklist.id == usual]
    full = {one.version: one for one in answered if not one.short}
    return full[max(full, key=_version)] if len(full) > 1 else None


def assemble(gathered: batch.Batch, chosen: Checklist | None, request: Request, language: str) -> Comparison:
    """The comparison of what was gathered, in a language.

    Raises:
        InputError: nothing is left to compare, or the table of groups has faults.
    """
    known = {**_checklists(gathered), **({chosen.digest: chosen} if chosen is not None else {})}
    summaries, others = _of_one_checklist(gathered, chosen)
    left_out = (*gathered.left_out, *others)
    if not summaries:
        issues = _issues_of(left_out)
        raise InputError(
            issues if issues and all(one.rule.usage for one in issues) else [*issues, Issue(NOTHING_TO_COMPARE, Location())]
        )
    digest = chosen.digest if chosen is not None else _most_common(one.checklist.digest for one in summaries)
    used = {digest, *(one.checklist.digest for one in summaries)}
    checklists = {one: provisions.in_language(known[one], language) for one in used}
    names = names_of(summaries, language)
    groups = groups_of(request.groups, names, labels(language))
    naming = {code: Naming(name, fold(name), countries.find(code).fictional, groups.get(code)) for code, name in names.items()}
    return compare(summaries, checklists, checklists[digest], naming, request, rules(), __version__, left_out)


def output_names(formats: Iterable[str]) -> list[str]:
    """The names of the files that `outputs` makes."""
    named = {"html": ["comparison.html"], "xlsx": ["comparison.xlsx"], "json": ["comparison.json"], "csv": [ANSWERS + ".csv"]}
    named["parquet"] = ["scores.parquet", ANSWERS + ".parquet"]
    return ["scores.csv", *(name for format in formats for name in named[format])]


def outputs(comparison: Comparison, formats: Iterable[str], words: Labels) -> dict[str, bytes]:
    """The files asked for by name; ``scores.csv`` is always among them."""
    from legcheck.reports.comparison.tables import answers_table, scores_table, to_csv, to_parquet

    wanted = set(formats)
    scores = scores_table(comparison, words)
    made = {"scores.csv": to_csv(scores)}
    if wanted & {"csv", "parquet"}:
        answers = answers_table(comparison)
    if "csv" in wanted:
        made[ANSWERS + ".csv"] = to_csv(answers)
    if "parquet" in wanted:
        made |= {"scores.parquet": to_parquet(scores), ANSWERS + ".parquet": to_parquet(answers)}
    if wanted & {"html", "xlsx", "json"}:
        made |= _pages(comparison, wanted, words)
    return made


def names_of(summaries: Iterable[Summary], language: str) -> Mapping[str, str]:
    """The name of every country in a language; of a fictional one the name typed last, or its code."""
    found: dict[str, str] = {}
    for one in sorted(summaries, key=lambda one: one.as_of):
        country = countries.find(one.country)
        found[one.country] = one.country_name or one.country if country.fictional else country.name(language)
    return found


def groups_of(wanted: str, codes: Iterable[str], words: Labels) -> Mapping[str, tuple[str, str]]:
    """Key and title of the group of every country that has one.

    Raises:
        InputError: the table of groups has faults.
    """
    if wanted in (REGIONS, SUBREGIONS):
        regions = {code: countries.region(code)[wanted == SUBREGIONS] for code in codes}
        return {code: (name, _region_title(name, words)) for code, name in regions.items() if name}
    if wanted:
        return {code: (group, group) for code, group in workbook.read_groups(Path(wanted)).items()}
    return {}


def _region_title(name: str, words: Labels) -> str:
    key = "regions." + re.sub(r"[^a-z]+", "_", name.lower())
    return words(key) if words.has(key) else name


def _pages(comparison: Comparison, wanted: set[str], words: Labels) -> dict[str, bytes]:
    made = {}
    if "json" in wanted:
        from legcheck.reports.comparison.json_form import render_json

        made["comparison.json"] = render_json(comparison, words)
    if not wanted & {"html", "xlsx"}:
        return made
    from legcheck.reports.comparison.make_view import view_of

    view = view_of(comparison, words)
    if "html" in wanted:
        from legcheck.reports.comparison.html import render_html

        made["comparison.html"] = render_html(view, words)
    if "xlsx" in wanted:
        from legcheck.reports.comparison.xlsx import render_xlsx

        made["comparison.xlsx"] = render_xlsx(view, words)
    return made


def _checklists(gathered: batch.Batch) -> Mapping[str, Checklist]:
    return {**shipped_digests(), **{digest: sources.built() for digest, sources in gathered.sources.items()}}


def _of_one_checklist(gathered: batch.Batch, chosen: Checklist | None) -> tuple[list[Summary], list[LeftOut]]:
    """The assessments of the checklist chosen, or of the one that most answer; the others are left out, each file told why."""
    summaries = gathered.summaries
    id = chosen.id if chosen is not None else _most_common(one.checklist.id for one in summaries)
    others: dict[str, Issue] = {}
    for file, one in zip(gathered.paths, summaries, strict=True):
        if one.checklist.id != id:
            found = Issues()
            found.add(OTHER_CHECKLIST, Location(file), value=one.checklist.id, allowed=id)
            others[file] = found.found[0]
    return [one for one in summaries if one.checklist.id == id], [LeftOut(file, (issue,)) for file, issue in others.items()]


def _most_common(values: Iterable[str]) -> str:
    counted = Counter(values)
    return min(counted, key=lambda one: (-counted[one], one), default="")


def _version(text: str) -> tuple[int, ...]:
    """A version by its numbers: 2.10 is newer than 2.9."""
    return tuple(int(part) for part in re.findall(r"\d+", text))


def _issues_of(left_out: Iterable[LeftOut]) -> list[Issue]:
    return [issue for one in left_out for issue in one.issues]
