"""Numbers and days that nobody means, in every option that takes one: wrong usage, said at once."""

import pytest
from typer.testing import CliRunner

from legcheck.cli.main import app

NEVER = ["1e99999999", "1e-99999999", "NaN", "-inf", "0x10", "9" * 400, "9" * 5000, "½", ""]
SHARES = ["1/0", "-1%", "101%", "70%%", "1e5", "1/" + "9" * 5000, "٧٠٠%"]
DAYS = ["0000-01-01", "0001-01-01", "9999-12-31", "99999-01-01", "٢٠٢٦-٠١-٠١", "2026-02-30", "-2026-01-01", "46203"]
NEW = ("new", "--country", "ESP", "--out", "out")
OPTIONS = {
    "--fail-under": (("score", "{utopia}"), [*NEVER, *SHARES]),
    "--target": (("plan", "{utopia}"), [*NEVER, *SHARES]),
    "--effort": (("plan", "{utopia}"), [*NEVER, "-1"]),
    "--robustness": (("compare", "{utopia}", "--out", "out"), [*NEVER, "-1"]),
    "--seed": (("compare", "{utopia}", "--out", "out"), ["1e99999999", "NaN", "9" * 5000, "-1", "٣٣"]),
    "--jobs": (("compare", "{utopia}", "--out", "out"), ["1e99999999", "NaN", "9" * 5000, "-1", "0"]),
    "--share": (("sample", "{utopia}", "--out", "out.xlsx"), [*NEVER, *SHARES]),
    "--on": (("migrate", "{utopia}", "--out", "out.xlsx"), [*NEVER[:-1], *DAYS]),
    "--prune": (("cache",), ["1e99999999", "NaN", "-inf", "0x10", "9" * 5000, "½", "", "-1"]),
    "--as-of": (NEW, [*NEVER[:-1], *DAYS]),
    "--until": (NEW, [*NEVER[:-1], *DAYS]),
}


@pytest.mark.parametrize("option", OPTIONS)
def test_a_number_that_nobody_means_is_wrong_usage(tmp_path, monkeypatch, utopia, option):
    monkeypatch.chdir(tmp_path)
    words, values = OPTIONS[option]
    for value in values:
        done = CliRunner().invoke(app, [*(word.format(utopia=utopia) for word in words), f"{option}={value}"])
        assert (done.exit_code, done.stdout) == (2, ""), value[:20]
    assert not any(tmp_path.iterdir())
