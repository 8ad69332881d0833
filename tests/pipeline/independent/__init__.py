"""All 38 indicators counted a second time, in plain Python, straight from the files that were delivered.

Written from the cards and from what was ruled about them, never from the warehouse's SQL. `reading.py`
reads the files
and decides which delivery counts, `site.py` is one school in one partnership, one module per family says
what goes into
each number, `clocks.py` brings the parts together, `comparing.py` holds them against
`marts.indicator_value`: before the
gate, so that disclosure does not blur the comparison.

Nothing of the product is imported. From the folder `tests`:
`python -m pipeline.independent INBOX REGISTERS URL [--as-of 2026-11-27]` prints what differs.
"""
