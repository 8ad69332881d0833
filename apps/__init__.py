"""The Streamlit app: pages by role over the current release.

Belongs here: layout, charts, words. `queries.py` is the only module with SQL.
Does not belong here: counting, disclosure control, anything that is not published.
"""
