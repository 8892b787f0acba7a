"""The schema of criteria: a tree in the rules, and lines with verdicts in a check."""

from __future__ import annotations

from chipcalc.contract.schemas.pieces import (
    DAY,
    FLAG,
    OPERATOR,
    STATUS,
    TEXT,
    TEXTS,
    UNIT,
    VERDICT,
    WHEN,
    Schema,
    amount,
    either,
    optional,
    record,
    several,
    single,
)

COMPARISON: dict[str, Schema] = {
    "metric": TEXT,
    "when": WHEN,
    "operator": OPERATOR,
    **single("amount"),
    "unit": UNIT,
}
_CRITERION: Schema = {"$ref": "#/$defs/criterion"}
_LEAVES: dict[str, dict[str, Schema]] = {
    "comparison": COMPARISON,
    "circumstance": {"circumstance": TEXT, "values": TEXTS, "negated": FLAG},
    "launched": {"operator": OPERATOR, "day": DAY},
    "rule": {"rules": TEXTS},
    "named": {"chips": TEXTS, "addressed": FLAG},
    "unpublished": {"what": TEXT},
    "unmodelled": {"what": TEXT},
}
_SAYS: dict[str, Schema] = {"says": TEXT}
_GROUP: dict[str, Schema] = {
    "kind": either(("all", "any")),
    "cite": optional(TEXT),
    "note": optional(TEXT),
    "then": optional(TEXT),
    "parts": several(_CRITERION),
}
_EXCEPT: dict[str, Schema] = {
    "kind": {"const": "except"},
    "of": _CRITERION,
    "exceptions": several(_CRITERION),
}
_FIGURE: dict[str, Schema] = {
    **amount(),
    "status": STATUS,
    "holds": optional(OPERATOR),
    **amount("margin"),
}


def _leaf(kind: str, more: dict[str, Schema]) -> Schema:
    return record({"kind": {"const": kind}, **_LEAVES[kind], **more})


def _asked(kind: str) -> Schema:
    undefined = {"undefined": optional(TEXT)} if kind == "comparison" else {}
    return _leaf(kind, {**undefined, **_SAYS})


def _judged(kind: str) -> Schema:
    figure = _FIGURE if kind == "comparison" else {}
    return _leaf(kind, {**figure, "verdict": VERDICT, **_SAYS})


TREE: Schema = {"oneOf": [*map(_asked, _LEAVES), record(_GROUP), record(_EXCEPT)]}
JUDGED: Schema = {"oneOf": [*map(_judged, _LEAVES)]}
