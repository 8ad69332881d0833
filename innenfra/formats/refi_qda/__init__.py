"""See `format.py`."""
