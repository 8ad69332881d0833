"""Innenfra as plain Python: what the data looks like, how each format is read, how a file becomes rows.

No Dagster, no Streamlit, no dbt in here; those packages import this one, never the other way.
"""

__version__ = "0.1.0"
