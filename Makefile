# Two commands do everything on a machine with Python 3.11 or later and make: `make run` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= $(shell for each in python3.13 python3.12 python3.11 python3; do \
	$$each -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && { echo $$each; break; }; done)
IN := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run ui test check bench bench-fuzz bench-matching docs samples lock stop clean

help:  ## Show what there is.
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

.venv/ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install it, or say  make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) lacks venv: install it (Debian: apt install python3-venv)"; exit 1; }
	@echo "Making the environment (once) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(IN) -m pip install --quiet --require-hashes -r requirements.lock
	@$(IN) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch .venv/ready

run: .venv/ready  ## Set up, then run the whole pipeline on samples/ (or CONTACTS_INBOX).
	@CONTACTS_INBOX="$${CONTACTS_INBOX:-samples}" $(IN) -m assets.cli run

ui: .venv/ready  ## Open Dagster at http://127.0.0.1:3000.
	@CONTACTS_INBOX="$${CONTACTS_INBOX:-samples}" $(IN) -m assets.ui

test: .venv/ready  ## Set up, then run every test.
	@$(IN) -m tests.setup
	@$(IN) -m pytest -n 2 --dist loadgroup $(TESTS)

check: .venv/ready  ## Style, types, import direction, generated pages.
	@$(IN) -m ruff format --check .
	@$(IN) -m ruff check .
	@$(IN) -m mypy
	@$(IN) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	@$(IN) -m assets.docs --check

bench: .venv/ready  ## Measure against peers and floors, and fuzz every parser; takes minutes.
	@$(IN) -m bench
	@$(MAKE) --no-print-directory bench-fuzz SECONDS=5

.bench-venv/atheris: bench/fuzz.txt
	@test -x .bench-venv/bin/python || $(IN) -m venv .bench-venv
	@.bench-venv/bin/python -m pip install --quiet -r bench/fuzz.txt && touch .bench-venv/atheris \
		|| echo "atheris cannot be installed here; the fuzzing is not guided by coverage."

SECONDS ?= 20
bench-fuzz: .venv/ready .bench-venv/atheris  ## Fuzz every parser, SECONDS (20) each.
	@$(IN) -m bench.fuzz --seconds $(SECONDS)

.bench-venv/ready: bench/peers.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install it, or say  make PYTHON=/path/to/python3"; exit 1; }
	@echo "Making the environment of the peers (once) ..."
	@test -x .bench-venv/bin/python || $(PYTHON) -m venv .bench-venv
	@.bench-venv/bin/python -m pip install --quiet -r bench/peers.txt
	@touch .bench-venv/ready

bench-matching: .venv/ready .bench-venv/ready  ## Measure matching against its peers and write docs/matching.md.
	@$(IN) -m bench.matching --engines all --page

docs: .venv/ready  ## Write the generated pages of docs/.
	@$(IN) -m assets.docs

samples: .venv/ready  ## Make the bundled sample anew.
	@$(IN) -m tests.world --companies 600 --seed 7 --out samples --force

lock:  ## Resolve requirements.lock anew.
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-strip-extras \
		--group dev pyproject.toml -o requirements.lock --custom-compile-command "make lock"

stop: .venv/ready  ## Stop the embedded database.
	@$(IN) -m assets.cli stop

clean:  ## Remove the environment and everything the runs made.
	@if [ -x $(IN) ]; then $(IN) -m assets.cli stop >/dev/null 2>&1 || true; fi
	@rm -rf .venv .bench-venv .contacts
