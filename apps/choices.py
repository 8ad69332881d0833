"""A choice that is in the address, by its code and not by its label, so that a link holds in every language.

Belongs here: the one widget that all choices are made of. Does not belong here: what is chosen among.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def chosen(
    place: DeltaGenerator, label: str, options: Sequence[str], name: str, said: Callable[[str], str] = str
) -> str:
    """The option chosen here or named by the address; an unknown name in the address is ignored."""
    wanted = st.query_params.get(name)
    index = list(options).index(wanted) if wanted is not None and wanted in options else 0
    key = f"{name}:{label}"
    if key not in st.session_state or st.session_state[key] not in options:
        st.session_state[key] = options[index]
    value: str = place.selectbox(label, options, format_func=said, key=key)
    if st.query_params.get(name) != value:
        st.query_params[name] = value
    return value
