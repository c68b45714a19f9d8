"""Times the splitting of a large made-up code, in every form, against the target of 1 MB of text a second."""

from __future__ import annotations

import time
from io import BytesIO

from bench.measure import machine, table, write
from legcheck.texts.reading import statute_of

ARTICLES = 1_400
WORDS = "whoever was harmed by an act shall receive the help that this law provides, and the body named in it decides in ten days"
RUNS = 3


def main() -> None:
    """Measure every form, and write the table."""
    lines, rows = code(), []
    size = sum(len(line) + 1 for line in lines) / 1_000_000
    for name, content in _forms(lines).items():
        took = []
        for _ in range(RUNS):
            start = time.process_time()
            found = statute_of(name, content)
            took.append(time.process_time() - start)
        seconds = sorted(took)[RUNS // 2]
        rows.append([name.rpartition(".")[2], f"{len(found.articles):,}", f"{seconds:.2f}", f"{size / seconds:.1f}"])
    made = table((f"{size:.1f} MB of text as", "articles found", "CPU s", "MB a second"), rows)
    write("statutes", f"Medians of {RUNS} runs; {machine()}.\n\n{made}")


def code() -> list[str]:
    """The lines of a code: headings, numbered paragraphs, letters, and a reference at the beginning of a line."""
    lines = []
    for number in range(1, ARTICLES + 1):
        lines += [f"Article {number}. Subject {number}", *(f"{at}. {WORDS}; {WORDS}; {WORDS}." for at in range(1, 6))]
        lines += [f"a) {WORDS};", f"article {number // 2 + 1} of the law on funds: {WORDS}."]
    return lines


def _forms(lines: list[str]) -> dict[str, bytes]:
    from docx import Document

    document, made = Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(made)
    page = "".join(f"<p>{line}</p>" for line in lines)
    return {
        "code.txt": "\n".join(lines).encode(),
        "code.md": "\n\n".join(lines).encode(),
        "code.html": f"<html><body>{page}</body></html>".encode(),
        "code.docx": made.getvalue(),
        "code.pdf": _pdf(lines),
    }


def _pdf(lines: list[str]) -> bytes:
    import typst

    body = "\n\n".join(line.replace(". ", "\\. ", 1) for line in lines)
    return typst.compile(f'#set page(paper: "a4", columns: 2)\n#set text(size: 9pt)\n{body}'.encode())


if __name__ == "__main__":
    main()
