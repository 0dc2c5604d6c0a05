"""The JSON Schema of “Everything” (2020-12), told from the code. Where a test finds docs/onward.schema.json behind:

echo "from journal.export import schema; print(schema.text())" |
    python3 -m scripts.bootstrap --dev manage shell -v 0 > docs/onward.schema.json
"""

import json
from typing import Any

from django.db import models

from accounts.export import ABOUT, LOOK
from accounts.models import User
from journal.export.everything import NOUNS, VERSION, held_as
from journal.filters import KINDS
from journal.models.owned import Owned

Shape = dict[str, Any]
DEFS: dict[str, Shape] = {
    "id": {"type": "string", "format": "uuid", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"},
    "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "instant": {
        "type": "string",
        "format": "date-time",
        "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?[+-][0-9]{2}:[0-9]{2}$",
    },
    "text": {
        "description": "“” where nothing was written, null where it could not be opened (then it is in `unopened`)",
        "type": ["string", "null"],
    },
    "texts": {"description": "texts by their names", "type": ["object", "null"]},
}
DEFS["texts"]["additionalProperties"] = {"type": "string"}
DEFS["earlier"] = {"description": "what stood before, the oldest first", "type": ["array", "null"]}


def _ref(name: str) -> Shape:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(shape: Shape) -> Shape:
    return {"anyOf": [shape, {"type": "null"}]}


def _object(properties: dict[str, Shape]) -> Shape:
    """A reader ignores what it does not know, so that more may come."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(of: Shape) -> Shape:
    return {"type": "array", "items": of}


DEFS["earlier"]["items"] = _object({"at": _ref("instant"), "words": _ref("texts")})
STRING, WHOLE_NUMBER = {"type": "string"}, {"type": "integer", "minimum": 0}
# What one sealed column has.
HELD = {"words": _ref("texts"), "lines": _or_null(_list(STRING)), "fields": _or_null(_list(_list(STRING)))}
# What other apps add (settings.EXPORT_PARTS).
PARTS: dict[str, dict[str, Shape]] = {
    "schedules": {
        "id": _ref("id"),
        "kind": STRING,
        "weekday": _or_null({"type": "integer", "minimum": 0, "maximum": 6}),
        "local_time": {"type": "string", "pattern": "^[0-9]{2}:[0-9]{2}:[0-9]{2}$"},
        "active": {"type": "boolean"},
        "agreed_at": _or_null(_ref("instant")),
        "paused_until": _or_null(_ref("day")),
    },
    "offers": {
        "kind": STRING,
        "answer": {"enum": ["yes", "later", "no"]},
        "at": _ref("instant"),
        "times": WHOLE_NUMBER,
    },
    "reply_consents": {"at": _ref("instant")},
    "discretions": {"at": _ref("instant")},
    "zone_notices": {"zone": STRING, "at": _ref("instant")},
    "unopened": {"noun": STRING, "id": _ref("id"), "field": STRING, "sealed": STRING},
}


def text() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=1)


def schema() -> Shape:
    head: dict[str, Shape] = {
        "format": {"const": "onward"},
        "version": {"const": VERSION},
        "exported_at": _ref("instant"),
        "person": _object({name: _column(User._meta.get_field(name)) for name in ("name", *ABOUT, *LOOK)}),
    }
    rows = {noun: _list(_object(_row(model))) for noun, model in NOUNS.items()}
    rows |= {noun: _list(_object(row)) for noun, row in PARTS.items()}
    whole = _object(head | rows)
    whole["properties"]["chosen"] = _object(
        {
            "first": _or_null(_ref("day")),
            "last": _or_null(_ref("day")),
            "kinds": _list({"enum": list(KINDS)}),
            "theme_ids": _list(_ref("id")),
        }
    )
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Onward: everything a person wrote"}
    return about | whole | {"$defs": DEFS}


def _row(model: type[Owned]) -> dict[str, Shape]:
    fields = [one for one in model._meta.concrete_fields if one.name != "owner"]
    row = {one.attname: _column(one) for one in fields}
    if "wordings" in row:
        row["earlier"] = _ref("earlier")
    if "content" in row:
        row |= {held_as(row): HELD[held_as(row)]}
    if hasattr(model, "removal"):
        row["removed_at"] = _or_null(_ref("instant"))
    row |= {f"{one.name.removesuffix('s')}_ids": _list(_ref("id")) for one in model._meta.local_many_to_many}
    return {name: shape for name, shape in row.items() if name not in ("wordings", "content")}


def _column(field: Any) -> Shape:
    shape = _shape(field)
    return _or_null(shape) if field.null else shape


def _shape(field: Any) -> Shape:
    """The most particular first: an instant is a day, too."""
    if field.get_internal_type() == "BinaryField":  # a sealed text
        return _ref("text")
    if isinstance(field, models.UUIDField | models.ForeignKey):
        return _ref("id")
    if isinstance(field, models.DateTimeField):
        return _ref("instant")
    if isinstance(field, models.DateField):
        return _ref("day")
    if isinstance(field, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(field, models.IntegerField):
        return WHOLE_NUMBER
    return {"enum": [value for value, _label in field.choices]} if field.choices else STRING
