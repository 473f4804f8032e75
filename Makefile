# Everything here makes its own environment first: a checkout, make, Python 3.11-3.13 and the package index are enough.
#   make PYTHON=python3.12 VENV=.venv-3.12 test      another interpreter, another environment
#   make test ARGS='-k causes'                       a part of the tests
#   make setup EXTRAS=dev,notebook,reader,ocr        also what reads scans: 200 MB more

VENV ?= .venv
BIN := $(VENV)/bin
EXTRAS ?= dev,notebook,reader
READY := $(VENV)/.ready-$(EXTRAS)
# how many invented reports the largest graph of bench-full holds
REPORTS ?= 10000
INPUTS := pyproject.toml constraints.txt
# the store and the map of the demo; git ignores the folder
DEMO_DIR := .suyin

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test test-full check bench bench-full quality goldens cookbook layout heads model lock clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

setup: $(READY)  ## make .venv with everything for development

demo: $(VENV)/.ready-core  ## read the sample reports, load them, ask two questions, draw a map
	@mkdir -p $(DEMO_DIR)
	@SUYIN_DATA_DIR=$(DEMO_DIR) $(BIN)/suyin demo --output $(DEMO_DIR)/map.html

serve: $(VENV)/.ready-core  ## pages and API on http://127.0.0.1:8000, of what the demo has loaded
	@SUYIN_DATA_DIR=$${SUYIN_DATA_DIR:-$(DEMO_DIR)} $(BIN)/suyin serve

test: $(READY)  ## all tests that this machine can run (no Java or Chromium: those are skipped)
	$(BIN)/python -m pytest $(ARGS)

test-full: $(READY)  ## all tests, also those marked full, with more examples; fails where Neo4j (Java 17, Maven) or Chromium is missing
	SUYIN_FULL=1 SUYIN_REQUIRE_NEO4J=1 SUYIN_REQUIRE_BROWSER=1 SUYIN_REQUIRE_CLIENT=1 SUYIN_EXAMPLES=60 SUYIN_REPORTS=2000 $(BIN)/python -m pytest $(ARGS)

check: $(READY)  ## ruff (rules, complexity, one style), who imports whom, and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

bench: $(READY)  ## measure extraction and loading
	$(BIN)/python -m bench $(ARGS)

bench-full: $(READY)  ## all measurements, for hours on an idle machine: bench/results.jsonl, docs/benchmarks.md (Java 17, Maven, Chromium)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[cluster]'
	@set -e; export SUYIN_BENCH_RESULTS=$${SUYIN_BENCH_RESULTS:-bench/results.jsonl}; \
	for part in speed jobs load whole lookups browsing commands memory; do \
	  $(BIN)/python -m bench $$part --write docs/speed.md; done; \
	$(BIN)/python -m bench related --write docs/related.md; \
	folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	$(BIN)/python -m bench corpus "$$folder/reports" --count $(REPORTS); \
	$(BIN)/suyin extract "$$folder/reports" --reader rules --cluster local --out "$$folder/parts"; \
	$(BIN)/python -m bench growth "$$folder/parts" --reports $$(($(REPORTS) / 10)) $(REPORTS) --rounds 1 --write docs/scale.md; \
	$(BIN)/python -m bench results

quality: $(READY)  ## score the samples and rewrite that part of docs/quality.md (ARGS="--part heldout": those set aside)
	$(BIN)/python -m bench quality --write docs/quality.md $(ARGS)
	$(BIN)/python -m bench quality --write docs/quality.md --part field
	$(BIN)/python -m bench rules --write docs/quality.md

goldens: $(READY)  ## rewrite the golden files; read the diff before you commit it
	SUYIN_WRITE_GOLDENS=1 $(BIN)/python -m pytest tests/test_goldens.py

cookbook: $(READY)  ## rewrite docs/cookbook.md: the named queries with their answers from the samples
	$(BIN)/python -m bench.cookbook --write docs/cookbook.md

layout: $(READY)  ## rewrite docs/architecture.md: what each file is for, by its own first words
	@$(BIN)/python -m bench layout --write docs/architecture.md > /dev/null

heads: $(READY)  ## train the heads anew, under a minute (ARGS=--check: are they up to date? ARGS=--figures)
	OMP_NUM_THREADS=1 $(BIN)/python -m extract.training heads $(ARGS)

model: $(VENV)/.ready-train  ## train the reader anew: under an hour on two cores; Maven brings the encoder, torch is large
	$(BIN)/python -m extract.training reader $(ARGS)

lock:  ## choose the versions in constraints.txt anew, for Python 3.11-3.13 on all platforms
	@test -x .venv-lock/bin/uv || { $(find-python); "$$python" -m venv .venv-lock && .venv-lock/bin/pip install -q uv; }
	@echo "# Tested versions, for Python 3.11-3.13 on Linux, macOS and Windows. Rewritten by: make lock" > constraints.txt.new
	@.venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	    --all-extras --no-header --no-annotate pyproject.toml >> constraints.txt.new
	@mv constraints.txt.new constraints.txt

clean:  ## remove the environments, the demo's store and all caches
	rm -rf .venv .venv-* $(DEMO_DIR) .mypy_cache .ruff_cache .pytest_cache build dist *.egg-info

# sets the shell variable python to PYTHON, or else to the first interpreter on the PATH that will do
define find-python
for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
  "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && break; python=; \
done; \
test -n "$$python" || { echo "make: $(or $(PYTHON),python3) is not Python 3.11, 3.12 or 3.13;" \
  "install one and say: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
endef

$(BIN)/python:
	@$(find-python); "$$python" -m venv $(VENV) >/dev/null && $(BIN)/python -m pip --version >/dev/null || { \
	  rm -rf $(VENV); echo "make: $$python cannot make an environment; on Debian and Ubuntu:" \
	  "apt install python3-venv" >&2; exit 1; }

$(VENV)/.ready-core: $(INPUTS) | $(BIN)/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.ready-train: $(INPUTS) | $(BIN)/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[train]'
	@touch $@

$(READY): $(INPUTS) | $(BIN)/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	@touch $(VENV)/.ready-core $@
