# `make` lists the targets. Options for the program behind one go in ARGS: make test ARGS="-k money"

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
IS_3_11 := -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet

.DEFAULT_GOAL := help
.PHONY: help setup run test check docs bench kills storm lock clean

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## Install the locked libraries and Ballast itself, editable, into .venv

# The build tool is locked too, so that no step takes anything from outside the lock.
$(READY): pyproject.toml requirements-dev.lock requirements.lock
	@$(PYTHON) $(IS_3_11) || { echo "Ballast needs Python 3.11 or newer: set PYTHON to one, as in make PYTHON=python3.11." >&2; exit 1; }
	@$(BIN)/python $(IS_3_11) || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

run: $(READY) ## Start everything: API, worker, projections, scheduler, embedded servers
	$(BIN)/ballast up $(ARGS)

test: $(READY) ## Run the tests
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(READY) ## Lint, formatting, types, and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

docs: $(READY) ## Draw docs/events.md anew from the events and the order table
	$(BIN)/python docs/generate_events.py

bench: $(READY) ## Measure speed on this machine
	$(BIN)/python -m benchmarks $(ARGS)

kills: $(READY) ## Kill processes at random for longer than the tests do, and verify the books
	$(BIN)/python tests/kills/run.py $(ARGS)

storm: $(READY) ## Let everything go wrong at brokers, seed after seed, for longer than the tests do
	$(BIN)/python tests/storm/run.py $(ARGS)

lock: $(READY) ## Write the lock files from pyproject.toml (ARGS=--upgrade for the newest versions)
	$(COMPILE) --output-file requirements.lock $(ARGS)
	$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock $(ARGS)

clean: ## Remove .venv and everything generated; the data folder stays
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache src/*.egg-info
	find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
