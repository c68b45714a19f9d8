"""Laws kept beside a workbook: added, listed, shown, and what citations point to in them."""

import json
import shutil
from datetime import date

import pytest
from openpyxl import load_workbook

from legcheck import app
from legcheck.labels import labels
from tests.texts.conftest import as_docx

# The laws of the fictional country, with the articles that its sample cites most; the words are made up.
PENAL = "\n".join(f"Article {number}. Rule {number}\n(1) Words.\n(2) More words:\n(a) one;\n(b) two." for number in range(1, 60))


@pytest.fixture
def spain_here(spain, tmp_path):
    """The reading of a real statute in an empty folder, and a short text in place of the statute."""
    copy = tmp_path / spain.name
    shutil.copy(spain, copy)
    law = "# Ley 29/2011, de 22 de septiembre\n" + "\n".join(
        f"Artículo {number}. Objeto {number}.\n1. Palabras.\n2. Más palabras." for number in range(1, 60)
    )
    (tmp_path / "law.md").write_text(law, "utf-8")
    return copy


def test_a_law_is_split_kept_listed_and_shown(run, spain_here, tmp_path):
    added = run("texts", "add", "law.md", "--to", spain_here.name, "--yes")
    assert added.code == 0, added.err
    assert added.out.splitlines()[-1] == "texts/ESP-L1-2026-01-02.md"
    assert "L1 · Ley 29/2011" in added.out
    assert "59 articles, language: not recognised" in " ".join(added.out.split()), "a few words are of no language"
    assert "Artículo 59" in added.out
    listed = run("texts", "list")
    assert (listed.code, "ESP-L1-2026-01-02.md" in listed.out, "59" in listed.out) == (0, True, True)
    shown = run("texts", "show", "L1", "3(2)")
    assert (shown.code, shown.out) == (0, "L1 · Artículo 3 · Objeto 3\n2. Más palabras.\n")
    assert run("texts", "show", "29/2011").code == 0
    missing = run("texts", "show", "L1", "60")
    assert (missing.code, "T106" in missing.err, "Artículo 59" in missing.err) == (2, True, True)
    unknown = run("texts", "show", "L7")
    assert (unknown.code, "T104" in unknown.err) == (2, True)


def test_check_and_explain_say_what_citations_point_to(run, spain_here):
    before = run("check", spain_here.name)
    assert "T2" not in before.err
    run("texts", "add", "law.md", "--to", spain_here.name, "--yes")
    checked = run("check", spain_here.name, "--format", "json")
    codes = {issue["code"] for file in json.loads(checked.out)["files"] for issue in file["issues"]}
    assert (checked.code, codes) == (0, {"T201", "T202"}), "articles 60 to 65, 3 bis and letters are not in this short text"
    explained = run("explain", spain_here.name, "law.GEN-01")
    assert "Artículo" in explained.out
    assert "warning T20" in explained.err
    elsewhere = run("check", spain_here.name, "--texts", "no-such-folder")
    assert (elsewhere.code, "T203" in elsewhere.err) == (0, True)


def test_an_article_that_is_no_longer_in_force_is_told(run, spain_here, tmp_path):
    law = (tmp_path / "law.md").read_text("utf-8")
    repealed = law.replace("Artículo 12. Objeto 12.\n1. Palabras.\n2. Más palabras.", "Artículo 12.\n(Derogado)")
    assert repealed != law
    (tmp_path / "law.md").write_text(repealed, "utf-8")
    run("texts", "add", "law.md", "--to", spain_here.name, "--yes")
    told = [line for line in run("check", spain_here.name).err.splitlines() if "T206" in line]
    assert told
    assert all("Artículo 12 of L1 is no longer in force ('(Derogado)')" in line for line in told)


def test_marks_name_citations_that_point_to_nothing(run, spain_here, tmp_path):
    run("texts", "add", "law.md", "--to", spain_here.name, "--yes")
    assert run("check", spain_here.name, "--annotate", "marked.xlsx").code == 0
    notes = [
        cell.comment.text for sheet in load_workbook(tmp_path / "marked.xlsx") for row in sheet for cell in row if cell.comment
    ]
    assert any("T201" in note for note in notes)


