"""The app's own server, which writes down how long each run of a page took, and how much of it the database.

`python -m benchmarks.timed_app <file> run apps/main.py …` is `streamlit run apps/main.py …` with a line of
JSON in the file for each run: seconds, and seconds of SQL within them.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psycopg
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web import cli

_SPENT = threading.local()


def _watch_database() -> None:
    ask = psycopg.Cursor.execute

    def timed(self: Any, *given: Any, **more: Any) -> Any:
        began = time.perf_counter()
        try:
            return ask(self, *given, **more)
        finally:
            _SPENT.seconds = getattr(_SPENT, "seconds", 0.0) + time.perf_counter() - began

    psycopg.Cursor.execute = timed  # type: ignore[method-assign]


def _watch_pages(file: Path) -> None:
    run = ScriptRunner._run_script

    def timed(self: ScriptRunner, rerun: Any) -> None:
        _SPENT.seconds, began = 0.0, time.perf_counter()
        run(self, rerun)
        told = {"seconds": time.perf_counter() - began, "sql": _SPENT.seconds, "asked": rerun.query_string}
        with file.open("a") as lines:
            lines.write(json.dumps(told) + "\n")

    ScriptRunner._run_script = timed  # type: ignore[method-assign]


if __name__ == "__main__":
    _watch_database()
    _watch_pages(Path(sys.argv.pop(1)))
    cli.main(prog_name="streamlit")
