"""How what belongs at a place in a file may be written, by its type and a table of examples."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, Union, get_args, get_origin

from chipcalc import yamlio
from chipcalc.schema.fields import Described, Shaped, WithJsonSchema

UNKNOWN: Final = "…"
_TABLE = Path(__file__).with_name("examples.yaml")
_DEEPEST = 4


class Shape(NamedTuple):
    """What belongs at a place in a file: a type, its constraints, and examples of it.

    `owner` is the model that has the place, and `key` its name there.
    """

    type: Any
    metadata: tuple[Any, ...] = ()
    examples: tuple[Any, ...] = ()
    owner: str = ""
    key: str = ""
    needed: bool = False


@cache
def _table() -> Mapping[str, str]:
    found = yamlio.load(_TABLE.read_text("utf-8"), _TABLE.name).data
    return {k: str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def of_field(owner: type[Shaped], name: str, field: Described) -> Shape:
    """Return what belongs at a key of a model."""
    own = tuple(field.examples or ())
    key = field.alias or name
    return Shape(
        field.annotation, tuple(field.metadata), own, owner.__name__, key, field.is_required()
    )


def inner(shape: Shape, key: str | int) -> Iterator[Shape]:
    """Yield what belongs at a key of what belongs at a place; several where kinds differ."""
    for each in kinds(shape.type):
        origin, parts = get_origin(each), get_args(each)
        if isinstance(each, type) and issubclass(each, Shaped):
            for name, field in each.model_fields.items():
                if key in (name, field.alias):
                    yield plain(of_field(each, name, field))
        elif origin is tuple and isinstance(key, int):
            part = parts[0] if parts[-1] is Ellipsis else parts[min(key, len(parts) - 1)]
            yield plain(Shape(part, (), _within(shape), key=shape.key))
        elif _is_mapping(each):
            yield plain(Shape(parts[1], (), _within(shape), key=shape.key))


def _within(shape: Shape) -> tuple[str, ...]:
    """Return the first text of the list or the mapping that the table has for a place."""
    whole = _table().get(f"{shape.owner}.{shape.key}", "") if shape.owner else ""
    return _first(whole) if whole.startswith(("[", "{")) else ()


@cache
def _first(whole: str) -> tuple[str, ...]:
    found: Any = yamlio.load(f"x: {whole}", _TABLE.name).data
    found = found.get("x") if isinstance(found, dict) else found
    parts = [*found.values()] if isinstance(found, dict) else found
    return tuple(each for each in parts or () if isinstance(each, str))[:1]


def plain(shape: Shape) -> Shape:
    """Return a shape without what its type is annotated with, which joins its constraints."""
    kind, metadata, examples = shape[:3]
    while True:
        if get_origin(kind) is Annotated:
            kind, *more = get_args(kind)
            metadata = (*metadata, *more)
        elif len(said := _said(kind)) == 1 and said[0] is not kind:
            kind = said[0]
        else:
            break
    for each in metadata:
        schema = each.json_schema if isinstance(each, WithJsonSchema) else None
        said = (schema or {}).get("examples") or getattr(each, "examples", None) or ()
        examples = (*examples, *said)
    return shape._replace(type=kind, metadata=metadata, examples=examples)


def _said(kind: Any) -> tuple[Any, ...]:
    """Return the kinds of a union but for nothing; the kind itself where it is none."""
    if get_origin(kind) not in (Union, types.UnionType):
        return (kind,)
    return tuple(each for each in get_args(kind) if each is not type(None))


def kinds(kind: Any) -> list[Any]:
    """Return the kinds that a place may take, none of them a union or nothing."""
    kind = plain(Shape(kind)).type
    said = _said(kind)
    return [kind] if said == (kind,) else [each for part in said for each in kinds(part)]


def models(kind: Any) -> list[type[Shaped]]:
    """Return the models among the kinds that a place may take."""
    return [e for e in kinds(kind) if isinstance(e, type) and issubclass(e, Shaped)]


def example(shape: Shape, depth: int = 0) -> str:
    """Return how something that belongs at a place may be written; UNKNOWN where nothing says."""
    whole = _table().get(f"{shape.owner}.{shape.key}") if shape.owner else None
    if whole:
        return whole
    shape = plain(shape)
    (kind, *_) = kinds(shape.type)
    word = _table().get(shape.key)
    if word and kind is str and not _is_address(shape) and (shape.owner or not shape.examples):
        return word
    if shape.examples:
        return str(shape.examples[0])
    if word and kind is str:
        return word
    if depth >= _DEEPEST:
        return word or UNKNOWN
    return _by_type(kind, shape.key, depth)


def _by_type(kind: Any, key: str, depth: int) -> str:
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return str(parts[0])
    if kind in (int, bool):
        return "1" if kind is int else "true"
    if models(kind):
        return of_model(models(kind)[0], depth)
    if origin is tuple:
        shown = parts[:1] if parts[-1] is Ellipsis else parts
        return f"[{', '.join(example(Shape(each, key=key), depth + 1) for each in shown)}]"
    if _is_mapping(kind):
        return f"{{KEY: {example(Shape(parts[1], key=key), depth + 1)}}}"
    return UNKNOWN


def of_model(model: type[Shaped], depth: int = 0, **said: str) -> str:
    """Return the keys that a model needs, each with a value, and a source where it takes one."""
    fields = model.model_fields
    needed = {name: each for name, each in fields.items() if each.is_required()}
    needed = needed or dict([*fields.items()][:1])
    shown = [
        f"{e.alias or name}: {said.get(name) or example(of_field(model, name, e), depth + 1)}"
        for name, e in needed.items()
    ]
    if "value" in needed:  # what a fact is comes before how firm it is
        shown.sort(key=lambda each: not each.startswith(("value:", "unit:")))
    if "source" in fields and "source" not in needed:
        shown.append("source: [KEY]")
    return f"{{{', '.join(shown)}}}"


def _is_mapping(kind: Any) -> bool:
    origin = get_origin(kind)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _is_address(shape: Shape) -> bool:
    return any((getattr(e, "pattern", None) or "").startswith("^http") for e in shape.metadata)
