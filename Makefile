# What a person and CI run. `make up` opens the interface, `make test` runs everything.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
STATIC := src/pellucid/server/static
PAGE := $(STATIC)/index.html
NODE := $(shell command -v node)
NPM_INSTALLED := web/node_modules/.package-lock.json
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
# The page is rebuilt when one of these is newer than it.
WEB_SOURCES := $(shell find web -name node_modules -prune -o -name test-results -prune -o \
  -name playwright-report -prune -o -name coverage -prune -o -name e2e -prune -o -name bench -prune -o -name '*.tsbuildinfo' -prune -o \
  -type f -print 2>/dev/null)
BENCHMARKS := agreement attribution atlas_size cards collection generation reading search start
ARGS ?=

.PHONY: help install up test check pytest coverage web web-check e2e openapi docs bench bench-page fuzz wheel wheel-check lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / && !seen[$$1]++ {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED) ## everything Python, locked, into .venv

$(INSTALLED): pyproject.toml requirements/dev.txt requirements/torch.txt scripts/install.sh
	@PYTHON="$(PYTHON)" bash scripts/install.sh "$(VENV)"
	@touch $@

up: install web ## install, build the page, open the interface (ARGS="--port 8000 --no-browser")
	@$(BIN)/pellucid up $(ARGS) || [ $$? = 130 ] # interrupted, as is meant

test: check web-check e2e pytest ## install everything and run all tests

check: install ## formatting, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright

pytest: install web ## the Python tests (ARGS="-k why")
	$(BIN)/python -m pytest $(ARGS)

coverage: install web ## the Python tests with branch coverage; core and journal must be whole
	$(BIN)/python -m pytest --cov --cov-report= $(ARGS)
	$(BIN)/coverage report --include 'src/pellucid/core/*,src/pellucid/journal/*' --fail-under 100
	$(BIN)/coverage report --fail-under 95

ifeq ($(NODE),)
web: ## build the page into the package
	@[ -f $(PAGE) ] || { echo "The page is not built, and building it needs Node.js 20 or newer; install it, or use a wheel." >&2; exit 1; }

web-check e2e:
	@echo "Node.js is needed for the tests of the page; install version 20 or newer." >&2; exit 1
else
web: $(PAGE) ## build the page into the package

$(NPM_INSTALLED): web/package.json web/package-lock.json
# Not `npm ci`: the lock names only the platforms that had builds in the registry it was made from, which ci refuses.
# What the lock does name is installed as locked, hashes checked, and the lock is not written.
	cd web && npm install --no-save --no-audit --no-fund
	@touch $@

$(PAGE): $(NPM_INSTALLED) $(WEB_SOURCES)
	cd web && npm run build
	@touch $@

web-check: $(NPM_INSTALLED) ## format, lint, types and unit tests of the page; API types not stale
	cd web && npm run check
	cd web && npm run gen:check
	cd web && npm run test

ifeq ($(CHROMIUM),)
e2e:
	@if [ "$${CI:-}" = true ]; then echo "Browser tests need chromium." >&2; exit 1; fi
	@echo "Browser tests skipped: no chromium on this machine."
else
e2e: install web ## browser tests against the real bundled model
	cd web && CHROMIUM=$(CHROMIUM) npm run e2e
endif
endif

openapi: install ## write the API's schema, and the page's types from it
	$(BIN)/python -m pellucid.server.openapi
	cd web && npm run gen

docs: install ## write docs/map.md, and run the tests that keep the documents true
	$(BIN)/python -m scripts.map
	$(BIN)/python -m pytest tests/contract $(ARGS)

bench: install ## what the README claims, measured here (ARGS=agreement for one)
	@for name in $(or $(ARGS),$(BENCHMARKS)); do echo "== $$name"; $(BIN)/python -m benchmarks.$$name; done

bench-page: install web ## what the page takes, in a browser on the bundled model
	cd web && CHROMIUM=$(CHROMIUM) npm run bench

fuzz: install ## 10,000 made-up requests to a server (ARGS="--cases 1000")
	@[ -x build/fuzz/bin/schemathesis ] || \
	  { $(PYTHON) -m venv build/fuzz && build/fuzz/bin/pip install --quiet "schemathesis==4.32.5"; }
	$(BIN)/python -m scripts.fuzz --schemathesis build/fuzz/bin/schemathesis $(ARGS)

wheel: install web ## dist/*.whl, the page inside
	@rm -rf dist
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist

wheel-check: wheel ## install the wheel on its own and fetch its page, without Node
	PYTHON="$(PYTHON)" $(PYTHON) scripts/wheel_check.py dist/*.whl build/wheel-check

lock: ## resolve the dependencies anew (ARGS=--upgrade for newer ones)
	bash scripts/lock.sh $(ARGS)

clean: ## remove what was built, .venv too
	rm -rf $(VENV) build dist web/node_modules $(STATIC)
