# Two commands: `make run` sets everything up and starts the service; `make test` is all that is checked.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test proof pictures bench lint types lock clean
PY := .venv/bin/python

# An environment whose Python has gone is made again.
ifneq ($(wildcard .venv/installed-*),)
ifneq ($(shell $(PY) -c 'print(1)' 2>/dev/null),1)
$(shell rm -f .venv/installed-*)
endif
endif

help: ## What can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: .venv/installed-run ## Set up, then web and worker on http://127.0.0.1:5000 (PORT, EOI_DATA_DIR)
	@EOI_DEMONSTRATION=$${EOI_DEMONSTRATION-1} EOI_LOG_FORMAT=$${EOI_LOG_FORMAT-text} exec $(PY) -m flask serve --prepare

test: .venv/installed-test ## Lint, types, every test on SQLite, and those of the database on PostgreSQL
	@mkdir -p .test
	@$(MAKE) --no-print-directory lint types
	@echo "== Tests on SQLite"; $(PY) -m pytest -n 2 --dist worksteal -q --engine sqlite
	@echo "== Tests of the database on PostgreSQL"; $(PY) -m pytest -n 2 --dist worksteal -q --engine postgresql -m database

proof: .venv/installed-test .test/wapiti/installed ## What takes too long for every run: scan, 20,000 requests, docs/proof.md
	@$(PY) -m tests.proof $(SECTIONS)

pictures: .venv/installed-test ## The pictures of the README, made again by walking the road
	@PICTURES=docs/pictures $(PY) -m pytest -q tests/browser/test_walk.py -k maintained

bench: .venv/installed-test ## The figures of docs/figures.md, made again
	@$(PY) -m tests.bench.figures

lint: .venv/installed-test ## Ruff and bandit
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m bandit -q -c pyproject.toml -r config.py wsgi.py eoi

types: .venv/installed-test ## Mypy
	@$(PY) -m mypy

lock: ## Pin requirements*.in again, with hashes (needs uv)
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements.in -o requirements.txt
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -c requirements.txt requirements-dev.in -o requirements-dev.txt
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements-proof.in -o requirements-proof.txt

clean: ## Remove the environment and what tests leave, never the data
	rm -rf .venv .test .mypy_cache .ruff_cache

.venv/installed-run: requirements.txt bin/setup
	@bin/setup run && touch $@

.venv/installed-test: requirements-dev.txt bin/setup
	@bin/setup test && touch $@ .venv/installed-run

.test/wapiti/installed: requirements-proof.txt bin/setup
	@bin/setup proof && touch $@
