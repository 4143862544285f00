# Every target does its own set-up in .venv: Python 3.11 or later, make and the Python package index are all it needs.
# Stamp files in .venv remember what is installed, so that the second run starts at once.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The lock files are complete and hashed: nothing is resolved at install time.
LOCKED := install --no-deps --require-hashes
PYTEST_WORKERS ?= auto
APT := apt-get update -qq && apt-get install -y -qq --no-install-recommends

.DEFAULT_GOAL := help
.PHONY: help demo test test-thorough test-stores test-serving test-browser assets check format bench bench-stores build lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1	/' | expand -t 14

demo: $(VENV)/.core ## answer one question: which ODIHR opinions concern freedom of religion?
	$(BIN)/uprgraph query opinions-by-right --right "freedom of religion" --format table

test: $(VENV)/.dev ## run the default tests
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS)

test-thorough: $(VENV)/.dev ## run the tests that take long and need nothing else
	$(BIN)/python -m pytest -m thorough -n $(PYTEST_WORKERS)

test-stores: $(VENV)/.dev ## run the tests against real triplestores, which it installs (Maven Central, apt-get as root)
	scripts/triplestores install
	UPRGRAPH_REQUIRE_TRIPLESTORES=1 $(BIN)/python -m pytest -m triplestores -n $(PYTEST_WORKERS)

test-serving: $(VENV)/.dev ## run the tests of the running site, with clients that it installs (Maven Central, npm registry, apt-get as root)
	$(BIN)/python -m tests.server.live
	UPRGRAPH_REQUIRE_CLIENTS=1 $(BIN)/python -m pytest -m serving -n $(PYTEST_WORKERS)

test-browser: $(VENV)/.dev ## open the pages in a headless Chromium, which it installs (apt-get as root, npm registry)
	command -v chromium >/dev/null || { $(APT) chromium fonts-dejavu-core; }
	command -v npm >/dev/null || { $(APT) nodejs npm; } # apart: with a Node.js from elsewhere, Debian has no npm to install
	$(BIN)/python scripts/fetch_assets.py site
	$(BIN)/python scripts/fetch_assets.py tests
	UPRGRAPH_REQUIRE_BROWSER=1 $(BIN)/python -m pytest -m browser

assets: $(VENV)/.dev ## fetch the libraries for charts and the SPARQL editor, for the site and the wheel (npm registry)
	$(BIN)/python scripts/fetch_assets.py site

check: $(VENV)/.dev ## lint, types, formats, shapes and checks over everything shipped
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/uprgraph format --check
	$(BIN)/uprgraph validate

format: $(VENV)/.dev ## put Python and Turtle files into their one form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/uprgraph format

bench: $(VENV)/.dev ## measure extraction, a canned query, the site, an import and all questions, beside peers (takes an hour)
	$(BIN)/python -m bench

bench-stores: $(VENV)/.dev ## measure loading into real triplestores against curl (takes long)
	scripts/triplestores install
	$(BIN)/python -m bench.loading

build: $(VENV)/.dev assets ## build the release bundle and the wheel into dist/
	$(BIN)/uprgraph build -o dist/bundle
	$(BIN)/python -m hatchling build -d dist

lock: $(VENV)/.dev ## renew the lock files from pyproject.toml
	$(PIP) install uv==0.13.9
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --upgrade --quiet -o requirements/core.lock
	$(BIN)/uv pip compile pyproject.toml --all-extras --group build --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --constraint requirements/core.lock --upgrade --quiet -o requirements/dev.lock

clean: ## remove what was built, and .venv
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; name one with: make PYTHON=/path/to/python" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/.core: pyproject.toml requirements/core.lock | $(BIN)/python
	$(PIP) $(LOCKED) -r requirements/core.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.core
	$(PIP) $(LOCKED) -r requirements/dev.lock
	@touch $@
