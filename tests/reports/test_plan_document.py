"""The draft plan as a document: what a minister reads, without codes; what supports it, in the annex."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from legcheck.analysis import judge, make_plan
from legcheck.analysis.plan import first_entries
from legcheck.labels import labels
from legcheck.model import Answer, Entry, Status
from legcheck.reports.document import Heading, Items, Paragraph, Place, Table
from legcheck.reports.docx import write_docx
from legcheck.reports.plan_annex import plan_annex
from legcheck.reports.plan_document import plan_document
from legcheck.reports.plan_view import plan_view
from tests.reports.docx_reading import headings, pages_of
from tests.reports.sample_views import plan_of_sample, plan_view_of_sample

EN = labels("en")
SAMPLES = [("XUT", "en"), ("XUT", "fr"), ("XOR", "fr")]
CODES = re.compile(r"\b[A-Z]{3}-(?:M?\d\d)\b")


def plan_in(country: str, language: str):
    return plan_document(plan_view_of_sample(country, language), labels(language))


def annex_in(country: str, language: str):
    return plan_annex(plan_view_of_sample(country, language), labels(language))


def text(words) -> str:
    return "".join(run.text for run in words)


def cells(row) -> list[str]:
    return ["\n".join(map(text, cell.paragraphs)) for cell in row.cells]


def lines(document) -> list[str]:
    """Everything that a document says, a line for each paragraph."""
    said = []
    for block in document.blocks:
        match block:
            case Heading() | Place():
                said.append(block.text)
            case Paragraph():
                said.append(text(block.words))
            case Items():
                said += map(text, block.items)
            case Table():
                said += [line for row in block.rows for cell in cells(row) for line in cell.split("\n")]
    return said


def table_under(document, heading: str):
    """The first table below a heading."""
    blocks = iter(document.blocks)
    next(block for block in blocks if isinstance(block, Heading) and block.text == heading)
    return next(block for block in blocks if isinstance(block, Table))


def fields(document, heading: str) -> dict[str, str]:
    """The rows of a flagship measure by their label."""
    return dict(map(cells, table_under(document, heading).rows))


def with_entries(**entries: Entry):
    """The view of the sample's plan with other entries for some measures, by their place: `n1`, `n2`, ..., or by a new id."""
    plan = plan_of_sample("XUT", "en")
    kept = dict(first_entries(plan))
    for name, entry in entries.items():
        id = plan.measures[int(name[1:]) - 1].measure.id if name[1:].isdigit() else name.replace("_", "-")
        kept[id] = replace(entry, measure=id)
    return plan_view(plan, kept, EN)


def answered_with(answers: dict[str, Answer]):
    """The view of the plan that follows from other answers than the sample's."""
    plan = plan_of_sample("XUT", "en")
    result = judge(plan.result.checklist, replace(plan.result.assessment, answers=answers), (), "test")
    made = make_plan(result, plan.catalogue)
    return plan_view(made, first_entries(made), EN)


# What a minister reads -------------------------------------------------------------------------------------------------


def test_the_parts_of_the_plan_in_order():
    assert [one.text for one in plan_in("XUT", "en").headings if one.level == 1] == [
        "Vision and principles", "Where the country stands, and what this plan does", "Objectives and measures",
        "Roles by lead body", "Time chart", "Monitoring", "Budget and means", "Consultation", "Next steps",
    ]  # fmt: skip


def test_five_to_seven_objectives_each_with_its_situation_and_flagship_measures():
    view = plan_view_of_sample("XUT", "en")
    said = lines(plan_in("XUT", "en"))
    assert 5 <= len(view.objectives) <= 7
    for number, one in enumerate(view.objectives, 1):
        assert f"Objective {number}. {one.title}" in said
        assert {one.vision, one.situation, *(each.title for each in one.flagships)} <= {*said}
        assert 1 <= len(one.flagships) <= 4


@pytest.mark.parametrize(("country", "language"), SAMPLES)
def test_codes_points_and_full_marks_are_not_in_the_main_text(country, language):
    said = "\n".join(lines(plan_in(country, language)))
    assert CODES.findall(said) == []
    assert not re.search(r"100\s?%", said)
    assert not re.search(r"effort (de )?\d|points\s?:|\([+−]\d", said)


@pytest.mark.parametrize(("country", "language"), SAMPLES)
def test_every_measure_stands_under_one_objective_with_its_lead_and_in_the_annex(country, language):
    view = plan_view_of_sample(country, language)
    titles = [one.title for one in view.measures]
    assert [one.place for one in view.measures] == list(range(1, len(titles) + 1))
    document = plan_in(country, language)
    roles = table_under(document, labels(language)("plan_document.roles.title"))
    led = [line for row in roles.rows for line in cells(row)[2].split("\n")]
    assert sorted(line for line in led if line in titles) == sorted(titles)
    described = {row.anchor for block in annex_in(country, language).blocks if isinstance(block, Table) for row in block.rows}
    assert {f"measure_{one.id}" for one in view.measures} <= described