def test_a_later_version_does_not_replace_an_earlier_one(run, spain_here, tmp_path):
    for day in ("2020-01-01", "2026-01-02", "2030-01-01"):
        assert run("texts", "add", "law.md", "--to", spain_here.name, "--as-of", day, "--yes").code == 0
    assert len(list((tmp_path / "texts").iterdir())) == 3
    twice = run("texts", "add", "law.md", "--to", spain_here.name, "--yes")
    assert (twice.code, "R101" in twice.err) == (2, True)
    later = tmp_path / "texts" / "ESP-L1-2030-01-01.md"
    later.write_text(later.read_text("utf-8").replace("## [59]", "## [61]"), "utf-8")
    assert "'59'" not in run("check", spain_here.name).err, "the version of the date of the assessment counts"


def test_answers_are_listed_whose_passages_changed(run, spain_here, tmp_path):
    def add(day):
        return run("texts", "add", "law.md", "--to", spain_here.name, "--as-of", day, "--yes").out

    assert "text of" not in add("2020-01-01")
    assert "Every passage of L1 that is cited reads as in the text of 1 January 2020." in add("2021-01-01")
    law = (tmp_path / "law.md").read_text("utf-8")
    (tmp_path / "law.md").write_text(
        law.replace("Artículo 12. Objeto 12.\n1. Palabras.", "Artículo 12. Objeto 12.\n1. Otras."), "utf-8"
    )
    told = add("2022-01-01").partition("in the text of 1 January 2021:\n")[2].splitlines()
    named, then, now = told[::3], told[1::3], told[2::3]
    assert named
    assert all("12" in line for line in named)
    assert all(line.startswith("    2021-01-01: ") and "Palabras." in line for line in then)
    assert all(line.startswith("    2022-01-01: ") and "Otras." in line for line in now), "how it reads now stands below"


def test_the_sheet_of_passages_shows_how_they_read_before(run, spain_here, tmp_path):
    def sheet():
        assert run("texts", "passages", spain_here.name, "--out", "shown.xlsx", "--force").code == 0
        return [[str(cell.value or "") for cell in row] for row in load_workbook(tmp_path / "shown.xlsx").worksheets[-1]]

    run("texts", "add", "law.md", "--to", spain_here.name, "--as-of", "2020-01-01", "--yes")
    plain = sheet()
    law = (tmp_path / "law.md").read_text("utf-8")
    (tmp_path / "law.md").write_text(law.replace("Objeto 12.\n1. Palabras.", "Objeto 12.\n1. Otras."), "utf-8")
    run("texts", "add", "law.md", "--to", spain_here.name, "--as-of", "2021-01-01", "--yes")
    shown, words = sheet(), labels(app.read(spain_here).language)
    at = shown[3].index(words("workbook.passages.earlier"))
    assert words("workbook.passages.earlier") not in plain[3], "one text of the law: no column for an earlier one"
    told = [row for row in shown[4:] if row[at]]
    assert told
    assert all("Otras." in row[at - 1] for row in told)
    before = words("workbook.passages.text_of", day=words.date(date(2020, 1, 1)))
    assert all(row[at].startswith(before) and "Palabras." in row[at] for row in told)


def test_a_law_is_matched_or_chosen(run, utopia, tmp_path):
    shutil.copy(utopia, tmp_path / "utopia.xlsx")
    (tmp_path / "other.txt").write_text(f"A law of nowhere\n{PENAL}", "utf-8")
    refused = run("texts", "add", "other.txt", "--to", "utopia.xlsx", "--yes")
    assert (refused.code, "T103" in refused.err, "--law" in refused.err) == (2, True, True)
    assert not (tmp_path / "texts").exists()
    assert run("texts", "add", "other.txt", "--to", "utopia.xlsx", "--law", "l1", "--yes").code == 0
    shutil.copy(tmp_path / "other.txt", tmp_path / "L2.txt")
    assert run("texts", "add", "L2.txt", "--to", "utopia.xlsx", "--yes").code == 0
    assert run("texts", "add", "L2.txt", "--to", "utopia.xlsx", "--law", "L99", "--yes", "--force").code == 2


def test_a_folder_keeps_laws_by_their_titles(run, tmp_path):
    (tmp_path / "law.docx").write_bytes(as_docx())
    added = run("texts", "add", "law.docx", "--to", ".", "--yes")
    assert (added.code, added.out.splitlines()[-1]) == (0, "texts/law-7-2020-on-help-for-those-harmed.md")
    assert run("texts", "show", "harmed", "2(2)(a)").out.endswith("a) the injured;\n")


