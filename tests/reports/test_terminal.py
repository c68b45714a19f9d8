"""The output of commands fits a window of 80 columns, with every word whole, and uses more if there is more."""

from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from legcheck import analysis, app, provisions
from legcheck.labels import labels
from legcheck.model import Scope
from legcheck.reports import prose, terminal
from legcheck.reports.comparison.search import Found, Search, found_tree, practice_of
from legcheck.reports.make_view import view_of
from legcheck.words import untied
from tests.comparison.builders import comparison_of, many
from tests.reports.sample_views import plan_of_sample, result_of_sample

NARROW, WIDE = 80, 400
LANGUAGES = ("en", "fr")
FOUND = [Found("Country", "AAA", "2026-01-01", "1 January 2026", Scope.NATIONAL, (), False, "a", "L1 art. 1")] * 2


def printed(renderables, width: int) -> str:
    screen = Console(file=StringIO(), width=width, color_system=None)
    for one in renderables:
        screen.print(one)
    return screen.file.getvalue()


def score(language):
    result = app.in_language(result_of_sample("XUT"), language)
    return terminal.score_tables(result, view_of(result, labels(language)), labels(language))


def chain(figure):
    def show(language):
        result = app.in_language(result_of_sample("XUT"), language)
        return terminal.chain_tables(analysis.explain(result, figure), result.checklist, "XUT.xlsx", labels(language))

    return show


def checklist(language):
    return provisions.in_language(provisions.load("vot"), language)


def measures(language):
    return provisions.load_catalogue("vot", language)


def found(language):
    comparison = comparison_of(many(12), language)
    provision = comparison.checklist.provisions["REC-02"]
    return terminal.found_tables(practice_of(comparison, provision, "", labels(language)), labels(language))


def target(language):
    plan = plan_of_sample("XUT", language)
    return terminal.choice_tables("The smallest effort", analysis.most_gain(plan, 12), plan, labels(language))


def what_if(language):
    plan = plan_of_sample("XUT", language)
    after = analysis.scores_after(plan.result, plan.measures, [one.measure.id for one in plan.measures])
    return [terminal.what_if_table(plan.result, after, labels(language))]


SHOWN = {
    "score": score,
    "explain a total": chain("law.total"),
    "explain a chapter": chain("practice.REP"),
    "explain a theme": chain("law.theme.gender"),
    "explain a provision": chain("law.REC-02"),
    "provisions list": lambda language: [terminal.checklist_table([checklist(language)], labels(language))],
    "contents": lambda language: [terminal.contents_table(checklist(language), labels(language))],
    "a provision": lambda language: terminal.provision_texts(
        checklist(language).provisions["REC-02"], checklist(language), measures(language), labels(language)
    ),
    "a measure": lambda language: terminal.measure_texts(
        measures(language).measures["REC-M01"], measures(language), labels(language)
    ),
    "find": found,
    "plan": target,
    "what if": what_if,
}


def test_what_measures_would_change_is_named_and_not_coded():
    shown = printed(what_if("en"), WIDE)
    assert "Law: Total" in shown
    assert "law.total" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("show", SHOWN.values(), ids=SHOWN)
def test_it_fits_80_columns_without_breaking_a_word(show, language):
    narrow, wide = printed(show(language), NARROW), printed(show(language), WIDE)
    assert max(map(len, narrow.splitlines())) <= NARROW
    assert {word for word in narrow.split() if word.strip("─")} <= set(wide.split())
    assert len(wide.splitlines()) <= len(narrow.splitlines())


def test_the_summary_of_a_score_comes_before_its_tables():
    brief = prose.brief(app.report_view(result_of_sample("XUT"), "en"), labels("en"), ())
    shown = printed(score("en"), 4 * WIDE)
    said = [one.text for one in brief.situation] + [one.harm for one in brief.urgent]
    assert max(map(shown.index, said)) < shown.index(labels("en")("terminal.column.answered")) < shown.index("law.total")


@pytest.mark.parametrize(("language", "worth"), [("en", "worth 0.4 × weight 2 = 0.8"), ("fr", "valeur 0,4 × poids 2 = 0,8")])
def test_numbers_have_the_decimal_sign_of_the_language(language, worth):
    assert worth in printed(chain("law.REC-02")(language), NARROW)


@given(st.lists(st.text("ab12%\u00a0\u202f", min_size=1, max_size=12), min_size=1, max_size=30), st.integers(20, 100))
def test_no_line_ends_at_a_no_break_space(words, width):
    shown = untied(printed([terminal.Text(" ".join(words))], width))
    assert [word for line in shown.splitlines() for word in line.split(" ") if word] == words


def test_readings_of_named_texts_are_never_counted_with_assessments():
    national, texts = [replace(one, name=f"Land {n}") for n, one in enumerate(FOUND)], [replace(FOUND[0], scope=Scope.TEXTS)]
    search = Search("A-1", "Title", "Asked?", (("a", "first"),), "", (*national, *texts), answered=5, readings=1)
    assert "2 of 5: Land 0; Land 1" in printed(terminal.found_tables(search, labels("en")), WIDE).replace(", ", "; ")
    shown = printed(terminal.found_tables(search, labels("en")), WIDE)
    assert "Found in the text read: Country" in shown
    assert "What was not found in them may stand in other laws" in shown
    [element] = found_tree(search)["elements"]
    assert (element["countries"], element["readings"]) == (["AAA", "AAA"], ["AAA"])
    nobody = replace(search, found=())
    shown = printed(terminal.found_tables(nobody, labels("en")), WIDE)
    assert "Not found in the text that was read (1 reading)." in shown
    assert "of 1" not in shown


def test_what_a_person_typed_is_no_markup():
    table = terminal.tag_table({"[bold]tag[/bold]": "[red]shows"}, labels("en"))
    assert "[bold]tag[/bold]" in printed([table], NARROW)
