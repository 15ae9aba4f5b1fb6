# Everything that people and CI type.  make help
# Sets up what it needs: a virtual environment in .venv, and nothing outside this folder (but see `browser`, `redis`).

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
            $$p -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
            && echo $$p && break; done)
VENV   ?= .venv
BIN     = $(VENV)/bin
READY   = $(VENV)/.ready

export GX_ANALYTICS_ENABLED = false
export HF_HUB_OFFLINE = 1

.PHONY: default help install demo check format test test-all evaluate bench-dedup docs label-studio browser redis clean

default: help

help: ## this list
	@echo "For this project:"
	@grep -hE '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 16
	@echo "In a workspace (WORKSPACE=$(WORKSPACE)), with IN= CONFIG= OUT=:"
	@grep -hE '^[a-z -]+:.*##' curation/template/Makefile | grep -v '^help' | sed 's/:.*##/\t/' | expand -t 16

install: $(READY) ## the virtual environment with curation and all that its tests need

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 with venv is needed; set PYTHON=/path/to/python3." >&2; exit 2; }
	@echo "Installing into $(VENV): a few minutes, once."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable . --group dev
	@touch $(READY)

demo: $(READY) ## from the sample's raw pages to a release and its report, in build/demo
	@$(BIN)/curation init build/demo --from data/sample --quiet
	@cd build/demo && PATH="$(CURDIR)/$(BIN):$$PATH" && set -e && \
	echo "\$$ curation run" && curation run && \
	echo "\$$ curation label export topic -n 24" && curation label export topic -n 24 --quiet >/dev/null && \
	echo "\$$ curation label pull topic --file labelled/topic.json" && \
	curation label pull topic --file labelled/topic.json --quiet && \
	echo "\$$ curation check" && curation check --quiet >/dev/null && \
	echo "\$$ curation publish --version 1.0.0 --date 2026-03-08" && \
	curation publish --version 1.0.0 --date 2026-03-08 --quiet >/dev/null && \
	echo "\$$ curation report" && curation report --quiet
	@echo "The release: build/demo/releases/berita-contoh/1.0.0"
	@echo "The report:  build/demo/report.html"
	@echo ""
	@echo "Next: open the report. Then: source $(BIN)/activate && cd build/demo"
	@echo "      curation explain 2026-03-04-kumpulan/bioskop-tua-malang.txt"

check: $(READY) ## lint: format, ruff, mypy, floors, generated pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python data/sample/build.py --check
	$(BIN)/python docs/generate.py --check

format: $(READY) ## put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(READY) ## write the generated pages of docs/, and the site of all of them into build/docs
	$(BIN)/python docs/generate.py
	$(BIN)/mkdocs build --strict --quiet
	@echo "Open: build/docs/index.html"

# A file stays with one process, for what its tests share. More than four would take a lot of memory.
test: $(READY) browser redis ## the tests, under ten minutes
	$(BIN)/python -m pytest -m "not slow" --numprocesses logical --maxprocesses 4 --dist loadfile

# What is slow has the machine to itself: it starts processes, servers and browsers of its own, or kills them.
test-all: test ## all tests: also kills, nights, the real Label Studio server
	$(BIN)/python -m pytest -m slow

evaluate: $(READY) ## score the cleaning on the gold pages; fails when a score is below its floor
	@$(BIN)/python -m tests.evaluation

label-studio: $(READY) ## a Label Studio of one's own on 127.0.0.1 (PORT=8080 DATA=.cache/label-studio)
	@$(BIN)/curation label server --port $(or $(PORT),8080) --data $(or $(DATA),.cache/label-studio)

bench-dedup: $(READY) ## near-duplicates beside the peers, on one core; half an hour (ARGS="--count 10000 --write")
	@$(BIN)/python benchmarks/dedup.py $(ARGS)

# What people see is tested in a real browser: an installed Chromium or Chrome, else Debian's, where apt-get may.
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  apt-get update -qq >/dev/null && apt-get install -qq -y chromium >/dev/null 2>&1; } || \
	  echo "no Chromium or Chrome here: the tests that need one are skipped" >&2

# The shared index is tested on a real Redis. The program is in Debian's redis-tools, under the name that all of it
# goes by; the package redis-server would only add a system service, which nobody asked for.
redis:
	@command -v redis-server >/dev/null || command -v redis-check-rdb >/dev/null || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	  apt-get update -qq >/dev/null && apt-get install -qq -y redis-tools >/dev/null 2>&1; } || \
	  echo "no Redis here: the tests of the shared index are skipped" >&2

clean: ## remove what was made here
	rm -rf build $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# -- the stages by name, on any workspace -----------------------------------------------------------

WORKSPACE ?= build/demo
STAGES = doctor run ingest clean-text judge dedup select sample label expectations report release

.PHONY: $(STAGES)
$(STAGES): $(READY)
	@mkdir -p $(WORKSPACE)
	@$(MAKE) --no-print-directory -C $(WORKSPACE) -f $(CURDIR)/curation/template/Makefile $@ \
	  CURATION=$(CURDIR)/$(BIN)/curation $(if $(IN),IN="$(abspath $(IN))") $(if $(CONFIG),CONFIG="$(abspath $(CONFIG))") \
	  $(if $(OUT),OUT="$(abspath $(OUT))") $(if $(SUMMARY),SUMMARY="$(abspath $(SUMMARY))")
