"""Entry for Dagster's webserver, daemon and code location: `dagster … -m orchestration.entry`."""

from innenfra.database.engine import database_url
from innenfra.settings import load
from orchestration.definitions import definitions

_settings = load()
defs = definitions(_settings, database_url(_settings))
