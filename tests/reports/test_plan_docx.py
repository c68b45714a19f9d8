"""The plan as a Word document: its order, what stands with each measure, the tables to fill in, and what a reader can rely on."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from legcheck.analysis import judge
from legcheck.analysis.plan import first_entries, make_plan
from legcheck.issues import InputError
from legcheck.labels import labels, languages
from legcheck.model import Answer, Entry, Status, recorded
from legcheck.reports.docx_parts import budget_of, clean
from legcheck.reports.docx_template import check_template, shipped_template, unzipped
from legcheck.reports.plan_docx import render_plan_docx
from legcheck.reports.plan_docx_sections import MANY
from legcheck.reports.plan_docx_tags import ANNEX, PLAN, STEPS
from legcheck.reports.plan_view import plan_view
from legcheck.reports.view import Row
from tests.reports.docx_reading import W, body, document, headings, pages_of, part, tables_under, text_of
from tests.reports.sample_views import plan_of_sample, plan_view_of_sample
from tests.reports.test_docx_template import holding
from tests.reports.word_templates import template

EN = labels("en")
SITUATION = ["Fast facts", "Scores", "Largest shortfalls", "Red flags: contrary law", "Register of laws"]


@pytest.fixture(scope="module")
def xut() -> bytes:
    return render_plan_docx(plan_view_of_sample("XUT", "en"), EN)


@pytest.fixture(scope="module")
def esp() -> bytes:
    return render_plan_docx(plan_view_of_sample("XNE", "fr"), labels("fr"))


def answered_with(answers: dict[str, Answer]):
    """The view of the plan that follows from other answers than the sample's."""
    plan = plan_of_sample("XUT", "en")
    result = judge(plan.result.checklist, replace(plan.result.assessment, answers=answers), (), "test")
    made = make_plan(result, plan.catalogue)
    return plan_view(made, first_entries(made), EN)


def with_entries(**entries: Entry):
    """The view of the sample's plan with other entries for some measures, by their place: `n1`, `n2`, ..., or by a new id."""
    plan = plan_of_sample("XUT", "en")
    kept = dict(first_entries(plan))
    for name, entry in entries.items():
        id = plan.measures[int(name[1:]) - 1].measure.id if name[1:].isdigit() else name.replace("_", "-")
        kept[id] = replace(entry, measure=id)
    return plan_view(plan, kept, EN)


def under(content: bytes, level: int) -> dict[str, list[str]]:
    """The headings of the next level below each heading of a level."""
    found: dict[str, list[str]] = {}
    last = ""
    for rank, text in headings(content):
        if rank == level:
            last = text
            found[last] = []
        elif rank == level + 1 and last:
            found[last].append(text)
        elif rank < level:
            last = ""
    return found


def styled(content: bytes, style: str) -> list[str]:
    return [paragraph.text for paragraph in document(content).paragraphs if paragraph.style.name == style]


def cells_of(content: bytes, first: str):
    """The rows, as cells, of the table whose head starts with a word."""
    tables = (list(table.iter(f"{W}tr")) for table in body(content).iter(f"{W}tbl"))
    rows = next(rows for rows in tables if [text_of(cell) for cell in rows[0].iter(f"{W}tc")] and first in text_of(rows[0]))
    return [list(row.iter(f"{W}tc")) for row in rows]


def filled_with(cell) -> str:
    ground = cell.find(f"{W}tcPr/{W}shd")
    return "" if ground is None else ground.get(f"{W}fill")


# --- The order of the document -----------------------------------------------------------------------------------------


def test_principles_first_then_the_summary_then_the_sections_in_order(xut):
    view = plan_view_of_sample("XUT", "en")
    sections = [f"{one.number} {one.title}" for one in view.sections]
    assert len(sections) == 15
    chapters = [text for level, text in headings(xut) if level == 1]
    assert chapters == ["Guiding principles", "Summary", *sections, "Carrying out the plan", "Annex"]


