"""Where articles begin and end, in many languages. Every text here was made up for its test."""

import pytest

from legcheck.texts.headings import headings
from legcheck.texts.markup import markdown, plain
from legcheck.texts.numbering import canonical, order
from legcheck.texts.reading import statute_of
from legcheck.texts.splitting import split


def articles(text):
    lines = plain(text)
    return split(lines, headings(lines))


def ids(text):
    return [article.id for article in articles(text)]


def article(text, id):
    (found,) = [one for one in articles(text) if one.id == id]
    return found


LANGUAGES = {
    "English": "Section 1. Purpose\nThis Act helps.\nSection 2. Scope\nIt applies to all.\nSection 3. Fund\nThere is one.",
    "French": "Article premier\nLa présente loi aide.\nArticle 2\nElle s'applique à tous.\nArt. 3. - Un fonds est créé.",
    "Spanish": "ARTÍCULO 1°.- Objeto. La ley ayuda.\nARTÍCULO 2°.- Se aplica a todos.\nARTÍCULO 3°.- Hay un fondo.",
    "German": "§ 1 Zweck\nDas Gesetz hilft.\n§ 2 Geltung\nEs gilt für alle.\n§ 3 Fonds\nEs gibt einen Fonds.",
    "Portuguese": "Artigo 1.º Objeto\nA lei ajuda.\nArtigo 2.º Âmbito\nAplica-se a todos.\nArtigo 3.º Fundo\nHá um fundo.",
    "Italian": "Art. 1. (Finalità)\nLa legge aiuta.\nArt. 2. (Ambito)\nSi applica a tutti.\nArt. 3. (Fondo)\nVi è un fondo.",
    "Greek": "Άρθρο 1\nΣκοπός\nΟ νόμος βοηθά.\nΆρθρο 2\nΙσχύει για όλους.\nΆρθρο 3\nΥπάρχει ταμείο.",
    "Czech": "§ 1\nZákon pomáhá.\n§ 2\nPlatí pro všechny.\n§ 3\nZřizuje se fond.",
    "Russian": "Статья 1. Цель\nЗакон помогает.\nСтатья 2. Сфера\nОн действует для всех.\nСтатья 3. Фонд\nСоздаётся фонд.",
    "Arabic": "المادة الأولى\nيساعد القانون.\nالمادة الثانية\nيسري على الجميع.\nالمادة الثالثة\nينشأ صندوق.",
    "Arabic figures": "المادة ١\nيساعد القانون.\nالمادة ٢\nيسري على الجميع.\nالمادة ٣\nينشأ صندوق.",
    "Chinese": "第一条 本法帮助人们。\n第二条 适用于所有人。\n第三条 设立基金。",
    "Hungarian": "1. cikk\nA törvény segít.\n2. cikk\nMindenkire vonatkozik.\n3. cikk\nVan egy alap.",
    "Turkish": "MADDE 1 - Kanun yardım eder.\nMADDE 2 - Herkese uygulanır.\nMADDE 3 - Bir fon vardır.",
    "Korean": "제1조(목적) 이 법은 돕는다.\n제2조(적용) 모두에게 적용한다.\n제3조(기금) 기금을 둔다.",
    "numbers alone": "1 This Act helps people.\n2 It applies to all.\n3 There is a fund.\n4 It may be cited as an Act.",
}


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_articles_are_found_in_every_language(text):
    assert [one for one in ids(text) if one != "4"] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Artículo 3 bis. Requisitos", "3bis"),
        ("Artículo 3 quater.", "3quater"),
        ("Article L126-1", "L126-1"),
        ("Article R. 422-6", "R422-6"),
        ("Art. 5-2", "5-2"),
        ("§ 12a", "12a"),
        ("Art. 3 ter Grundsätze", "3ter"),
        ("Artículo 10 bis A", "10bisa"),
        ("Artículo vigésimo", "20"),
        ("Article XIV", "14"),
        ("المادة الثالثة عشرة", "13"),
        ("المادة الحادية والعشرون", "21"),
        ("第二十三条之一", "23-1"),
        ("Art. 7-A. O fundo", "7a"),
        ("Article 32 C bis", "32cbis"),
        ("Art. 67-quinquiesdecies", "67quinquiesdecies"),
        ("Art. 144-bis.1", "144bis.1"),
        ("Disposició addicional", "additional"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed, id):
    assert ids(f"{typed}\nLo que dice este precepto.") == [id]


