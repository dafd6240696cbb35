# Everything a person does with this repository, by one word each. `make` alone lists them.
#
# Each target sets up what it needs in .venv and nowhere else; stamps under .venv keep a second run from reinstalling.

# The interpreter to build .venv with; any Python from 3.11 on. `make setup PYTHON=python3.13` picks another.
PYTHON ?= python3
# Which tests to run, and whatever else pytest is to be told: `make test TESTS="tests/engine -x"`.
TESTS ?=
# How pytest spreads over processor cores: by file, so that a module's costly fixtures are built once.
SPREAD ?= --numprocesses auto --maxprocesses 4 --dist loadfile
# Passed on to `largesse demo` and `largesse serve`: `make demo ARGS="--port 9000"`.
ARGS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
# pyright asks the package index for a newer self on every run unless told not to.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo serve test check bench fuzz contract docs lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 20

setup: .venv/.runtime ## make .venv with the `largesse` command in it
setup-dev: .venv/.development ## the same with everything the tests and checks need

demo: setup ## run a believable shop and print a request to paste
	$(BIN)/largesse demo $(ARGS)

serve: setup ## run the server on an empty or existing data folder
	$(BIN)/largesse serve $(ARGS)

test: setup-dev ## run the tests, on the embedded database unless LARGESSE_TEST_DATABASE_URL names another
	$(BIN)/python -m pytest $(SPREAD) $(TESTS)

check: setup-dev .venv/.node ## formatting, lint, types (twice), rings, house rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/tidy

bench: setup-dev ## measure, and print one table
	$(BIN)/python -m tests.bench

fuzz: setup-dev ## try the rule language on a million expressions, most of them nonsense; takes half an hour
	$(BIN)/python -m tests.bench.fuzz

contract: setup-dev ## compare what we serve with the published contract, field by field
	$(BIN)/python -m tests.contract

docs: setup-dev ## write the reference pages anew, from what the code says about itself
	$(BIN)/python -m tests.reference

lock: setup-dev ## pin every dependency anew, from pyproject.toml
	$(BIN)/pip-compile $(LOCK) --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile $(LOCK) --extra dev --allow-unsafe --output-file requirements-dev.lock pyproject.toml

clean: ## remove .venv and every cache; data folders stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Pinned versions and nothing about where they come from, so that any index can serve them.
LOCK := --quiet --upgrade --strip-extras --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

.venv/bin/pip:
	@for candidate in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "making .venv with $$("$$candidate" --version)"; exec "$$candidate" -m venv .venv; \
	  fi; \
	done; \
	echo "Largesse needs Python 3.11 or newer and found none. Install one, or name it: make setup PYTHON=/path/to/python" >&2; \
	exit 1

.venv/.runtime: requirements.lock requirements-build.lock pyproject.toml | .venv/bin/pip
	$(PIP) --requirement requirements.lock --requirement requirements-build.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.development: .venv/.runtime requirements-dev.lock
	$(PIP) --requirement requirements-dev.lock
	@touch $@

# pyright is JavaScript and comes whole inside its wheel; where the machine has no node, a wheel brings that too.
.venv/.node: .venv/.development requirements-node.lock
	@command -v node >/dev/null || $(PIP) --requirement requirements-node.lock
	@touch $@