def test_levels_of_headings_are_never_skipped(xut, esp):
    for content in (xut, esp):
        levels = [level for level, _ in headings(content)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_first_page_says_what_it_is_and_is_not(xut, esp):
    for content, view in ((xut, plan_view_of_sample("XUT", "en")), (esp, plan_view_of_sample("XNE", "fr"))):
        words = [paragraph.text for paragraph in document(content).paragraphs]
        assert words[: 2 + len(view.notices)] == [view.title, view.subtitle, *view.notices]
        foot = text_of(part(content, "word/footer1.xml"))
        assert view.notice_short in foot
        assert view.subtitle in foot


def test_summary_with_the_scores_today_and_after_each_phase(xut):
    view = plan_view_of_sample("XUT", "en")
    words = [paragraph.text for paragraph in document(xut).paragraphs]
    assert set(view.summary) <= set(words)
    assert view.outlook_note in words
    (table,) = tables_under(xut, "Where the plan leads")
    assert table[0][1:] == [row.label for row in view.outlook_today]
    assert table[1] == ["Today", *(row.text for row in view.outlook_today)]
    assert table[2:] == [[phase.title, *(row.text for row in phase.outlook)] for phase in view.phases]


def test_principles(xut):
    view = plan_view_of_sample("XUT", "en")
    assert tables_under(xut, "Guiding principles") == [[[row.label, row.text] for row in view.principles]]


def test_what_each_section_holds_beside_its_measures(xut):
    held = under(xut, 1)
    assert held["1 Situation and legal basis"][: len(SITUATION)] == SITUATION
    assert held["2 Principles and safeguards"][0] == "Safeguards by theme"
    assert held["14 Capacity, data and monitoring"][-1] == "Monitoring framework"
    assert held["15 Budget and financing"][-2:] == ["Budget", "Funding paths"]
    assert held["Carrying out the plan"] == [EN(f"plan_docx.sections.{key}") for key in STEPS]
    assert held["Annex"] == [
        "Wording to start from",
        "To be assessed first",
        "Gaps without a measure",
        "Method",
        "How to check this plan",
    ]


def test_the_situation_comes_from_the_gap_report(xut):
    report = plan_view_of_sample("XUT", "en").report
    assert tables_under(xut, "Fast facts") == [[[fact.label, fact.text] for fact in report.fast_facts]]
    (flags,) = tables_under(xut, "Red flags: contrary law")
    shown = report.contrary[: budget_of(report).rows]
    assert [row[0] for row in flags[1:]] == [f"{one.id} {one.title}" for one in shown]
    (laws,) = tables_under(xut, "Register of laws")
    assert [row[0] for row in laws[1:]] == [law.key for law in report.laws]


def test_every_section_has_a_place_for_the_ministry(xut):
    view = plan_view_of_sample("XUT", "en")
    places = styled(xut, "Report Place")
    assert [text for text in places if text in {one.place_for_text for one in view.sections}] == [
        one.place_for_text for one in view.sections
    ]
    assert all(text.startswith("[Text of the ministry") for text in places)
    assert len(places) == len(view.sections) + 3


# --- The measures ------------------------------------------------------------------------------------------------------


def test_every_measure_stands_once_in_its_section_and_once_with_its_clauses(xut):
    view = plan_view_of_sample("XUT", "en")
    section, found = "", []
    for level, text in headings(xut):
        section = text.split(" ")[0] if level == 1 else section
        if level == 3 and "-M" in text:
            found.append((section, text))
    measures = [one for section in view.sections for one in section.measures]
    worded = [("Annex", f"{one.id} {one.title}") for one in measures if one.clauses]
    assert worded
    assert found[-len(worded) :] == worded
    assert sorted(found[: -len(worded)]) == sorted((one.section, f"{one.id} {one.title}") for one in measures)


def test_many_measures_stand_under_the_titles_of_chapters(xut):
    view = plan_view_of_sample("XUT", "en")
    titles = {provision.id: chapter.title for chapter in view.report.chapters for provision in chapter.provisions}
    groups = under(xut, 2)
    for section in view.sections:
        chapters = {titles[one.answers[0].provision] for one in section.measures}
        there = under(xut, 1)[f"{section.number} {section.title}"]
        if len(section.measures) > MANY and len(chapters) > 1:
            assert chapters <= set(there)
        elif section.measures:
            assert "Measures" in there
    assert any(len(found) > 1 for title, found in groups.items() if title in titles.values())


def test_a_measure_in_full(xut):
    view = plan_view_of_sample("XUT", "en")
    one = next(m for m in view.measures if m.requires and m.safeguards and m.drafting and m.examples and m.answers[0].elements)
    (rows,) = tables_under(xut, f"{one.id} {one.title}")
    assert rows[0] == [one.id, f"{one.phase_title} · {one.kind_title} · effort {one.effort}: {one.effort_title}"]
    fields = dict(rows[1:])
    assert fields["What to do"] == one.do
    for answered in one.answers:
        assert f"{answered.provision} {answered.title} ({answered.kind_title})" in fields["Answers"]
        assert all(f"•{element}" in fields["Answers"] for element in answered.elements)
    assert fields["Who"] == f"Lead: {one.lead_title}. With: {one.partners}"
    assert one.why in fields["Place in the plan"]
    assert one.need in fields["Place in the plan"]
    assert fields["Requires"] == "\n".join(f"{row.label} {row.text}" for row in one.requires)
    for indicator in one.indicators:
        line = next(line for line in fields["Indicators"].split("\n") if line.startswith(f"{indicator.label}: "))
        assert f"{indicator.indicator} ({indicator.unit})" in line
        assert f"Source: {indicator.verification}" in line
        assert indicator.baseline in line
    assert fields["Safeguards"] == "\n".join(f"{row.label}: {row.text}" for row in one.safeguards)
    assert fields["The text should contain"] == "\n".join(f"•{text}" for text in one.drafting)
    assert all(example in fields["Good practice"] for example in one.examples)
    assert fields["Follow-up"] == "Status: proposed · Owner: [name] · From: [date] · To: [date]"
    assert "Text of the ministry" not in fields


def test_measures_already_in_place_and_assistance_wanted(xut):
    view = plan_view_of_sample("XUT", "en")
    done = next(one for one in view.measures if one.in_place)
    (rows,) = tables_under(xut, f"{done.id} {done.title}")
    assert dict(rows[1:])["Already in place"] == "\n".join(f"{row.label} {row.text}" for row in done.in_place)
    wanted = next(one for one in view.measures if one.assistance)
    (rows,) = tables_under(xut, f"{wanted.id} {wanted.title}")
    assert wanted.assistance[0].text in dict(rows[1:])["Assistance wanted"]


WORKED_ON = Entry(
    "",
    status=Status.UNDER_WAY,
    owner="Directorate of Victims' Affairs",
    start=date(2027, 1, 4),
    end=date(2027, 6, 30),
    cost=Decimal("12500.50"),
    funding="Budget line 14.3",
    progress="In committee",
    text="First line.\nSecond line.",
)


def test_what_people_wrote_stands_with_the_measure():
    view = with_entries(n1=WORKED_ON, n2=replace(WORKED_ON, stale=True))
    content = render_plan_docx(view, EN)
    first, second = view.measures[:2]
    (rows,) = tables_under(content, f"{first.id} {first.title}")
    assert dict(rows[1:])["Follow-up"].split("\n") == [
        "Status: under way · Owner: Directorate of Victims' Affairs · From: 4 January 2027 · To: 30 June 2027",
        "Progress: In committee",
        "Cost: 12500.50",
        "Source of funds: Budget line 14.3",
    ]
    assert dict(rows[1:])["Text of the ministry"] == "First line.\nSecond line."
    (rows,) = tables_under(content, f"{second.id} {second.title}")
    assert dict(rows[1:])["Text of the ministry"] == f"{second.entry.stale}\nFirst line.\nSecond line."
    (chart,) = tables_under(content, "Time chart")
    assert "4 January 2027 – 30 June 2027" in next(row[0] for row in chart if row[0].startswith(first.id))


def test_measures_whose_gaps_are_closed_are_listed_with_what_was_written(xut):
    title = "Measures of the earlier plan whose gaps are closed"
    assert title not in [text for _, text in headings(xut)]
    ended = Entry("", "An old measure", Status.CLOSED, owner="A ministry", text="Its words.", closed_on=date(2026, 6, 30))
    done = replace(ended, title="Another", status=Status.DONE)
    begun = replace(ended, title="A third", last_status=Status.UNDER_WAY)
    (table,) = tables_under(render_plan_docx(with_entries(OLD_M01=ended, OLD_M02=done, OLD_M03=begun), EN), title)
    assert table[1:] == [
        ["OLD-M01 An old measure", "Status: gap closed on 30 June 2026 · Owner: A ministry", "Its words."],
        ["OLD-M02 Another", "Status: done · gap closed on 30 June 2026 · Owner: A ministry", "Its words."],
        ["OLD-M03 A third", "Status: gap closed on 30 June 2026, last status: under way · Owner: A ministry", "Its words."],
    ]


# --- The tables over all measures --------------------------------------------------------------------------------------


def test_map_of_sections_and_phases(xut):
    view = plan_view_of_sample("XUT", "en")
    (table,) = tables_under(xut, "Measures by section and phase")
    assert table[0] == ["Section", *(phase.title for phase in view.phases)]
    for section, row in zip(view.sections, table[1:], strict=True):
        assert row[0] == f"{section.number} {section.title}"
        for phase, cell in zip(view.phases, row[1:], strict=True):
            assert cell == ", ".join(one.id for one in section.measures if one.phase == phase.key)


def test_time_chart_has_one_bar_for_each_measure_under_its_months(xut):
    view = plan_view_of_sample("XUT", "en")
    head, *rows = cells_of(xut, "0–6")
    assert [text_of(cell) for cell in head][2:] == [f"{one.first_month}–{one.last_month}" for one in view.phases]
    bars = [row for row in rows if len(row) == len(head)]
    assert [text_of(row[0]).split(" ")[0] for row in bars] == [one.id for one in view.measures]
    for one, row in zip(view.measures, bars, strict=True):
        marked = [phase.key for phase, cell in zip(view.phases, row[2:], strict=True) if text_of(cell)]
        assert marked == [phase.key for phase, cell in zip(view.phases, row[2:], strict=True) if filled_with(cell)] == [one.phase]
    assert [text_of(row[0]) for row in rows if len(row) == 1] == [one.title for one in view.phases if one.measures]


def test_monitoring_framework_has_every_indicator_and_room_for_its_target(xut):
    view = plan_view_of_sample("XUT", "en")
    head, *rows = cells_of(xut, "Target")
    assert [text_of(cell) for cell in head] == ["Measure", "Indicator", "Baseline", "Target", "Source", "Months"]
    ordered = [one for section in view.sections for one in section.measures]
    shown = [(one, each) for one in ordered for each in one.indicators]
    lines = [row for row in rows if len(row) == len(head)]
    assert len(shown) == len(lines) == 2 * len(view.measures)
    for (one, each), row in zip(shown, lines, strict=True):
        assert [text_of(cell) for cell in row] == [
            one.id,
            f"{each.label}: {each.indicator} ({each.unit})",
            each.baseline or "[to be established]",
            "",
            each.verification,
            f"{one.first_month}–{one.last_month}",
        ]
        assert filled_with(row[3])


def test_budget_has_empty_cells_and_a_total_over_all_of_them(xut):
    view = plan_view_of_sample("XUT", "en")
    head, *rows, total = cells_of(xut, "Cost")
    assert len(head) == len(total) == 6
    assert [text_of(row[0]) for row in rows] == [f"{one.id} {one.title}" for one in view.measures]
    assert all(text_of(row[-1]) == "" and filled_with(row[-1]) for row in rows)
    assert [field.text.strip() for field in total[-1].iter(f"{W}instrText")] == [f"=SUM(F2:F{len(rows) + 1})"]


def test_the_total_is_right_while_cells_are_still_empty(soffice, tmp_path):
    view = with_entries(n1=WORKED_ON, n4=replace(WORKED_ON, cost=Decimal(900)), n9=replace(WORKED_ON, cost=Decimal("0.25")))
    pages = pages_of(render_plan_docx(view, EN), soffice, tmp_path)
    totals = re.findall(r"^\s*Total\s+(\S+)\s*$", "\n".join(pages), re.MULTILINE)
    assert totals == ["13400.75"]


def test_safeguards_stand_by_theme_and_section_with_the_figures_of_the_theme(xut):
    view = plan_view_of_sample("XUT", "en")
    (table,) = tables_under(xut, "Safeguards by theme")
    themes = [row[0] for row in table[1:] if len(row) == 1]
    titles = [theme.partition(":")[0] for theme in themes]
    assert titles == list(dict.fromkeys(row.label for one in view.measures for row in one.safeguards))
    place = titles.index("Children")
    figures = view.report.dimensions[0].themes[0].figures
    children = next(one for one in figures if one.title == "Children")
    carried = [one for one in view.measures if "Children" in {row.label for row in one.safeguards}]
    assert themes[place].splitlines()[:2] == [
        f"Children: {len(carried)} measures", f"Law: {children.display} · {children.range} · {children.answered}",
    ]  # fmt: skip
    start = next(number for number, row in enumerate(table) if row == [themes[place]])
    after = [number for number, row in enumerate(table) if len(row) == 1 and number > start]
    listed = dict(table[start + 1 : after[0] if after else len(table)])
    assert listed == {
        f"{section.number} {section.title}": ", ".join(one.id for one in section.measures if one in carried)
        for section in view.sections
        if any(one in carried for one in section.measures)
    }


def test_assistance_names_the_measures_it_serves(xut):
    view = plan_view_of_sample("XUT", "en")
    (table,) = tables_under(xut, "Technical-assistance needs")
    assert [row[:2] for row in table[1:]] == [[row.label, row.text] for row in view.assistance]
    for row in table[1:]:
        serving = [one.id for one in view.measures if row[0] in {wanted.label for wanted in one.assistance}]
        assert row[2:] == ["\n".join(serving)] if serving else not any(row[2:])


def test_funding_consultation_method_and_slip(xut):
    view, words = plan_view_of_sample("XUT", "en"), text_of(body(xut))
    for text in (*view.funding, *view.consultation, *view.method):
        assert text in words
    (slip,) = tables_under(xut, "How to check this plan")
    assert slip == [[row.label, row.text] for row in view.slip]
    (rule,) = tables_under(xut, "Rule of order")
    assert rule == [[row.label, row.text] for row in view.order_rule]


def test_what_is_left_open_is_named(xut):
    view = replace(plan_view_of_sample("XUT", "en"), unanswered=(Row("GEN-01 A title", "No measure is offered."),))
    (table,) = tables_under(render_plan_docx(view, EN), "Gaps without a measure")
    assert table[1:] == [["GEN-01 A title", "No measure is offered."]]
    words = [paragraph.text for paragraph in document(xut).paragraphs]
    assert {row.label for row in view.assess_first} <= set(words)


# --- Plans with nothing in them ----------------------------------------------------------------------------------------


def checked_outline(content: bytes) -> None:
    levels = [level for level, _ in headings(content)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len([level for level in levels if level == 1]) == 19


def test_a_plan_without_gaps():
    provisions = plan_of_sample("XUT", "en").result.checklist.provisions
    every = {
        id: Answer(id, {"law": "full", "practice": "full"}, elements=recorded(provision.letters, provision.letters))
        for id, provision in provisions.items()
    }
    view = answered_with(every)
    assert not view.measures
    content = render_plan_docx(view, EN)
    checked_outline(content)
    assert EN("plan.summary.no_gaps") in text_of(body(content))
    assert [paragraph.text for paragraph in document(content).paragraphs].count(EN("plan_docx.no_measures")) == 15
    assert len(styled(content, "Report Place")) == 18


@pytest.mark.parametrize("answers", [{}, {"GEN-01": Answer("GEN-01", {"practice": "full"})}], ids=["nothing", "practice only"])
def test_a_plan_with_everything_unassessed(answers):
    view = answered_with(answers)
    assert len(view.assess_first) == len(plan_of_sample("XUT", "en").result.checklist.provisions)
    content = render_plan_docx(view, EN)
    checked_outline(content)
    words = [paragraph.text for paragraph in document(content).paragraphs]
    assert [row.label for row in view.assess_first] == [
        text for text in words if text in {row.label for row in view.assess_first}
    ]


def test_other_sections_still_hold_the_budget_and_the_monitoring_framework():
    view = plan_view_of_sample("XUT", "en")
    content = render_plan_docx(replace(view, sections=view.sections[2:4]), EN)
    there = [text for _, text in headings(content)]
    assert {"Fast facts", "Monitoring framework", "Budget", "Funding paths"} <= set(there)


# --- How it is built ---------------------------------------------------------------------------------------------------


def test_links_lead_to_measures(xut):
    page = body(xut)
    names = [start.get(f"{W}name") for start in page.iter(f"{W}bookmarkStart")]
    anchors = {link.get(f"{W}anchor") for link in page.iter(f"{W}hyperlink")}
    assert anchors <= set(names)
    assert len(names) == len(set(names))
    view = plan_view_of_sample("XUT", "en")
    assert {f"measure_{one.id}".replace("-", "_") for one in view.measures} <= anchors


def test_table_of_contents_has_sections_and_their_parts(xut):
    page = body(xut)
    entries = [
        text_of(p)
        for p in page.iter(f"{W}p")
        if p.find(f"{W}pPr/{W}pStyle") is not None and re.fullmatch(r"TOC\d", p.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))
    ]
    assert entries == [text for level, text in headings(xut) if level <= 2]
    assert [one.text for one in page.iter(f"{W}instrText") if "TOC \\o" in one.text] == [' TOC \\o "1-2" \\h \\z ']


def test_heads_of_tables_are_repeated_and_rows_stay_whole(xut):
    for table in body(xut).iter(f"{W}tbl"):
        first, *rows = table.iter(f"{W}tr")
        if table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstRow") == "1":
            assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows if len(text_of(row)) < 1000)
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")


