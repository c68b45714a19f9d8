"""Answers tables: one row per answer, one file for one assessment or many."""

from datetime import date
from fractions import Fraction
from textwrap import dedent

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import legcheck
from legcheck import countries
from legcheck.analysis.summary import summarise
from legcheck.issues import InputError
from legcheck.labels import labels
from legcheck.model import Answer, Assessment, Dimension, ElementAnswer, Level, Scale
from legcheck.words import compact, fold
from legcheck.workbook import AnswersTable, is_answers_table
from legcheck.workbook.content import AnswerChecks
from legcheck.workbook.reading.vocabulary import Vocabulary
from legcheck.workbook.text import parse_date
from tests.workbook.conftest import checklist_of, provision

PLAIN = "country,as_of,provision,rating\n"


def table(folder, content: str | bytes | pd.DataFrame, name: str = "answers.csv"):
    path = folder / name
    if isinstance(content, pd.DataFrame):
        (content.to_excel if name.endswith(".xlsx") else content.to_parquet)(path, index=False)
    else:
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).strip().encode())
    return path


def read(folder, checklist, content, only: str = "", **settings):
    """The assessments of a table, and code and line of each issue."""
    found = AnswersTable(table(folder, content), checklist).read(only, **settings)
    return found.assessments(), [(issue.code, issue.at.line) for issue in found.issues]


def messages(folder, checklist, content) -> list[str]:
    return [labels("en").message(issue) for issue in AnswersTable(table(folder, content), checklist).read().issues]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("above", ["", "sep=;\r\n", "\r\n", '"sep=;"\n'])
def test_tables_as_spreadsheets_save_them(checklist, tmp_path, encoding, above):
    """Excel saves 'Unicode text' in UTF-16 and may say above the headings how cells are separated."""
    text = (
        above
        + "country;as_of;provision;rating;note\r\nESP;2026-06-30;REC-01;partial;Régime général\r\nESP;2026-06-30;REC-09;full;\r\n"
    )
    content = b"\xfe\xff" + text.encode(encoding) if encoding == "utf-16-be" else text.encode(encoding)
    (assessment,), issues = read(tmp_path, checklist, content)
    assert assessment.answers["REC-01"].note == "Régime général"
    assert {line for _, line in issues} == {4 if above else 3}


def test_an_answer_may_be_kept_out_of_the_public_edition(checklist, tmp_path):
    text = """
        country,as_of,provision,rating,publish
        ESP,2026-06-30,REC-01,full,
        ESP,2026-06-30,REC-02.a,yes,non
        ESP,2026-06-30,REC-02.b,no,
        ESP,2026-06-30,REC-03,none,yes
    """
    (assessment,), issues = read(tmp_path, checklist, text)
    assert {id: answer.publish for id, answer in assessment.answers.items()} == {"REC-01": True, "REC-02": False, "REC-03": True}
    assert issues == []


def test_a_word_that_does_not_say_whether_to_publish_is_an_error(checklist, tmp_path):
    text = """
        country,as_of,provision,rating,publish
        ESP,2026-06-30,REC-01,full,perhaps
    """
    assert ("A307", 2) in read(tmp_path, checklist, text)[1]


def test_one_file_holds_several_assessments(checklist, tmp_path):
    text = """
        country,as_of,provision,rating
        NA,2024-01-01,REC-01,none
        NAM,01.01.2024,REC-02,none
        XUT,2024-01-01,REC-01,none
        NA,2025-01-01,REC-01,none
    """
    found, issues = read(tmp_path, checklist, text)
    assert [(one.country, one.country_name, one.as_of, list(one.answers)) for one in found] == [
        ("NAM", "Namibia", date(2024, 1, 1), ["REC-01", "REC-02"]),
        ("XUT", "XUT", date(2024, 1, 1), ["REC-01"]),
        ("NAM", "Namibia", date(2025, 1, 1), ["REC-01"]),
    ]
    assert issues == []
    assert read(tmp_path, checklist, text, "XUT@2024-01-01")[0] == found[1:2]


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_kinds_of_csv_that_people_save(checklist, tmp_path, start, end, mark):
    text = """
        Country|As of|PROVISION|rating|Dimension|elements|citation|note|assessor
        ESP|2024-01-01|REC-01|Fully provided for||a b c|"Act 29/2011; art. 3"|"two
        lines"|A
        ESP|2024-01-01|rec-01|Non prévu|Practice||||

        ESP|2024-01-01|JUS-02|NA|law|||"No such procedure."|
    """
    saved = start + dedent(text).strip().replace("|", mark).replace("\n", end)
    (one,), issues = read(tmp_path, checklist, saved.encode())
    first = one.answers["REC-01"]
    assert (first.ratings, first.met) == ({"law": "full", "practice": "none"}, ("a", "b", "c"))
    assert (first.legal_basis, first.note, first.assessor) == ("Act 29/2011; art. 3", "two\nlines", "A")
    assert (first.at["law"].line, first.at["practice"].line, str(first.at["note"])) == (2, 4, "answers.csv:2")
    assert one.answers["JUS-02"].ratings == {"law": "na"}
    assert issues == []


