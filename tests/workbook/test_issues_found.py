"""Every problem is found in one run, at its cell, with a message that a person can act on."""

from datetime import date, datetime

import pytest

from legcheck.labels import labels
from legcheck.model import Citation, ElementAnswer
from legcheck.workbook import read_workbook
from tests.workbook.sheets import JUS, REC, cell_beside, cell_of, codes, fill, saved


def found(checklist, folder, picture, laws=None, **start):
    book = fill(checklist, picture, *([laws] if laws is not None else []), **start)
    return codes(book, checklist, folder)


def only(pairs, *wanted):
    """The issues without those that small examples always have (laws that nothing cites)."""
    assert [pair for pair in pairs if pair[0] != "A411"] == list(wanted)


def test_many_faults_in_one_run(checklist, tmp_path):
    pairs = found(checklist, tmp_path, """
        | Id              | Answer             | Legal basis |
        | REC-01.a        | maybe              | L9 art. 3   |
        | REC-01:law      | partail            | L8 art. 3   |
        | REC-01:practice | yes                |             |
        | REC-02:law      | Fully provided for | Act 12      |
        | JUS-01:law      | Not applicable     |             |
        | JUS-02:law      | na                 |             |
    """)  # fmt: skip
    only(
        pairs,
        ("A301", "C7"), ("A301", "C9"), ("A304", "D7"), ("A307", "C4"), ("A304", "D4"), ("A303", "D13"),
        ("A401", "C8"), ("A402", "E15"),
    )  # fmt: skip


def test_in_a_subdivision_any_matter_may_belong_to_the_state(checklist, tmp_path):
    picture = """
        | Id         | Answer         | Note                                     |
        | JUS-01:law | Not applicable | Criminal procedure belongs to the State. |
        | JUS-02:law | Not applicable |                                          |
    """
    only(found(checklist, tmp_path, picture, Country_code="ESP"), ("A401", "C8"), ("A402", "E15"))
    only(found(checklist, tmp_path, picture, Country_code="ES-PV"), ("A402", "E15"))


def test_a_slip_is_answered_with_what_was_probably_meant(checklist, tmp_path):
    book = fill(checklist, "| Id | Answer |\n| REC-01:law | partail |")
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    said = labels("en").message(next(issue for issue in issues if issue.code == "A301"))
    assert said == (
        "'partail' is not a rating. Choose one of: Fully provided for, Partly provided for, Not provided for, Contrary. "
        "Did you mean 'Partly provided for'?"
    )


@pytest.mark.parametrize(
    ("typed", "rating"),
    [
        ("full", "full"),
        (" FULLY  provided for ", "full"),
        ("Entièrement prévu", "full"),
        ("entierement prevu", "full"),
        ("prévu\u00a0en partie", "partial"),
        ("Non prévu.", "none"),
        ("CONTRAIRE", "contrary"),
    ],
)
def test_ratings_are_read_by_key_or_title_in_any_language(checklist, tmp_path, typed, rating):
    book = fill(checklist, f"| Id | Answer | Legal basis |\n| REC-01:law | {typed} | L1 art. 3 |")
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert read.answers["REC-01"].ratings == {"law": rating}
    assert not issues.blocking


@pytest.mark.parametrize(
    ("typed", "publish"), [("no", False), (" NO ", False), ("non", False), ("✗", False), ("yes", True), ("oui", True), ("", True)]
)
def test_an_answer_or_a_law_is_for_publication_unless_it_says_no(checklist, tmp_path, typed, publish):
    answers = f"| Id | Answer | Legal basis | For publication |\n| REC-01:law | full | L1 art. 3 | {typed} |"
    laws = f"| Key | Title | For publication |\n| L1 | Act on Victims | {typed} |"
    read, issues = read_workbook(saved(fill(checklist, answers, laws), tmp_path), checklist)
    assert (read.answers["REC-01"].publish, read.laws["L1"].publish) == (publish, publish)
    assert not issues.blocking


