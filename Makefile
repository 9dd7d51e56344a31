# Two commands: `make run` and `make test`. Both set up what they need first.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
VAR    ?= var
OURS   := bot handlers actions delivery matching storage domain locales sandbox

.DEFAULT_GOAL := help
.PHONY: help run setup test check bench bench-exchanges bench-matching bench-delivery eval-matching hostile soak format clean lock

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

run: setup ## set up, then start the bot (without BOT_TOKEN: a Telegram of your own, and the bot on it)
	@exec $(PY) -m bot run

setup: $(VENV)/.runtime $(VAR)/gazetteer/.built $(VAR)/topics/.built ## virtual environment, pinned dependencies, gazetteer, topics

test: setup $(VENV)/.dev ## every test
	@$(PY) -m pytest $(PYTEST_ARGS)

check: setup $(VENV)/.dev ## format, lint, types, import rules, translations, migrations
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy $(OURS)
	@$(VENV)/bin/lint-imports --no-cache
	@$(PY) -m bot texts --check
	@$(PY) -m pytest -q -n 0 tests/storage/test_stairway.py

bench: setup $(VENV)/.dev ## what is claimed about speed and memory, beside an alternative
	@$(PY) -m tests.bench.updates
	@$(PY) -m tests.bench.memory
	@$(PY) -m tests.bench.start
	@$(PY) -m tests.bench.exchanges

bench-exchanges: setup $(VENV)/.dev ## reminders of 2,000 sessions to 100,000 members; BENCH_POSTGRES names an empty database
	@$(PY) -m tests.bench.exchanges $(BENCH_POSTGRES)

bench-matching: setup $(VENV)/.dev ## topics, places, partners, rounds: speed and memory, beside RapidFuzz and others
	@$(PY) -m tests.bench.topics
	@$(PY) -m tests.bench.places
	@$(PY) -m tests.bench.partners
	@$(PY) -m tests.bench.register
	@$(PY) -m tests.bench.rounds

bench-delivery: setup $(VENV)/.dev ## an announcement to 3,000 within Telegram's limits, beside a loop and AIORateLimiter (four minutes)
	@$(PY) -m tests.bench.delivery

eval-matching: setup $(VENV)/.dev ## accuracy on the files in EVAL_DIR, and the failures
	@$(PY) -m tests.matching.eval_topics
	@$(PY) -m tests.matching.eval_places

soak: setup $(VENV)/.dev ## a hundred killed workers, and half a minute without a database (about a quarter of an hour)
	@SOAK_KILLS=$${SOAK_KILLS:-100} SOAK_OUTAGE=$${SOAK_OUTAGE:-30} $(PY) -m pytest -q -n 0 tests/delivery/test_killed_workers.py tests/delivery/test_outage.py

hostile: setup $(VENV)/.dev ## 10,000 hostile or random inputs to every step (about an hour)
	@HOSTILE_INPUTS=$${HOSTILE_INPUTS:-10000} $(PY) -m pytest -q --dist load tests/hostile

format: $(VENV)/.dev ## put the code in order
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

lock: ## pin anew what pyproject.toml and requirements-data.in ask for (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra dev pyproject.toml -o requirements-dev.lock
	uv pip compile -q --no-deps --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements-data.in -o requirements-data.lock

clean: ## remove what set-up made (var/ with your data stays)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Partnerlotse needs Python 3.11 or newer; name one with make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "No virtual environment could be made. On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.runtime: requirements.lock requirements-data.lock | $(VENV)/bin/python
	@echo "Installing the pinned dependencies (about a minute, once)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-deps -r requirements-data.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing what only tests and checks need"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

$(VAR)/gazetteer/.built: matching/gazetteer.py matching/place_names.py matching/place_sources.py matching/subdivision_sources.py matching/climate_raster.py matching/place_index.py domain/regions.toml domain/districts.toml domain/subdivisions.toml $(VENV)/.runtime
	@$(PY) -m bot gazetteer
	@touch $@

$(VAR)/topics/.built: domain/topics.toml $(wildcard matching/utterances/*.tsv) matching/topic_learning.py matching/topic_ngrams.py matching/topic_examples.py matching/topic_everyday.py matching/topic_text.py matching/topic_head.py $(VENV)/.runtime
	@$(PY) -m bot learn
	@touch $@
