"""The Streamlit app: pages by role over the current release.

Belongs here: layout, charts, words. `reader.py` and `sql/` are the only place of SQL.
Does not belong here: counting, disclosure control, anything that is not published.
"""
