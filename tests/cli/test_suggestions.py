"""Articles proposed for provisions, and how far the proposals find what is cited; the law is made up."""

import csv
import io
import json
import os
import shutil

import pytest

from legcheck.texts import meaning_known
from tests.cli.test_window import in_a_window
from tests.samples import FOLDER

LAW = """# Ley 29/2011, de 22 de septiembre

Artículo 1. Objeto
Esta ley ayuda a quien sufrió un atentado.

Artículo 2. Anticipos
Quien resulte herido podrá percibir un anticipo a cuenta antes de la resolución definitiva. Se paga en tres meses.

Artículo 3. Día de la memoria
Cada año se celebrará un día de recuerdo y homenaje a las víctimas; los monumentos se levantan con las familias.

Artículo 4. Prueba
La condición de víctima se acredita por cualquier medio de prueba admitido; la autoridad recaba los documentos y archivos.

Artículo 5. Contratos
La mesa abre los sobres el martes.
"""


@pytest.fixture
def beside(run, spain, tmp_path):
    """The reading of a real statute in an empty folder, with a short text in place of the statute."""
    copy = tmp_path / spain.name
    shutil.copy(spain, copy)
    (tmp_path / "law.md").write_text(LAW, "utf-8")
    assert run("texts", "add", "law.md", "--to", copy.name, "--yes").code == 0
    return copy.name


def test_articles_are_proposed_with_their_reason_and_a_caution(run, beside):
    done = run("texts", "suggest", beside, "--provision", "REP-06", "--provision", "mem-01")
    assert (done.code, done.err) == (0, "")
    assert "Nothing was judged" in done.out
    assert "L1 · Ley 29/2011, de 22 de septiembre" in done.out
    first, _, second = done.out.partition("MEM-01 · Commemoration day")
    assert "REP-06 · Advance payments\n  1 L1 Artículo 2 · Anticipos" in first
    assert "Quien resulte herido podrá percibir un anticipo a cuenta antes de la resolución" in first
    assert "(Advance)" in first
    assert "1 L1 Artículo 3 · Día de la memoria" in second
    assert "Artículo 5" not in done.out


def test_where_nothing_is_in_common_that_proves_nothing(run, beside, tmp_path):
    (path,) = (tmp_path / "texts").iterdir()
    head, _, _ = path.read_text("utf-8").partition("## [1]")
    path.write_text(f"{head}## [5] Artículo 5\n\nSe abren.\n", "utf-8")
    done = run("texts", "suggest", beside, "--provision", "MEM-01")
    assert done.code == 0
    assert "No article was proposed. This proves nothing: the law may say it in other words." in done.out


