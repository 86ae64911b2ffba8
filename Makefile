# make app                    the audit of the sample company, in the browser
# make app FOLDER=my-client   the same for a client's own folder
# make test                   every promise of this project, checked
# make check-long             the same promises, tried for longer
# make sample                 write the sample company anew
# make lock [UPGRADE=1]       write requirements/*.txt and environment.yml anew (needs uv)
# make clean                  remove what make made

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: app test check-long static sample lock clean

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
FOLDER ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What is run is this folder's and the environment's, whatever the shell adds to the path.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP

app: $(VENV)/app-ready
	@$(BIN)/okrkit serve $(if $(FOLDER),"$(FOLDER)")

# Each environment is installed from its lock, then the project itself without touching the index.
$(VENV)/app-ready $(VENV)/test-ready: $(VENV)/%-ready: requirements/%.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "okrkit needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	@echo "Installing into $(VENV) (a minute or two, once) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/$*.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

static: $(VENV)/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Notebooks keep what people fill in; here it goes to a folder that is thrown away.
notebooks = data=$$(mktemp -d); trap 'rm -rf "$$data"' EXIT; \
	XDG_DATA_HOME="$$data" $(BIN)/pytest -q --nbval-lax --nbval-cell-timeout=300 $(wildcard apps/*.ipynb notebooks/*.ipynb)

test: static
	@scripts/ensure_browser.sh
	$(notebooks)
	$(BIN)/pytest -q -n 2

check-long: static
	@scripts/ensure_browser.sh
	$(notebooks)
	$(BIN)/pytest -q -n 2 -m "long or not long" --hypothesis-profile=long

sample: $(VENV)/test-ready
	$(BIN)/python scripts/make_sample.py

lock:
	PYTHON=$(PYTHON) scripts/lock.sh $(if $(UPGRADE),--upgrade)
	$(PYTHON) scripts/environment.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
