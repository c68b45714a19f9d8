"""Word templates on the command line: tags listed, a copy to start from, and the user's own checked and used."""

import pytest
from docx import Document


@pytest.mark.parametrize(("tag", "shows"), [("title", "title"), ("notice", "notice"), ("content", "document")])
def test_tags_are_listed_with_what_they_show(run, tag, shows):
    listed = run("template")
    assert listed.code == 0
    (line,) = [line for line in listed.out.splitlines() if line.split()[:1] == [tag]]
    assert shows in line


def test_our_template_passes_its_own_check(run, tmp_path):
    assert run("template", "--out", "mine.docx").code == 0
    checked = run("template", "mine.docx")
    assert (checked.code, (tmp_path / "mine.docx").is_file()) == (0, True)
    assert "R20" not in checked.err


@pytest.mark.parametrize("command", ["report", "plan"])
def test_a_template_of_their_own_is_filled(run, utopia, tmp_path, command):
    made = Document()
    made.add_paragraph("Our office presents: {{ title }}")
    made.save(tmp_path / "mine.docx")
    done = run(command, utopia, "--out", "out", "--format", "docx", "--template", "mine.docx")
    assert done.code == 0
    made_of_it = list((tmp_path / "out").iterdir())
    assert made_of_it
    for path in made_of_it:
        assert Document(str(path)).paragraphs[0].text.startswith("Our office presents: ")


def test_a_template_is_named_and_the_tags_are_listed_once(run, utopia, tmp_path):
    made = Document()
    for line in ("{{ titel }}", "{{ contents }}"):
        made.add_paragraph(line)
    made.save(tmp_path / "mine.docx")
    done = run("report", utopia, "--out", "out", "--template", "mine.docx")
    assert done.code == 1
    first, second, *_, tags = done.err.splitlines()
    assert first == "mine.docx: error R202 The template uses the tag 'titel', which does not exist. Did you mean 'title'?"
    assert second.startswith("mine.docx: error R202 The template uses the tag 'contents'")
    assert tags == "Words that exist: title, subtitle, kind, notice, content."
    assert done.err.count("Words that exist") == 1
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
    run("template", "--out", "mine.docx")
    done = run(words[0], utopia, *words[1:], "--template", "mine.docx")
    assert done.code == 2
    assert "A Word template needs a Word document to fill." in " ".join(done.err.split())
    assert done.out == ""
    assert not (tmp_path / "out").exists()
