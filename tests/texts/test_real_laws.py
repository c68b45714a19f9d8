"""Statutes as published, with the marks of their articles removed; they lie beside this tree and are never part of it."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

import legcheck
from legcheck import statutes
from legcheck.model import Citation
from legcheck.texts import read_statute, references, resolve
from legcheck.texts.markup import markdown
from legcheck.texts.reading import statute_of
from tests.samples import FOLDER

LAWS = Path(__file__).parents[2].parent / "shared" / "laws"
FILES = sorted(path for path in LAWS.glob("*") if path.name != "README.md") if LAWS.is_dir() else []
OF = {
    ("ESP-2026-01-02", "L1"): "es_ley_29_2011_victimas_terrorismo.md",
    ("ES-PV-2011-09-03", "L1"): "es-pv_ley_4_2008_victimas_terrorismo.md",
    ("CAN-2025-07-24", "L1"): "ca_canadian_victims_bill_of_rights_en.xml",
    ("CAN-2025-07-24", "L2"): "ca_justice_for_victims_of_terrorism_act_en.xml",
}
# The numbers that each law has, as somebody who looks at it counts them.
NUMBERS = {
    "ar_ley_27372": "1-39",
    "ca_canadian": "1-29",
    "ca_charte": "1-29",
    "ca_justice": "1-4",
    "ca_loi": "1-4",
    "ch_ohg": "1-34 45-50",
    "es-an_ley_10_2010": "1-28 additional-1-4 transitional final-1-2",
    "es-md_ley_5_2018": "1-25 25bis 26-32 additional-1-4 repealing final-1-2",
    "es-pv_ley_4_2008": "1-27 additional-1-4 transitional-1-4 repealing final-1-3",
    "es_ley_29_2011": "1-3 3bis 4-22 22bis 22ter 23-65 annex-1 additional-1-7 transitional repealing final-1-5",
    "fr_code_des_assurances": "L126-1-3 L422-1 L422-1-1 L422-2-11 R126-2 R422-1 R422-7-8 R422-1-10 A422-1-5",
    "pe_ley_28592": "1-11 complementary-1-3",
    "us_34usc": "20101-20111 20121-20131 20141-20145",
}
LEAST_FOUND, LEAST_RIGHT = 0.99, 0.99

pytestmark = pytest.mark.skipif(
    not FILES, reason="the statutes do not lie beside this tree: real laws NOT split, citations NOT resolved"
)


def numbers_of(path):
    """The ids of the articles of a law, written out."""
    (written,) = [numbers for begins, numbers in NUMBERS.items() if path.name.startswith(begins)]
    return Counter(id for part in written.split() for id in written_out(part))


def written_out(part):
    span = re.fullmatch(r"(.*?)(\d+)-(\d+)", part)
    if span is None or part == "L422-1-1" or (span[1] == "annex-") or re.fullmatch(r"[LRA]\d+-\d+", part):
        return [part]
    return [f"{span[1]}{number}" for number in range(int(span[2]), int(span[3]) + 1)]


def unmarked(path):
    """The lines of a law without what marks them in the source."""
    if path.suffix == ".xml":
        articles = [one for one in read_statute(path).articles if "-" not in one.id]
        return [
            text for one in articles for text in (one.heading, f"{one.label} {one.paragraphs[0]}", *one.paragraphs[1:]) if text
        ]
    text = path.read_text("utf-8-sig")
    if path.suffix == ".txt":
        return [line for line in text.splitlines() if line.strip() and not line.startswith("===")]
    return [line.text for line in markdown(text)[0]]


def as_pdf(lines):
    import typst

    escaped = (re.sub(r"([\\#$*_`<>@=~\[\]/]|^[-+]|(?<=^\d)\.)", r"\\\1", line) for line in lines)
    body = "\n\n".join(re.sub(r"^(\d+)\.", r"\1\\.", line) for line in escaped)
    page = '#set page(paper: "a4", columns: 2, header: [Official Gazette], footer: context [Page #counter(page).display()])\n'
    return typst.compile(f"{page}#set text(size: 9pt)\n#set par(justify: true)\n{body}".encode())


def as_docx(lines):
    from docx import Document

    document, made = Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["as published", "law.txt", "law.html", "law.docx", "law.pdf"])
def test_articles_are_found_without_marks(form):
    right = found = marked = 0
    for path in FILES:
        lines = unmarked(path)
        content = {
            "law.txt": lambda lines=lines: "\n".join(lines).encode(),
            "law.html": lambda lines=lines: ("<html>" + "".join(f"<p>{one.replace('<', '&lt;')}</p>" for one in lines)).encode(),
            "law.docx": lambda lines=lines: as_docx(lines),
            "law.pdf": lambda lines=lines: as_pdf(lines),
        }
        statute = statute_of(form, content[form]()) if form in content else read_statute(path)
        wanted = numbers_of(path)
        got = Counter(one.id for one in statute.articles if one.id in wanted or not one.id.startswith(("related", "annex")))
        right, found, marked = right + sum((wanted & got).values()), found + sum(got.values()), marked + sum(wanted.values())
        print(form, path.name, "missing", dict(wanted - got), "more", dict(got - wanted))
    assert marked > 400
    assert right >= LEAST_FOUND * marked, f"{right} of {marked} found"
    assert right >= LEAST_RIGHT * found, f"{right} of {found} right"


def readings():
    """The readings of real statutes with their texts."""
    for name in dict.fromkeys(name for name, _ in OF):
        assessment = legcheck.read(FOLDER / f"{name}.xlsx")
        yield assessment, {key: read_statute(LAWS / OF[name, key]) for key in assessment.laws}


def points_to_nothing(articles, statute):
    cited = references(articles)
    return cited.unclear or any(not one.passage for found in cited.references for one in resolve(found, statute))


def test_every_citation_of_the_readings_resolves():
    checked = 0
    for assessment, texts in readings():
        for answer in assessment.answers.values():
            for cited in statutes.cited_by(answer, assessment, texts):
                assert cited.found.passage, (assessment.country, answer.provision, cited.found)
                checked += 1
        assert not statutes.check_citations(assessment, shelf_of(assessment, texts)).found
    assert checked > 1_000


def shelf_of(assessment, texts):
    from dataclasses import replace

    kept = {key: replace(text, law=key, country=assessment.country) for key, text in texts.items()}
    return statutes.Shelf(Path("texts"), kept, legcheck.issues.Issues())


def test_every_invented_citation_is_flagged():
    """The next number, a wrong paragraph, a wrong letter and, where a law has no such article, a wrong law."""
    invented = 0
    for assessment, texts in readings():
        for citation in cited_in(assessment):
            for one in references(citation.articles).references:
                statute = texts[citation.law]
                wrong = [f"{one.said}(87)", f"{one.said}(2)(w)"]
                wrong += [f"{one.said} nonies"] if one.said[-1].isdigit() else []
                wrong += [f"{one.said}({''.join(one.passages)}87)"] if one.passages else []
                for written in wrong:
                    assert points_to_nothing(written, statute), written
                    invented += 1
        for statute in texts.values():
            last = max(int(one.id) for one in statute.articles if one.id.isdigit())
            assert all(points_to_nothing(f"art. {last + more}", statute) for more in range(1, 20))
    assert invented > 1_000


def cited_in(assessment) -> list[Citation]:
    return [citation for answer in assessment.answers.values() for citation in answer.all_citations]
