"""Word templates on the command line: tags listed, a copy to start from, and the user's own checked and used."""

import pytest
from docx import Document


@pytest.mark.parametrize(
    ("options", "tag", "shows"), [((), "concordance", "concordance"), (("--plan",), "budget", "budget table")]
)
def test_tags_are_listed_with_what_they_show(run, options, tag, shows):
    listed = run("template", *options)
    assert listed.code == 0
    (line,) = [line for line in listed.out.splitlines() if line.split()[:1] == [tag]]
    assert shows in line


@pytest.mark.parametrize("options", [(), ("--plan",)], ids=["gap report", "plan"])
def test_our_template_passes_its_own_check(run, tmp_path, options):
    assert run("template", "--out", "mine.docx", *options).code == 0
    checked = run("template", "mine.docx", *options)
    assert (checked.code, (tmp_path / "mine.docx").is_file()) == (0, True)
    assert "R20" not in checked.err


def test_a_template_of_the_other_kind_is_refused(run):
    run("template", "--out", "mine.docx", "--plan")
    checked = run("template", "mine.docx")
    assert checked.code == 1
    assert "R202" in checked.err
    assert "'sections'" in checked.err


def test_the_plan_takes_a_template_of_its_own(run, utopia, tmp_path):
    run("template", "--out", "mine.docx", "--plan")
    made = run("plan", utopia, "--out", "plan", "--format", "docx", "--template", "mine.docx")
    assert made.code == 0
    assert [path.suffix for path in (tmp_path / "plan").iterdir()] == [".docx"]
    run("template", "--out", "other.docx")
    refused = run("plan", utopia, "--out", "again", "--format", "docx", "--template", "other.docx")
    assert refused.code == 1
    assert not (tmp_path / "again").exists()


def test_a_template_is_named_and_the_tags_are_listed_once(run, utopia, tmp_path):
    made = Document()
    for line in ("{{ titel }}", "{{p overveiw }}"):
        made.add_paragraph(line)
    made.save(tmp_path / "mine.docx")
    done = run("report", utopia, "--out", "out", "--template", "mine.docx")
    assert done.code == 1
    first, second, *_, tags = done.err.splitlines()
    assert first == "mine.docx: error R202 The template uses the tag 'titel', which does not exist. Did you mean 'title'?"
    assert second.startswith("mine.docx: error R202 The template uses the tag 'overveiw'")
    assert tags.startswith("Tags: annex, annex_title, ")
    assert done.err.count("chart_chapters, concordance") == 1
    assert run("template", "mine.docx").err.splitlines()[-1] == tags


@pytest.mark.parametrize(
    "words",
    [
        ["report", "--out", "out", "--format", "html,xlsx"],
        ["plan", "--out", "out", "--format", "json"],
        ["plan", "--target", "70%"],
    ],
)
def test_a_template_without_a_word_document_is_wrong_usage(run, utopia, tmp_path, words):
    run("template", "--out", "mine.docx", *(["--plan"] if words[0] == "plan" else []))
    done = run(words[0], utopia, *words[1:], "--template", "mine.docx")
    assert done.code == 2
    assert "A Word template needs a Word document to fill." in " ".join(done.err.split())
    assert done.out == ""
    assert not (tmp_path / "out").exists()
