"""One law, made up, in every form in which laws are published."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

import pytest

TITLE = "Law 7/2020 on Help for Those Harmed"
LINES = (
    "Article 1. Purpose",
    "This law helps everybody who was harmed.",
    "Article 2. Amounts",
    "1. The amount is set by the tables of article 9 of the Law on Funds and",
    "2. It is paid to:",
    "a) the injured;",
    "b) the relatives of the dead.",
    "Article 3 bis. Requests",
    "Requests are free.",
    "Annex. Tables",
    "The tables are here.",
)
IDS = ["1", "2", "3bis", "annex"]
AKOMA_NTOSO = f"""<?xml version="1.0"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act>
<meta><identification><FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>
<preface><docTitle>{TITLE}</docTitle></preface><body>
<article><num>Article 1</num><heading>Purpose</heading><paragraph><content><p>This law helps <b>everybody</b>.</p></content>
</paragraph></article>
<article><num>Article 2</num><heading>Amounts</heading>
<paragraph><num>1.</num><content><p>The amount is set.</p></content></paragraph>
<paragraph><num>2.</num><list><intro><p>It is paid to:</p></intro>
<point><num>a)</num><content><p>the injured;</p></content></point>
<point><num>b)</num><content><p>the relatives.</p></content></point></list></paragraph></article>
<article><num>Article 3</num><content><p>Another law reads:
<mod><quotedStructure><article><num>Article 4</num><content><p>Old.</p></content></article></quotedStructure></mod></p></content>
</article></body></act></akomaNtoso>"""
CANADIAN = """<?xml version="1.0"?><Statute xml:lang="en"><Identification><ShortTitle>Help for Those Harmed Act</ShortTitle>
</Identification><Body><Section><MarginalNote>Purpose</MarginalNote><Label>1</Label><Text>This Act helps.</Text></Section>
<Section><MarginalNote>Amounts</MarginalNote><Label>2</Label><Subsection><Label>(1)</Label><Text>It is paid to</Text>
<Paragraph><Label>(a)</Label><Text>the injured; and</Text></Paragraph>
<Paragraph><Label>(b)</Label><Text>the relatives.</Text></Paragraph></Subsection></Section></Body>
<Schedule><RelatedOrNotInForce><Section><Label>2.1</Label><Text>A review follows.</Text></Section></RelatedOrNotInForce>
</Schedule>
<Schedule><Section><Label>9</Label><Text>Of a treaty.</Text></Section></Schedule></Statute>"""
USLM = """<?xml version="1.0"?><lawDoc xmlns="http://schemas.gpo.gov/xml/uslm" xmlns:dc="http://purl.org/dc/elements/1.1/">
<meta><dc:title>Public Law 1</dc:title></meta><main>
<section><num value="1">§ 1. </num><heading>Purpose</heading><content>This Act helps.</content></section>
<section><num value="2">§ 2. </num><heading>Amounts</heading><subsection><num value="a">(a)</num><chapeau>It is paid to—</chapeau>
<paragraph><num value="1">(1)</num><content>the injured; and</content></paragraph></subsection></section></main></lawDoc>"""


def as_html() -> str:
    body = "".join(f"<p>{escape(line)}</p>" for line in LINES)
    menu = "<nav><ul><li>Article 8. Menu</li></ul></nav><script>Article 9. Script</script>"
    return f"<!DOCTYPE html><html lang='en'><head><title>{TITLE}</title></head><body>{menu}{body}</body></html>"


def as_docx() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading(TITLE, 1)
    for line in LINES:
        document.add_paragraph(line)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def as_pdf(text: str = "", *, columns: int = 1) -> bytes:
    import typst

    body = text or "\n\n".join(line.replace("1.", "1\\.").replace("2.", "2\\.") for line in (TITLE, *LINES))
    head = f"#set page(columns: {columns}, height: 12cm, header: [Gazette], footer: context [#counter(page).display()])\n"
    return typst.compile((head + body).encode())


@pytest.fixture(scope="session")
def forms() -> dict[str, bytes]:
    """The law in every form that marks no articles."""
    text = "\n\n".join((TITLE, *LINES))
    return {
        "law.txt": text.encode(),
        "utf16.txt": text.encode("utf-16"),
        "windows.txt": text.replace("Law 7", "Lëw 7").encode("cp1252"),
        "law.md": f"# {text}".encode(),
        "law.html": as_html().encode(),
        "law.docx": as_docx(),
        "law.pdf": as_pdf(),
        "columns.pdf": as_pdf(columns=2),
    }
