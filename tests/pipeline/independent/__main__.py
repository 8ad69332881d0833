"""Count an inbox and print what differs from a database: `python -m pipeline.independent INBOX REGISTERS
URL`."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from pipeline.independent.comparing import SHOWN_DIFFERENCES, count, differences, served, table, told
from pipeline.independent.reading import each


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("inbox", type=Path)
    asked.add_argument("registers", type=Path)
    asked.add_argument("url")
    asked.add_argument("--as-of", type=dt.date.fromisoformat, default=dt.date.today())
    asked.add_argument("--only", help="indicators, separated by commas")
    asked.add_argument("--show", type=int, default=SHOWN_DIFFERENCES)
    given = asked.parse_args()
    counted = count(each(given.inbox), given.registers, given.as_of)
    found = differences(counted, served(given.url))
    if given.only:
        found = [d for d in found if d.key[2] in given.only.split(",")]
    print(told(found, given.show))
    print(table(counted, found))


main()