@pytest.mark.parametrize("row", ["REC-01", "REC-01.b", "REC-01:law", "REC-01:practice"])
def test_no_in_any_row_of_a_provision_keeps_all_of_it_from_publication(checklist, tmp_path, row):
    book = fill(checklist, "| Id | Answer | Legal basis |\n| REC-01:law | full | L1 art. 3 |")
    cell_of(book, row, "For publication").value = "no"
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert not read.answers["REC-01"].publish
    assert "A105" not in {issue.code for issue in issues}


def test_what_is_for_publication_must_be_said_with_yes_or_no(checklist, tmp_path):
    answers = "| Id | Answer | Legal basis | For publication |\n| REC-01:law | full | L1 art. 3 | later |"
    only(found(checklist, tmp_path, answers), ("A307", "J7"))
    laws = "| Key | Title | For publication |\n| L1 | Act on Victims | later |"
    only(found(checklist, tmp_path, "| Id | Answer | Legal basis |\n| REC-01:law | full | L1 art. 3 |", laws), ("A307", "J5"))


@pytest.mark.parametrize("typed", ["2.5", "2,5", 2.5, " 2.50 "])
def test_points_are_read_as_people_write_them(points, tmp_path, typed):
    book = fill(points, laws="")
    cell_of(book, "A-1:text", "Answer").value = typed
    read, issues = read_workbook(saved(book, tmp_path), points)
    assert read.answers["A-1"].ratings == {"text": "2.5"}
    assert not issues.blocking


@pytest.mark.parametrize("typed", ["3.5", "-1", "0.3", "two", "1/0"])
def test_points_outside_the_scale_are_refused(points, tmp_path, typed):
    only(found(points, tmp_path, f"| Id | Answer |\n| A-1:text | {typed} |", ""), ("A301", "C4"))


def test_points_stop_at_the_maximum_of_the_provision(points, tmp_path):
    only(found(points, tmp_path, "| Id | Answer | Legal basis |\n| A-2:text | 2 | |", ""), ("A301", "C6"))


@pytest.mark.parametrize(
    ("rating", "a", "b", "note", "code"),
    [
        ("full", "yes", "no", "", "A404"),
        ("full", "", "no", "", "A404"),
        ("full", "yes", "", "", None),
        ("full", "yes", "yes", "", None),
        ("full", "", "", "", None),
        ("none", "yes", "", "", "A404"),
        ("none", "no", "no", "", None),
        ("partial", "", "", "", "A405"),
        ("partial", "no", "no", "", "A404"),
        ("partial", "yes", "yes", "", "A404"),
        ("partial", "yes", "yes", "For some victims only.", None),
        ("partial", "yes", "no", "", None),
        ("partial", "", "no", "", "A412"),
        ("", "yes", "", "", "A412"),
        ("none", "yes", "no", "They do not apply yet.", None),
        ("full", "yes", "no", "By constant case law.", None),
        ("", "yes", "no", "", None),
    ],
)
def test_elements_must_fit_the_rating(checklist, tmp_path, rating, a, b, note, code):
    pairs = found(checklist, tmp_path, f"""
        | Id         | Answer   | Legal basis | Note   |
        | REC-02.a   | {a}      |             |        |
        | REC-02.b   | {b}      |             |        |
        | REC-02:law | {rating} | L1 art. 3   | {note} |
    """)  # fmt: skip
    place = {"A404": "C13", "A405": "C11", "A412": "C12" if a else "C11"}
    only(pairs, *([(code, place[code])] if code else []))


@pytest.mark.parametrize(
    ("rating", "a", "b", "said"),
    [
        ("none", "yes", "yes", "all elements a to b are answered yes"),
        ("none", "yes", "no", "elements answered yes: a"),
        ("full", "yes", "no", "elements answered no: b"),
        ("partial", "no", "no", "all elements a to b are answered no"),
        ("partial", "yes", "yes", "all elements a to b are answered yes"),
    ],
)
def test_a_rating_that_does_not_fit_is_told_how_the_elements_are_answered(checklist, tmp_path, rating, a, b, said):
    book = fill(checklist, f"""
        | Id         | Answer   | Legal basis |
        | REC-02.a   | {a}      |             |
        | REC-02.b   | {b}      |             |
        | REC-02:law | {rating} | L1 art. 3   |
    """)  # fmt: skip
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    (issue,) = (one for one in issues if one.code == "A404")
    assert f"does not fit its elements ({said})." in labels("en").message(issue)


