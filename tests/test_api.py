"""What ``import legcheck`` offers to people who work in Python."""

import doctest
import os
import subprocess
import sys
from pathlib import Path

import pytest

import legcheck
from legcheck import model
from legcheck.model import Request, plan

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "assessments" / "samples"
UTOPIA = SAMPLES / "XUT-2026-06-30.xlsx"


def test_the_model_offers_every_value_under_its_name():
    for name in model.__all__:
        value = getattr(model, name)
        assert getattr(value, "__name__", name) == name
    with pytest.raises(AttributeError, match="Fraction"):
        model.Fraction  # noqa: B018


def test_everything_offered_is_there_and_nothing_is_loaded_before_it_is_used():
    assert {name for name in legcheck.__all__ if not hasattr(legcheck, name)} == set()
    loaded = subprocess.run(
        [sys.executable, "-c", "import legcheck, sys; print(sorted(n for n in sys.modules if n.startswith('legcheck')))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "['legcheck']"
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        legcheck.reed  # noqa: B018


def test_the_example_of_the_package_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(legcheck).failed == 0
    assert doctest.testmod(plan).failed == 0


@pytest.mark.parametrize("kind", [str, Path])
def test_paths_are_text_or_path(kind):
    assessment = legcheck.read(kind(UTOPIA))
    result = legcheck.assess(kind(UTOPIA))
    assert assessment.country == result.assessment.country == "XUT"
    assert legcheck.assess(assessment).scores == result.scores


def test_a_report_is_written_into_a_folder(tmp_path):
    written = legcheck.report(UTOPIA, str(tmp_path / "out"), formats=["json", "html"])
    assert [path.name for path in written] == ["XUT-2026-06-30-result.json", "XUT-2026-06-30-country-report.html"]
    assert legcheck.read(written[0]).answers.keys() == legcheck.read(UTOPIA).answers.keys()
    with pytest.raises(legcheck.InputError, match="exists"):
        legcheck.report(UTOPIA, tmp_path / "out", formats=["json"])
    (public,) = legcheck.report(UTOPIA, tmp_path / "out", formats=["html"], edition="public")
    assert public.name == "XUT-2026-06-30-public-country-report.html"
    assert legcheck.report(UTOPIA, tmp_path / "out", formats=["json"], overwrite=True) == written[:1]


def test_a_plan_is_a_value_and_is_written_where_that_is_asked_for(tmp_path):
    plan = legcheck.plan(UTOPIA)
    assert plan.measures
    assert not list(tmp_path.iterdir())
    assert legcheck.plan(UTOPIA, tmp_path, formats=["json"]).measures == plan.measures
    assert [path.name for path in tmp_path.iterdir()] == ["XUT-2026-06-30-plan.json"]
    with pytest.raises(legcheck.LegcheckError, match="give 'out'"):
        legcheck.plan(UTOPIA, update="action-plan.xlsx")


def test_many_are_compared_and_searched(tmp_path):
    files = [SAMPLES / "XUT-2023-06-30.xlsx", str(UTOPIA)]
    comparison = legcheck.compare(files, tmp_path, formats=["csv"], request=Request(groups="regions"), use_cache=False)
    assert [row.summary.as_of.year for row in comparison.rows] == [2023, 2026]
    assert {path.name for path in tmp_path.iterdir()} == {"scores.csv", "comparison-answers.csv"}
    found = legcheck.find("rec-02", files, use_cache=False)
    assert found.provision == "REC-02"
    frame = found.to_frame()
    assert list(frame.columns) == [
        "country", "country_name", "as_of", "scope", "fictional", "elements", "citation", "law", "practice",
    ]  # fmt: skip
    assert set(frame["country"]) == {"XUT"}


def test_the_script_in_the_manual_goes_from_a_folder_to_a_plot(tmp_path):
    script, picture = ROOT / "docs" / "from_folder_to_plot.py", tmp_path / "chapters.svg"
    environment = os.environ | {"LEGCHECK_CACHE": str(tmp_path / "cache"), "MPLBACKEND": "svg"}
    done = subprocess.run(
        [sys.executable, str(script), str(SAMPLES), str(picture)],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert "left out:" in done.stdout
    assert "What national law provides for" in picture.read_text("utf-8")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda out: legcheck.read(out / "nowhere.xlsx"), "nowhere.xlsx: There is no such file"),
        (lambda out: legcheck.assess(SAMPLES / "XUT-with-mistakes.xlsx"), "'partail' is not a rating"),
        (lambda out: legcheck.report(UTOPIA, out, formats=["odt"]), "'odt' is not a format available here"),
        (lambda out: legcheck.report(UTOPIA, out, language="xx"), "'xx' is not available"),
        (lambda out: legcheck.find("REC-99", UTOPIA, use_cache=False), "no provision 'REC-99'"),
        (lambda out: legcheck.find("REC-02.z", UTOPIA, use_cache=False), "REC-02 has no element"),
        (lambda out: legcheck.compare(out, use_cache=False), "was found here"),
        (lambda out: legcheck.assess(UTOPIA, checklist="nothing"), "nothing"),
    ],
)
def test_errors_are_one_family_and_speak_in_words(tmp_path, call, words):
    with pytest.raises(legcheck.LegcheckError) as error:
        call(tmp_path)
    assert words in str(error.value)
    assert error.value.issues


def test_an_edition_that_does_not_exist_is_refused_in_words(tmp_path):
    with pytest.raises(legcheck.LegcheckError, match="There is no edition 'secret'"):
        legcheck.report(UTOPIA, tmp_path, edition="secret")
