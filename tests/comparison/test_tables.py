"""The tidy tables: read back with the right types, harmless in a spreadsheet, and good enough to compare again."""

import csv
import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pyarrow.parquet
import pytest

from legcheck import app, batch
from legcheck.analysis import score_all
from legcheck.analysis.summary import mark_of
from legcheck.batch.reading import Reader
from legcheck.labels import labels
from legcheck.model import Request, Scope, Texts, pack_elements, pack_ratings, unpack_elements, unpack_ratings
from legcheck.provisions import short_form
from legcheck.workbook import AnswersTable
from tests.comparison.builders import comparison_of, groups_of, many, summary_of, vot
from tests.samples import workbooks

ANSWERS = "comparison-answers"


def outputs(comparison, language: str = "en") -> dict[str, bytes]:
    made = app.comparison_files(comparison, ["csv", "parquet"], labels(language))
    return {name: content if isinstance(content, bytes) else b"".join(content) for name, content in made.items()}


def from_csv(content: bytes, **settings) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), **settings)


def from_parquet(content: bytes) -> pd.DataFrame:
    return pyarrow.parquet.read_table(io.BytesIO(content)).to_pandas()


def samples() -> batch.Batch:
    return batch.read(workbooks(), Reader())


def test_there_is_a_row_for_each_assessment_dimension_and_figure():
    comparison = comparison_of(many(5, rounds=2))
    table = from_csv(outputs(comparison)["scores.csv"])
    (judged,) = comparison.judged
    assert len(table) == len(comparison.rows) * 2 * len(judged.today.nodes)
    assert not table.duplicated(["country", "as_of", "dimension", "kind", "node"]).any()
    assert list(dict.fromkeys(table.country_name)) == list(dict.fromkeys(row.name for row in comparison.rows))


def test_both_forms_hold_the_same():
    made = outputs(comparison_of([*many(5), summary_of("XZZ", 1, blanks=1)], groups=groups_of(many(5))))
    scores, answers = from_parquet(made["scores.parquet"]), from_parquet(made[ANSWERS + ".parquet"])
    for table, name in ((scores, "scores.csv"), (answers, ANSWERS + ".csv")):
        text = from_csv(made[name], keep_default_na=False, dtype=str)
        assert list(text.columns) == list(table.columns)
        assert len(text) == len(table)
        for column in table:
            if isinstance(table[column].dtype, pd.CategoricalDtype) or table[column].dtype in (object, "str"):
                assert list(text[column]) == ["" if one is None else one for one in texts_of(table[column])], column
            elif column == "as_of":
                assert list(text[column]) == [one.isoformat() for one in table[column]]
            else:
                kind = {"true": 1.0, "false": 0.0, "": float("nan")}
                numbers = [kind[one] if one in kind else float(one) for one in text[column]]
                assert numbers == pytest.approx(list(table[column].astype(float)), nan_ok=True), column


def test_pandas_infers_the_right_types():
    table = from_csv(outputs(comparison_of(many(4)))["scores.csv"])
    for column in ("low", "central", "high", "assessed_share", "scope_median"):
        assert table[column].dtype == float
    for column in ("answered", "applicable", "contrary", "elements_met", "scope_count"):
        assert table[column].dtype == int
    for column in ("latest", "enough_answered"):
        assert table[column].dtype == bool
    assert pd.to_datetime(table.as_of).dt.year.eq(2026).all()


def test_a_figure_stands_beside_its_counts_and_its_printed_text():
    comparison = comparison_of(many(4))
    table = from_csv(outputs(comparison, "fr")["scores.csv"]).set_index(["country", "dimension", "kind", "node"])
    for row in comparison.rows:
        score = row.scores["practice"].chapters["REC"]
        line = table.loc[row.summary.country, "practice", "chapter", "REC"]
        assert (line.low, line.high) == pytest.approx((float(score.low), float(score.high)))
        assert (line.answered, line.applicable) == (score.answered, score.applicable)
        assert line.assessed_share == pytest.approx(score.answered / score.applicable)
        assert line.display == labels("fr").figure(score.display)
    spread = comparison.everyone[0].spreads["law"]["total"]
    line = table.loc[comparison.rows[0].summary.country, "law", "total", "total"]
    assert (line.scope_count, line.scope_median) == (spread.count, pytest.approx(float(spread.median)))


def test_what_is_not_assessed_is_empty_and_never_zero():
    blank, rated = summary_of("XAA", 1, blanks=1), summary_of("XAB", 2)
    table = from_csv(outputs(comparison_of([blank, rated]))["scores.csv"]).set_index("country")
    nothing = table.loc["XAA"]
    assert nothing.central.isna().all()
    assert (nothing.low == 0).all()
    assert (nothing.high == 1).all()
    assert nothing.band.isna().all()