def test_blank_elements_of_a_provision_that_is_begun_are_named(checklist, tmp_path):
    """So are texts beside elements that are answered neither yes nor no, which would count for nothing."""
    book = fill(checklist, """
        | Id         | Answer   | Legal basis | Note            |
        | REC-01.a   | yes      | L1 art. 3   |                 |
        | REC-01.b   |          |             | Only some.      |
        | REC-02.b   |          | L2 art. 5   |                 |
        | JUS-01.a   | yes      | L1 art. 4   |                 |
        | JUS-01:law | contrary |             | See the annex.  |
        | JUS-02.a   |          |             | It is disputed. |
        | JUS-02:law | none     |             |                 |
    """)  # fmt: skip
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    found = [(issue.code, issue.at.cell, dict(issue.facts)) for issue in issues]
    assert found == [
        ("A413", "E5", {"element": "REC-01.b"}),
        ("A412", "C6", {"provision": "REC-01", "letters": "c"}),
        ("A413", "D12", {"element": "REC-02.b"}),
    ]


def test_one_law_is_not_a_legal_order(checklist, tmp_path):
    picture, laws = "| Id | Answer |\n| REC-02.a | no |\n| REC-02.b | no |", "| Key | Title |\n| L1 | The Act |"
    assert ("A415", "A5") in found(checklist, tmp_path, picture, laws)
    pairs = found(checklist, tmp_path, picture, laws, Scope_of_the_assessment="named laws only", Short_title="The Act")
    assert {"A414", "A415"}.isdisjoint(code for code, _ in pairs)


def test_a_reading_of_named_laws_names_them(checklist, tmp_path):
    assert found(checklist, tmp_path, "", "", Scope_of_the_assessment="named laws only") == [("A414", "C22")]


@pytest.mark.parametrize("typed", ["yes", "YES", " Oui", "x", "X", "✓", "✔", "y", "sí", "1", "TRUE", True, 1])
def test_an_element_is_met_by_yes_in_any_language_or_a_tick(checklist, tmp_path, typed):
    book = fill(checklist, "| Id | Legal basis |\n| REC-02.a | L1 art. 3 |")
    cell_of(book, "REC-02.a", "Answer").value = typed
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert read.answers["REC-02"].elements["a"].met is True
    assert not issues.blocking


@pytest.mark.parametrize("typed", ["no", "Non.", "n", "N", "✗", "-", "0", "FALSE", False, 0])
def test_an_element_is_not_met_by_no_in_any_language(checklist, tmp_path, typed):
    book = fill(checklist)
    cell_of(book, "REC-02.a", "Answer").value = typed
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert read.answers["REC-02"].elements["a"].met is False
    assert not issues.blocking


@pytest.mark.parametrize("typed", ["?", "partly", "n/a", "yes and no", "2"])
def test_an_element_is_answered_by_yes_or_no(checklist, tmp_path, typed):
    book = fill(checklist, laws="")
    cell_of(book, "REC-02.a", "Answer").value = typed
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert read.answers["REC-02"].elements == {}
    (issue,) = issues.found
    assert (issue.code, issue.at.cell, dict(issue.facts)["allowed"]) == ("A307", "C11", "yes, no")


@pytest.mark.parametrize(
    ("of_element", "of_provision", "law"),
    [
        ("L1 art. 5", "", "L1"),
        ("art. 5", "L2 art. 3", "L2"),
        ("5(2)", "L2", "L2"),
        ("art. 5", "", ""),
        ("art. 5", "L1 art. 3; L2", ""),
    ],
)
def test_an_article_beside_an_element_may_leave_out_the_law_of_its_provision(checklist, tmp_path, of_element, of_provision, law):
    book = fill(checklist, f"""
        | Id         | Answer | Legal basis    |
        | REC-02.a   | yes    | {of_element}   |
        | REC-02:law |        | {of_provision} |
    """)  # fmt: skip
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [one.law for one in read.answers["REC-02"].elements["a"].citations] == ([law] if law else [])
    assert ("A314" in [issue.code for issue in issues]) is not bool(law)