def test_numbers_are_ordered_as_laws_order_them():
    written = ["1", "3", "3bis", "3ter", "3quater", "4", "4a", "4b", "5-1", "5-2", "10"]
    assert sorted(set(written), key=order) == written
    assert canonical("22 Ter") == canonical("22ter") == "22ter"


def test_a_reference_at_the_beginning_of_a_line_is_no_article():
    text = """Artículo 1. Objeto.
        Esta ley ayuda a las personas según lo previsto en el
        artículo 5 de la Ley del Fondo y en el
        artículo 2.
        Artículo 2. Ámbito.
        Se aplica a todos.
        Article 7 of another law is not meant.
        Artículo 3. Fondo.
        Hay un fondo."""
    assert ids(text) == ["1", "2", "3"]


def test_articles_that_an_amending_law_quotes_are_no_articles():
    text = """Artículo 1. Objeto.
        La ley ayuda.
        Artículo 2. Modificación de otra ley.
        El artículo 9 queda redactado así:
        «Artículo 9. Fondo.
        Hay un fondo.
        Artículo 10. Reglas.
        Tiene reglas.»
        Artículo 3. Entrada en vigor.
        Entra en vigor mañana."""
    assert ids(text) == ["1", "2", "3"]
    assert "Hay un fondo." in article(text, "2").paragraphs


def test_a_sentence_in_quotation_marks_hides_no_article_after_it():
    text = """Artículo 1.- Se agrega:
        "f) Facilitar la información."(*)
        Artículo 2.- Se agrega:
        "Artículo 90.- Informes
        Hay informes."
        Artículo 3.- Rige
        "mañana".
        Artículo 4.- Se publica."""
    assert ids(text) == ["1", "2", "3", "4"]


def test_a_quotation_of_a_paragraph_that_is_never_closed_hides_no_article():
    text = """Artículo 1.- Se agrega:
        "f) Facilitar la información.
        Artículo 2.- Rige mañana.
        Artículo 3.- Se llama "Ley de Informes".
        Artículo 4.- Se publica como "Ley"."""
    assert ids(text) == ["1", "2", "3", "4"]


def test_provisions_after_the_articles_and_annexes_have_ids_of_their_own():
    text = """Artículo 1. Objeto.
        La ley ayuda.
        Artículo 2. Ámbito.
        Se aplica a todos.
        Disposición adicional primera. Cuentas.
        Se rinden cuentas.
        Disposición adicional segunda bis. Más cuentas.
        Se rinden más cuentas.
        Disposición transitoria única. Plazos.
        Los plazos siguen.
        Disposición final primera. Vigor.
        Entra en vigor.
        ANEXO II
        Tabla de cuantías."""
    found = ["1", "2", "additional-1", "additional-2bis", "transitional", "final-1", "annex-2"]
    assert ids(text) == found
    assert article(text, "transitional").heading == "Plazos"


def test_provisions_may_stand_under_a_common_heading():
    text = """Artículo 1. Objeto.
        La ley ayuda.
        Artículo 2. Ámbito.
        Se aplica a todos.
        DISPOSICIONES FINALES
        Primera.- Entra en vigor mañana.
        Segunda.- Se publica."""
    assert ids(text) == ["1", "2", "final-1", "final-2"]


def test_a_regulation_after_its_act_keeps_its_own_numbers():
    act = "\n".join(f"Article {n}. Words of the act {n}." for n in range(1, 9))
    regulation = "\n".join(f"Article {n}. Words of the regulation {n}." for n in range(1, 7))
    assert ids(f"{act}\n{regulation}") == [*map(str, range(1, 9)), *map(str, range(1, 7))]