def test_a_flagship_measure_says_who_what_for_whom_and_how_it_is_measured():
    found = fields(plan_in("XUT", "en"), "Cover all direct victims, relatives and dependants in the definition")
    assert found["Who and when"].startswith("Ministry of justice, by month 12\nwith lead body for victims of terrorism")
    assert "Family and dependants. The law provides for a part of this. Not yet in the law:" in found["What it changes"]
    assert found["Law today"].startswith("Victims of Terrorism Act, s. 3(1), 3(2)(a)")
    assert found["First step"].startswith("Within six months the ministry in charge drafts the wording that is still missing")
    assert (
        found["Measured by"].split("\n")[0]
        == "Output: Entry into force of the addition on: Family and dependants; Direct victims (date)"
    )
    assert [line.split(":")[0] for line in found["Safeguards"].split("\n")] == ["Gender", "Children"]
    assert "Follow-up" not in found


def test_a_constitution_is_carried_out_and_statutes_are_amended():
    found = fields(plan_in("XUT", "en"), "Bind every decision maker to the child's best interests")
    assert "Constitution of Utopia" in found["Law today"]
    assert found["First step"].endswith("deny it: Counter-Terrorism Act (s. 25).")
    (row,) = [row for row in tables(annex_in("XUT", "en")) if row.anchor == "measure_CHD-M01"]
    assert "a statute that carries out Constitution of Utopia (art. 28(1))" in cells(row)[1]


def test_law_that_is_only_not_applied_needs_no_amendment():
    found = fields(plan_in("XUT", "en"), "Run a rota of lawyers trained for victims")
    assert found["What it changes"] == "Free legal aid. The law provides for this in full; it is applied in part."
    assert "Law today" not in found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_table_at_a_glance_numbers_the_objectives_as_their_headings_do(language):
    blocks = plan_in("XUT", language).blocks
    glance = next(one for one in blocks if isinstance(one, Table))
    titles = [row.cells[0].paragraphs[0][0].text for row in glance.rows]
    headings = [one.text for one in blocks if isinstance(one, Heading) and one.anchor.startswith("objective_")]
    assert titles[0].startswith("1. ")
    assert [one.partition(". ")[2] for one in titles] == [one.partition(". ")[2] for one in headings]


@pytest.mark.parametrize(("language", "other"), [("en", r"\bthis (?:review|report)\b"), ("fr", r"\bce rapport\b")])
def test_a_plan_does_not_call_itself_a_report(language, other):
    for document in (plan_in("XUT", language), annex_in("XUT", language)):
        assert not re.search(other, " ".join(lines(document)), re.IGNORECASE)
        assert not document.cover or not any(re.search(other, one, re.IGNORECASE) for one in document.cover.notices)


def test_the_time_chart_has_a_bar_for_every_flagship_and_counts_the_other_measures():
    view, chart = plan_view_of_sample("XUT", "en"), table_under(plan_in("XUT", "en"), "Time chart")
    months = [column.title for column in chart.columns[1:]]
    assert months == [one.months for one in view.phases]
    bars = {cells(row)[0]: months[cells(row)[1:].index("●")] for row in chart.rows if "●" in cells(row)}
    flagships = [each for one in view.objectives for each in one.flagships]
    assert bars == {one.title: one.months for one in flagships}
    assert {one.title for one in view.leads} <= {cells(row)[0] for row in chart.rows}, "every body finds itself"
    counted = sum(int(text) for row in chart.rows for text in cells(row)[1:] if text.startswith("+"))
    assert counted == len(view.measures) - len(flagships)


def test_monitoring_has_places_in_the_unit_of_each_indicator_under_what_was_found():
    """What the assessment found is a rating, and the indicators have units of their own."""
    names, followed = [], []
    for row in table_under(plan_in("XUT", "en"), "Monitoring").rows:
        if row.band:
            names.append(cells(row)[0])
        else:
            indicator, baseline, target, _ = row.cells
            assert indicator.paragraphs
            assert (baseline.place, target.place) == (not baseline.paragraphs, True)
            followed.append(names[-1])
    flagships = [each for one in plan_view_of_sample("XUT", "en").objectives for each in one.flagships]
    assert len(followed) == sum(len(one.indicators) for one in flagships)
    assert (
        "Cover all direct victims, relatives and dependants in the definition  Ministry of justice\n"
        "Today: Family and dependants; Direct victims: The law provides for a part of this."
    ) in names
    assert all(name.startswith(one.title) for name, one in zip(names, flagships, strict=True))


