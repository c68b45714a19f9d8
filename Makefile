# Two commands set everything up: `make demo` runs the main job, `make test` passes the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT ?= legcheck-demo
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test quick fuzz check bench docs samples lock programs clean

demo: $(VENV)/.installed
	$(BIN)/legcheck demo --out $(OUT) --force

# Everything, on all cores, with the share of lines and branches that the tests reach.
test: $(VENV)/.developing programs check
	$(BIN)/python -m pytest -n auto --dist loadscope --cov --cov-report=
	@echo "Covered by tests (lines and branches): $$($(BIN)/coverage report --format=total)%"
	$(BIN)/python -m tests.wheel

# What can be tested in less than a minute.
quick: $(VENV)/.developing
	$(BIN)/python -m pytest -n auto -m "not slow" --hypothesis-profile=quick

fuzz: $(VENV)/.developing
	LEGCHECK_FUZZ=5000 $(BIN)/python -m pytest -n auto -p no:cacheprovider tests/test_fuzz.py

check: $(VENV)/.developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/vulture
	$(BIN)/legcheck provisions check

bench: $(VENV)/.developing
	$(BIN)/python -m bench

docs: $(VENV)/.developing
	$(BIN)/python -m tests.cli.reference docs/commands.md

samples: $(VENV)/.developing
	$(BIN)/python -m tests.samples

lock:
	$(PYTHON) -m pip install --quiet uv
	for name in runtime dev; do \
	  $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url \
	    --no-header --no-annotate --group $$([ $$name = dev ] && echo dev || echo install) pyproject.toml -o requirements/$$name.lock; \
	done

# LibreOffice, Chromium and fonts: installed where that is possible, otherwise named, and the tests that need them are skipped.
programs:
	@sh tests/programs.sh

clean:
	rm -rf $(VENV) build dist legcheck-demo .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements/runtime.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements/runtime.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.developing: $(VENV)/.installed requirements/dev.lock
	$(PIP) install --require-hashes -r requirements/dev.lock
	touch $@