def test_an_article_alone_is_understood_where_the_register_has_one_law(checklist, tmp_path):
    book = fill(checklist, "| Id | Answer | Legal basis |\n| REC-02.a | yes | art. 5 |", "| Key | Title |\n| L7 | The Act |")
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert read.answers["REC-02"].elements["a"].citations == (Citation("L7", "art. 5"),)
    assert [issue.code for issue in issues] == ["A412"]


def test_articles_without_a_law_are_told_the_cause_and_a_citation_each(checklist, tmp_path):
    book = fill(checklist, """
        | Id       | Answer | Legal basis                   |
        | REC-01.a | yes    | art. 4                        |
        | REC-02.a | yes    | Anexo I                       |
        | REC-02.b | yes    | L2 art. 3                     |
        | JUS-01.a | yes    | disposición adicional primera |
    """)  # fmt: skip
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    lawless = [issue for issue in issues if issue.code == "A314"]
    cause = (
        "Articles are cited here without their law. The register holds: L1, L2. Put the key of the law first, as in L1 art. 4."
    )
    assert {labels("en").message(issue, with_hint=False) for issue in lawless} == {cause}
    assert [(issue.at.cell, dict(issue.facts)["hint"]) for issue in lawless] == [
        ("D4", "L1 art. 4"), ("D11", "L2 Anexo I"), ("D4", "L1 disposición adicional primera"),
    ]  # fmt: skip


@pytest.mark.parametrize(("answer", "read"), [("no", True), ("", True), ("yes", False)])
def test_a_dash_says_that_there_is_no_legal_basis_except_beside_yes(checklist, tmp_path, answer, read):
    book = fill(checklist, f"| Id | Answer | Legal basis | Note |\n| REC-02.a | {answer} | - | why |")
    found, issues = read_workbook(saved(book, tmp_path), checklist)
    assert ("A303" in [issue.code for issue in issues]) is not read
    assert found.answers["REC-02"].elements["a"].legal_basis == ("" if read else "-")


def test_an_element_keeps_its_article_and_remark(checklist, tmp_path):
    book = fill(checklist, "| Id | Answer | Legal basis | Note |\n| REC-02.b | | L1 art. 5 | Only since 2016. |")
    read, _ = read_workbook(saved(book, tmp_path), checklist)
    element = ElementAnswer(None, "L1 art. 5", (Citation("L1", "art. 5"),), "Only since 2016.")
    assert read.answers["REC-02"].elements == {"b": element}


def test_a_rating_in_law_needs_a_law_and_its_article(checklist, tmp_path):
    pairs = found(checklist, tmp_path, """
        | Id              | Answer   | Legal basis   |
        | REC-01:law      | full     |               |
        | REC-01:practice | full     |               |
        | REC-02.a        | yes      | L1            |
        | REC-02:law      | full     | L1; L2 art. 4 |
        | REC-03:law      | none     |               |
        | JUS-01:law      | contrary |               |
        | JUS-02.b        | yes      |               |
        | JUS-02:practice | full     |               |
    """)  # fmt: skip
    only(pairs, ("A403", "D7"), ("A409", "D13"), ("A409", "D11"), ("A403", "D8"), ("A412", "C12"), ("A403", "D15"))


def test_only_law_in_force_counts(checklist, tmp_path):
    laws = """
        | Key | Title   | Status   | In force since | In force until |
        | L1  | Old     | repealed |                | 2020-01-01     |
        | L2  | Bill    | draft    |                |                |
        | L3  | Present |          | 2016-06-01     |                |
    """
    pairs = found(checklist, tmp_path, """
        | Id          | Answer  | Legal basis          |
        | REC-01.a    | yes     | L1 art. 3            |
        | REC-01:law  | partial | L2 art. 4            |
        | REC-02.a    | yes     | L2 art. 3; L3 art. 4 |
        | REC-02:law  | partial |                      |
        | JUS-01.a    | yes     |                      |
        | JUS-01:law  | partial | L2 art. 3; L3 art. 4 |
        | JUS-01:law+ | full    |                      |
        | REC-03:law  | none    | L2 art. 3            |
        | REC-03:law+ | full    |                      |
    """, laws)  # fmt: skip
    only(pairs, ("A412", "C5"), ("A406", "D7"), ("A412", "C12"), ("A407", "D11"), ("A412", "C5"))