def test_what_the_law_has_none_of_begins_at_none_without_anybody_measuring_it():
    rows = iter(table_under(plan_in("XUT", "en"), "Monitoring").rows)
    next(row for row in rows if cells(row)[0].startswith("Repeal exclusions not based on a person's own acts"))
    output, outcome = next(rows), next(rows)
    assert (cells(output)[1], outcome.cells[1].place) == ("none yet", True)


def test_no_column_of_the_time_chart_is_empty_and_preparation_comes_before_the_dot():
    for row in (rows := table_under(plan_in("XUT", "en"), "Time chart").rows):
        if "●" in cells(row):
            place = cells(row).index("●")
            assert all(cell.fill for cell in row.cells[1:place])
    assert all(any(cells(row)[place] for row in rows) for place in range(1, len(rows[0].cells)))


def test_bodies_that_decide_for_themselves_are_invited_and_a_body_that_leads_many_is_told():
    view = plan_view_of_sample("XNE", "en")
    titles = {one.title for one in view.leads}
    assert "Ministry of justice" in titles
    assert {one for one in titles if one.startswith(("Council of the judiciary", "Prosecution service"))} <= {
        "Council of the judiciary (invited)",
        "Prosecution service (invited)",
    }
    (much,) = [one for one in view.leads if one.much]
    assert 4 * len(much.measures) > len(view.measures)
    assert much.much in "\n".join(lines(plan_in("XNE", "en")))


def test_the_budget_has_a_column_for_every_year_of_the_plan():
    plan, table = plan_of_sample("XUT", "en"), table_under(plan_in("XUT", "en"), "Budget and means")
    done = {one.phase for one in plan.measures}
    months = max(phase.last_month for phase in plan.catalogue.phases if phase.key in done)
    years = [column.title for column in table.columns[1:-1]]
    assert years == [f"Year {number}" for number in range(1, len(years) + 1)]
    assert 12 * (len(years) - 1) < months <= 12 * len(years)


def test_the_budget_has_a_place_for_every_objective_and_adds_up_what_was_entered():
    first = plan_view_of_sample("XUT", "en").objectives[0]
    ids = [one.id for one in first.measures]
    costs = {id.replace("-", "_"): Entry("", cost=Decimal(cost)) for id, cost in zip(ids, ("100", "20.5"), strict=False)}
    table = table_under(plan_document(with_entries(**costs), EN), "Budget and means")
    assert cells(table.rows[0])[0] == f"{first.title}\nentered so far: 120.5"
    assert all(cell.place for row in table.rows for cell in row.cells[1:])
    assert len(table.rows) == len(plan_view_of_sample("XUT", "en").objectives) + 1


def test_assistance_wanted_with_the_measures_it_would_serve():
    rows = [cells(row) for row in table_under(plan_in("XUT", "en"), "Assistance needed").rows]
    assert [rows[0][0], rows[0][2]] == ["Grounds for exclusion", "Repeal exclusions not based on a person's own acts"]


def test_assistance_in_another_language_is_said_to_be():
    other = labels("fr")("report.other_language")
    assert other in lines(plan_in("XUT", "fr"))
    (row, *_) = table_under(plan_in("XUT", "fr"), "Assistance nécessaire").rows
    assert row.cells[1].paragraphs[0][0].language == "en"


def test_what_can_begin_at_once_is_named_with_who_leads():
    view, said = plan_view_of_sample("XUT", "en"), lines(plan_in("XUT", "en"))
    first = [one for one in view.measures if one.phase == view.phases[0].key]
    assert len(first) > 2
    assert {f"{one.lead_title}: {one.title}" for one in first} <= {*said}


# What people wrote -----------------------------------------------------------------------------------------------------


BEGUN = Entry(
    "", status=Status.UNDER_WAY, owner="Unit 4", start=date(2027, 3, 1), end=date(2027, 9, 2), cost=Decimal(250000),
    funding="budget line 12", progress="25%", text="Agreed in May.\nDraft is out.", stale=True,
)  # fmt: skip


def test_what_people_wrote_stands_with_the_measure():
    flagship, other = (
        plan_view_of_sample("XUT", "en").objectives[0].flagships[0],
        plan_view_of_sample("XUT", "en").objectives[0].others[0],
    )
    view = with_entries(**{one.id.replace("-", "_"): BEGUN for one in (flagship, other)})
    written = [
        "under way · owner: Unit 4 · from 1 March 2027 · until 2 September 2027 · progress: 25% · cost: 250000"
        " · funded by: budget line 12",
        "The figures beside this text have changed since it was written.",
        "Agreed in May.",
        "Draft is out.",
    ]
    assert fields(plan_document(view, EN), flagship.title)["Follow-up"].split("\n") == written
    assert "\n".join([other.title, *written]) in [cell for row in tables(plan_document(view, EN)) for cell in cells(row)]
    assert "\n".join(lines(plan_annex(view, EN))).count("\n".join(written)) == 2


