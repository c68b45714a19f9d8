"""Answers tables: one row an answer, one file of one assessment or of many."""

from datetime import date
from textwrap import dedent

import pytest

from legcheck.issues import InputError
from legcheck.labels import labels
from legcheck.workbook import read_table


def table(folder, text: str, encoding: str = "utf-8"):
    path = folder / "answers.csv"
    path.write_bytes(dedent(text).strip().encode(encoding))
    return path


def read(folder, checklist, text: str, encoding: str = "utf-8"):
    return [
        (one, [(issue.code, issue.at.line) for issue in issues])
        for one, issues in read_table(table(folder, text, encoding), checklist)
    ]


def test_one_file_holds_several_assessments(checklist, tmp_path):
    found = read(tmp_path, checklist, """
        country,as_of,provision,rating
        NA,2024-01-01,REC-01,none
        NAM,01.01.2024,REC-02,none
        XUT,2024-01-01,REC-01,none
        NA,2025-01-01,REC-01,none
    """)  # fmt: skip
    assert [(one.country, one.country_name, one.as_of, list(one.answers)) for one, _ in found] == [
        ("NAM", "Namibia", date(2024, 1, 1), ["REC-01", "REC-02"]),
        ("XUT", "XUT", date(2024, 1, 1), ["REC-01"]),
        ("NAM", "Namibia", date(2025, 1, 1), ["REC-01"]),
    ]
    assert all(issues == [] for _, issues in found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_kinds_of_csv_that_people_save(checklist, tmp_path, encoding, mark):
    text = """
        Country|As of|PROVISION|rating|Dimension|elements|citation|note|assessor
        ESP|2024-01-01|REC-01|Fully provided for||a b c|"Act 29/2011; art. 3"|"two
        lines"|A
        ESP|2024-01-01|rec-01|Non prévu|Practice||||

        ESP|2024-01-01|JUS-02|NA|law|||"No such procedure."|
    """
    ((one, issues),) = read(tmp_path, checklist, text.replace("|", mark), encoding)
    first = one.answers["REC-01"]
    assert (first.ratings, first.elements) == ({"law": "full", "practice": "none"}, ("a", "b", "c"))
    assert (first.legal_basis, first.note, first.assessor) == ("Act 29/2011; art. 3", "two\nlines", "A")
    assert (first.at["law"].line, first.at["practice"].line, str(first.at["note"])) == (2, 4, "answers.csv:2")
    assert one.answers["JUS-02"].ratings == {"law": "na"}
    assert issues == []


def test_all_faults_come_in_one_run_with_their_lines(checklist, tmp_path):
    found = read(tmp_path, checklist, """
        country,as_of,provision,rating,dimension,elements,remark
        ESP,2024-01-01,REC-01,partail,,,x
        ESP,2024-01-01,REC-77,full,,,
        ESP,2024-01-01,REC-02,full,laws,,
        ESP,2024-01-01,REC-02,full,law,z,,more
        ESP,2024-01-01,REC-02,none,law,,
        ESP,2024-01-01,,none,law,,
        SPAIN,2024-01-01,REC-02,none,law,,
        ESP,2024,REC-02,none,law,,
        ,,REC-02,none,law,,
    """)  # fmt: skip
    assert [issues for _, issues in found] == [
        [("A104", 1), ("A301", 2), ("A201", 3), ("A307", 4), ("A105", 5), ("A302", 5), ("A202", 6), ("A309", 7)],
        [("A306", 8)],
        [("A305", 9)],
        [("A309", 10), ("A309", 10)],
    ]
    assert [one is None for one, _ in found] == [False, True, True, True]


def test_not_applicable_is_a_rating_only_where_the_scale_has_it(checklist, binary, tmp_path):
    text = "country,as_of,provision,rating\nNA,2024-01-01,{},NA\n"
    ((one, _),) = read_table(table(tmp_path, text.format("JUS-02")), checklist)
    assert one.answers["JUS-02"].ratings == {"law": "na"}
    ((_, issues),) = read_table(table(tmp_path, text.format("B-1")), binary)
    assert [issue.code for issue in issues] == ["A301"]


def test_content_is_checked_as_in_a_workbook(checklist, tmp_path):
    ((_, issues),) = read(tmp_path, checklist, """
        country,as_of,provision,rating,elements,citation,note
        ESP,2024-01-01,REC-01,full,a,Act 3,
        ESP,2024-01-01,REC-02,none,,,Call +34 600 123 456
        ESP,2024-01-01,JUS-01,na,,,
    """)  # fmt: skip
    assert issues == [("A404", 2), ("A901", 3), ("A401", 4)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "A005"),
        (b"country,as_of\nESP,2024-01-01\n", "A102"),
        (b"country,as_of,provision,rating,rating\n", "A103"),
        (b'country,as_of,provision,rating\n"ESP,2024', "A004"),
        (b"country,as_of,provision,rating\nESP,2024-01-01,REC-01,pr\xe9vu\n", "A020"),
        (b"PAR1\0\0", "A004"),
        (b"PK\x03\x04", "A003"),
        (b"\xff\xfec\0o\0u\0n\0", "A003"),
    ],
)
def test_what_is_no_table_is_refused(checklist, tmp_path, content, code):
    path = tmp_path / "answers.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_table(path, checklist)
    assert code in [issue.code for issue in refused.value.issues]


def test_what_a_table_has_no_column_for_is_not_missed(checklist, tmp_path):
    rows = "ESP,2024-01-01,REC-01,partial{0}\nESP,2024-01-01,JUS-02,na{0}\n"
    ((_, issues),) = read_table(table(tmp_path, "country,as_of,provision,rating\n" + rows.format("")), checklist)
    assert [issue.code for issue in issues] == []
    heading = "country,as_of,provision,rating,elements,citation,note\n"
    ((_, issues),) = read_table(table(tmp_path, heading + rows.format(",,,")), checklist)
    assert [issue.code for issue in issues] == ["A405", "A403", "A402"]


def test_a_heading_almost_right_is_named(checklist, tmp_path):
    with pytest.raises(InputError) as refused:
        read_table(table(tmp_path, "country,as_of,provison,rating"), checklist)
    assert [labels("en").message(issue) for issue in refused.value.issues][-1].endswith("Did you mean 'provison'?")


def test_a_table_without_rows_has_no_assessments(checklist, tmp_path):
    assert read_table(table(tmp_path, "country,as_of,provision,rating"), checklist) == []
