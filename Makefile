# Targets that stay put: demo, test, soak, check, bench, clean-demo. They need Python 3.11 or newer and make.
PYTHON ?= python3
SERVE ?= 1
DAGSTER ?= 1
BIN := .venv/bin

.PHONY: demo test soak check bench clean-demo

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit('Innenfra needs Python 3.11 or newer; this is %s. Set PYTHON=…' % sys.version.split()[0]) if sys.version_info < (3, 11) else None"
	@$(PYTHON) -m venv .venv || { echo "The venv module is missing; install python3-venv."; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: .venv/ready
	@$(BIN)/innenfra demo up $(if $(filter 0,$(SERVE)),--no-serve,) $(if $(filter 0,$(DAGSTER)),--no-dagster,)

test: .venv/ready
	@sh scripts/browser.sh
	@sh scripts/pooler.sh
	@sh scripts/spreadsheet.sh
	@$(BIN)/python -m pytest -n 3 --dist loadgroup --no-loadscope-reorder

soak: .venv/ready
	@$(BIN)/python -m pytest tests/soak -p no:cacheprovider -o addopts="-ra --strict-markers --strict-config"

check: .venv/ready
	@sh scripts/check.sh

bench: .venv/ready
	@$(BIN)/python -m benchmarks.run

clean-demo:
	@if [ -x $(BIN)/innenfra ]; then $(BIN)/innenfra db stop; fi
	@if [ -L .innenfra/postgres ]; then rm -rf "$$(readlink .innenfra/postgres)"; fi
	@rm -rf .innenfra
