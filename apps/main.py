"""The app's entry: role, language and school from the address, pages by role.

Served through `st.App`, whose middleware sets the page's language in `<html lang>`.
Belongs here: navigation and what stands on every page. Does not belong here: pages.
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import parse_qs

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from apps.error_page import on_script_error
from apps.serve import check
from innenfra.errors import UserError
from innenfra.settings import LANGUAGES, load

HERE = Path(__file__).parent


HEADERS = {
    # Streamlit starts its own scripts and workers, and draws with styles that it writes itself
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob:;"
        " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src"
        " 'self' ws: wss: data: blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "SAMEORIGIN",
}
"""What every answer tells the browser: nothing from elsewhere, in no other site's frame, no address handed
on."""


class SafeHeaders:
    """Put the headers on every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add what the answer does not say already."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message["headers"]}
                more = [
                    (name.encode(), value.encode())
                    for name, value in HEADERS.items()
                    if name.encode() not in said
                ]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self.app(scope, receive, safe)


class PageLanguage:
    """Put the page's language into the shell; it would say English otherwise (WCAG 3.1.1)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.default = load().language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Change the shell of pages; pass everything else on."""
        if scope["type"] != "http" or scope["path"].startswith(
            ("/_stcore", "/static", "/media", "/component")
        ):
            await self.app(scope, receive, send)
            return
        query = parse_qs(scope.get("query_string", b"").decode())
        language = query.get("lang", [self.default])[0]
        language = language if language in LANGUAGES else self.default
        # a compressed shell would hide its tag
        scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]}
        held: list[Message] = []

        async def changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                held.append(message)
                return
            if held:
                start = held.pop()
                body = message.get("body", b"")
                if b'<html lang="en"' in body:
                    body = body.replace(b'<html lang="en"', f'<html lang="{language}"'.encode(), 1)
                    headers = [(k, v) for k, v in start["headers"] if k != b"content-length"]
                    start = {**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]}
                    message = {**message, "body": body}
                await send(start)
            await send(message)

        await self.app(scope, receive, changed)


try:
    # also for those who start Streamlit themselves
    check(load())
except UserError as refusal:
    sys.exit(refusal.words[load().language])
app = st.App(
    HERE / "shell.py",
    middleware=[Middleware(SafeHeaders), Middleware(PageLanguage)],
    on_script_error=on_script_error,
)