def test_headings_of_divisions_are_no_part_of_an_article():
    text = """Article 1. Purpose
        This law helps.
        CHAPTER II
        Chapter 2. Rights
        Article 2. Rights
        Part of the sum is paid at once.
        Title 3 of the Act on Funds applies.
        Article 3. Fund
        There is a fund."""
    assert article(text, "1").paragraphs == ("This law helps.",)
    assert article(text, "2").paragraphs == ("Part of the sum is paid at once.", "Title 3 of the Act on Funds applies.")


def test_a_heading_is_told_from_the_first_paragraph():
    text = """Artículo 1. Valores y finalidad.
        1. La ley ayuda.
        Artículo 2. Se considera víctima:
        a) a quien sufre.
        Artículo 3
        Definiciones
        La víctima es quien sufre.
        Artículo 4. La ley entra en vigor."""
    found = {one.id: (one.label, one.heading, one.paragraphs) for one in articles(text)}
    assert found["1"] == ("Artículo 1", "Valores y finalidad", ("1. La ley ayuda.",))
    assert found["2"] == ("Artículo 2", "", ("Se considera víctima:", "a) a quien sufre."))
    assert found["3"] == ("Artículo 3", "Definiciones", ("La víctima es quien sufre.",))
    assert found["4"] == ("Artículo 4", "", ("La ley entra en vigor.",))


def test_lines_cut_in_the_middle_of_a_sentence_are_put_together():
    text = """Article 1. Purpose
        (1) This law helps everybody who was injured or lost
        a relative in an attack.
        (2) It applies to all."""
    assert article(f"{text}\nArticle 2\nEnd.", "1").paragraphs == (
        "(1) This law helps everybody who was injured or lost a relative in an attack.",
        "(2) It applies to all.",
    )


def test_notes_and_links_of_markdown_are_left_out():
    note = "<sup>3</sup>"
    text = (
        f"---\ntitle: 'A law'\n---\n##### **Art. 1**{note} Zweck\n\n<sup>1</sup> Das [Gesetz](https://example.org) hilft.[^2]\n"
    )
    lines, title = markdown(text)
    assert title == "A law"
    assert [line.text for line in lines] == ["Art. 1 Zweck", "(1) Das Gesetz hilft."]


def test_a_table_of_contents_is_no_articles():
    titles = ["Purpose", "Scope", "Fund", "Board"]
    contents = [f"Article {number}. {title}" for number, title in enumerate(titles, 1)]
    body = [f"{line}\n(1) This Act says so and so at some length.\n(2) It says more." for line in contents]
    found = articles("\n".join(["Contents", "Part I", *contents[:2], "Part II", *contents[2:], "The Act", *body]))
    assert [one.id for one in found] == ["1", "2", "3", "4"]
    assert all(len(one.paragraphs) == 2 for one in found)


def test_a_law_that_stands_twice_is_no_table_of_contents():
    law = "\n".join(f"Artículo {number}. {title}. Se hace." for number, title in enumerate(("Objeto", "Ámbito", "Fondo"), 1))
    assert ids(f"{law}\n{law}") == ["1", "2", "3"] * 2


def test_paragraphs_with_their_own_sign_are_no_sections():
    """In Brazil § counts the paragraphs of each article."""
    text = "\n".join(f"Art. {number}. O fundo ajuda.\n§ 1º Paga logo.\n§ 2º Paga tudo.\n§ 3º Paga bem." for number in range(1, 5))
    assert ids(text) == ["1", "2", "3", "4"]


def test_articles_go_on_after_a_division_called_transitional():
    text = "Article 1\nUn fonds est créé.\nDispositions transitoires\nArticle 2\nIl paie.\nArticle 3\nIl rend compte."
    assert ids(text) == ["1", "2", "3"]
    titled = "Artículo 1\nHay un fondo.\nArtículo 2\n(Disposición transitoria).- El fondo paga.\nArtículo 3\nRinde cuentas."
    assert ids(titled) == ["1", "2", "3"]