def test_nobody_to_ask_and_odd_numbers(run, tmp_path):
    (tmp_path / "law.txt").write_text(
        "Article 1. One\nText.\nArticle 2. Two\nText.\nArticle 6. Six\nText.\nArticle 7. Seven\nText.", "utf-8"
    )
    asked = run("texts", "add", "law.txt", "--to", ".")
    assert (asked.code, "--yes" in asked.err) == (2, True)
    added = run("texts", "add", "law.txt", "--to", ".", "--yes")
    assert (added.code, "T101" in added.err, "3-5" in added.err) == (0, True, True)


def test_nothing_is_half_written(run, tmp_path):
    (tmp_path / "good.txt").write_text("Article 1. One\nText.\nArticle 2. Two\nText.", "utf-8")
    (tmp_path / "bad.txt").write_text("No law.", "utf-8")
    refused = run("texts", "add", "good.txt", "bad.txt", "--to", ".", "--yes")
    assert (refused.code, "T005" in refused.err) == (1, True)
    assert not (tmp_path / "texts").exists()


def test_damaged_texts_are_named_and_the_others_are_used(run, spain_here, tmp_path):
    run("texts", "add", "law.md", "--to", spain_here.name, "--yes")
    (tmp_path / "texts" / "notes.md").write_text("Remember to ask for the annex.", "utf-8")
    listed = run("texts", "list")
    assert (listed.code, "notes.md" in listed.err, "T003" in listed.err, "ESP-L1" in listed.out) == (0, True, True, True)
    assert run("texts", "list", "--texts", str(tmp_path)).code in (0, 2)
    assert run("texts", "list", "--texts", "nowhere").code == 2


def test_french(run, spain_here):
    added = run("texts", "add", "law.md", "--to", spain_here.name, "--yes", "--language", "fr")
    assert "59 articles" in added.out
    assert "avertissement T201" in run("check", spain_here.name, "--language", "fr").err


LINKED = """# Victims of Terrorism Act (Act 14 of 2016)
Section 4. Who is a victim
(1) Nobody needs a conviction to be a victim.
(2) A near relative of the dead is one, too.
Section 5. Decisions
A decision is made within ten days.
Section 6. Review
The court hears whoever was refused.
"""


@pytest.fixture
def utopia_here(run, utopia, tmp_path):
    """The sample of the fictional country with the text of one of its laws beside it."""
    shutil.copy(utopia, tmp_path / "utopia.xlsx")
    (tmp_path / "act.txt").write_text(LINKED, "utf-8")
    assert run("texts", "add", "act.txt", "--to", "utopia.xlsx", "--yes").code == 0
    return "utopia.xlsx"


def reported(run, out, *options):
    """The page of a report made with these options."""
    made = run("report", "utopia.xlsx", "--out", out, "--format", "html", *options)
    return made, (made.out.split()[-1] if made.code == 0 else "")


def test_a_report_shows_the_texts_at_hand_unless_they_are_left_out(run, utopia_here, tmp_path):
    with_texts, page = reported(run, "with")
    shown = (tmp_path / page).read_text("utf-8")
    assert (with_texts.code, "Nobody needs a conviction" in shown) == (0, True)
    _, page = reported(run, "without", "--no-passages")
    without = (tmp_path / page).read_bytes()
    (tmp_path / "texts").rename(tmp_path / "elsewhere")
    _, page = reported(run, "none")
    assert (tmp_path / page).read_bytes() == without
    _, page = reported(run, "named", "--texts", "elsewhere")
    assert (tmp_path / page).read_text("utf-8") == shown
    empty, _ = reported(run, "empty", "--texts", "nowhere")
    assert (empty.code, "T105" in empty.err) == (2, True)


def test_a_damaged_text_is_named_and_the_others_are_shown(run, utopia_here, tmp_path):
    (tmp_path / "texts" / "notes.md").write_text("My notes.", "utf-8")
    made, page = reported(run, "out")
    assert "T003" in made.err
    assert "Nobody needs a conviction" in (tmp_path / page).read_text("utf-8")


def test_a_report_with_passages_is_checked_with_the_same_texts(run, utopia_here, tmp_path):
    _, page = reported(run, "out")
    assert "exactly as it was made" in run("verify", page, "utopia.xlsx").out
    (tmp_path / "texts").rename(tmp_path / "elsewhere")
    assert "T205" in run("verify", page, "utopia.xlsx").err
    assert "exactly as it was made" in run("verify", page, "utopia.xlsx", "--texts", "elsewhere").out


