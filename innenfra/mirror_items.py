"""Items of mirror data in words, for the app and for reports.

Belongs here: what an item is about. Does not belong here: words (`innenfra/wording/mirror.*.toml`), how a
page or a report shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from innenfra.contracts.mirror import CONTENT_TOPICS, DIMENSIONS, PROCESS_TOPICS

MARKS = ("desired_practice", "seed")
"""What an item may be marked as."""


def describe_item(item: Mapping[str, Any], t: Callable[..., str]) -> str:
    """What an item is about, by its dimension, topic and form; its own words are told where they are
    known."""
    language, topic = t("code"), item["topic_code"]
    said = DIMENSIONS.labels[item["dimension"]][language]
    if topic:
        known = next((codes for codes in (CONTENT_TOPICS, PROCESS_TOPICS) if topic in codes.codes), None)
        called = known.labels[topic][language] if known else topic.removeprefix("local").strip("_-.")
        said += f": {called.lower()}"
    return t("item.no_text", about=said, form=t(f"item.form.{item['form']}"))


def list_marks(item: Mapping[str, Any], t: Callable[..., str]) -> list[str]:
    """What an item is marked as, in words."""
    return [t(f"item.mark.{name}") for name in MARKS if item[name] == "yes"]
