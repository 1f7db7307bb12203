# Everything is done through here. `make` alone lists the targets.
# PYTHON=python3.12 chooses the Python; ARGS='-k cube' is passed on to what a target runs.

SHELL  = /bin/sh
PYTHON = $(shell sh tools/python.sh)
BIN    = .venv/bin
UV     = uv

.DEFAULT_GOAL := help
.PHONY: help run test quick check fix look guide bench docs lock clean venv venv-dev

help: ## List the targets
	@echo "OneNumber. Two commands are enough: make run, and make test."
	@echo
	@sed -n 's/^\([a-z]*\): .*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
	    printf '%-14s %s\n' "$$name" "$$text"; done

run: venv ## Start OneNumber with its model company and print where it is (Ctrl-C stops it)
	@exec env ONENUMBER_DEMO="$${ONENUMBER_DEMO:-1}" ONENUMBER_HOME="$${ONENUMBER_HOME:-$(CURDIR)/var}" \
	    $(BIN)/onenumber run $(ARGS)

test: venv-dev ## Run every test, on SQLite and on PostgreSQL
	@$(BIN)/python -m tools.test $(ARGS)

quick: venv-dev ## Run the tests that need neither a browser nor PostgreSQL
	@$(BIN)/python -m tools.test --quick $(ARGS)

check: venv-dev ## Check style, types, imports, house rules and style figures
	@$(BIN)/python -m tools.check

fix: venv-dev ## Let the formatter and linter mend what they can
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

bench: venv-dev ## Run the benchmarks (ARGS=forecast for one)
	@$(BIN)/python -m benchmarks.run $(ARGS)

look: venv-dev ## Take a picture of every page, per person, width and theme, of a running OneNumber
	@$(BIN)/python -m tools.look $(ARGS)

guide: venv-dev ## Take the pictures of the guides anew, by the journeys that hold them
	@$(BIN)/python -m tools.guide

docs: venv-dev ## Write the pages that are made from the code anew (the data contract)
	@$(BIN)/python -m tools.contract

lock: ## Write requirements.txt and requirements-dev.txt anew from pyproject.toml (needs uv)
	@sh tools/lock.sh "$(UV)"

clean: ## Remove .venv and every cache; the plan's data stays
	@rm -rf .venv dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis tests/.out

venv:
	@"$(PYTHON)" tools/environment.py run

venv-dev:
	@"$(PYTHON)" tools/environment.py dev

.DEFAULT:
	@echo "There is no target '$@': make help lists them." >&2; exit 2