def sheets_of(path):
    """The texts of every sheet of a workbook, by its title."""
    return {one.title: [[cell.value for cell in row] for row in one.iter_rows()] for one in load_workbook(path).worksheets}


def test_a_sheet_of_passages_is_added_and_replaced_and_never_read(run, utopia_here, tmp_path):
    added = run("texts", "passages", utopia_here, "--out", "out.xlsx")
    assert (added.code, added.out) == (0, "out.xlsx\n")
    before, after = sheets_of(tmp_path / utopia_here), sheets_of(tmp_path / "out.xlsx")
    assert [*after] == [*before, "Passages"]
    assert {title: after[title] for title in before} == before
    sign, *head = after["Passages"][3]
    assert (sign, len(head)) == (None, 8)
    rows = [row[1:] for row in after["Passages"][4:]]
    victim = next(row for row in rows if row[4] == "4(1)")
    assert victim[3:7] == [
        "L2 Victims of Terrorism Act",
        "4(1)",
        "Section 4\nWho is a victim",
        "“(1) Nobody needs a conviction to be a victim.”",
    ]
    assert victim[2].endswith("?")
    assert run("texts", "passages", "out.xlsx", "--out", "again.xlsx").code == 0
    assert sheets_of(tmp_path / "again.xlsx") == after
    plain, with_sheet = (
        json.loads(run("check", name, "--format", "json", "--texts", "texts").out)["files"][0]
        for name in (utopia_here, "again.xlsx")
    )
    assert plain["issues"] == [issue | {"file": utopia_here} if "file" in issue else issue for issue in with_sheet["issues"]]
    assert plain["assessments"] == with_sheet["assessments"]
    assert not run("diff", utopia_here, "out.xlsx").err


def test_each_row_of_passages_leads_to_its_answer(run, utopia_here, tmp_path):
    run("texts", "passages", utopia_here, "--out", "out.xlsx", "--language", "fr")
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.active.title != "Passages", "the workbook opens where it did"
    sheet = book["Passages"]
    for row in range(5, sheet.max_row + 1):
        title, _, cell = sheet.cell(row, 2).hyperlink.location.rpartition("!")
        assert "L2" in str(book[title.strip("'")][cell].value), "the legal basis that the passage is cited in"
    assert sheet["H4"].value == "Le texte de la loi"


def test_marks_and_passages_stand_together(run, utopia_here, tmp_path):
    run("texts", "passages", utopia_here, "--out", "out.xlsx")
    assert run("check", "out.xlsx", "--annotate", "marked.xlsx").code == 0
    run("texts", "passages", "marked.xlsx", "--out", "both.xlsx")
    assert {"Please correct", "Passages"} <= set(sheets_of(tmp_path / "both.xlsx"))
    assert sum(title.startswith("Passages") for title in sheets_of(tmp_path / "both.xlsx")) == 1
    assert run("check", "both.xlsx").code == 0


def test_a_sheet_of_passages_is_written_only_where_that_is_wanted(run, utopia_here, tmp_path):
    whole = (tmp_path / utopia_here).read_bytes()
    refused = run("texts", "passages", utopia_here, "--out", utopia_here)
    assert (refused.code, "R101" in refused.err) == (2, True)
    assert (tmp_path / utopia_here).read_bytes() == whole
    assert run("texts", "passages", utopia_here, "--out", utopia_here, "--force").code == 0
    assert "Passages" in sheets_of(tmp_path / utopia_here)
    assert run("texts", "passages", utopia_here, "--out", "out.csv").code == 2
    (tmp_path / "table.csv").write_text("country,as_of,provision,rating\nXUT,2026-01-01,GEN-01,full\n")
    assert run("texts", "passages", "table.csv", "--out", "out.csv").code == 2
    nowhere = run("texts", "passages", utopia_here, "--out", "new.xlsx", "--texts", "nowhere")
    assert (nowhere.code, "T105" in nowhere.err) == (2, True)
    assert not (tmp_path / "new.xlsx").exists()


def test_a_workbook_that_cites_nothing_at_hand_says_so(run, utopia_here, tmp_path):
    (text,) = (tmp_path / "texts").iterdir()
    text.write_text(text.read_text("utf-8").replace("- law: L2", "- law: L99"), "utf-8")
    assert run("texts", "passages", utopia_here, "--out", "out.xlsx").code == 0
    (_, said, *_), *_ = sheets_of(tmp_path / "out.xlsx")["Passages"][1:]
    assert said == "None of the citations points to a passage in the texts at hand."