def test_a_small_letter_begins_a_reference_where_headings_have_capitals():
    text = """Art. 1
        Le versement suit la règle posée par
        article 2.
        Art. 2
        Il est fait dans le mois.
        Art. 3
        Il est gratuit."""
    assert ids(text) == ["1", "2", "3"]
    bare = (
        "1. The fund pays under\nsection 3 and\nsection 4 or under\nsection 5.\n2. It reports.\n3. It is audited.\n4. It may end."
    )
    assert ids(bare) == ["1", "2", "3", "4"]


def test_a_reference_to_several_sections_or_to_a_part_of_one_is_no_section():
    text = "§ 1 Zweck\nEs hilft nach\n§§ 1 bis 3 und nach\n§ 1 Absatz 2.\n§ 2 Fonds\n(§ 2 Nr. 1)\nEr zahlt.\n§ 3 Ende\nEr endet."
    assert ids(text) == ["1", "2", "3"]


def test_an_article_in_two_versions_stands_twice():
    text = "Article 1\nOn aide.\nArticle 2\nOn paie peu.\nArticle 2\nOn paie bien.\nArticle 3\nOn rend compte."
    assert ids(text) == ["1", "2", "2", "3"]


def test_inserted_numbers_rise_as_fractions_or_as_whole_numbers():
    canada = ["11", "11.01", "11.1", "11.2", "11.21", "11.29", "11.3", "12"]
    others = ["1", "1.1", "1.2", "1.9", "1.10", "1.11", "2", "3"]
    for numbers in (canada, others):
        text = "\n".join(f"{number} (1) The fund pays every month." for number in ["1", "2", *numbers][2 * (numbers is others) :])
        assert [one for one in ids(text) if one in numbers] == numbers


TITLES = ("Objeto", "Fondo", "Plazos", "Recursos", "Informes", "Vigencia")
LAW = [
    line
    for number, title in enumerate(TITLES, 1)
    for line in (
        f"Artículo {number}. {title}.",
        "La ley ayuda a las víctimas que lo piden.",
        "El Estado paga esta ayuda cada mes.",
    )
]
BARE = [f"Artículo {number}" for number in range(1, len(TITLES) + 1)]
TITLED = [f"Artículo {number}. {title} ...... {number + 2}" for number, title in enumerate(TITLES, 1)]
LINKS = [f"<a href='#a{number}'>{text}</a>" for number, text in enumerate(BARE, 1)]
CONTENTS = {
    "contents before": ["Índice", *TITLED, *LAW],
    "contents in two chapters": ["Capítulo I. General", *TITLED[:3], "Capítulo II. Otros", *TITLED[3:], *LAW],
    "contents after": [*LAW, "Índice", *TITLED],
    "numbers before": ["Índice", *BARE, *LAW],
    "numbers after": [*LAW, *BARE],
    "numbers and pages": [*(f"{one} ..... {page}" for page, one in enumerate(BARE, 3)), *LAW],
    "a menu": [*LINKS, *LAW],
    "a menu in one line": [" ".join(LINKS), *LAW],
    "a link to the next article": [
        line for number, link in enumerate(LINKS) for line in (*LAW[3 * number : 3 * number + 3], link)
    ],
    "headings that are links": [f"<a href='#x'>{line}</a>" if line.startswith("Artículo") else line for line in LAW],
}


@pytest.mark.parametrize("case", CONTENTS)
def test_contents_and_menus_are_no_articles(case):
    page = "".join(f"<p>{line}</p>" for line in CONTENTS[case])
    articles = statute_of("law.html", f"<html><body>{page}</body></html>".encode()).articles
    assert [one.id for one in articles] == [str(number) for number in range(1, len(TITLES) + 1)]
    assert all("ayuda a las víctimas" in one.text for one in articles)
