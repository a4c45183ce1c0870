# `make demo` and `make test` are all a newcomer needs; `make help` lists the rest.
.DEFAULT_GOAL := help
PY ?= python3
V := .venv
BIN := $(V)/bin
PORT ?= 8800
COUNT ?= 100000
SEED ?= 1
SOURCES := bot tests migrations
export PYTHONPATH := $(CURDIR)

.PHONY: help demo test container check format transcripts kinds catalogs bench torture lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: $(V)/demo ## try the bot on this computer: PORT=8800
	@$(BIN)/python -m bot demo --port $(PORT) --no-open

test: $(V)/dev ## all tests (pages only where Chromium is installed; says so otherwise)
	$(BIN)/python -m pytest

container: $(V)/dev ## build the image and run it as compose says, without a container engine (as root)
	$(BIN)/python -m pytest tests/container --durations=5

check: $(V)/dev ## style, types, directions of imports, flows and words; under three minutes
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m bot check

format: $(V)/dev ## mend the style
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

transcripts: $(V)/dev ## write the transcripts anew; read the diff
	$(BIN)/python -m pytest -q tests/transcripts --rewrite

kinds: $(V)/dev ## write docs/message_kinds.md anew; read the diff
	$(BIN)/python -m pytest -q tests/emulator/test_message_kinds.py --rewrite

catalogs: $(V)/dev ## bring new sentences into locales/*/LC_MESSAGES/bot.po
	@d=$$(mktemp -d) && $(BIN)/pybabel -q extract -k N_ -k NP_:1c,2 -c "Translators:" --sort-by-file \
		--add-location=file -o $$d/bot.pot bot \
	&& $(BIN)/pybabel -q update -i $$d/bot.pot -d locales -D bot --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date -w 110; rm -r $$d

bench: $(V)/dev ## measure, and print beside bare python-telegram-bot
	$(BIN)/python -m tests.bench

torture: $(V)/dev ## 2,000 updates under 20 kills -9, then 100,000 broken ones each way, half an hour: COUNT=100000 SEED=1
	TEST_KILL_PEOPLE=1000 TEST_KILLS=10 $(BIN)/python -m pytest -q -s tests/emulator/test_kills.py tests/emulator/test_webhook_kills.py
	$(BIN)/python -m tests.torture --count $(COUNT) --seed $(SEED)

lock: $(V)/dev ## bring the lock files up to date with pyproject.toml
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --extra postgres --universal -p 3.11 --generate-hashes --no-header --no-annotate -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --all-extras --universal -p 3.11 --generate-hashes --no-header --no-annotate -q -o requirements-dev.lock

clean: ## remove the environment and what tools left behind
	rm -rf $(V) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (set PY=...)"; exit 1; }
	@$(PY) -m venv $(V) || { echo "The venv module is missing; on Debian: apt install python3-venv"; exit 1; }

$(V)/demo: requirements.lock | $(BIN)/python
	@echo "Installing what the bot needs (half a minute, once)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(V)/dev: requirements-dev.lock | $(BIN)/python
	@echo "Installing what the tests need (a minute, once)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(V)/demo