@pytest.mark.parametrize(
    ("status", "since", "until", "doubtful"),
    [
        ("in force", "2016-06-01", "", False),
        ("in force", "2027-06-01", "", True),
        ("in force", "2016-06-01", "2020-01-01", True),
        ("in force", "2016-06-01", "2015-01-01", True),
        ("adopted", "2027-06-01", "", False),
        ("adopted", "2016-06-01", "", True),
        ("draft", "", "", False),
        ("draft", "2016-06-01", "", True),
        ("repealed", "2016-06-01", "2020-01-01", False),
        ("repealed", "", "2027-01-01", True),
    ],
)
def test_the_status_of_a_law_must_go_with_its_dates(checklist, tmp_path, status, since, until, doubtful):
    laws = f"| Key | Title | Status | In force since | In force until |\n| L1 | Act | {status} | {since} | {until} |"
    pairs = found(checklist, tmp_path, "", laws)
    assert pairs == ([("A408", "A5")] if doubtful else [])


def test_the_register_of_laws_is_checked(checklist, tmp_path):
    laws = """
        | Key | Title | Number | Date       | Status  | Link              |
        | L1  |       | 3/2016 | 01/02/2016 | in forc | www.example.org   |
        | L3  | Third |        | 13/02/2016 |         | https://a b.org   |
    """
    book = fill(checklist, "", laws)
    sheet = book["Laws"]
    sheet["A6"], sheet["B6"] = "l 1", "Again"
    sheet["A8"], sheet["B8"] = None, "Without a key"
    only(
        codes(book, checklist, tmp_path),
        ("A309", "B5"), ("A305", "E5"), ("A307", "F5"), ("A311", "I5"), ("A204", "A6"), ("A311", "I7"), ("A205", "A8"),
    )  # fmt: skip


def test_a_law_that_nothing_cites_is_mentioned_once_there_are_answers(checklist, tmp_path):
    pairs = found(checklist, tmp_path, "| Id | Answer | Legal basis |\n| REC-01:law | full | l 1: §§ 3-5 |")
    assert pairs == [("A411", "A6")]


@pytest.mark.parametrize(
    ("code", "read"),
    [("ESP", "ESP"), ("es", "ESP"), ("NA", "NAM"), ("nam", "NAM"), ("ES-AN", "ES-AN"), ("XUT", "XUT"), (" Xab ", "XAB")],
)
def test_country_codes_of_every_kind(checklist, tmp_path, code, read):
    book = fill(checklist, "| Id | Answer |\n| REC-01:law | none |", "", Country_code=code)
    assessment, issues = read_workbook(saved(book, tmp_path), checklist)
    assert assessment.country == read
    assert len(issues) == 0


def test_a_name_left_from_another_country_is_not_believed(checklist, tmp_path):
    assessment, _ = read_workbook(saved(fill(checklist, Country_code="FRA"), tmp_path), checklist)
    assert assessment.country_name == "France"


def test_an_unknown_country_is_answered_with_a_code(checklist, tmp_path):
    assessment, issues = read_workbook(saved(fill(checklist, "", "", Country_code="Spane"), tmp_path), checklist)
    assert assessment is None
    assert [(issue.code, dict(issue.facts)["hint"]) for issue in issues] == [("A306", "ESP")]


def test_missing_fields_do_not_hide_other_faults(checklist, tmp_path):
    pairs = found(checklist, tmp_path, "| Id | Answer |\n| REC-01:law | perhaps |", "", Country_code=None, Law_as_of=None)
    assert pairs == [("A301", "C7"), ("A309", "C23"), ("A309", "C17")]


