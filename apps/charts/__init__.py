"""Charts as pure functions: data to one Vega-Lite view and its text alternative. No Streamlit in here.

Belongs here: one module per kind of chart, one look for all (`theme.py`). The views are written as plain
dictionaries, since building them as Altair objects takes longer than drawing the page.
Does not belong here: SQL, wording, which numbers are shown.
"""
