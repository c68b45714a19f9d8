"""The walk-through of `assessments/README.md`, run as a person would type it."""

import shlex
import shutil
from pathlib import Path

from legcheck import inputs
from tests.samples import FOLDER, UTOPIA

README = Path(__file__).parents[2] / "assessments" / "README.md"
HEADING = "## From the first split to the next version: a walk-through"


def lines():
    """The commands, each as its words."""
    block = README.read_text(encoding="utf-8").partition(HEADING)[2].partition("```sh\n")[2].partition("```")[0]
    return [shlex.split(line, comments=True)[1:] for line in block.splitlines()]


def test_every_line_does_what_it_says(run, tmp_path):
    shutil.copy(FOLDER / UTOPIA, tmp_path)
    said = {}
    for words in lines():
        found = [str(path.relative_to(tmp_path)) for word in words for path in ([*tmp_path.glob(word)] if "*" in word else ())]
        typed = [word for each in words for word in (sorted(found) if "*" in each else [each])]
        ran = run(*typed)
        assert ran.code == 0, (words, ran.err)
        said.setdefault(words[0], ran.out)
    whole, heard, following, earlier = (inputs.read(tmp_path / f"{name}.xlsx") for name in ("whole", "heard", "next", "earlier"))
    first = inputs.read(FOLDER / UTOPIA).assessment
    assert whole.assessment.answers == heard.assessment.answers == first.answers
    assert said["diff"].startswith("0 differences")
    assert following.assessment.answers.keys() == first.answers.keys()
    assert (following.checklist.version, earlier.checklist.version) == ("2.0", "1.0")
    assert len(list((tmp_path / "parts").iterdir())) == len(whole.checklist.chapters)
    assert any(path.suffix == ".html" for path in (tmp_path / "published").iterdir())
