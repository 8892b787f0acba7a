"""Why a model refuses a value, in sentences that say what to write instead, with an example."""

import types
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

from chipcalc.errors import did_you_mean, join_words
from chipcalc.schema.fields import Shaped, WithJsonSchema
from chipcalc.yamlio import Path

_KEY = "[key]"
_DEEPEST = 3
_WORD = "write lower-case letters, digits and hyphens, such as h20-3e"


class Shape(NamedTuple):
    """What belongs at a place in a file: a type, its constraints, and examples of it."""

    type: Any
    metadata: tuple[Any, ...] = ()
    examples: tuple[Any, ...] = ()


Told: TypeAlias = tuple[str, str]


def told(fault: Mapping[str, Any], model: type[Shaped]) -> Told:
    """Return what is wrong and what to write, for a fault that the library of models found.

    None of the library's words come back.
    """
    kind, path, value = str(fault["type"]), tuple(fault["loc"]), fault.get("input")
    if path[-1:] == (_KEY,):
        return f"'{path[-2]}' is no plain word", _WORD
    if kind == "extra_forbidden":
        return _extra(path, model)
    shape = shape_at(model, path)
    for begins, say in _SENTENCES.items():
        if kind.startswith(begins):
            return say(shape, path, value)
    return "this does not belong here", _write(shape)


def place(fault: Mapping[str, Any]) -> Path:
    """Return where a fault lies: the key itself, if it is the key that is wrong."""
    path: Path = tuple(fault["loc"])
    return path[:-1] if path[-1:] == (_KEY,) else path


def shape_at(model: type[Shaped], path: Path) -> Shape:
    """Return what belongs at a place; nothing known where no model has it."""
    shapes = [Shape(model)]
    for key in path:
        shapes = [inner for each in shapes for inner in _inner(each, key)]
    return shapes[0] if shapes else Shape(None)


def keys_at(model: type[Shaped], path: Path) -> list[str]:
    """Return the keys that a place in a file may have."""
    shapes = [Shape(model)]
    for key in path:
        shapes = [inner for each in shapes for inner in _inner(each, key)]
    kinds = [each for shape in shapes for each in _models(shape.type)]
    found = {each.alias or name for kind in kinds for name, each in kind.model_fields.items()}
    return sorted(found)


def _inner(shape: Shape, key: str | int) -> Iterator[Shape]:
    """Yield what belongs at a key of what belongs at a place; several where kinds differ."""
    for each in _kinds(shape.type):
        origin, parts = get_origin(each), get_args(each)
        if isinstance(each, type) and issubclass(each, Shaped):
            for name, field in each.model_fields.items():
                if key in (name, field.alias):
                    yield _plain(
                        Shape(field.annotation, tuple(field.metadata), tuple(field.examples or ()))
                    )
        elif origin is tuple and isinstance(key, int):
            part = parts[0] if parts[-1] is Ellipsis else parts[min(key, len(parts) - 1)]
            yield _plain(Shape(part))
        elif origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
            yield _plain(Shape(parts[1]))


def _plain(shape: Shape) -> Shape:
    """Return a shape without what its type is annotated with, which joins its constraints."""
    kind, metadata, examples = shape
    while get_origin(kind) is Annotated:
        kind, *more = get_args(kind)
        metadata = (*metadata, *more)
    for each in metadata:
        schema = each.json_schema if isinstance(each, WithJsonSchema) else None
        said = (schema or {}).get("examples") or getattr(each, "examples", None) or ()
        examples = (*examples, *said)
    return Shape(kind, metadata, examples)


def _kinds(kind: Any) -> list[Any]:
    """Return the kinds that a place may take, none of them a union or nothing."""
    kind = _plain(Shape(kind)).type
    if get_origin(kind) in (Union, types.UnionType):
        found = [inner for each in get_args(kind) for inner in _kinds(each)]
        return [each for each in found if each is not type(None)]
    return [kind]


def _models(kind: Any) -> list[type[Shaped]]:
    return [e for e in _kinds(kind) if isinstance(e, type) and issubclass(e, Shaped)]


def example(shape: Shape, depth: int = 0) -> str:
    """Return how something that belongs at a place may be written."""
    shape = _plain(shape)
    if shape.examples:
        return str(shape.examples[0])
    (kind, *_) = _kinds(shape.type)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return str(parts[0])
    if kind in (int, bool):
        return "1" if kind is int else "true"
    if depth >= _DEEPEST:
        return "…"
    if _models(kind):
        return _example_of_model(_models(kind)[0], depth)
    if origin is tuple:
        shown = parts[:1] if parts[-1] is Ellipsis else parts
        return f"[{', '.join(example(Shape(each), depth + 1) for each in shown)}]"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"{{KEY: {example(Shape(parts[1]), depth + 1)}}}"
    return "…"


def _example_of_model(model: type[Shaped], depth: int, **said: str) -> str:
    """Return the keys that a model needs, each with a value, and a source where it takes one."""
    needed = {name: each for name, each in model.model_fields.items() if each.is_required()}
    shown = [
        f"{each.alias or name}: {said.get(name) or example(_field(each), depth + 1)}"
        for name, each in needed.items()
    ]
    if "value" in needed:  # what a fact is comes before how firm it is
        shown.sort(key=lambda each: not each.startswith(("value:", "unit:")))
    if "source" in model.model_fields and "source" not in needed:
        shown.append("source: [KEY]")
    return f"{{{', '.join(shown)}}}"