def test_a_reading_of_texts_has_counts_in_a_table_of_its_own_and_no_score():
    national = [summary_of(f"XA{one}", at) for at, one in enumerate("ABC")]
    comparison = comparison_of([*national, summary_of("XZZ", 9, scope=Scope.TEXTS)])
    made = outputs(comparison)
    assert set(from_csv(made["scores.csv"]).country) == {"XAA", "XAB", "XAC"}
    for table in (from_csv(made["readings.csv"]), from_parquet(made["readings.parquet"]), comparison.to_frame("readings")):
        assert set(table.country) == {"XZZ"}
        assert not {"low", "central", "high", "band"} & {*table.columns}
        score = comparison.readings[0].scores["law"].total
        (law,) = table[(table.dimension == "law") & (table.kind == "total")].to_dict("records")
        for name in ("full", "partly", "silent", "short", "left", "not_found", "not_looked_at", "not_applicable"):
            assert law[name] == getattr(score, name)
    answers = from_csv(made[f"{ANSWERS}.csv"]).set_index("country")
    assert answers.loc["XZZ"].worth.isna().all(), "no score can be made of what texts contain"
    assert answers.loc["XZZ"].rating.notna().any()
    assert answers.loc["XAA"].worth.notna().any()


def test_readings_alone_make_a_table_of_scores_without_rows():
    made = outputs(comparison_of([summary_of("XZZ", 9, scope=Scope.TEXTS)]))
    assert len(from_csv(made["scores.csv"])) == len(from_parquet(made["scores.parquet"])) == 0
    assert list(from_csv(made["scores.csv"]).columns) == list(from_parquet(made["scores.parquet"]).columns)
    assert len(from_csv(made["readings.csv"]))
    assert "readings.csv" not in outputs(comparison_of([summary_of("XAA", 1)]))


def test_namibia_is_no_missing_value(tmp_path):
    path = tmp_path / "na.csv"
    path.write_text("country,as_of,provision,rating\nNA,2026-01-01,REC-02,partial\nNA-KH,2026-01-01,REC-02,none\n")
    made = app.assemble(batch.read([path], Reader()), None, Request(), "en")
    for name, content in outputs(made).items():
        table = from_csv(content) if name.endswith("csv") else from_parquet(content)
        assert set(table.country) == {"NAM", "NA-KH"}, name
    assert set(from_csv(outputs(made)["scores.csv"]).country_name) == {"Namibia", "Khomas, Namibia"}


def test_tables_open_in_excel_with_their_accents():
    """Excel takes CSV for UTF-8 only where it begins with this mark; readers of tables leave it out of the first heading."""
    made = outputs(comparison_of([replace(summary_of("CIV", 1), country_name="Côte d’Ivoire")]))
    for name in ("scores.csv", f"{ANSWERS}.csv"):
        assert made[name].startswith("\ufeff".encode())
        assert made[name].count("\ufeff".encode()) == 1
        assert from_csv(made[name]).columns[0] == "country"
    assert set(from_csv(made["scores.csv"]).country_name) == {"Côte d’Ivoire"}