def test_every_row_is_as_wide_as_its_table(xut):
    for table in body(xut).iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.iter(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
            assert sum(1 if span is None else int(span.get(f"{W}val")) for span in spans) == columns


def test_language_and_properties(esp):
    view, properties = plan_view_of_sample("XNE", "fr"), document(esp).core_properties
    lang = part(esp, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert lang.get(f"{W}val") == "fr-FR" == properties.language
    assert properties.title == f"{view.title} · {view.subtitle}"
    assert properties.created.date().isoformat() == view.report.date_iso
    assert (properties.author, properties.comments, properties.last_modified_by) == ("", "", "")


def test_same_view_same_bytes(xut):
    assert render_plan_docx(plan_view_of_sample("XUT", "en"), EN) == xut
    with zipfile.ZipFile(io.BytesIO(xut)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2026, 6, 30)}
        assert all(b'TargetMode="External"' not in archive.read(name) for name in archive.namelist() if name.endswith(".rels"))


def test_every_style_used_is_there(xut):
    there = {style.get(f"{W}styleId") for style in part(xut, "word/styles.xml").iter(f"{W}style")}
    used = {one.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for one in body(xut).iter(f"{W}{tag}")}
    assert used <= there


HOSTILE = '=HYPERLINK("x") {{ 7*7 }} {% raw %} </w:t></w:r><w:br/> ]]> &amp; \x00\x07\x1bend'


def test_typed_text_stays_text():
    typed = replace(WORKED_ON, owner=HOSTILE, progress=HOSTILE, funding=HOSTILE, text=HOSTILE)
    view = with_entries(n1=typed, OLD_M01=replace(typed, title=HOSTILE, closed_on=date(2026, 6, 30)))
    view = replace(view, title=HOSTILE, notices=(HOSTILE,), assistance=(Row(HOSTILE, HOSTILE),))
    content = render_plan_docx(view, EN)
    one = view.measures[0]
    (rows,) = tables_under(content, f"{one.id} {one.title}")
    assert dict(rows[1:])["Text of the ministry"] == clean(HOSTILE)
    assert text_of(body(content)).count(clean(HOSTILE)) >= 10
    assert not [link for link in body(content).iter(f"{W}hyperlink") if link.get(f"{W}anchor") is None]


def test_it_stays_readable(soffice, tmp_path, xut):
    view = plan_view_of_sample("XUT", "en")
    pages = pages_of(xut, soffice, tmp_path)
    (first,) = [number for number, text in enumerate(pages) if "Each clause is a starting point" in text]
    after = next(number for number, text in enumerate(pages) if number > first and "\nTo be assessed first" in text)
    rest = len(pages) - (after - first)
    assert rest <= len(view.measures), "sections and measures fill the pages: none starts one for its own sake"
    assert all(view.notice_short in text for text in pages)


# --- The adviser's own template ----------------------------------------------------------------------------------------


def test_the_shipped_template_lacks_nothing():
    assert len(check_template(shipped_template(PLAN.template), "own.docx", PLAN)) == 0
    assert unzipped(shipped_template(PLAN.template)) == unzipped(template(PLAN.template))


def test_every_tag_says_what_it_shows():
    for language in languages():
        assert all(labels(language).has(label) for label in PLAN.titles.values())


def test_a_template_of_the_gap_report_is_refused():
    with pytest.raises(InputError):
        render_plan_docx(plan_view_of_sample("XUT", "en"), EN, shipped_template())
    with pytest.raises(InputError):
        render_plan_docx(plan_view_of_sample("XUT", "en"), EN, b"")


def test_what_a_template_lacks_is_said_in_words():
    found = check_template(holding("{{p sections }}", "{{p steps }}"), "own.docx", PLAN)
    assert [dict(issue.facts)["tag"] for issue in found] == [
        "notice_short",
        "contents",
        "notices",
        "principles",
        "summary",
        *ANNEX,
    ]
    assert "the guiding principles" in EN.message(next(one for one in found if dict(one.facts)["tag"] == "principles"))


def test_an_own_template_is_filled():
    content = render_plan_docx(
        plan_view_of_sample("XNE", "en"), EN, holding("Our office: {{ country }}", "{{p budget }}", "{{p contents }}", "The end.")
    )
    words = text_of(body(content))
    assert words.startswith("Our office: Spain")
    assert [text for _, text in headings(content)] == ["Budget"]
    assert words.index("=SUM" if "=SUM" in words else "Total") < words.index("The end.")


@pytest.mark.parametrize("tag", [tag for tag in PLAN.places if tag != "contents"])
def test_every_tag_can_stand_alone(tag):
    content = render_plan_docx(plan_view_of_sample("XNE", "en"), EN, holding(f"{{{{p {tag} }}}}"))
    page = body(content)
    assert text_of(page).strip() or tag == "closed"
    names = {start.get(f"{W}name") for start in page.iter(f"{W}bookmarkStart")}
    assert {link.get(f"{W}anchor") for link in page.iter(f"{W}hyperlink")} <= names
