"""Builds the wheel, installs it alone in an empty environment, and runs the main job from it.

It catches what only developers have: a file that is not packed, a library that is not declared.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(*words: str | Path, cwd: Path) -> str:
    """Run a program and return its output; a failure shows everything."""
    plain = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run([str(word) for word in words], cwd=cwd, env=plain, text=True, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(str(word) for word in words)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def main() -> None:
    """Build, install, use."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place, ROOT, cwd=place)
        (wheel,) = place.glob("*.whl")
        venv.create(place / "alone", with_pip=True)
        python = place / "alone" / "bin" / "python"
        lock = ROOT / "requirements" / "runtime.lock"
        run(python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock, cwd=place)
        run(python, "-m", "pip", "install", "--quiet", "--no-deps", wheel, cwd=place)
        legcheck = place / "alone" / "bin" / "legcheck"
        assert run(legcheck, "--version", cwd=place).startswith("legcheck "), "no version"
        assert "REC-02" in run(legcheck, "provisions", "show", "REC-02", cwd=place), "no checklist in the wheel"
        run(legcheck, "demo", "--out", place / "demo", cwd=place)
        made = sorted(path.name for path in (place / "demo").iterdir())
        for kind in ("country-report.docx", "reading.docx", "annex.docx", "plan.docx", "action-plan.xlsx"):
            assert any(name.endswith(kind) for name in made), f"no {kind} among {made}"
        print(f"1 passed: {wheel.name} works installed alone and makes {len(made)} files")


if __name__ == "__main__":
    main()
