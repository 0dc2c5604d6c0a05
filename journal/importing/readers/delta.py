"""Quill’s Delta, in which some journals keep their texts: a list of what was inserted, one after the other."""

import json
from collections.abc import Mapping
from typing import Any

EMBEDDED = {"image": "photos", "video": "videos", "audio": "audio", "divider": ""}


def read(value: Any) -> tuple[str, tuple[str, ...]] | None:
    """The words and what of it cannot be kept; None for what is no Delta. Takes it as JSON in a text, too."""
    ops = _ops(value)
    if ops is None:
        return None
    words, left_out = [], []
    for op in ops:
        insert = op.get("insert") if isinstance(op, Mapping) else None
        if isinstance(insert, str):
            words.append(insert)
        elif isinstance(insert, Mapping):
            left_out += [EMBEDDED.get(str(kind), "files") for kind in insert]
    return "".join(words), tuple(dict.fromkeys(reason for reason in left_out if reason))


def _ops(value: Any) -> list[Any] | None:
    if isinstance(value, str):
        if not value.lstrip().startswith(("{", "[")):
            return None
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return None
    ops = value.get("ops") if isinstance(value, Mapping) else value
    told = isinstance(ops, list) and any(isinstance(op, Mapping) and "insert" in op for op in ops)
    return ops if told else None
