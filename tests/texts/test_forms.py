"""The same law read from every form in which laws are published."""

import pytest

from legcheck.texts.lines import comparable
from legcheck.texts.reading import language_of, statute_of
from tests.texts.conftest import AKOMA_NTOSO, CANADIAN, IDS, TITLE, USLM, as_pdf

NAMES = ["law.txt", "utf16.txt", "windows.txt", "law.md", "law.html", "law.docx", "law.pdf", "columns.pdf"]


@pytest.mark.parametrize("name", NAMES)
def test_a_law_reads_alike_in_every_form(forms, name):
    statute = statute_of(name, forms[name])
    assert [one.id for one in statute.articles] == IDS
    assert statute.title.replace("ë", "a") == TITLE
    assert statute.language == "en"
    amounts = statute.by_id["2"][0]
    assert amounts.heading == "Amounts"
    assert [text[:2] for text in amounts.paragraphs] == ["1.", "2.", "a)", "b)"]


def test_akoma_ntoso():
    statute = statute_of("law.xml", AKOMA_NTOSO.encode())
    assert (statute.title, statute.language) == (TITLE, "en")
    assert [one.id for one in statute.articles] == ["1", "2", "3"], "quoted articles are not its own"
    assert statute.articles[0].paragraphs == ("This law helps everybody.",)
    assert statute.articles[1].paragraphs == (
        "1. The amount is set.",
        "2. It is paid to:",
        "a) the injured;",
        "b) the relatives.",
    )


def test_the_justice_laws_of_canada():
    statute = statute_of("law.xml", CANADIAN.encode())
    assert (statute.title, statute.language) == ("Help for Those Harmed Act", "en")
    assert [one.id for one in statute.articles] == ["1", "2", "related-2.1"], "a treaty in a schedule has numbers of its own"
    assert statute.articles[1].heading == "Amounts"
    assert statute.articles[1].paragraphs == ("(1) It is paid to", "(a) the injured; and", "(b) the relatives.")


def test_uslm():
    statute = statute_of("law.xml", USLM.encode())
    assert [(one.id, one.heading) for one in statute.articles] == [("1", "Purpose"), ("2", "Amounts")]
    assert statute.articles[1].paragraphs == ("(a) It is paid to—", "(1) the injured; and")


def test_xml_without_marked_articles_is_split_as_a_text():
    paragraphs = "".join(f"<p>{line}</p>" for line in ("Article 1. Purpose", "It helps.", "Article 2. Amounts", "They are set."))
    statute = statute_of("law.xml", f"<?xml version='1.0'?><doc>{paragraphs}</doc>".encode())
    assert [one.id for one in statute.articles] == ["1", "2"]


def test_a_page_may_name_its_encoding():
    page = "<html><head><meta charset='iso-8859-1'></head><body><p>Artículo 1. Objeto</p><p>Ayuda.</p></body></html>"
    assert statute_of("law.html", page.encode("latin-1")).articles[0].label == "Artículo 1"
    assert statute_of("law.html", page.replace("iso-8859-1", "no-such").encode()).articles[0].label == "Artículo 1"


def test_the_language_is_told_by_small_words():
    assert language_of(["La loi s'applique dans les cas prévus et aux personnes du pays"]) == "fr"
    assert language_of(["本法适用于所有的人和家庭"]) == "zh"
    assert language_of(["Xyz abc"]) == ""


def test_a_heading_ends_a_sentence_of_a_page_and_a_soft_hyphen_a_line():
    body = "#set text(size: 9pt, hyphenate: true)\n#set page(width: 9cm, height: auto, header: none, footer: none)\n"
    paragraph = (
        "Las víctimas tienen derecho a la indemnización prevista en esta ley y en los demás casos del artículo 9 de la ley "
    )
    lines = (
        "Artículo 1. Objeto",
        f"{paragraph * 2}y otros",
        "TÍTULO SEGUNDO",
        "Artículo 2. Fondo",
        f"{paragraph}.",
        "Artículo 3. Fin",
        "Fin.",
    )
    written = statute_of("law.txt", "\n".join(lines).encode()).articles
    printed = statute_of("law.pdf", as_pdf(body + "\n\n".join(lines))).articles
    assert [one.id for one in printed] == [one.id for one in written] == ["1", "2", "3"]
    assert [comparable(one.text) for one in printed] == [comparable(one.text) for one in written]


def test_texts_are_compared_without_what_their_form_does_to_them():
    assert comparable("The of\u00adfi\u200bce — “shall” help vic-\ntims") == comparable("The o\ufb03ce - 'shall' help victims")
