"""Measures: every fault in one run, and the shipped catalogue complete."""

import re
from collections import Counter
from textwrap import indent

import pytest
import yaml

from legcheck.issues import InputError
from legcheck.labels import languages
from legcheck.model import Case
from legcheck.provisions import check_checklist, load, load_catalogue
from legcheck.reports.prose import sentences
from tests.reports.sample_views import plan_of_sample
from tests.samples import FOLDER

PLAN = """
phases:
  now: {title: Now, first_month: 0, last_month: 6}
  later: {title: Later, first_month: 6, last_month: 12}
needs: {short-term: short}
efforts: {"1": rule}
kinds: {law: Law}
leads: {justice: ministry of justice}
sections: {"1": {title: One}}
"""
SEEN = "{indicator: i, unit: u, verification: v}"


def measure(id="AA-M01", closes="{AA-1: [missing, partial, practice, codify, contrary]}", more=""):
    body = f"title: T\ncloses: {closes}\ndo: Do it.\nkind: law\nlead: justice\nphase: now\neffort: 1\nsection: '1'\n"
    return f"{id}:\n" + indent(f"{body}output: {SEEN}\noutcome: {SEEN}\n{more}", "  ")


ALSO_TWO = measure("AA-M02", "{AA-2: [missing, partial, codify, contrary]}")


@pytest.fixture
def faults(write):
    def find(text: str, plan: str = PLAN) -> list[tuple[str, int]]:
        path = write(measures__aa_yaml=text, plan_yaml=plan)
        return [(issue.code, issue.at.line) for issue in check_checklist(str(path)).issues]

    return find


def test_sound_measures_have_no_faults(faults):
    assert faults(measure() + ALSO_TWO) == []