def test_dates_and_numbers_are_read_as_pandas_writes_them(tmp_path):
    """Days come as dates or timestamps, and a column of 0 and 1 holds floats as soon as one value is blank."""
    scale = Scale("flag", (Level("1", "Yes", "", Fraction(1)), Level("0", "No", "", Fraction(0))))
    only = Dimension("text", "Text", "", scale, None, elements=False, in_time=False)
    flags = checklist_of({"N": [provision(f"N-{at}", "") for at in (1, 2, 3)]}, (only,), id="flags", translations={})
    days = [date(2024, 1, 1)] * 3
    for as_of in (days, pd.to_datetime(days), pd.Categorical(["2024-01-01"] * 3)):
        frame = pd.DataFrame({"country": "ESP", "as_of": as_of, "provision": ["N-1", "N-2", "N-3"], "rating": [1.0, 0.0, None]})
        for content, name in ((frame, "a.parquet"), (frame.to_csv(index=False), "a.csv")):
            found = AnswersTable(table(tmp_path, content, name), flags).read()
            (one,) = found.assessments()
            assert (one.as_of, len(found.issues)) == (date(2024, 1, 1), 0)
            assert [answer.ratings for answer in one.answers.values()] == [{"text": "1"}, {"text": "0"}, {}]


def test_all_faults_come_in_one_run_with_their_lines(checklist, tmp_path):
    found, issues = read(tmp_path, checklist, """
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
    assert issues == [
        ("A104", 1), ("A301", 2), ("A201", 3), ("A307", 4), ("A105", 5), ("A302", 5), ("A202", 6), ("A309", 7),
        ("A306", 8), ("A305", 9), ("A309", 10), ("A309", 10),
    ]  # fmt: skip
    assert [one.country for one in found] == ["ESP"]


def test_what_is_wrong_is_said_with_value_and_remedy(checklist, tmp_path):
    said = messages(
        tmp_path, checklist, PLAIN + "ESP,2024-01-01,REC-01,partail\nESP,2024-01-01,JUS-1,none\nSpain,2024-01-01,REC-02,none"
    )
    assert said == [
        "'partail' is not a rating. Choose one of: full, partial, none, contrary, na. Did you mean 'partial'?",
        "'JUS-1' is not a provision of this checklist, so its row was not read. Correct the id; if the row is your own, move "
        "what should count to a row with an id. "
        "Did you mean 'JUS-01'?",
        "'Spain' is not the code of a country or territory. Use three letters such as ESP, a region such as ES-AN, or XUT for a "
        "fictional country. Did you mean 'ESP'?",
    ]


def test_repeated_problems_are_reported_at_their_first_places_and_counted(checklist, tmp_path):
    rows = [f"ESP,{year}-01-01,REC-01,perhaps\n" for year in range(1980, 2010)]
    _, issues = read(tmp_path, checklist, PLAIN + "".join(rows))
    assert issues == [("A301", line) for line in range(2, 12)]
    assert messages(tmp_path, checklist, PLAIN + "".join(rows))[-1].endswith("More rows with this problem: 20.")
    blank = PLAIN + "".join(row.replace("ESP", "").replace("perhaps", "none") for row in rows)
    assert messages(tmp_path, checklist, blank) == ["'country' is empty. Fill it in. More rows with this problem: 29."]


def test_however_many_are_wrong_the_list_is_bounded(checklist, tmp_path):
    rows = "".join(f"ESP,2024-01-01,REC-{n}x,none\n" for n in range(2_000))
    _, issues = read(tmp_path, checklist, PLAIN + "ESP,2024-01-01,REC-01,none\n" + rows)
    assert len(issues) == 500
    assert messages(tmp_path, checklist, PLAIN + "ESP,2024-01-01,REC-01,none\n" + rows)[-1].endswith("this problem: 1500.")


def test_a_table_of_another_checklist_is_reported_first_in_one_line(checklist, binary, tmp_path):
    path = table(tmp_path, PLAIN + "XXXX,never,B-1,yes\nESP,2024-01-01,B-2,no\n")
    with pytest.raises(InputError) as refused:
        AnswersTable(path, checklist, others=lambda: [checklist, binary])
    (issue,) = refused.value.issues
    assert labels("en").message(issue) == (
        "No provision in this table belongs to the checklist 'small' (the table has B-1, B-2). Use --checklist to name the "
        "checklist that it answers. Did you mean 'binary'?"
    )


def test_not_applicable_is_a_rating_only_where_the_scale_has_it(checklist, binary, tmp_path):
    text = PLAIN + "NA,2024-01-01,{},NA\n"
    (one,), _ = read(tmp_path, checklist, text.format("JUS-02"))
    assert one.answers["JUS-02"].ratings == {"law": "na"}
    assert read(tmp_path, binary, text.format("B-1"))[1] == [("A301", 2)]


def test_content_is_checked_as_in_a_workbook(checklist, tmp_path):
    text = """
        country,as_of,provision,rating,elements,citation,note
        ESP,2024-01-01,REC-01,full,a,Act 3,
        ESP,2024-01-01,REC-02,none,,,Call +34 600 123 456
        ESP,2024-01-01,JUS-01,na,,,
    """
    assert read(tmp_path, checklist, text)[1] == [("A404", 2), ("A901", 3), ("A401", 4)]
    assert read(tmp_path, checklist, text, errors_only=True)[1] == [("A401", 4)]


def test_only_sound_assessments_with_ratings_are_compared(checklist, tmp_path):
    found = AnswersTable(table(tmp_path, PLAIN + """\
ESP,2024-01-01,REC-01,none
FRA,2024-01-01,REC-01,perhaps
ITA,2024-01-01,REC-01,
X,2024-01-01,REC-01,none
"""), checklist).read(errors_only=True)  # fmt: skip
    assert [country for country, _ in found.columns().keys] == ["ESP"]
    assert [one.country for one in found.assessments(sound=True)] == ["ESP"]
    assert found.left_out == ["FRA 2024-01-01", "ITA 2024-01-01", "?"]
    assert [(issue.code, issue.at.line) for issue in found.issues] == [("A301", 3), ("A014", 4), ("A306", 5)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "A005"),
        (b"country,as_of\nESP,2024-01-01\n", "A102"),
        (b"country,as_of,provision,rating,rating\n", "A103"),
        (b'country,as_of,provision,rating\n"ESP,2024', "A004"),
        (b"country,as_of,provision,rating\nESP,2024-01-01,REC-01,pr\xe9vu\n", "A020"),
        (b"\xef\xbb\xbf", "A102"),
        (b"\0\1country", "A003"),
        (b"PAR1\0\0", "A004"),
        (b"PK\x03\x04", "A004"),
        (b"\xff\xfec\0o", "A020"),
    ],
)
def test_what_is_no_table_is_refused(checklist, tmp_path, content, code):
    with pytest.raises(InputError) as refused:
        AnswersTable(table(tmp_path, content), checklist)
    assert code in [issue.code for issue in refused.value.issues]


def test_what_a_table_has_no_column_for_is_not_missed(checklist, tmp_path):
    rows = "ESP,2024-01-01,REC-01,partial{0}\nESP,2024-01-01,JUS-02,na{0}\n"
    assert read(tmp_path, checklist, PLAIN + rows.format(""))[1] == []
    heading = "country,as_of,provision,rating,elements,citation,note\n"
    assert read(tmp_path, checklist, heading + rows.format(",,,"))[1] == [("A405", 2), ("A403", 2), ("A402", 3)]


def test_a_heading_almost_right_is_named(checklist, tmp_path):
    with pytest.raises(InputError) as refused:
        AnswersTable(table(tmp_path, "country,as_of,provison,rating"), checklist)
    assert [labels("en").message(issue) for issue in refused.value.issues][-1].endswith("Did you mean 'provison'?")


def test_a_table_without_rows_has_no_assessments(checklist, tmp_path):
    assert read(tmp_path, checklist, PLAIN) == ([], [])


# Any table, against a reader that goes row by row ------------------------------------------------------------------------

WORDS = {
    "country": ["ESP", "es", "ES-PV", "XUT", "", "Spain"],
    "as_of": ["2024-01-01", "01.01.2024", "2025-06-30", "", "2024"],
    "provision": ["REC-01", "rec 02", "JUS-01", "JUS-02", "", "REC-9", "REC-01.a", "rec-01.C", "JUS-01.b", "REC-01.z"],
    "rating": ["full", "Partly provided for", "none", "NA", "contrary", "", "ful", "yes", "Non", "x"],
    "dimension": ["", "law", "Practice", "laws"],
    "elements": ["", "a, b", "all", "none", "-", "a b?", "z?"],
    "citation": ["", "Act 1, art. 2", "Act 2"],
    "note": ["", "why", "two\nlines", "j.doe@example.org"],
    "scope": ["", "national", "texts", "Texts", "all"],
    "country_name": ["", "Land"],
}
# No more rows than are reported one by one.
ROWS = st.lists(st.fixed_dictionaries({name: st.sampled_from(words) for name, words in WORDS.items()}), max_size=9)
COLUMNS = st.sets(st.sampled_from([name for name in WORDS if name not in PLAIN])).map(
    lambda chosen: [name for name in WORDS if name in chosen or name in PLAIN]
)
ONE_MORE = {"country": "ESP", "as_of": "2030-01-01", "provision": "REC-01", "rating": "none"}


class RowByRow:
    """Reads the same table the slow and obvious way: assessments by country and day, issues as code and number of the row."""

    def __init__(self, checklist, columns):
        self.checklist = checklist
        self.absent = {"elements", "citation", "note"} - set(columns)
        self.words = Vocabulary(checklist, "en")
        self.ids = {compact(id): one for id, one in checklist.provisions.items()}
        self.dimensions = {fold(name): one for one in checklist.dimensions for name in (one.key, one.title)}
        self.assessments = {}
        self.issues = []

    def read(self, rows):
        for at, row in enumerate(rows):
            self.take(at, row, [(name, earlier[name]) for name in ("country", "as_of") for earlier in rows[:at]])
        for key, one in self.assessments.items():
            for id, said in one["answers"].items() if "?" not in key else ():
                self.check(id, said, subdivision="-" in key[0])

    def take(self, at, row, before):
        try:
            code = countries.find(row["country"] or "?").code
        except KeyError:
            code = "?"
            self.wrong(at, "A306" if row["country"] else "A309", ("country", row["country"]) not in before)
        try:
            day = parse_date(row["as_of"])
        except ValueError:
            day = "?"
            self.wrong(at, "A305" if row["as_of"] else "A309", ("as_of", row["as_of"]) not in before)
        scope = row.get("scope", "").lower() or "national"
        plain = scope if scope in ("national", "texts") else "national"
        one = self.assessments.setdefault((code, day), {"scope": plain, "name": row.get("country_name"), "answers": {}})
        known = "?" not in (code, day)
        self.wrong(at, "A307", scope != plain)
        self.wrong(at, "A313", scope == plain and known and scope != one["scope"])
        id, _, letter = compact(row["provision"]).partition(".")
        provision, dimension = self.ids.get(id), self.dimensions.get(fold(row.get("dimension") or "law"))
        if letter and letter not in (provision.letters if provision else ""):
            provision = None
        self.wrong(at, "A201" if row["provision"] else "A309", provision is None)
        self.wrong(at, "A307", dimension is None)
        if not provision or not dimension:
            return
        said = one["answers"].setdefault(provision.id, {"at": {}, "ratings": {}, "rows": {}})
        if letter:
            repeated = known and letter in said["rows"]
            self.wrong(at, "A202", repeated)
            if not repeated:
                said["rows"][letter] = at
                self.element(at, row, letter, said)
        else:
            repeated = known and dimension.key in said["at"]
            self.wrong(at, "A202", repeated)
            if not repeated:
                self.answer(at, row, provision, dimension, said)

    def element(self, at, row, letter, said):
        self.absent -= {"elements"}
        met = None
        try:
            met = self.words.yes(row["rating"]) if row["rating"] else None
        except KeyError:
            self.wrong(at, "A307")
        self.wrong(at, "A105", row.get("elements"))
        self.wrong(at, "A901", "@" in row.get("note", ""))
        said.setdefault("said", {})[letter] = ElementAnswer(met, row.get("citation", ""), (), row.get("note", ""))

    def answer(self, at, row, provision, dimension, said):
        said["at"][dimension.key] = at
        try:
            if row["rating"]:
                said["ratings"][dimension.key] = self.words.rating(dimension, provision, row["rating"])
        except KeyError:
            self.wrong(at, "A301")
        if row.get("elements"):
            said["elements"], bad = self.words.elements(row["elements"], provision.letters)
            said["at"]["elements"] = at
            self.wrong(at, "A302", bad)
        for name, field in (("citation", "legal_basis"), ("note", "note")):
            if row.get(name):
                said.setdefault(field, {}).setdefault(row[name], at)
                said["at"][field] = at
                self.wrong(at, "A901", "@" in row[name])

    def check(self, id, said, subdivision):
        """The issues of an answer, by the same checks as for workbooks."""
        if said.get("elements"):
            for at in said["rows"].values():
                self.wrong(at, "A202")
        elif said["rows"]:
            said["elements"] = dict(sorted(said["said"].items()))
            said["at"].setdefault("elements", min(said["rows"].values()))
        texts = {field: "\n".join(said.get(field, {})) for field in ("legal_basis", "note")}
        answer = Answer(id, said["ratings"], elements=said.get("elements", {}), at=said["at"], **texts)
        nowhere = Assessment("XUT", "", date.max, self.checklist.id, self.checklist.version)
        checks = AnswerChecks(
            self.checklist, nowhere, absent=frozenset(sub.replace("citation", "legal_basis") for sub in self.absent)
        )
        for problem in [*checks.errors(answer, subdivision=subdivision), *checks.warnings(answer)]:
            if problem.rule.code != "A901":
                self.wrong(
                    next(said["at"][field] for field in (*problem.fields, *said["at"]) if field in said["at"]), problem.rule.code
                )
        said["answer"] = answer

    def wrong(self, at, code, when=True):
        if when:
            self.issues.append((code, at))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, columns=COLUMNS, kind=st.sampled_from(["csv", "parquet", "xlsx"]))
def test_any_table_is_read_as_one_reads_it_row_by_row(checklist, tmp_path, rows, columns, kind):
    rows = [row for row in [{name: row[name] for name in columns} for row in rows] if any(row.values())]
    rows.append(dict.fromkeys(columns, "") | ONE_MORE)
    frame = pd.DataFrame(rows, columns=columns)
    content = frame.to_csv(index=False) if kind == "csv" else frame
    expected = RowByRow(checklist, columns)
    expected.read(rows)
    found = AnswersTable(table(tmp_path, content, f"t.{kind}"), checklist).read()

    known = {key: one for key, one in expected.assessments.items() if "?" not in key}
    assert [(one.country, one.as_of) for one in found.assessments()] == list(known)
    for one, same in zip(found.assessments(), known.values(), strict=True):
        assert (one.scope, one.country_name) == (same["scope"], same["name"] or countries.find(one.country).name("en"))
        assert one.answers == {id: same["answers"][id]["answer"] for id in checklist.provisions if id in same["answers"]}

    more_lines = [sum(text.count("\n") for text in row.values()) if kind == "csv" else 0 for row in rows]
    lines = [2 + at + sum(more_lines[:at]) for at in range(len(rows))]
    assert sorted((issue.code, issue.at.line) for issue in found.issues) == sorted(
        (code, lines[at]) for code, at in expected.issues
    )

    columns = found.columns()
    sound = found.assessments(sound=True)
    assert [*columns.keys] == [(one.country, one.as_of) for one in sound]
    packed = [summarise(checklist, one) for one in sound]
    assert [*columns.ratings] == [one.ratings for one in packed]
    assert [*columns.elements] == [one.elements for one in packed]


def test_elements_may_have_rows_of_their_own(checklist, tmp_path):
    path = tmp_path / "elements.csv"
    path.write_text(
        "country,as_of,provision,rating,citation,note\n"
        "ESP,2026-01-01,REC-01.a,oui,Act 1 s. 4,\n"
        "ESP,2026-01-01,rec-01.C,no,,only nationals\n"
        "ESP,2026-01-01,REC-01,partial,Act 1,\n",
        "utf-8",
    )
    reading = AnswersTable(path, checklist).read()
    assert [(issue.code, dict(issue.facts)["letters"]) for issue in reading.issues] == [("A412", "b")]
    (answer,) = reading.assessments()[0].answers.values()
    assert answer.elements == {
        "a": ElementAnswer(met=True, legal_basis="Act 1 s. 4"),
        "c": ElementAnswer(met=False, remark="only nationals"),
    }
    assert answer.whole_legal_basis == "Act 1; Act 1 s. 4"
    assert [answer.at[field].line for field in ("law", "elements.a", "elements.c")] == [4, 2, 3]


def test_a_table_may_be_separated_by_tabs(tmp_path):
    path = tmp_path / "table.tsv"
    path.write_text("country\tas_of\tprovision\trating\nESP\t2026-01-01\tGEN-01\tfull\n", "utf-8")
    assert legcheck.read(path).answers["GEN-01"].ratings == {"law": "full"}
    assert [row.summary.country for row in legcheck.compare(tmp_path, use_cache=False).rows] == ["ESP"]


def test_an_excel_file_with_the_headings_of_a_table_is_one(checklist, tmp_path):
    """Days and numbers are cells of their kind, the headings may stand further down, and what is not read is named."""
    book = Workbook()
    sheet = book.active
    sheet["B2"], sheet["C2"], sheet["D2"], sheet["E2"] = "Country", "As of", "Provision", "Rating"
    sheet["B3"], sheet["C3"], sheet["D3"], sheet["E3"], sheet["G3"] = "NAM", date(2024, 1, 1), "REC-01", "none", "beyond"
    sheet["B5"], sheet["C5"], sheet["D5"], sheet["E5"] = "NAM", "01.01.2024", "REC-02", "perhaps"
    book.create_sheet("Scratch")["A1"] = 12
    path = tmp_path / "answers.xlsx"
    book.save(path)
    assert is_answers_table(path)
    found = AnswersTable(path, checklist).read()
    assert [(one.country, one.as_of, list(one.answers)) for one in found.assessments()] == [
        ("NAM", date(2024, 1, 1), ["REC-01", "REC-02"])
    ]
    assert found.assessments()[0].answers["REC-01"].at["law"].line == 3
    assert [(issue.code, issue.at.sheet, issue.at.line) for issue in found.issues] == [
        ("A106", "Scratch", 0), ("A105", "", 3), ("A301", "", 5),
    ]  # fmt: skip


def test_a_workbook_is_no_table_and_other_excel_files_are_neither(checklist, blank, tmp_path):
    path = tmp_path / "XUT.xlsx"
    path.write_bytes(blank)
    assert not is_answers_table(path)
    Workbook().save(path)
    assert not is_answers_table(path)
    path.write_bytes(b"PK\3\4")
    assert not is_answers_table(path)
    assert not is_answers_table(tmp_path / "missing.xlsx")


def test_an_excel_table_is_checked_scored_and_compared_like_any_other(tmp_path):
    rows = [("ESP", date(2026, 1, 1), "GEN-01", "full"), ("NAM", date(2026, 1, 1), "GEN-01.a", "yes")]
    path = table(tmp_path, pd.DataFrame(rows, columns=["country", "as_of", "provision", "rating"]), "answers.xlsx")
    assert legcheck.read(path, country="ESP").answers["GEN-01"].ratings == {"law": "full"}
    assert legcheck.assess(path, country="NAM").scores["law"].assessed
    assert [row.summary.country for row in legcheck.compare(tmp_path, use_cache=False).rows] == ["NAM", "ESP"]
