"""What `provisions check` accepts never fails later: generated checklists, however odd, go through every stage."""

import json
import os
from datetime import date
from itertools import product

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from legcheck import app, provisions, workbook
from legcheck.analysis import explain
from legcheck.labels import labels
from legcheck.model import Answer, Assessment, recorded
from legcheck.workbook.columns import MAIN_COLUMNS

EXAMPLES = int(os.environ.get("EXAMPLES", "10"))
FORMATS = ("docx", "html", "xlsx", "json")
COMPARED = ("html", "xlsx", "csv", "json")


KEYS = some.sampled_from(["a", "B_2", "é", "law", "n9", "0", "ß", "x-y", "k" * 28])
NAMES = some.sampled_from(["One", "=cmd()", "<b>&", "n" * 60, "{x}", "Ünï", "'q'", "1", "[x]", "no"])
TITLES = some.sampled_from(["One", "=cmd()", "<b>&", "t" * 290, "{x}", "two\nlines", "Ünï", "'quoted'", "1", "[x]", "C:\\*?"])
NUMBERS = some.sampled_from(["0", "1", "1/2", "1/3", "2", "0.1", "80%", "1/7", "-1", "100", "1/999999", "999999"])
WEIGHTS = some.sampled_from(["1", "2", "0", "1/3", "1/999999", "999999", "0.001"])
WORTHS = some.sampled_from(["0", "1", "1/2", "1/3", "99.9%", "1/999999"])
FLAGS = some.sampled_from(["false", "false", "true"])


def mapping(keys, values, least=0, most=3):
    return some.dictionaries(keys, values, min_size=least, max_size=most)


def fields(needed, **optional):
    return some.fixed_dictionaries(needed, optional=optional)


POINTS = [
    {"points": "10", "step": "1/2"},
    {"points": "1"},
    {"points": "100", "step": "0.1"},
    {"points": "5", "step": "5"},
    {"points": "-2..3"},
    {"points": "-4..0", "step": "1/3"},
    {"points": "1..5", "levels": {"none": {"title": "No data", "outside": "true"}}},
    {"points": "4", "levels": {"0": {"title": "No data", "outside": "true"}}},
    {"points": "4", "levels": {"n": {"title": "1,0", "outside": "true"}}},
    {"points": "-4..4", "step": "2", "levels": {"n": {"title": "-", "outside": "true"}}},
    {"points": "-1..4", "step": "2"},
    {"points": "3", "step": "2"},
    {"levels": {}},
]
ODD_WORTHS = [{"worth": "elements"}, {"worth": "elements", "unrecorded": "1/3"}, {"worth": "1", "unrecorded": "1/3"}]
WORTH = some.fixed_dictionaries({}, optional={"worth": WORTHS}) | some.sampled_from([{}, {}, {}, *ODD_WORTHS])
LEVEL = some.tuples(WORTH, fields({}, outside=FLAGS, contrary=FLAGS, meaning=TITLES)).map(lambda parts: parts[0] | parts[1])
LEVELS = some.lists(
    some.tuples(KEYS, NAMES, LEVEL), min_size=1, max_size=5, unique_by=(lambda one: one[0], lambda one: one[1])
).map(lambda every: {key: {"title": title, **level} for key, title, level in every})
BY_ELEMENTS = {
    "levels": {
        "a": {"title": "All", "worth": "1"},
        "s": {"title": "Some", "worth": "elements", "unrecorded": "1/3"},
        "n": {"title": "None"},
        "law": {"title": "Against", "contrary": "true"},
        "x": {"title": "Not asked", "outside": "true"},
    }
}
SCALE = fields({"levels": LEVELS}) | some.sampled_from(POINTS) | some.just(BY_ELEMENTS)
DIMENSION = fields(
    {"title": NAMES, "scale": some.sampled_from(["s", "t"])},
    role=some.sampled_from(["law", "practice"]),
    elements=FLAGS,
    in_time=FLAGS,
    question=TITLES,
)
PROVISION = fields(
    {"title": TITLES},
    question=TITLES,
    elements=some.sampled_from([{}, {"a": "x"}, {"a": "x", "b": "y"}, {"a": "x", "b": "y", "c": "z"}]),
    weight=WEIGHTS,
    scale=some.sampled_from(["", "", "s", "t", "u"]),
    maximum=some.sampled_from(["10", "10", "10", "1"]),
    core=FLAGS,
    extra=FLAGS,
    may_not_apply=FLAGS,
    themes=some.lists(some.sampled_from(["th", "un"]), max_size=2),
)


PRINTED = [{}, {"rollup": "pooled"}, {"rollup": "pooled", "display": "sum"}, {"display": "sum"}]