FAULTS = {
    "an unknown provision": (measure(closes="{AA-9: [missing]}"), ("P501", 3)),
    "an unknown case": (measure(closes="{AA-1: [lacking]}"), ("P104", 3)),
    "an unknown lead": (measure().replace("lead: justice", "lead: justize"), ("P502", 6)),
    "an unknown phase": (measure().replace("phase: now", "phase: soon"), ("P502", 7)),
    "an unknown effort": (measure().replace("effort: 1", "effort: 9"), ("P502", 8)),
    "an unknown section": (measure().replace("'1'", "'9'"), ("P502", 9)),
    "a missing indicator": (measure().replace(f"  outcome: {SEEN}\n", ""), ("P103", 1)),
    "an indicator without source": (measure().replace(f"outcome: {SEEN}", "outcome: {indicator: i, unit: u}"), ("P103", 11)),
    "an unknown letter": (measure(more="elements: {AA-1: [a, z]}\n"), ("P505", 12)),
    "a text alone for a provision that it does not close": (
        measure(more="alone: {AA-2: {title: Only two, do: Do it.}}\n"),
        ("P303", 12),
    ),
    "a text alone without its title": (measure(more="alone: {AA-1: {do: Do it.}}\n"), ("P103", 12)),
    "an unknown prerequisite": (measure(more="requires: [AA-M09]\n"), ("P502", 12)),
    "a circle": (measure(more="requires: [AA-M02]\n") + measure("AA-M02", more="requires: [AA-M01]\n"), ("P503", 12)),
    "an unknown field": (measure(more="cost: 12\n"), ("P102", 12)),
    "an example of unknown standing": (
        measure(more="examples: [{country: X, law: L, article: '1', verified: heard}]\n"),
        ("P104", 12),
    ),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_measure_is_found_where_it_stands(faults, text, expected):
    assert expected in faults(text)


PLAN_FAULTS = {
    "a phase that ends before it begins": (PLAN.replace("last_month: 6", "last_month: 0"), "P104"),
    "half a month": (PLAN.replace("last_month: 6", "last_month: 6.5"), "P104"),
    "an effort that is no number": (PLAN.replace('"1": rule', '"1": rule, some: more'), "P104"),
    "a section without a title": (PLAN.replace("{title: One}", "{title: }"), "P104"),
    "an objective with a section that there is not": (PLAN + 'objectives: {a: {title: A, sections: ["2"]}}', "P303"),
    "a section in two objectives": (
        PLAN + 'objectives: {a: {title: A, sections: ["1"]}, b: {title: B, sections: ["1"]}}',
        "P303",
    ),
    "an objective without sections": (PLAN + "objectives: {a: {title: A, sections: []}}", "P104"),
    "no phase": (re.sub(r"phases:\n(  .*\n)+", "phases: {}\n", PLAN), "P104"),
}


@pytest.mark.parametrize(("plan", "code"), PLAN_FAULTS.values(), ids=PLAN_FAULTS)
def test_a_fault_of_the_plan_is_found(faults, plan, code):
    assert code in [found for found, _ in faults(measure() + ALSO_TWO, plan)]


def test_measures_with_unknown_words_are_not_loaded(write):
    text = measure().replace("lead: justice", "lead: justize")
    with pytest.raises(InputError) as error:
        load_catalogue(str(write(measures__aa_yaml=text, plan_yaml=PLAN)), "en")
    assert [issue.code for issue in error.value.issues] == ["P502"]


def test_a_provision_without_measure_is_named_for_each_case(faults):
    assert [code for code, _ in faults(measure())] == ["P504"] * 4


def test_a_measure_before_its_prerequisite_is_reported(faults):
    late = measure("AA-M02", "{AA-2: [missing, partial, codify, contrary]}").replace("phase: now", "phase: later")
    assert faults(measure(more="requires: [AA-M02]\n") + late) == [("P507", 12)]


def test_measures_need_the_words_of_a_plan(write):
    codes = [issue.code for issue in check_checklist(str(write(measures__aa_yaml=measure() + ALSO_TWO))).issues]
    assert codes == ["P506"]


def test_measures_in_a_circle_are_not_loaded(write):
    text = measure(more="requires: [AA-M01]\n")
    with pytest.raises(InputError) as error:
        load_catalogue(str(write(measures__aa_yaml=text, plan_yaml=PLAN)), "en")
    assert [issue.code for issue in error.value.issues] == ["P503"]


def test_a_checklist_without_measures_has_no_catalogue(write):
    assert load_catalogue(str(write()), "en") is None


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue("vot", "en")


def test_every_provision_has_a_measure_for_every_kind_of_gap(catalogue):
    covered = {case: {id for one in catalogue.measures.values() for id in one.closes if case in one.closes[id]} for case in Case}
    assert all(covered[case] == set(load("vot").provisions) for case in Case)


def test_every_measure_says_what_to_do_and_how_progress_is_seen(catalogue):
    for one in catalogue.measures.values():
        assert 2 <= one.do.count(". ") + 1 <= 5, one.id
        assert all((one.output.indicator, one.output.verification, one.outcome.indicator, one.outcome.verification)), one.id
        assert one.need, one.id
        if one.kind in ("law", "regulation"):
            assert 2 <= len(one.drafting) <= 6, one.id


def test_examples_of_good_practice_cite_an_article_or_say_that_they_are_second_hand(catalogue):
    for one in catalogue.measures.values():
        for example in one.examples:
            assert example.article or example.verified == "source", one.id


LAWS_READ = {"Law 29/2011": "esp", "Law 4/2008": "es-pv"}


@pytest.mark.parametrize(("law", "reading"), LAWS_READ.items())
def test_no_example_is_an_article_that_our_own_reading_finds_short(catalogue, law, reading):
    """An article that is cited only beside elements that are not met is no good practice for that provision."""
    answers = yaml.safe_load((FOLDER / f"{reading}.yaml").read_text("utf-8"))["answers"]
    wrong = []
    for one in catalogue.measures.values():
        for provision in one.closes:
            elements = answers.get(provision, {}).get("elements", {}).values()
            met, short = (
                _numbers(*(each.get("basis", "") for each in elements if each["met"] is kind)) for kind in (True, False)
            )
            left_out = one.alone[provision].without if provision in one.alone else ()
            examples = [each for number, each in enumerate(one.examples, 1) if f"examples.{number}" not in left_out]
            cited = [_numbers(example.article) for example in examples if example.law == law]
            wrong += [(one.id, provision) for numbers in cited if numbers & short and not numbers & met]
    assert wrong == []


def _numbers(*articles):
    """Whole articles: 28.6 and 28(6) are of article 28."""
    return {number for text in articles for number in re.findall(r"(?<![\d.(])\d+", text)}


def test_what_answers_a_contrary_rule_comes_at_once_and_waits_for_nothing(catalogue):
    answers = [one for one in catalogue.measures.values() if any(Case.CONTRARY in cases for cases in one.closes.values())]
    assert answers
    assert [one.id for one in answers if one.phase != "immediate" or one.requires] == []


def test_a_bill_is_led_by_a_body_that_can_table_it(catalogue):
    ministries = {"culture", "education", "finance", "foreign", "head-of-government", "health", "housing", "interior", "justice"}
    able = ministries | {"defence", "labour", "parliament", "social"}
    assert {one.id: one.lead for one in catalogue.measures.values() if one.kind == "law" and one.lead not in able} == {}


def test_no_body_is_asked_for_a_third_of_all_measures(catalogue):
    led = Counter(one.lead for one in catalogue.measures.values())
    assert {lead: count for lead, count in led.items() if count > len(catalogue.measures) / 3} == {}
    assert {one.id for one in catalogue.measures.values() if one.lead in one.partners} == set()


def test_every_measure_begins_with_a_date_whatever_it_speaks_of(catalogue):
    texts = [(one.id, text.do) for one in catalogue.measures.values() for text in (one, *one.alone.values())]
    assert [id for id, text in texts if not re.match("Within|By|At once|From|Before", text)] == []


@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
def test_a_measure_has_the_same_steps_in_every_language(catalogue, language):
    """A document prints the first sentence as the first step: what one language says in two would lose half of it."""
    ours, other = (dict(_asked(one)) for one in (catalogue, load_catalogue("vot", language)))
    assert {id: (ours[id], found) for id, found in other.items() if len(ours[id]) != len(found)} == {}


def _asked(catalogue):
    """The sentences of all that measures ask for."""
    for one in catalogue.measures.values():
        yield one.id, sentences(one.do)
        yield from ((f"{one.id} {provision}", sentences(text.do)) for provision, text in one.alone.items())
    for key in ("adding", "amending", "extending"):
        yield key, sentences(getattr(catalogue.completing, key))


def test_no_measure_is_judged_by_how_single_cases_are_decided(catalogue):
    """A target on results presses whoever decides on a person: time, reasons, review and access are counted instead."""
    results = re.compile(r"in their favour|granted|upheld|claims .* accepted")
    assert {id: text for id, text in _followed(catalogue) if results.search(text)} == {}


def test_figures_on_children_survivors_and_people_held_are_published_as_ranges(catalogue):
    persons = re.compile(
        r"\b(children|child victims|survivors?|captives|prisoners|camps)\b|deprived of liberty|\bheld,", re.IGNORECASE
    )
    at_risk = {id: text for id, text in _followed(catalogue) if persons.search(text)}
    assert len(at_risk) > 20
    assert {id: text for id, text in at_risk.items() if "ranges" not in catalogue.measures[id].outcome.verification} == {}


def _followed(catalogue):
    return [(one.id, one.outcome.indicator) for one in catalogue.measures.values()]


def test_a_measure_read_for_one_provision_keeps_an_indicator_a_safeguard_and_a_clause(catalogue):
    for one in catalogue.measures.values():
        parts = [("output", "outcome"), [f"safeguards.{theme}" for theme in one.safeguards]]
        parts.append([f"clauses.{number}" for number, _ in enumerate(one.clauses, 1)])
        for provision, text in one.alone.items():
            assert not any(group and text.without.issuperset(group) for group in parts), (one.id, provision)


@pytest.mark.parametrize("country", ["XNE", "XOR", "XUT"])
def test_every_flagship_measure_says_what_protects_women_and_children(country):
    """A safeguard is printed beside each, whichever provisions it answers."""
    flagships = [each.measure for one in plan_of_sample(country, "en").objectives for each in one.flagships]
    wanted = load_catalogue("vot", "en").flagships.safeguards
    assert set(wanted) == {"gender", "children"}
    assert {one.id: [theme for theme in wanted if theme not in one.safeguards] for one in flagships} == {
        one.id: [] for one in flagships
    }


@pytest.mark.parametrize("country", ["XNE", "XOR", "XUT"])
def test_two_indicators_follow_every_flagship_measure(country):
    flagships = [each.measure for one in plan_of_sample(country, "en").objectives for each in one.flagships]
    assert [one.id for one in flagships if not (one.output.indicator and one.outcome.indicator)] == []


@pytest.mark.parametrize("country", ["XOR", "XUT"])
def test_no_verb_opens_more_than_a_quarter_of_the_titles_of_a_plan(country):
    titles = [one.measure.title for one in plan_of_sample(country, "en").measures]
    ((verb, count), *_) = Counter(one.split()[0] for one in titles).most_common()
    assert 4 * count <= len(titles), verb


def test_measures_are_written_once(catalogue):
    texts = [one.do for one in catalogue.measures.values()]
    assert len(set(texts)) == len(texts)
    titles = [one.title.casefold() for one in catalogue.measures.values()]
    assert len(set(titles)) == len(titles)


def test_a_section_of_no_objective_is_an_objective_of_its_own(write):
    plan = PLAN.replace('{"1": {title: One}}', '{"1": {title: One}, "2": {title: Two}, "3": {title: Three}}')
    plan += 'objectives: {all: {title: All, vision: Better., sections: ["3", "1"]}}'
    found = load_catalogue(str(write(measures__aa_yaml=measure() + ALSO_TWO, plan_yaml=plan)), "en").objectives
    assert [(one.title, one.vision, one.sections) for one in found] == [("All", "Better.", ("3", "1")), ("Two", "", ("2",))]


def test_every_section_belongs_to_one_of_a_handful_of_objectives(catalogue):
    assert sorted(section for one in catalogue.objectives for section in one.sections) == sorted(
        s.key for s in catalogue.sections
    )
    assert 5 <= len(catalogue.objectives) <= 7
    assert all(one.vision for one in catalogue.objectives)


@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
def test_the_plan_speaks_every_language_of_the_program_whole(catalogue, language):
    other = load_catalogue("vot", language)
    assert [phase.title for phase in other.phases] != [phase.title for phase in catalogue.phases]
    assert other.digest == catalogue.digest
    assert other.untranslated == 0
