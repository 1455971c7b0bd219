# Two commands do everything:
#   make demo   installs vanban into .venv, reads the samples in corpus/ and shows what was found
#   make test   installs what the tests need and runs lint, types and tests
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   := build/demo.db

.PHONY: demo test lint install samples ner snapshot bench clean

demo: $(VENV)/.installed
	@mkdir -p build && rm -f $(DEMO)*
	@echo; echo "== vanban ingest corpus/docx"
	@$(BIN)/vanban ingest corpus/docx --db $(DEMO)
	@echo; echo "== vanban overview --top 3"
	@$(BIN)/vanban overview --top 3 --db $(DEMO) --format table
	@echo; echo "== vanban documents"
	@$(BIN)/vanban documents --db $(DEMO) --format table
	@echo; echo '== vanban tasks --agency "so tai chinh"'
	@$(BIN)/vanban tasks --agency "so tai chinh" --db $(DEMO) --format table
	@echo; echo "== vanban citations --symbol 20-CT/TW --by target"
	@$(BIN)/vanban citations --symbol 20-CT/TW --by target --db $(DEMO) --format table
	@echo; echo "== vanban audit --severity error --severity warning"
	@$(BIN)/vanban audit --severity error --severity warning --db $(DEMO) --format table

test: lint
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

install: $(VENV)/.installed

# Lays out corpus/ again from its sources; PDF needs LibreOffice.
samples: $(VENV)/.test-installed
	$(BIN)/python -m corpus.layout

# Trains the small model that finds agencies no rule names, from corpus/.
ner: $(VENV)/.test-installed
	$(BIN)/python -m corpus.ner

# Takes what is found today, in the samples and in a folder DOCUMENTS, as the measure that tests/test_findings.py holds;
# look at `python -m corpus.findings` first.
snapshot: $(VENV)/.test-installed
	$(BIN)/python -m corpus.findings --renew $(DOCUMENTS)

# Measures speed and memory and writes BENCHMARKS.md; takes long, so never part of the tests.
bench: $(VENV)/.test-installed
	cd tests && ../$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) build

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet -e .
	touch $@

$(VENV)/.test-installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet -e ".[test]"
	touch $@ $(VENV)/.installed
