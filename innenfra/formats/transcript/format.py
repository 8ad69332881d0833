"""Transcripts of meetings (WebVTT, SRT, Teams' DOCX): recognised so that the sender is told why they must not
be sent, and nothing of them is read."""

from innenfra.contracts.words import Words
from innenfra.formats import Format, Incoming, Raw
from innenfra.formats.sheets import about
from innenfra.masking import told

ENDINGS = (".vtt", ".srt")


def claims(incoming: Incoming) -> list[str]:
    """Subtitles, and texts that begin as they do."""
    return [
        name
        for name, data in incoming.parts.items()
        if name.lower().endswith(ENDINGS)
        or (name.lower().endswith(".txt") and data.lstrip(b"\xef\xbb\xbf")[:6] == b"WEBVTT")
    ]


def read(incoming: Incoming) -> Raw:
    """A sentence for each."""
    return Raw([], [about("transcript", told(name, incoming.names)) for name in sorted(incoming.parts)])


FORMAT = Format(
    "transcript", Words(nb="Utskrift av samtale", nn="Utskrift av samtale", en="Transcript"), claims, read
)
