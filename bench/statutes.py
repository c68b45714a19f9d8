"""Times the splitting of a large made-up code, in every form, against the target of 1 MB of text a second.

With a folder as argument it measures instead how many articles are found in the marked laws there.
"""

from __future__ import annotations

import statistics
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from bench.measure import machine, table, write
from legcheck.texts.headings import headings
from legcheck.texts.lines import Line
from legcheck.texts.markup import markdown
from legcheck.texts.reading import statute_of

ARTICLES = 1_400
WORDS = "whoever was harmed by an act shall receive the help that this law provides, and the body named in it decides in ten days"
RUNS = 3
ARTICLE_LEVEL = 6
WRAPPED = 80


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


@dataclass(frozen=True)
class Split:
    """One law split without its marks: the ids that it has, and those that were found."""

    law: Path
    marked: Counter[str]
    found: Counter[str]

    @property
    def right(self) -> int:
        """How many articles were found."""
        return (self.marked & self.found).total()


def measure(folder: Path) -> None:
    """Split every law in a folder, `LANGUAGE/LAW.md`, whose articles are headings of level 6; print faults and figures."""
    rows = []
    for form in ("paragraphs", "lines of a page"):
        laws = [_split(path, form) for path in sorted(folder.glob("*/*.md"))]
        groups = {one.law.parent.name: [law for law in laws if law.law.parent == one.law.parent] for one in laws}
        rows += [[f"{form}, {name}", *_figures(some)] for name, some in [*groups.items(), ("all", laws)]]
        for one in laws:
            missing, more = one.marked - one.found, one.found - one.marked
            if missing or more:
                print(form, one.law, f"{one.right}/{one.marked.total()}", "missing", _some(missing), "more", _some(more))
    heading = ("laws as", "laws", "articles", "recall", "precision", "mean recall", "mean precision")
    print(table(heading, rows))


def _split(path: Path, form: str) -> Split:
    """Annexes and what stands for them are no articles, and are not counted."""
    lines, _ = markdown(path.read_text("utf-8"))
    marked = Counter(_id(line) for line in lines if line.level == ARTICLE_LEVEL)
    texts = [line.text for line in lines]
    if form != "paragraphs":
        texts = [part for text in texts for part in textwrap.wrap(text, WRAPPED, break_on_hyphens=False)]
    found = statute_of("law.txt", "\n".join(texts).encode()).articles
    return Split(path, marked, Counter(one.id for one in found if not one.id.startswith("annex")))


def _id(line: Line) -> str:
    """The id that a heading gives; one that is not understood counts as missed."""
    return next((one.id for one in headings([line])), line.text)


def _figures(laws: Iterable[Split]) -> list[str]:
    some = [(one.right, one.marked.total(), one.found.total()) for one in laws]
    right, marked, found = (sum(column) for column in zip(*some, strict=True))
    recalls, precisions = [a / b for a, b, _ in some], [a / max(c, 1) for a, _, c in some]
    shares = (right / marked, right / max(found, 1), statistics.mean(recalls), statistics.mean(precisions))
    return [f"{len(some)}", f"{marked:,}", *(f"{share:.3f}" for share in shares)]


def _some(ids: Counter[str]) -> str:
    return ", ".join([*ids][:8]) or "none"


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
    measure(Path(sys.argv[1])) if sys.argv[1:] else main()