@pytest.mark.parametrize(
    "typed", [date(2024, 6, 30), datetime(2024, 6, 30), "2024-06-30", "30.06.2024", "30/06/2024", "30 06 2024"]
)
def test_days_as_people_write_them(checklist, tmp_path, typed):
    assessment, issues = read_workbook(saved(fill(checklist, "", "", Law_as_of=typed), tmp_path), checklist)
    assert assessment.as_of == date(2024, 6, 30)
    assert len(issues) == 0


@pytest.mark.parametrize("typed", ["2024", 2024, "06/05/2024", "June 2024", "2024-13-01", "31.02.2024", True])
def test_days_that_could_be_read_in_two_ways_are_refused(checklist, tmp_path, typed):
    assert found(checklist, tmp_path, "", "", Law_as_of=typed) == [("A305", "C23")]


def test_a_wrong_scope_is_refused(checklist, tmp_path):
    assert found(checklist, tmp_path, "", "", Scope_of_the_assessment="everything") == [("A307", "C21")]


def test_formulas_errors_and_merged_cells_are_no_answers(checklist, tmp_path):
    book = fill(checklist, "", "")
    sheet = book[REC]
    sheet["C4"], sheet["C7"], sheet["D7"] = "=F7", "#REF!", '=IF(A1<"x","L1",2)'
    sheet["C7"].data_type = "e"
    sheet.merge_cells("E7:E8")
    book["Start"]["C17"] = '="X"&"UT"'
    assessment, issues = read_workbook(saved(book, tmp_path), checklist)
    assert assessment is None
    assert [(issue.code, issue.at.cell) for issue in issues] == [
        ("A312", "E7"), ("A308", "C4"), ("A310", "C7"), ("A308", "D7"), ("A308", "C17"),
    ]  # fmt: skip
    assert [dict(issue.facts)["value"] for issue in issues if issue.code == "A308"] == ["=F7", '=IF(A1<"x","L1",2)', '="X"&"UT"']


def test_everything_that_is_not_read_is_reported(checklist, tmp_path):
    book = fill(checklist, "", "")
    sheet = book[REC]
    sheet["B3"], sheet["C3"] = "My own title", "yes, all of it"
    sheet["F4"], sheet["T6"] = "doubtful", "far to the right"
    sheet["A30"], sheet["B30"] = "REC-77", "my own question"
    sheet["C31"] = "full"
    sheet["R2"], sheet["R5"] = "My remarks", "a remark"
    book["Laws"]["M2"] = "beside"
    book["Start"]["I3"] = "on the title"
    book["Guide"]["B90"] = "in the guide"
    book.create_sheet("Scratch")["B2"] = 12
    pairs = codes(book, checklist, tmp_path)
    assert pairs == [
        ("A105", "M2"), ("A104", "R2"), ("A105", "B3"), ("A105", "F4"), ("A105", "T6"), ("A201", "A30"), ("A105", "B30"),
        ("A105", "C31"), ("A301", "C3"), ("A105", "I3"), ("A105", "B90"), ("A106", ""),
    ]  # fmt: skip


def test_headings_that_are_gone_or_there_twice(checklist, tmp_path):
    book = fill(checklist, "", "")
    book[REC]["C2"], book[JUS]["E2"] = "Anser", "Legal basis"
    book["Start"]["B23"] = "Date"
    book["Start"]["B17"] = "Country name"
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    found = [(issue.code, issue.at.sheet, issue.at.cell, dict(issue.facts).get("hint", "")) for issue in issues]
    assert found[:3] == [("A108", REC, "C2", ""), ("A103", JUS, "E2", ""), ("A109", JUS, "", "")]
    assert {("A103", "Start", "B18", ""), ("A102", "Start", "", "")} <= set(found)


def test_headings_of_another_language_are_read(checklist, tmp_path):
    book = fill(checklist, "| Id | Answer | Legal basis | Note |\n| REC-01:law | full | L1 art. 3 | why |")
    sheet = book[REC]
    sheet["C2"], sheet["D2"], sheet["E2"] = "REPONSE", "Base juridique", "note "
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert (read.answers["REC-01"].legal_basis, read.answers["REC-01"].ratings) == ("L1 art. 3", {"law": "full"})
    assert not issues.blocking


