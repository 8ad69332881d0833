#!/bin/sh
# All checks, all failures: lint, format, types, format of SQL, generated files, documents.
failed=0
step() { echo "== $1"; shift; "$@" || failed=1; }
step "lint" .venv/bin/ruff check .
step "format" .venv/bin/ruff format --check .
step "types" .venv/bin/mypy
step "format of SQL" .venv/bin/sqlfmt --no-jinjafmt --no-progressbar --check .
step "generated files" .venv/bin/innenfra generate --check
step "documents" .venv/bin/python -m pytest -q -n 0 -p no:cacheprovider tests/project/test_documents.py tests/project/test_glossary.py
exit $failed