def _field(field: Any) -> Shape:
    return Shape(field.annotation, tuple(field.metadata), tuple(field.examples or ()))


def _write(shape: Shape) -> str:
    shown = example(shape) if shape.type is not None else "…"
    return f"write {shown}" if shown != "…" else "'chipcalc schema' describes what goes in"


def _extra(path: Path, model: type[Shaped]) -> Told:
    known = keys_at(model, path[:-1])
    hint = did_you_mean(str(path[-1]), known)
    listed = f"known here are {', '.join(known)}" if known else "leave it out"
    return f"'{path[-1]}' is not a key here", hint or listed


def _missing(shape: Shape, path: Path, value: Any) -> Told:
    if isinstance(path[-1], int):
        return "a value of the list is missing", "write all of them"
    shown = example(shape) if shape.type is not None else "…"
    return f"'{path[-1]}' is missing", f"add {path[-1]}: {shown}"


def _model(shape: Shape, path: Path, value: Any) -> Told:
    """Tell of a plain value, or a list, in the place of keys with values."""
    found = _models(shape.type)
    if isinstance(value, str) and value and found and "value" in found[0].model_fields:
        model = found[0]
        lacking = [n for n, e in model.model_fields.items() if e.is_required() and n != "value"]
        if lacking:
            what = f"the {join_words(lacking)} {'is' if len(lacking) == 1 else 'are'} missing"
            return what, f"write {_example_of_model(model, 0, value=value)}"
    return f"{_said(value)} where keys with values belong", _write(shape)


def _list(shape: Shape, path: Path, value: Any) -> Told:
    return f"{_said(value)} where a list belongs", _write(shape)


def _keys(shape: Shape, path: Path, value: Any) -> Told:
    return f"{_said(value)} where keys with values belong", _write(shape)


def _text(shape: Shape, path: Path, value: Any) -> Told:
    shown = example(shape) if shape.type is not None else "…"
    hint = f"write one text, such as {shown}" if shown != "…" else "write one text"
    return f"{_said(value)} where one text belongs", hint


def _empty(shape: Shape, path: Path, value: Any) -> Told:
    return "nothing is written here", "write a text, or leave the key out"


def _pattern(shape: Shape, path: Path, value: Any) -> Told:
    pattern = next((e.pattern for e in shape.metadata if getattr(e, "pattern", None)), "")
    if pattern.startswith("^http"):
        return f"'{value}' is no address on the web", "write one that begins with https://"
    if pattern.startswith("^--"):
        return f"'{value}' is no option", "write --, then lower-case letters and hyphens"
    return f"'{value}' is no plain word", _WORD


def _literal(shape: Shape, path: Path, value: Any) -> Told:
    literals = [each for each in _kinds(shape.type) if get_origin(each) is Literal]
    if not literals:
        return "this does not belong here", _write(shape)
    known = [str(word) for each in literals for word in get_args(each)]
    known = [each for each in known if each != "given"]  # a command line gives it, and no file
    near = did_you_mean(str(value), known) if isinstance(value, str) else ""
    name = f" for {path[-1]}" if path and isinstance(path[-1], str) else ""
    what = f"'{value}' is no word{name}" if isinstance(value, str) else f"{_said(value)}{name}"
    return what, near or f"write {join_words(known, 'or')}"


def _number(shape: Shape, path: Path, value: Any) -> Told:
    low = next((e.ge for e in shape.metadata if getattr(e, "ge", None) is not None), None)
    high = next((e.le for e in shape.metadata if getattr(e, "le", None) is not None), None)
    span = f" from {low} to {high}" if low is not None and high is not None else ""
    what = f"'{value}' is no whole number{span}" if isinstance(value, str) else _said(value)
    return what, f"write a whole number{span}"


def _truth(shape: Shape, path: Path, value: Any) -> Told:
    what = f"'{value}' is neither true nor false" if isinstance(value, str) else _said(value)
    return what, "write true or false"


def _short(shape: Shape, path: Path, value: Any) -> Told:
    return "the list is empty", _write(shape)


def _long(shape: Shape, path: Path, value: Any) -> Told:
    count = len(value) if isinstance(value, list | tuple) else 0
    return f"{count} values are too many here", _write(shape)


def _said(value: Any) -> str:
    """Return what is written at a place, in words."""
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "keys with values"
    return "one value" if value not in ("", None) else "nothing"


_SENTENCES: Mapping[str, Callable[[Shape, Path, Any], Told]] = {
    "missing": _missing,
    "model": _model,
    "tuple": _list,
    "list": _list,
    "iterable": _list,
    "dict": _keys,
    "mapping": _keys,
    "string_type": _text,
    "string_too_short": _empty,
    "string_pattern": _pattern,
    "literal": _literal,
    "int": _number,
    "greater": _number,
    "less": _number,
    "bool": _truth,
    "too_short": _short,
    "too_long": _long,
}
