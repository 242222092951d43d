.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python
# The type checker and manage.py load the settings, which insist on knowing a Brightspace.
SETTINGS := env PORTAL_DEBUG=1 BRIGHTSPACE_URL=http://127.0.0.1:9 BRIGHTSPACE_CLIENT_ID=lint BRIGHTSPACE_CLIENT_SECRET=lint

.PHONY: help setup demo test lint messages docs bench screenshots lock

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/.locked ## make .venv and install the locked dependencies

.venv/.locked: requirements-dev.lock
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed (choose one with PYTHON=...)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; choose one with PYTHON=..."; exit 1; }
	@test -x $(RUN) || $(PYTHON) -m venv .venv
	@echo "Installing the locked dependencies ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: .venv/.locked ## run everything on this machine: make demo [PORT=8700]
	@PORT=$(PORT) SANDBOX_PORT=$(SANDBOX_PORT) $(RUN) -m tests.demo

test: .venv/.locked ## run the tests
	@$(RUN) -m tests

lint: .venv/.locked ## ruff, mypy, djlint
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(SETTINGS) $(BIN)/mypy . && $(BIN)/djlint --lint --check templates

messages: .venv/.locked ## collect the texts to translate into locale/, compile the translations (needs gettext)
	@$(SETTINGS) $(RUN) manage.py makemessages --all --no-obsolete --no-wrap --add-location file \
	  --ignore tests --ignore var --ignore .venv
	@for po in locale/*/LC_MESSAGES/django.po; do sed -i.old '/^"POT-Creation-Date:/d' $$po && rm $$po.old; done
	@$(SETTINGS) $(RUN) manage.py compilemessages --ignore .venv

docs: .venv/.locked ## write the table of scopes into docs/brightspace-setup.md
	@$(SETTINGS) $(RUN) manage.py brightspace_actions --update-docs

bench: .venv/.locked ## print the benchmarks' ratios
	@$(RUN) -m tests.benchmarks

screenshots: .venv/.locked ## make the pictures in docs/
	@$(RUN) -m tests.screenshots

lock: ## lock the dependencies anew
	@test -x $(RUN) || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet uv
	@for out in "requirements.lock --extra prod" "requirements-dev.lock --extra prod --group dev"; do \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	    --python-version 3.11 pyproject.toml --output-file $$out; done