def tables(document):
    return [row for block in document.blocks if isinstance(block, Table) for row in block.rows]


def test_measures_whose_gaps_are_closed_are_listed_with_what_was_written():
    title = EN("plan_document.annex.sections.closed")
    assert title not in lines(annex_in("XUT", "en"))
    ended = Entry(
        "", title="Old measure", status=Status.CLOSED, closed_on=date(2026, 6, 30), last_status=Status.UNDER_WAY, text="Kept."
    )
    (row,) = table_under(plan_annex(with_entries(OLD_M01=ended), EN), title).rows
    assert cells(row) == ["Old measure (OLD-M01)", "gap closed · gap closed on 30 June 2026, last status: under way\nKept."]


# The annex -------------------------------------------------------------------------------------------------------------


def test_a_measure_in_full():
    (row,) = [row for row in tables(annex_in("XUT", "en")) if row.anchor == "measure_CHD-M02"]
    measure, do, follow = cells(row)
    assert measure.startswith("Secure child-friendly interviews and hearings (CHD-M02)\nMinistry of justice with")
    assert "The text should contain:\n• who may interview" in do
    assert "Gaps that it answers:\nChild-sensitive justice. The law has none of this. (CHD-02)\n" in do
    assert "Outcome: " in follow


def test_a_measure_that_the_law_meets_in_part_asks_for_the_rest_alone():
    (row,) = [row for row in tables(annex_in("XUT", "en")) if row.anchor == "measure_GEN-M02"]
    _, do, follow = cells(row)
    assert do.startswith("Within six months the ministry in charge drafts the wording that is still missing")
    assert "Family and dependants. The law provides for a part of this. (GEN-03)\n(b) " in do
    assert "Output: Entry into force of the addition on: Family and dependants; Direct victims (date)" in follow
    assert "Outcome: Benefit laws that use the common definition" in follow
    assert "Children: Children born outside marriage" in follow


def test_clauses_are_numbered_so_that_they_can_be_pasted():
    rows = [row for row in table_under(annex_in("XUT", "en"), "Wording to start from").rows if not row.band]
    for row in rows:
        numbers = [re.match(r"\((\d+)\) ", line)[1] for line in cells(row)[1].split("\n")]
        assert numbers == sorted(numbers, key=int)
        assert numbers[0] == "1"


def test_clauses_stand_in_the_order_of_the_measures():
    view, annex = plan_view_of_sample("XUT", "en"), annex_in("XUT", "en")
    catalogue = [row.anchor for row in tables(annex) if row.anchor]
    worded = {one.id for one in view.measures if one.clauses}
    rows = table_under(annex, "Wording to start from").rows
    shown = [row.cells[0].paragraphs[0][0].to for row in rows if not row.band]
    assert shown == [one for one in catalogue if one.removeprefix("measure_") in worded]
    assert [cells(row)[0] for row in rows if row.band] == [one.title for one in view.objectives]


def test_what_is_left_open_is_named():
    view = answered_with({})
    blocks = iter(plan_annex(view, EN).blocks)
    next(block for block in blocks if isinstance(block, Heading) and block.text == "To be assessed first")
    listed = next(block for block in blocks if isinstance(block, Items))
    assert text(listed.items[0]) == "Dedicated legal basis (GEN-01)"
    assert len(listed.items) == 135


def test_a_plan_without_gaps_says_so():
    view = answered_with({})
    said = lines(plan_document(view, EN))
    assert EN("plan.summary.nothing_assessed") in "\n".join(said)
    assert EN("plan_document.objectives.none") in said
    assert not {"Roles by lead body", "Time chart", "Monitoring"} & {*said}


# The documents as files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("country", "language"), SAMPLES)
def test_links_lead_somewhere_and_levels_of_headings_are_never_skipped(country, language):
    for document in (plan_in(country, language), annex_in(country, language)):
        targets = {
            run.to for row in tables(document) for cell in row.cells for words in cell.paragraphs for run in words if run.to
        }
        assert targets
        assert targets <= document.anchors
        levels = [one.level for one in document.headings]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_plan_in_word_has_about_25_pages(soffice, tmp_path):
    document = plan_in("XUT", "en")
    content = write_docx(document)
    assert [text for _, text in headings(content)] == [one.text for one in document.headings]
    pages = pages_of(content, soffice, tmp_path)
    assert 20 <= len(pages) <= 28
    (chart,) = [page for page in pages if page.lstrip().startswith("Time chart")]
    assert all(one.title in chart for one in plan_view_of_sample("XUT", "en").leads)
