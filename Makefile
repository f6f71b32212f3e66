# What one types. On a fresh machine this needs python3 (3.11 or newer, with venv) and nothing else.
# Stamps remember what is made, so the second time takes seconds.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
PORT ?= 8000
export PORT

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes
STYLES := src/offramp/pages/static/build/.made
WORDS := .venv/.words
export PATH := $(CURDIR)/$(BIN):$(PATH)
NODE_IS_NEW := const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)
say = @echo "· $(1)"

.PHONY: help setup demo test check bench validate docs lock wheel clean

help:
	@echo "make demo      the demo city on http://localhost:$(PORT)"
	@echo "make test      the tests, on SQLite, and on PostgreSQL where a server is installed"
	@echo "make setup     the environment only; then .venv/bin/offramp --help"
	@echo "make check     lint, types, floors, templates"
	@echo "make bench     the speed table        make validate  the slow truths"
	@echo "make docs      the generated pages    make lock      the lock files    make wheel  a package"

# -- Environment ----------------------------------------------------------------------------------------------------

setup: .venv/.installed $(STYLES) $(WORDS)

.venv/.made:
	@if [ -z "$(PYTHON)" ]; then \
	  echo "Offramp needs Python 3.11 or newer. On Debian or Ubuntu: sudo apt install python3 python3-venv" >&2; exit 1; fi
	@if ! $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null; then \
	  version=$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "Python $$version has no venv here. On Debian or Ubuntu: sudo apt install python$$version-venv" >&2; exit 1; fi
	$(call say,Making a Python environment in .venv)
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.made requirements.lock pyproject.toml
	$(call say,Installing what Offramp is built on (a minute the first time))
	@$(INSTALL) -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.lock
	$(call say,Installing the tools that check it)
	@$(INSTALL) -r requirements-dev.lock
	@touch $@

# Node compiles the styles. Where it is missing or too old, a current one goes into .venv.
.venv/.node: .venv/.installed requirements-node.lock
	@if ! npm --version >/dev/null 2>&1 || ! node -e '$(NODE_IS_NEW)' 2>/dev/null; then \
	  echo "· Installing Node into .venv (this machine has none, or one too old)"; $(INSTALL) -r requirements-node.lock; fi
	@touch $@

node_modules/.installed: package.json package-lock.json | .venv/.node
	$(call say,Fetching the design system)
	@npm ci --loglevel=error --no-audit --no-fund
	@touch $@

$(STYLES): node_modules/.installed $(shell find src/offramp/pages/assets -type f 2>/dev/null)
	$(call say,Compiling the styles)
	@npm run --silent build
	@touch $@

$(WORDS): .venv/.installed $(wildcard src/offramp/locale/*/LC_MESSAGES/*.po)
	@if ls src/offramp/locale/*/LC_MESSAGES/*.po >/dev/null 2>&1; then \
	  echo "· Compiling the translations"; $(BIN)/pybabel --quiet compile --directory src/offramp/locale --domain django; fi
	@touch $@

# -- What it is for -------------------------------------------------------------------------------------------------

demo: setup
	@exec $(BIN)/offramp demo

# What is tested, and how: every core this machine has.
TESTS ?= -n auto

# SQLite always; PostgreSQL too, on a throwaway server, where one is installed. DATABASE_URL set: that one only.
test: setup .venv/.installed-dev
	@if [ -n "$${DATABASE_URL:-}" ]; then \
	  echo "· The tests, on the database that DATABASE_URL names"; $(BIN)/pytest $(TESTS); \
	elif $(BIN)/python -m tests.throwaway --there; then \
	  good=yes; \
	  echo "· The tests, on PostgreSQL"; $(BIN)/python -m tests.throwaway $(BIN)/pytest $(TESTS) || good=no; \
	  echo "· The tests, on SQLite"; $(BIN)/pytest $(TESTS) || good=no; \
	  [ $$good = yes ]; \
	else \
	  echo "· The tests, on SQLite ONLY: no PostgreSQL server is installed here (Debian: sudo apt install postgresql)"; \
	  $(BIN)/pytest $(TESTS); \
	fi

check: setup .venv/.installed-dev
	$(call say,Lint)
	@$(BIN)/ruff check --quiet --output-format concise .
	$(call say,Types of rules, pathways, insight and formats)
	@$(BIN)/mypy --no-error-summary
	$(call say,Floors)
	@$(BIN)/lint-imports --no-logo
	$(call say,Templates)
	@$(BIN)/djlint --lint --quiet src/offramp/pages/templates
	$(call say,Migrations)
	@OFFRAMP_HOME=$$(mktemp -d) DATABASE_URL= $(BIN)/offramp makemigrations --check

bench: setup
	@$(BIN)/offramp bench

validate: setup .venv/.installed-dev
	@$(BIN)/pytest -m slow || [ $$? -eq 5 ]

docs: setup .venv/.installed-dev
	@$(BIN)/python -m tests.write_docs

# -- Keeping it up --------------------------------------------------------------------------------------------------

# No comments in them: uv would write this machine's paths and addresses.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links pyproject.toml

lock: .venv/.made
	@[ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet uv
	$(COMPILE) --extra web --extra postgres --extra build --output-file requirements.lock
	$(COMPILE) --extra web --extra postgres --extra build --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) --extra node --output-file requirements-node.lock
	@! grep -nE '://|^ *-[^-]|@ file|(^|[ =])/' requirements*.lock

wheel: setup
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

clean:
	rm -rf .venv node_modules dist src/offramp/pages/static/build