def test_sheets_that_are_gone_or_there_twice(checklist, tmp_path):
    book = fill(checklist, "", "")
    book.copy_worksheet(book["Laws"]).title = "Copy"
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [(issue.code, issue.at.sheet) for issue in issues] == [("A107", "Copy")]
    del book["Laws"], book["Copy"], book[REC], book[JUS]
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [(issue.code, dict(issue.facts)["sheet"]) for issue in issues] == [("A101", "Laws"), ("A101", f"{REC}, {JUS}")]


def test_a_copied_sheet_may_say_the_same_and_nothing_else(checklist, tmp_path):
    book = fill(checklist, "| Id | Answer |\n| REC-01:law | none |\n| REC-02:law | none |")
    copy = book.copy_worksheet(book[REC])
    assert codes(book, checklist, tmp_path) == [("A411", "A5"), ("A411", "A6")]
    copy["C7"] = "full"
    assert ("A202", "C7") in codes(book, checklist, tmp_path)


def test_rows_that_are_gone_or_there_twice(checklist, tmp_path):
    book = fill(checklist, "| Id | Answer |\n| REC-01:law | none |\n| REC-02:law | full |", "")
    sheet = book[REC]
    sheet["A13"] = "rec–01 : law"
    sheet.delete_rows(16, 4)
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [(issue.code, issue.at.cell) for issue in issues] == [("A202", "C13"), ("A203", "")]
    assert dict(issues.found[1].facts)["provisions"] == "REC-02 (Law), REC-03"


def test_text_beside_no_rating_is_mentioned(checklist, tmp_path):
    pairs = found(checklist, tmp_path, """
        | Id         | Note     | To confirm | Answer |
        | REC-01:law | a remark |            |        |
        | REC-02:law |          | to confirm |        |
        | JUS-01.a   |          |            | no     |
    """, "")  # fmt: skip
    assert pairs == [("A410", "E7"), ("A412", "C5")]


def test_personal_data_is_pointed_out_without_being_repeated(checklist, tmp_path):
    book = fill(checklist, "| Id | Answer | Note |\n| REC-01.b | no | Ask j.doe@example.org |", "")
    _, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [(issue.code, issue.at.cell) for issue in issues] == [("A412", "C4"), ("A901", "E5")]
    assert "j.doe" not in labels("en").message(issues.found[1])


def test_the_workbook_of_another_checklist_or_version(checklist, points, tmp_path):
    path = saved(fill(points, "", ""), tmp_path)
    read, issues = read_workbook(path, checklist)
    assert (read, [issue.code for issue in issues]) == (None, ["A011"])


@pytest.mark.parametrize(("entry", "value", "code"), [("version", "0.9", "A012"), ("digest", "f" * 64, "A013")])
def test_the_workbook_of_another_version(checklist, tmp_path, entry, value, code):
    book = fill(checklist, "", "")
    hidden = book["_legcheck"]
    next(row for row in hidden.iter_rows() if row[0].value == entry)[1].value = value
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert [issue.code for issue in issues] == [code]
    assert (read is None) == (code == "A012")


def test_a_value_is_found_wherever_a_row_or_column_was_put_in(checklist, tmp_path):
    book = fill(checklist, "| Id | Answer | Legal basis |\n| REC-01:law | full | L9 |")
    book[REC].insert_rows(5, 3)
    book[REC].insert_cols(2, 2)
    book["Start"].insert_rows(1, 2)
    assert ("A304", "F10") in codes(book, checklist, tmp_path)


def test_the_value_of_a_field_may_stand_further_right(checklist, tmp_path):
    book = fill(checklist, "", "")
    cell = cell_beside(book["Start"], "Body that fills this in")
    book["Start"].unmerge_cells(f"{cell.coordinate}:E{cell.row}")
    book["Start"].cell(cell.row, cell.column + 2).value = "Ministry"
    read, issues = read_workbook(saved(book, tmp_path), checklist)
    assert (read.body, len(issues)) == ("Ministry", 0)


def test_the_body_is_an_institution_not_a_person(checklist, tmp_path):
    pairs = found(checklist, tmp_path, "", "", Body_that_fills_this_in="Ministry of Justice, +34 912 345 678")
    assert pairs == [("A901", "C20")]
