# `make` lists the targets. Options for the program behind one go in ARGS: make test ARGS="-k money"

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
IS_3_11 := -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
COMPILE := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet

PAGE := web/dist/index.html
PAGE_READY := web/node_modules/.ready
HAS_NPM := command -v npm >/dev/null
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# Ballast and its tests are many processes, and each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup page page-types page-check setup-browser setup-servers secrets run test check docs bench kills storm fuzz lock clean

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## Install the locked libraries and Ballast itself, editable, into .venv

# The build tool is locked too, so that no step takes anything from outside the lock.
$(READY): pyproject.toml requirements-dev.lock requirements.lock
	@$(PYTHON) $(IS_3_11) || { echo "Ballast needs Python 3.11 or newer: set PYTHON to one, as in make PYTHON=python3.11." >&2; exit 1; }
	@$(BIN)/python $(IS_3_11) || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

run: $(READY) ## Start everything: API, worker, projections, scheduler, embedded servers, and the page where npm is
	@if $(HAS_NPM); then $(MAKE) --no-print-directory page || echo "The page could not be built; Ballast starts without it, and 'make page' tries again." >&2; \
	elif [ ! -e $(PAGE) ]; then echo "Ballast starts without its page. To get it: install Node.js 20 with npm, then 'make page'." >&2; fi
	$(BIN)/ballast up $(ARGS)

page: $(PAGE) ## Build the page, which the API serves under /ui/

$(PAGE): $(PAGE_READY) $(shell find web/src web/public web/index.html web/vite.config.ts -type f ! -name routeTree.gen.ts 2>/dev/null)
	cd web && npm run --silent build

$(PAGE_READY): web/package.json web/package-lock.json
	@$(HAS_NPM) || { echo "The page is built by npm: install Node.js 20 or newer with it." >&2; exit 1; }
	cd web && npm ci --no-audit --no-fund
	@touch $@

page-types: $(READY) $(PAGE_READY) ## Make the page's types anew from the OpenAPI document
	cd web && npm run --silent types

page-check: $(PAGE_READY) ## Lint, formatting and types of the page
	cd web && npm run --silent check

setup-browser: ## Install Debian's Chromium, in which the page is tested (asks for root)
	@command -v chromium >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends chromium; }

setup-servers: ## Install Debian's PostgreSQL and Redis, beside which every role is tested (asks for root)
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && command -v redis-server >/dev/null || { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends postgresql redis-server; }

secrets: ## Make the secrets that compose.yaml needs, once, in secrets/
	@sh deploy/make-secrets.sh

# Three processes on two processors: many tests wait for others to start or to die.
test: $(READY) ## Run the tests; in Chromium too where it and the page are
	@if $(HAS_NPM); then $(MAKE) --no-print-directory page || echo "The page could not be built and is not tested." >&2; fi
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(READY) ## Lint, formatting, types, and who may import whom; the page's too where npm is
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@if $(HAS_NPM); then $(MAKE) --no-print-directory page-check; else echo "The page was not checked: there is no npm."; fi

docs: $(READY) ## Draw docs/events.md anew from the events and the order table
	$(BIN)/python docs/generate_events.py

bench: $(READY) ## Measure speed on this machine
	$(BIN)/python -m benchmarks $(ARGS)

kills: $(READY) ## Kill processes at random for longer than the tests do, and verify the books
	$(BIN)/python tests/kills/run.py $(ARGS)

storm: $(READY) ## Let everything go wrong at brokers, seed after seed, for longer than the tests do
	$(BIN)/python tests/storm/run.py $(ARGS)

fuzz: $(READY) ## Ask the whole API a hundred thousand things, with and without sense
	$(BIN)/python tests/fuzz/run.py $(ARGS)

lock: $(READY) ## Write the lock files from pyproject.toml (ARGS=--upgrade for the newest versions)
	$(COMPILE) --output-file requirements.lock $(ARGS)
	$(COMPILE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock $(ARGS)

clean: ## Remove .venv and everything generated; the data folder stays
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache src/*.egg-info web/dist web/node_modules web/.tanstack web/.vite web/src/routeTree.gen.ts
	find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
