"""REFI-QDA: a project (`.qdpx`, a zip with `project.qde`) becomes counts of coded units, a codebook (`.qdc`)
rows of the codebooks.

Tools differ: two namespaces, GUIDs with and without braces and in either case, `internal://` or nothing
before
a path, one name at several places of the tree. All of that is read. A selection's place is held against the
text that it says to be of; where it is elsewhere, it is looked for, and told.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml import ElementTree

from innenfra.formats import Incoming, Raw
from innenfra.formats.codings import Material, codebook, counted
from innenfra.formats.sheets import about
from innenfra.masking import told

PROJECT, CODEBOOK = ".qdpx", ".qdc"
_LONG_NAME = 8
"""Letters from which a selection's name is taken for the beginning of its text."""


def read(incoming: Incoming) -> Raw:
    """The counts of a project, or the codes of a codebook; of several files the first one, and the others are
    told."""
    parts = sorted(name for name in incoming.parts if name.lower().endswith((PROJECT, CODEBOOK)))
    first = next((name for name in parts if name.lower().endswith(PROJECT)), parts[0])
    made = _project(incoming, first) if first.lower().endswith(PROJECT) else _codebook(incoming, first)
    others = [
        about("one_coding_at_a_time", incoming.name, sheet=told(name, incoming.names))
        for name in parts
        if name != first
    ]
    return Raw(made.tables, made.findings + others)


def _codebook(incoming: Incoming, part: str) -> Raw:
    tree = ElementTree.fromstring(incoming.parts[part], forbid_dtd=True)
    return codebook(incoming, "REFI-QDA", part, [name for _, name in _codes(tree)])


def _project(incoming: Incoming, part: str) -> Raw:
    with zipfile.ZipFile(io.BytesIO(incoming.parts[part])) as archive:
        tree = ElementTree.fromstring(archive.read("project.qde"), forbid_dtd=True)
        texts = dict(_texts(tree, archive))
    names = dict(_codes(tree))
    units: dict[tuple[str, ...], dict[str, set[str]]] = {}
    moved = unknown = 0
    for source, selection in _selections(tree):
        place, was_moved = _place(selection, texts.get(source, ""))
        for coding in (one for one in selection if _local(one) == "Coding"):
            coder = _guid(coding.get("creatingUser") or "")
            for reference in (one for one in coding if _local(one) == "CodeRef"):
                name = names.get(_guid(reference.get("targetGUID") or ""))
                if name is None:
                    unknown += 1
                    continue
                units.setdefault((source, *place), {}).setdefault(coder, set()).add(name)
                moved += was_moved
    notes = []
    for rule, number in (("moved_units", moved), ("unknown_codes", unknown)):
        if number:
            called = told(part, incoming.names)
            notes.append(about(rule, incoming.name, severity="warning", sheet=called, found=str(number)))
    return counted(incoming, "REFI-QDA", part, Material(units, tuple(names.values()), notes))


def _local(element: Any) -> str:
    """An element's name, in whichever namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def _guid(text: str) -> str:
    return text.strip("{} ").lower()


def _codes(tree: Any) -> Iterator[tuple[str, str]]:
    """GUID and path of each code, parents before children."""

    def below(element: Any, path: str) -> Iterator[tuple[str, str]]:
        for one in element:
            if _local(one) in ("CodeBook", "Codes"):
                yield from below(one, path)
            elif _local(one) == "Code":
                name = f"{path}/{one.get('name')}" if path else str(one.get("name"))
                yield _guid(one.get("guid") or ""), name
                yield from below(one, name)

    return below(tree, "")


def _texts(tree: Any, archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The plain text of each source, from the project or from beside it."""
    names = set(archive.namelist())
    for source in tree.iter():
        if not _local(source).endswith("Source"):
            continue
        inline = next((one.text for one in source.iter() if _local(one) == "PlainTextContent"), None)
        path = str(source.get("plainTextPath") or "").removeprefix("internal://")
        member = next(
            (one for one in (path, f"sources/{path}", f"Sources/{path}") if path and one in names), None
        )
        if inline is not None:
            yield _guid(source.get("guid") or ""), inline
        elif member is not None:
            yield _guid(source.get("guid") or ""), archive.read(member).decode("utf-8-sig", errors="replace")


def _selections(tree: Any) -> Iterator[tuple[str, Any]]:
    """Each coded selection with the source it is in, whatever it is a selection of."""
    for source in tree.iter():
        if _local(source).endswith("Source"):
            for one in source.iter():
                if _local(one).endswith("Selection"):
                    yield _guid(source.get("guid") or ""), one


def _place(selection: Any, text: str) -> tuple[tuple[str, ...], bool]:
    """Where a selection is, and whether it had to be looked for."""
    kept = tuple(
        f"{name}={value}"
        for name, value in sorted(selection.items())
        if name not in ("guid", "name") and _is_place(name)
    )
    start, end = selection.get("startPosition"), selection.get("endPosition")
    quote = " ".join((selection.get("name") or "").rstrip("…. ").split())
    if not (text and start and end and start.isdecimal() and end.isdecimal() and len(quote) >= _LONG_NAME):
        return (_local(selection), *kept), False
    if " ".join(text[int(start) : int(end)].split()).startswith(quote):
        return (_local(selection), *kept), False
    found = " ".join(text.split()).find(quote)
    return (_local(selection), f"found={found}" if found >= 0 else "nowhere", *kept[:0]), True


def _is_place(name: str) -> bool:
    return name in (
        "startPosition", "endPosition", "begin", "end", "page", "firstX", "firstY", "secondX", "secondY",
        "fromSyncPoint", "toSyncPoint",
    )  # fmt: skip
