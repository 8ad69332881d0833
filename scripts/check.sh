#!/bin/sh
# All checks, all failures: lint, types, generated files.
failed=0
step() { echo "== $1"; shift; "$@" || failed=1; }
step "lint" .venv/bin/ruff check .
step "types" .venv/bin/mypy
step "generated files" .venv/bin/innenfra generate --check
exit $failed
