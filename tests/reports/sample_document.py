"""A document with every kind of block, for the tests of what lays documents out."""

from __future__ import annotations

from dataclasses import replace

from legcheck.reports import palette
from legcheck.reports.document import (
    TO_FILL,
    Chart,
    Column,
    Contents,
    Cover,
    Document,
    Heading,
    Items,
    Look,
    NewPage,
    Place,
    Row,
    Run,
    band,
    bullets,
    cell,
    muted,
    paragraph,
    strong,
    table,
    tagged,
    words,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20"><rect width="60" height="10" fill="#2F6EA5"/></svg>'
HOSTILE = '#eval("1+1") $x^2$ ] [ *bold* _it_ <label> @ref \\u{41} // gone `raw` = head\n- list {{ title }} </w:t> & <script>'
LOOKS = tuple(Look)


def every_block() -> Document:
    """A document in English with every block, every look and links both ways."""
    columns = (Column("Provision", 6), Column("Rating", 4), Column("Share", 2, end=True))
    rows = (
        band(strong("First chapter"), anchor="chapter_A"),
        Row(
            (cell(strong("Duty to inform"), muted("GEN-1")), cell(words(tagged("In law", palette.RATINGS[10]))), cell("80%")),
            anchor="GEN-1",
        ),
        (cell("Duty to protect"), cell(words(tagged("Contrary", palette.CONTRARY))), cell("0%", fill=palette.SHADES[1].fill)),
        (cell("Duty to remember"), TO_FILL, TO_FILL),
    )
    blocks = (
        Heading(1, "Foreword"),
        Place("Foreword by the authority that publishes this report."),
        Contents("Contents"),
        Heading(1, "On one page", "brief"),
        Heading(3, "Situation"),
        *(paragraph(f"A paragraph that looks like {look}.", look=look) for look in LOOKS),
        paragraph(
            "Plain, ",
            strong("strong"),
            ", ",
            muted("muted"),
            ", ",
            Run("a link", to="GEN-1"),
            ", ",
            Run("no link", to="nowhere"),
            ".",
        ),
        paragraph(Run("Les victimes ont droit à la réparation.", language="fr-FR")),
        paragraph(Run("לכל נפגע הזכות לתיקון.", language="he")),
        bullets(("Inform victims", words("Protect ", strong("witnesses")))),
        Items((words("Amend the law"), words("Publish it")), numbered=True),
        Heading(2, "The picture by chapter"),
        Chart("Least is provided for on remembrance", SVG, "Bar chart: remembrance 60%.", 16, 3.2),
        table("How provisions stand", columns, rows),
        table("Not printed", columns, [[cell("One"), cell("Two"), cell("Three")]], shown=False),
        NewPage(),
        Heading(1, "Annex", inline=True),
        paragraph("Back to ", Run("the page", to="brief"), "."),
    )
    return Document(
        title="Utopia",
        subtitle="Law as of 1 March 2026",
        language="en",
        locale="en-GB",
        direction="ltr",
        date="2026-03-01",
        running="Draft for discussion · Utopia",
        page="Page {page} of {pages}",
        blocks=blocks,
        cover=Cover(
            emblem="Place for the emblem",
            kind="Country report · Draft",
            title="Utopia",
            subtitle="Model legislative provisions",
            facts=(("Scope", "National law"), ("Law as of", "1 March 2026")),
            notices=("This is not a verdict on a State.",),
        ),
    )


def in_arabic() -> Document:
    """A page from right to left, with a heading, a list and a table."""
    columns = (Column("الحكم", 6), Column("التقييم", 3, end=True))
    return replace(
        every_block(),
        title="تقرير",
        language="ar",
        locale="ar",
        direction="rtl",
        cover=None,
        landscape=True,
        page="صفحة {page} من {pages}",
        running="مسودة",
        blocks=(
            Heading(1, "حقوق الضحايا", inline=True),
            paragraph("لكل ضحية الحق في المعلومات. ", Run("Law 29/2011", language="en")),
            bullets(["إعلام الضحايا", "حماية الشهود"]),
            Place("كلمة تمهيدية"),
            table("الأحكام", columns, [(cell("واجب الإعلام"), cell("80 %")), (cell("واجب الحماية"), cell("0 %"))]),
        ),
    )


def hostile() -> Document:
    """Texts that look like markup, and cells far too long, wherever a text can stand."""
    columns = (Column(HOSTILE, 3), Column("B", 1))
    long = "Word " * 4_000
    return replace(
        every_block(),
        title=HOSTILE,
        subtitle=HOSTILE,
        running=HOSTILE,
        blocks=(
            Heading(1, HOSTILE, HOSTILE),
            Heading(2, HOSTILE, HOSTILE),
            paragraph(HOSTILE, Run("link", to=HOSTILE, language="#eval")),
            Place(HOSTILE),
            bullets([HOSTILE]),
            Chart(HOSTILE, SVG, HOSTILE, 16, 3),
            table(HOSTILE, columns, [(cell(long), cell("x" * 2_000)), (cell(HOSTILE), cell("\x00\ufeff\ud800\ue000."))]),
        ),
    )
