# Everything a person or a machine runs here has a name in this file; CI runs `make test`.
# Paths are relative, so that the checkout may lie anywhere, also below a folder with blanks.

PYTHON ?= python3
UV ?= uv
WORKERS ?= 2

bin := .venv/bin
python := $(bin)/python
pip := $(python) -m pip --disable-pip-version-check --quiet
compile := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --upgrade

.DEFAULT_GOAL := help
.PHONY: help site serve test pytest lint format bench screenshots lighthouse clients messages requirements clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-14s%s\n", $$1, $$2}' Makefile

site: .venv/base ## Build the example's status page into site/status
	$(bin)/statusbook build status
	@echo
	@echo "The status page is in site/status: open site/status/index.html, or run 'make serve'."

serve: .venv/base ## Build, watch and serve the example on this machine
	$(bin)/statusbook serve

test: lint clients pytest ## Run everything that must pass: lint, types, layers, tests, coverage

pytest: .venv/test ## Run the tests with coverage (as `make pytest ARGS=tests/test_wheel.py`)
	@rm -f .coverage .coverage.*
	$(python) -m coverage run -m pytest -n $(WORKERS) $(ARGS)
	@$(python) -m coverage combine --quiet
	$(if $(ARGS),,$(python) -m coverage report)

lint: .venv/test ## Check style, types and layers
	$(python) -m ruff check
	$(python) -m ruff format --check
	$(python) -m mypy
	$(bin)/lint-imports

format: .venv/test ## Let ruff lay out the code
	$(python) -m ruff check --fix-only
	$(python) -m ruff format

bench: .venv/bench ## Measure builds of 100, 1,000 and 10,000 incidents, beside Hugo's
	$(python) benchmarks/run.py $(ARGS)

screenshots: .venv/test clients ## Take the pictures of docs/images, and of each kind of page into site/screenshots
	PYTHONPATH=tests $(python) -m browser.screenshots

lighthouse: .venv/base clients ## Let Lighthouse judge the example's pages on a slow phone
	@cd benchmarks/lighthouse && npm install --no-package-lock --no-audit --no-fund --loglevel=error
	$(python) benchmarks/lighthouse/judge.py

clients: ## Install the programs that read what we publish, where they are missing
	@sh .ci/install-clients

messages: .venv/test ## Renew the catalogues of the pages' words
	$(python) generator/renew_catalogues.py

requirements: ## Renew the pinned requirements (needs uv)
	$(compile) pyproject.toml --extra dev --extra playbook -o requirements/test.txt
	$(compile) pyproject.toml -c requirements/test.txt -o requirements/base.txt
	$(compile) pyproject.toml --extra bench -c requirements/test.txt -o requirements/bench.txt
	$(compile) requirements/build.in -c requirements/test.txt -o requirements/build.txt

clean: ## Remove what the targets above made
	rm -rf .venv .cache .statusbook dist site tests/clients/node_modules
	rm -rf benchmarks/lighthouse/node_modules
	rm -rf .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find generator tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# Each of these files in .venv says when its requirements were last installed.

.venv/base: requirements/build.txt requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Statusbook needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	@test -x $(python) || $(PYTHON) -m venv .venv
	$(pip) install --require-hashes -r requirements/build.txt
	$(pip) install --require-hashes --no-build-isolation -r requirements/base.txt
	$(pip) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: .venv/base requirements/test.txt
	$(pip) install --require-hashes --no-build-isolation -r requirements/test.txt
	@touch $@

.venv/bench: .venv/base requirements/bench.txt
	$(pip) install --require-hashes --no-build-isolation -r requirements/bench.txt
	@touch $@