FORMULAS = ['=HYPERLINK("http://x","y")', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_that_somebody_typed_is_a_formula(text):
    summaries = [
        replace(one, source=replace(one.source, name=text), citations=Texts.of([f"{text} art. 1"] * len(vot().provisions)))
        for one in many(3)
    ]
    groups = {one.country: (text, text) for one in summaries}
    names = {one.country: text for one in summaries}
    made = outputs(comparison_of(summaries, names=names, groups=groups))
    cells = [
        cell
        for name in ("scores.csv", ANSWERS + ".csv")
        for row in csv.reader(io.StringIO(made[name].decode("utf-8-sig"), newline=""))
        for cell in row
    ]
    assert any(text in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert set(from_parquet(made["scores.parquet"]).country_name.astype(str)) == {text}, "Parquet is no spreadsheet"


@pytest.mark.parametrize(
    "text", ['a "quoted" name', "comma, and; semicolon", "two\nlines", "Ünïcode ☃ 名", "'apostrophe", "NA", "None"]
)
def test_texts_come_back_as_they_were(text):
    groups = {one.country: (text, text) for one in many(3)}
    made = outputs(comparison_of(many(3), groups=groups))
    assert set(from_csv(made["scores.csv"], keep_default_na=False).group) == {text}
    assert set(from_parquet(made["scores.parquet"]).group.astype(str)) == {text}


def test_the_answers_read_back_give_the_same_figures(tmp_path):
    gathered = samples()
    made = app.assemble(gathered, None, Request(), "en")
    (tmp_path / "again.csv").write_bytes(outputs(made)[ANSWERS + ".csv"])
    read = AnswersTable(tmp_path / "again.csv", vot()).read()
    assert not read.issues.blocking
    assert [(one.country, one.as_of) for one in read.assessments()] == [row.summary.key for row in made.rows]
    for assessment, row in zip(read.assessments(), made.rows, strict=True):
        if has_law_out_of_force(row.summary):  # a table has no register of laws: what is not yet in force counts there
            continue
        for key, scores in score_all(vot(), assessment).items():
            assert (scores.total.low, scores.total.central) == (row.scores[key].total.low, row.scores[key].total.central)
            assert {id: one.central for id, one in scores.chapters.items()} == {
                id: one.central for id, one in row.scores[key].chapters.items()
            }
    assert any(not has_law_out_of_force(row.summary) for row in made.rows)


def has_law_out_of_force(summary) -> bool:
    """Whether some rating or element would count if all law that is cited were in force."""
    typed, counted = (unpack_ratings(vot(), one or summary.ratings) for one in (summary.typed, summary.ratings))
    other = [one for key in typed for one, other in zip(typed[key], counted[key], strict=True) if one and one != other]
    return bool(other or summary.if_adopted)


def test_there_is_a_row_for_each_answer_that_could_be_given():
    made = app.assemble(samples(), None, Request(), "en")
    answers = from_parquet(outputs(made)[ANSWERS + ".parquet"])
    assert len(answers) == len(made.rows) * len(vot().dimensions) * len(vot().provisions)
    assert set(answers.provision) == set(vot().provisions)
    assert set(texts_of(answers.rating)) <= {"full", "partial", "none", "contrary", "na", None}


def test_pending_law_is_told_from_law_in_force():
    first, *others = many(3)
    ratings = {**unpack_ratings(vot(), first.ratings), "law": ("full",) * len(vot().provisions)}
    comparison = comparison_of(
        [replace(first, if_adopted=pack_ratings(vot(), ratings), elements_if_adopted=first.elements), *others]
    )
    table = from_csv(outputs(comparison)["scores.csv"]).set_index(["country", "dimension"])
    assert (table.loc["XAA", "law"].central_if_adopted == 1).all()
    assert table.loc["XAA", "practice"].central_if_adopted.isna().all()
    assert table.loc["XAB", "law"].central_if_adopted.isna().all()


def test_groups_of_assessments_make_the_tables_that_all_of_them_would(monkeypatch):
    comparison = comparison_of(many(7, rounds=2))
    whole = outputs(comparison)
    monkeypatch.setattr("legcheck.reports.comparison.tables._ANSWERS_AT_ONCE", 3 * 248)
    parts = outputs(comparison)
    for name in ("scores.csv", ANSWERS + ".csv"):
        assert parts[name] == whole[name]
    for name in ("scores.parquet", ANSWERS + ".parquet"):
        assert from_parquet(parts[name]).astype(str).equals(from_parquet(whole[name]).astype(str))


def test_an_answer_says_what_it_is_about_and_what_it_is_worth():
    comparison = comparison_of(many(3))
    answers = from_parquet(outputs(comparison)[ANSWERS + ".parquet"]).set_index(["country", "dimension", "provision"])
    for row in comparison.rows:
        for key, dimension in vot().by_dimension.items():
            ratings, elements, citations = comparison.ratings(row, key), comparison.elements(row), comparison.citations(row)
            for id, provision in vot().provisions.items():
                line = answers.loc[row.summary.country, key, id]
                level = dimension.level(provision, ratings[id])
                assert (line.checklist, line.version, line.checklist_title) == ("vot", vot().version, vot().title)
                assert (line.chapter, line.provision_title) == (provision.chapter, provision.title)
                assert line.worth == pytest.approx(worth_of(level, elements[id] if dimension.elements else None), nan_ok=True)
                said = elements[id].beside(level).text if dimension.elements else ""
                assert texts_of([line.elements, line.citation]) == [said or None, (dimension.in_time and citations[id]) or None]


def worth_of(level, marks) -> float:
    """What a rating is worth: for one that counts elements, those met and half of those not answered, always less than all."""
    if level is None or level.outside:
        return float("nan")
    if marks is None or not marks.recorded or level.key != "partial":
        return float(level.worth)
    met, unknown, every = len(marks.met), len(marks.open), len(marks.all)
    return (met + unknown / 2) / every if met < every else 1 - 1 / 2 / every


def texts_of(values) -> list[str | None]:
    """Texts, None for what is missing."""
    return [None if pd.isna(value) else str(value) for value in values]


def test_the_rows_of_two_checklists_stand_in_one_order():
    short = short_form(vot())
    keep = [at for at, id in enumerate(vot().provisions) if id in short.provisions]
    summaries = many(6)
    for at in (1, 4):
        one = summaries[at]
        ratings = {key: [of[place] for place in keep] for key, of in unpack_ratings(vot(), one.ratings).items()}
        all_marks, citations = unpack_elements(vot(), one.elements), list(one.citations)
        summaries[at] = replace(
            one,
            checklist=mark_of(short),
            ratings=pack_ratings(short, ratings),
            elements=pack_elements(all_marks[place] for place in keep),
            citations=Texts.of(citations[place] for place in keep),
        )
    comparison = comparison_of(summaries, checklists=(vot(), short))
    table = from_csv(outputs(comparison)["scores.csv"])
    assert list(dict.fromkeys(table.country)) == [one.country for one in summaries]
    totals = table[(table.kind == "total") & (table.dimension == "law")]
    assert totals.central.tolist() == pytest.approx([float(row.scores["law"].total.central) for row in comparison.rows])
    assert totals.differs.fillna("").tolist() == ["", "form", "", "", "form", ""]
    assert date.fromisoformat(totals.as_of.iloc[0]) == date(2026, 6, 30)
