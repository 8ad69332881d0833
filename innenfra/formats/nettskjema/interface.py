"""Fetching a form's answers from Nettskjema's interface (API v3): elements, information and answers.

Belongs here: logging in as a client, paging, waiting when told to, trying again. What is fetched are the same
parts that people deliver by hand, and they take the same way from there (`parser.py`).
Does not belong here: where they are put, and for which round they are.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from innenfra.contracts.words import Words
from innenfra.errors import UserError
from innenfra.settings import Settings

BASE = "https://nettskjema.no/api/v3"
TOKEN = "https://authorization.nettskjema.no/oauth2/token"
TRIES, LONGEST_WAIT = 5, 60.0
PAGE_SIZE = 500
_AGAIN = (429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Client:
    """A client of the interface. `pause` waits a number of seconds; tests give their own."""

    client_id: str
    secret: str
    base: str
    token_url: str
    pause: Callable[[float], None] = time.sleep

    def parts_of(self, form_id: int) -> dict[str, bytes]:
        """The parts of a delivery: the form's elements and its answers, one a line."""
        with httpx.Client(timeout=30, follow_redirects=False) as web:
            headers = {"Authorization": f"Bearer {self._token(web)}"}
            elements = self._asked(web, f"{self.base}/form/{form_id}/elements", headers).content
            answers = b"".join(self._lines(web, f"{self.base}/form/{form_id}/answers", headers))
        return {"elements.json": elements, f"answers-{form_id}.ndjson": answers}

    def _token(self, web: httpx.Client) -> str:
        answer = self._sent(
            lambda: web.post(
                self.token_url, data={"grant_type": "client_credentials"}, auth=(self.client_id, self.secret)
            )
        )
        token = answer.json().get("access_token") if answer.status_code == 200 else None
        if not token:
            raise UserError(NO_ENTRY)
        return str(token)

    def _lines(self, web: httpx.Client, url: str, headers: dict[str, str]) -> Iterator[bytes]:
        """The lines of all pages. An interface that does not page gives all lines at once, and the same again
        for the next page."""
        before: list[bytes] = []
        page = 0
        while True:
            answer = self._asked(web, url, headers, {"page": page, "size": PAGE_SIZE})
            lines = [line for line in answer.content.split(b"\n") if line.strip()]
            if not lines or lines == before:
                return
            yield from (line + b"\n" for line in lines)
            if not _has_more(answer, page):
                return
            before, page = lines, page + 1

    def _asked(
        self, web: httpx.Client, url: str, headers: dict[str, str], params: dict[str, Any] | None = None
    ) -> httpx.Response:
        answer = self._sent(lambda: web.get(url, headers=headers, params=params))
        if answer.status_code in (401, 403):
            raise UserError(NO_ENTRY)
        if answer.status_code == 404:
            raise UserError(NO_FORM)
        if answer.status_code != 200:
            raise UserError(NO_ANSWER)
        return answer

    def _sent(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        """The answer, after a pause and another try where the interface is busy or away."""
        for tried in range(TRIES):
            wait = min(2.0**tried, LONGEST_WAIT)
            try:
                answer = send()
            except httpx.TransportError:
                self.pause(wait)
                continue
            if answer.status_code not in _AGAIN:
                return answer
            self.pause(_told_to_wait(answer, wait))
        raise UserError(NO_ANSWER)


def client_of(settings: Settings) -> Client:
    """The client of the settings; UserError where there is none."""
    secret = settings.nettskjema_client_secret
    if not settings.nettskjema_client_id or secret is None:
        raise UserError(NO_CLIENT)
    return Client(
        settings.nettskjema_client_id,
        secret.get_secret_value(),
        settings.nettskjema_url.rstrip("/"),
        settings.nettskjema_token_url,
    )


def _told_to_wait(answer: httpx.Response, otherwise: float) -> float:
    said = answer.headers.get("Retry-After", "")
    return min(float(said), LONGEST_WAIT) if said.isdecimal() else otherwise


def _has_more(answer: httpx.Response, page: int) -> bool:
    """Whether another page follows, as the header says; without one there is a single page."""
    said = answer.headers.get("X-Total-Pages", "")
    return said.isdecimal() and page + 1 < int(said)


def count_of_submissions(answers: bytes) -> int:
    """How many submissions the answers are of, for `submitted_n` of the round."""
    return len({json.loads(line)["submissionId"] for line in answers.split(b"\n") if line.strip()})


NO_CLIENT = Words(
    nb=(
        "Ingen klient for Nettskjema er satt opp. Sett INNENFRA_NETTSKJEMA_CLIENT_ID og"
        " INNENFRA_NETTSKJEMA_CLIENT_SECRET."
    ),
    nn=(
        "Ingen klient for Nettskjema er sett opp. Set INNENFRA_NETTSKJEMA_CLIENT_ID og"
        " INNENFRA_NETTSKJEMA_CLIENT_SECRET."
    ),
    en=(
        "No client of Nettskjema is set up. Set INNENFRA_NETTSKJEMA_CLIENT_ID and"
        " INNENFRA_NETTSKJEMA_CLIENT_SECRET."
    ),
)
NO_ENTRY = Words(
    nb=(
        "Nettskjema slipper ikke klienten inn. Kontroller klient-id og hemmelighet, og at klienten har"
        " lesetilgang til skjemaet."
    ),
    nn=(
        "Nettskjema slepp ikkje klienten inn. Kontroller klient-id og løyndom, og at klienten har lesetilgang"
        " til skjemaet."
    ),
    en=(
        "Nettskjema does not let the client in. Check the client id and secret, and that the client may read"
        " the form."
    ),
)
NO_FORM = Words(
    nb="Nettskjema kjenner ikke skjemaet. Kontroller nummeret.",
    nn="Nettskjema kjenner ikkje skjemaet. Kontroller nummeret.",
    en="Nettskjema does not know the form. Check its number.",
)
NO_ANSWER = Words(
    nb="Nettskjema svarer ikke. Prøv igjen senere; ingenting er hentet.",
    nn="Nettskjema svarar ikkje. Prøv igjen seinare; ingenting er henta.",
    en="Nettskjema does not answer. Try again later; nothing was fetched.",
)