@some.composite
def checklists(draw):
    """The tree of a valid checklist.yaml with odd parts in it."""
    chapters = {}
    for id in draw(some.lists(KEYS.filter(lambda key: "-" not in key), min_size=1, max_size=2, unique=True)):
        chapters[id] = {
            "title": draw(TITLES),
            "weight": draw(WEIGHTS.filter(lambda weight: weight != "0")),
            "provisions": {f"{id}-{n}": draw(PROVISION) for n in range(draw(some.integers(1, 3)))},
        }
    sound = {"levels": {"yes": {"title": "Yes", "worth": "1"}, "no": {"title": "No"}}}
    tree = {
        "id": draw(some.sampled_from(["own", "vot2"])),
        "version": draw(some.sampled_from(["1", "2/3"])),
        "title": draw(TITLES),
        "scales": {
            "s": draw(SCALE | some.just(sound)),
            "t": draw(SCALE | some.just({"points": "10", "step": "1/2"})),
            "u": draw(SCALE),
        },
        "dimensions": draw(mapping(KEYS, DIMENSION, least=1)),
        **draw(some.sampled_from(PRINTED)),
        "decimals": draw(some.sampled_from(["0", "1", "2"])),
        "minimum_answered": draw(some.sampled_from(["0", "1", "80%"])),
        "minutes": draw(WEIGHTS),
        "theme_groups": {"g": draw(TITLES)},
        "themes": {"th": {"title": draw(TITLES), "group": "g"}, "un": {"title": "U", "group": "g"}},
        "priority": {
            "kinds": draw(mapping(some.sampled_from(["shortfall", "contrary", "implementation"]), NUMBERS)),
            "weight": draw(NUMBERS),
            "classes": draw(mapping(KEYS, fields({"title": TITLES, "from": NUMBERS}))),
        },
        "chapters": chapters,
    }
    if draw(some.booleans()):
        tree["bands"] = {"one": {"title": draw(TITLES), "from": "0", "to": "1"}}
        tree["core_cap"] = "one"
    return tree


@some.composite
def answered(draw, checklist):
    """An assessment with any ratings and elements that the checklist offers, or none."""
    answers = {}
    for id, provision in checklist.provisions.items():
        ratings = {one.key: draw(some.sampled_from(("", *one.offered(provision)))) for one in checklist.dimensions}
        recorded_ = provision.letters and any(one.elements for one in checklist.dimensions)
        met = draw(some.none() | some.sets(some.sampled_from(provision.letters))) if recorded_ else None
        answers[id] = Answer(
            id,
            {key: rating for key, rating in ratings.items() if rating},
            elements={} if met is None else recorded(met, provision.letters),
            note="why",
        )
    return Assessment("XUT", "Utopia", date(2026, 1, 1), checklist.id, checklist.version, answers=answers)


@settings(max_examples=EXAMPLES, deadline=None, phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))
@given(tree=checklists(), data=some.data())
def test_what_the_check_accepts_fails_nowhere(tree, data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "checklist.yaml").write_text(json.dumps(tree), "utf-8")
    found = provisions.check_checklist(str(folder)).issues
    for issue in found:
        labels("en").message(issue)
    event("refused" if found.blocking else "accepted")
    if found.blocking:
        return
    checklist = provisions.load(str(folder))
    provisions.short_form(checklist)
    ready_to_fill(checklist, folder / "blank.xlsx")
    book = folder / "book.xlsx"
    given_ = data.draw(answered(checklist))
    book.write_bytes(app.workbook_of(checklist, given_, "en"))
    read, _ = workbook.read_workbook(book, checklist)
    assert read.answers == given_.answers
    if not any(answer.given for answer in given_.answers.values()):
        return
    result = app.assess(book, checklist=str(folder))
    agreed(result)
    app.report(result, folder / "out", formats=FORMATS, language="fr")
    compared = app.compare([book], folder / "compared", checklist=str(folder), formats=COMPARED, use_cache=False)
    assert compared.rows[0].scores == result.scores


def ready_to_fill(checklist, path):
    """A fresh workbook, whole or short and in either language, has nothing to correct, and all its cells are on paper."""
    for language, short in product(("en", "fr"), (False, True)):
        form = workbook.Form(short=short)
        path.write_bytes(app.blank_workbook(checklist, "XUT", date(2026, 1, 1), language, country_name="Utopia", form=form))
        read, issues = workbook.read_workbook(path, checklist)
        assert (read.answers, [issue.code for issue in issues]) == ({}, [])
        assert [cell for sheet in load_workbook(path) for cell in unprinted(sheet)] == []


def unprinted(sheet):
    """The cells to fill that no page shows; what stands further right in a chapter is printed beside the question."""
    if not sheet.print_area:
        return []
    _, _, right, bottom = range_boundaries(sheet.print_area.rpartition("!")[2])
    to_fill = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    return [str(cell) for cell in to_fill if cell.row > bottom or right < cell.column <= MAIN_COLUMNS]


def agreed(result):
    """What is explained adds up to the figures, and figures are printed in words."""
    for key, scores in result.scores.items():
        for node, score in scores.chapters.items():
            steps = [one for part in explain(result, f"{key}.{node}").parts for one in part.steps if one.gains is not None]
            whole = sum(one.whole for one in steps)
            assert score.central == (sum(one.gains for one in steps) / whole if whole else None)
            assert labels("fr").figure(score.display)


def test_a_title_may_be_the_word_of_a_rating(tmp_path):
    tree = {
        "id": "own",
        "version": "1",
        "title": "Sound",
        "scales": {"s": {"levels": {"a": {"title": "Sound", "worth": "1"}, "b": {"title": "Unsound"}}}},
        "dimensions": {"law": {"title": "Law", "scale": "s", "role": "law"}},
        "chapters": {"A": {"title": "Sound", "provisions": {"A-1": {"title": "Unsound"}}}},
    }
    (tmp_path / "checklist.yaml").write_text(json.dumps(tree), "utf-8")
    ready_to_fill(provisions.load(str(tmp_path)), tmp_path / "blank.xlsx")
