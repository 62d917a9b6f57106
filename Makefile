# Everything is done inside .venv; nothing is installed outside this folder. `make` alone prints the targets.

PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
DEMO := $(CURDIR)/build/demo
STAMP := .venv/.stamp

export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast check fix lock docs screenshots pictures bench clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv with everything in it, the yumiao command included

$(STAMP): requirements-dev.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh
	@touch $@

# The demo is made anew whenever the code is newer than it. It never touches a database named in the environment.
DEMO_MADE := $(DEMO)/made
IN_DEMO := env -u YUMIAO_DATABASE_URL -u YUMIAO_KEYS YUMIAO_DATA="$(DEMO)" .venv/bin/yumiao

$(DEMO_MADE): $(STAMP) $(shell find src/yumiao -name '*.py' -o -name '*.sql')
	@rm -rf "$(DEMO)"
	@$(IN_DEMO) demo
	@touch $@

run: $(DEMO_MADE) ## serve a small demo county on 127.0.0.1 and say who may sign in (PORT=8000)
	@$(IN_DEMO) serve --port $(PORT)

test: $(STAMP) ## all tests: pure ones once, database ones on SQLite and on PostgreSQL
	@$(PY) -m tools.test

test-fast: $(STAMP) ## pure tests, and database tests on SQLite only
	@$(PY) -m tools.test --fast

check: $(STAMP) ## format, lint, types, import contracts, docs, migrations, lock files; changes no file
	@$(PY) -m tools.check

fix: $(STAMP) ## mend format and what the linter can mend
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

lock: $(STAMP) ## renew the lock files from pyproject.toml (delete them first to take newer versions)
	@$(PY) -m tools.locks --write

docs: $(STAMP) ## write the generated pages in docs/
	@$(PY) -m tools.docs --write

screenshots: $(STAMP) ## pictures of every page at two widths, dark and in print, in build/screenshots
	@$(PY) -m tools.screenshots

pictures: $(STAMP) ## the pictures that the handbook shows, in docs/pictures
	@$(PY) -m tools.screenshots --handbook

bench: $(STAMP) ## measure, with the figures printed
	@$(PY) -m bench

clean: ## remove .venv, build and every cache
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -path ./.git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
