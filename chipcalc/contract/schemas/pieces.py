"""What the schemas of contracts are made of: records, amounts, days, verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, get_args

from chipcalc.contract.common import BOUND
from chipcalc.figures.figure import Absence
from chipcalc.schema.source import Status

Schema: TypeAlias = dict[str, Any]
Fields: TypeAlias = Mapping[str, Schema]

TEXT: Schema = {"type": "string", "minLength": 1}
TEXTS: Schema = {"type": "array", "items": TEXT}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"type": "string", "format": "date"}
UNIT: Schema = {"type": "string", "description": "empty for a plain number"}
EXACT: Schema = {
    "type": "string",
    "pattern": "^-?[0-9]+([.][0-9]+|/[1-9][0-9]*)?$",
    "description": "the same number, exact: a decimal where it ends, or else a fraction",
}
WHEN: Schema = {
    "type": "object",
    "additionalProperties": TEXT,
    "description": "conditions and their values",
}


def either(values: Iterable[str]) -> Schema:
    """Return the schema of one of some words."""
    return {"enum": list(values)}


def optional(schema: Schema) -> Schema:
    """Return the schema of what may be null."""
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    if isinstance(schema.get("type"), str):
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def several(schema: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": schema}


def by_name(schema: Schema) -> Schema:
    """Return the schema of an object that has something under each of some names."""
    return {"type": "object", "additionalProperties": schema}


def record(fields: Fields, but: Iterable[str] = ()) -> Schema:
    """Return the schema of an object that has these keys, and no others."""
    kept = {name: each for name, each in fields.items() if name not in but}
    return {
        "type": "object",
        "properties": kept,
        "required": list(kept),
        "additionalProperties": False,
    }


def document(schema: str, about: str, fields: Fields, shared: Fields | None = None) -> Schema:
    """Return the schema of a contract; `shared` are pieces that name themselves in it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": schema,
        "description": about,
        **record({"schema": {"const": schema}, **fields}),
        **({"$defs": dict(shared)} if shared else {}),
    }


def _numbers(names: Iterable[tuple[str, str]], *, known: bool) -> dict[str, Schema]:
    number: Schema = {"type": "number"}
    found: dict[str, Schema] = {}
    for name, exact in names:
        found[name] = number if known else optional(number)
        found[exact] = EXACT if known else optional(EXACT)
    return found


def amount(name: str = "", *, known: bool = False) -> dict[str, Schema]:
    """Return the keys of an amount with both ends; where it is `known`, none of them is null."""
    if not name:
        names = [("value", "exact"), ("low", "exact_low"), ("high", "exact_high")]
    else:
        names = [(f"{name}{end}", f"{name}_exact{end}") for end in ("", "_low", "_high")]
    return _numbers(names, known=known)


def single(name: str) -> dict[str, Schema]:
    """Return the keys of an amount that is known and no range."""
    return _numbers([(name, f"{name}_exact")], known=True)


def ends() -> dict[str, Schema]:
    """Return the keys of the ends of a span; null where it is open."""
    return _numbers([("low", "exact_low"), ("high", "exact_high")], known=False)


VERDICT: Schema = either(("met", "not met", "unknown"))
FIRM: Schema = either(get_args(Status))
STATUS: Schema = either((*get_args(Status), BOUND, *get_args(Absence)))
OPERATOR: Schema = either((">=", ">", "<=", "<"))
LAUNCHED: dict[str, Schema] = {
    "launched_from": optional(DAY),
    "launched_to": optional(DAY),
    "launched_precision": optional(either(("year", "month", "day"))),
}
AVAILABLE: dict[str, Schema] = {
    "availability": optional(
        either(("announced", "sampling", "shipping", "withdrawn", "rumoured"))
    ),
    "availability_as_of": optional(TEXT),
}
ABOUT: dict[str, Schema] = {"chip": TEXT, "name": TEXT}
SUPPOSED: Schema = several(
    record(
        {
            "chip": TEXT,
            "what": TEXT,
            "given": TEXT,
            "metric": optional(TEXT),
            "when": WHEN,
            **amount(),
            "unit": optional(UNIT),
            "sheet": optional(
                record(
                    {
                        "says": optional(TEXT),
                        **amount(),
                        "unit": optional(UNIT),
                        "status": optional(STATUS),
                    }
                )
            ),
            "warning": optional(TEXT),
        }
    )
)
SOURCES: Schema = several(record({"title": TEXT, "url": TEXT, "at": optional(TEXT)}))
CELL: Schema = {"type": "string"}
DECIMAL: Schema = optional(either((".", ",")))
UNREAD: Schema = several(record({"column": TEXT, "because": optional(TEXT)}))
