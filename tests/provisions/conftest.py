"""Checklists drawn in the tests, written to a folder and read as a user's own."""

from pathlib import Path
from textwrap import dedent

import pytest

SOUND = {
    "checklist.yaml": """
        id: own
        version: "1"
        title: A checklist of our own
        scales:
          yesno:
            levels:
              yes: {title: "Yes", worth: 1}
              no: {title: "No", worth: 0}
        dimensions:
          law: {title: Law, scale: yesno, role: law}
        chapters:
          AA: {title: First}
    """,
    "chapters/aa.yaml": """
        AA-1:
          title: One
          question: Is there one?
          elements:
            a: first
            b: second
          full: Both.
          partial: One of the two.
          standards: [DBP 1]
        AA-2:
          title: Two
    """,
    "standards.yaml": """
        DBP:
          title: Declaration
          articles:
            "1": {subject: who is a victim, verified: true}
    """,
}


@pytest.fixture
def write(tmp_path):
    """Writes a valid checklist with some files replaced or added, and returns the path of its folder."""

    def write_files(**changed: str) -> Path:
        named = {name.replace("__", "/").replace("_yaml", ".yaml"): text for name, text in changed.items()}
        for name, text in (SOUND | named).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), "utf-8")
        return tmp_path

    return write_files