def test_a_table_for_programs_has_ten_and_every_provision(run, beside):
    done = run("texts", "suggest", beside, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert list(rows[0]) == ["provision", "law", "article", "rank", "score", "reason"]
    assert len({row["provision"] for row in rows}) > 100
    assert next(row["article"] for row in rows if row["provision"] == "REC-02") == "4"
    assert all(row["law"] == "L1" and float(row["score"]) > 0 and row["reason"] for row in rows)
    ranks = [int(row["rank"]) for row in rows if row["provision"] == "REP-06"]
    assert ranks == list(range(1, len(ranks) + 1))
    assert done.out == run("texts", "suggest", beside, "--format", "csv").out
    fewer = run("texts", "suggest", beside, "--format", "csv", "--most", 1, "--provision", "REP-06").out
    assert fewer.splitlines()[1:] == [line for line in done.out.splitlines() if line.startswith("REP-06,L1,2,1,")]


def test_json_says_what_was_looked_at(run, beside):
    tree = json.loads(run("texts", "suggest", beside, "--provision", "REP-06", "--format", "json").out)
    assert (tree["format"], tree["language"], tree["missing"]) == (1, "en", [])
    assert tree["laws"] == [{"law": "L1", "title": tree["laws"][0]["title"], "articles": 5}]
    (one,) = tree["provisions"]
    first = one["candidates"][0]
    assert (one["provision"], first["rank"], first["law"], first["article"], first["heading"]) == (
        "REP-06",
        1,
        "L1",
        "2",
        "Anticipos",
    )
    assert {"asked", "found"} == first["in_common"][0].keys()


def test_french_questions_find_the_same(run, beside):
    done = run("texts", "suggest", beside, "--provision", "MEM-01", "--language", "fr")
    assert "1 L1 Artículo 3 · Día de la memoria" in done.out
    assert "Rien n’a été jugé" in done.out


def test_recall_counts_what_is_cited_and_says_what_that_means(run, beside):
    done = run("texts", "recall", beside)
    assert done.code == 0
    assert "of the articles cited are among the first 5 proposed" in done.out
    assert "It is no measure of the law." in done.out
    tree = json.loads(run("texts", "recall", beside, "--format", "json").out)
    assert tree["provisions"] >= tree["with_one"] > 0
    assert 0 < tree["recall_at_5"] <= tree["recall_at_10"] <= 1
    assert tree["share_with_one"] == tree["with_one"] / tree["provisions"]


def test_nothing_cited_is_said_and_nothing_measured(run, tmp_path):
    run("new", "--country", "XUT", "--out", "new.xlsx")
    (tmp_path / "texts").mkdir()
    (tmp_path / "law.md").write_text(LAW, "utf-8")
    assert run("texts", "add", "law.md", "--to", ".", "--yes").code == 0
    done = run("texts", "recall", "new.xlsx")
    assert (done.code, "nothing to measure" in done.out) == (0, True)
    assert json.loads(run("texts", "recall", "new.xlsx", "--format", "json").out)["recall_at_5"] is None
    assert "Artículo 2 · Anticipos" in run("texts", "suggest", "new.xlsx", "--provision", "REP-06").out, "no register yet"


def test_laws_elsewhere_unknown_provisions_and_no_texts(run, beside, utopia, tmp_path):
    shutil.copy(utopia, tmp_path / "utopia.xlsx")
    other = run("texts", "suggest", "utopia.xlsx")
    assert (other.code, "T107" in other.err, "ESP-L1" in other.err) == (2, True, True)
    unknown = run("texts", "suggest", beside, "--provision", "REC-99")
    assert (unknown.code, "R302" in unknown.err) == (2, True)
    nowhere = run("texts", "suggest", beside, "--texts", "nowhere")
    assert (nowhere.code, "T105" in nowhere.err) == (2, True)
    assert run("texts", "suggest", beside, "--most", 0).code == 2
    assert run("texts", "suggest", "missing.xlsx").code == 2


def test_a_language_that_the_glossary_lacks_is_told(run, beside, tmp_path):
    (path,) = (tmp_path / "texts").iterdir()
    path.write_text(path.read_text("utf-8").replace("- language: es", "- language: pt"), "utf-8")
    done = run("texts", "suggest", beside, "--provision", "REP-06")
    assert (done.code, "T301" in done.err, "pt" in done.err) == (0, True, True)


def test_a_law_whose_text_is_missing_is_named(run, tmp_path):
    (sample,) = FOLDER.glob("CAN-*.xlsx")
    shutil.copy(sample, tmp_path / "two-laws.xlsx")
    (tmp_path / "law.md").write_text(
        "Section 1. Rights\nEvery victim has the right to information.\nSection 2. End\nNothing.", "utf-8"
    )
    assert run("texts", "add", "law.md", "--to", "two-laws.xlsx", "--law", "L2", "--yes").code == 0
    done = run("texts", "suggest", "two-laws.xlsx", "--provision", "INF-01")
    assert "Not looked at, because the text is not here: L1" in done.out
    assert json.loads(run("texts", "suggest", "two-laws.xlsx", "--format", "json").out)["missing"] == ["L1"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_fits_a_window_of_80_columns(run, beside, tmp_path, language):
    for words in (["suggest", str(tmp_path / beside), "--provision", "REC-02"], ["recall", str(tmp_path / beside)]):
        lines = in_a_window(["texts", *words], language)
        assert len(lines) > 3
        assert [line for line in lines if len(line) > 80] == []


@pytest.mark.skipif(not meaning_known() and not os.environ.get("CI"), reason="the extra 'semantic' is not installed: NOT tested")
def test_what_is_near_in_meaning_is_proposed_if_asked_for(run, beside):
    done = run("texts", "suggest", beside, "--provision", "REP-06", "--semantic")
    assert (done.code, done.err) == (0, "")
    assert "or are near to it in meaning. Nothing was judged" in done.out
    assert "Near in meaning" in done.out or "In common: near in meaning" in done.out
    assert "  1 L1 Artículo 2 · Anticipos" in done.out
    assert run("texts", "recall", beside, "--semantic").code == 0
