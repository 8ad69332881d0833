"""What people see when a page fails: one sentence with a code, and the same code in the log.

Belongs here: the handler of `st.App`. Does not belong here: errors that a page foresees
(`innenfra/errors.py`).
"""

from __future__ import annotations

import logging
import traceback
import uuid

import streamlit as st

from apps.words import translator
from innenfra.errors import UserError
from innenfra.settings import LANGUAGES, load

LOG = logging.getLogger("innenfra.app")


def on_script_error(error: Exception) -> bool:
    """Tell the reader in one sentence; the log gets the code and where it happened. Always True: Streamlit
    shows nothing of its own."""
    asked = st.query_params.get("lang", load().language)
    language = asked if asked in LANGUAGES else "nb"
    if isinstance(error, UserError):
        st.error(error.words[language])
        return True
    code = uuid.uuid4().hex[:8]
    # the message of an error may hold people's words; the log gets its kind and its place
    LOG.error("%s %s\n%s", code, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    st.error(translator(language)("error", id=code))
    return True
