"""Why a model refuses a value, in sentences that say what to write instead, with an example."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Literal, TypeAlias, get_args, get_origin

from chipcalc.errors import ChipcalcError, did_you_mean, join_words
from chipcalc.schema.examples import UNKNOWN, Shape, example, inner, kinds, models, of_model, plain
from chipcalc.schema.fields import Shaped
from chipcalc.values import units
from chipcalc.yamlio import Path

KEY = "[key]"
_WORD = "write lower-case letters, digits and hyphens"
_SHORT = 60


Told: TypeAlias = tuple[str, str]


def told(fault: Mapping[str, Any], model: type[Shaped]) -> Told:
    """Return what is wrong and what to write, for a fault that the library of models found.

    None of the library's words come back.
    """
    kind, path, value = str(fault["type"]), tuple(fault["loc"]), fault.get("input")
    if path[-1:] == (KEY,):
        return f"'{path[-2]}' is no plain word", f"{_WORD}, such as h20-3e"
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
    return path[:-1] if path[-1:] == (KEY,) else path


def shape_at(model: type[Shaped], path: Path) -> Shape:
    """Return what belongs at a place; nothing known where no model has it."""
    shapes = [Shape(model)]
    for key in path:
        shapes = [found for each in shapes for found in inner(each, key)]
    return shapes[0] if shapes else Shape(None)


def to_write(model: type[Shaped], path: Path) -> str:
    """Return what to write at a place, with an example."""
    return _write(shape_at(model, path))


def keys_at(model: type[Shaped], path: Path) -> list[str]:
    """Return the keys that a place in a file may have."""
    shapes = [Shape(model)]
    for key in path:
        shapes = [found for each in shapes for found in inner(each, key)]
    found = {
        each.alias or name
        for shape in shapes
        for kind in models(shape.type)
        for name, each in kind.model_fields.items()
    }
    return sorted(found)


def _such_as(shape: Shape) -> str:
    """Return ``, such as …``, or nothing where no example is known."""
    shown = example(shape) if shape.type is not None else UNKNOWN
    return "" if shown == UNKNOWN else f", such as {shown}"


def _write(shape: Shape) -> str:
    shown = example(shape) if shape.type is not None else UNKNOWN
    return f"write {shown}" if shown != UNKNOWN else "'chipcalc schema' describes what goes in"


def _extra(path: Path, model: type[Shaped]) -> Told:
    known = keys_at(model, path[:-1])
    hint = did_you_mean(str(path[-1]), known)
    listed = f"known here are {', '.join(known)}" if known else "leave it out"
    return f"'{path[-1]}' is not a key here", hint or listed


def _missing(shape: Shape, path: Path, value: Any) -> Told:
    if isinstance(path[-1], int):
        return "a value of the list is missing", f"write all of them{_such_as(shape)}"
    shown = example(shape) if shape.type is not None else UNKNOWN
    return f"'{path[-1]}' is missing", f"add {path[-1]}: {shown}"


def _model(shape: Shape, path: Path, value: Any) -> Told:
    """Tell of a plain value, or a list, in the place of keys with values."""
    found = models(shape.type)
    if isinstance(value, str) and value and found and "value" in found[0].model_fields:
        model = found[0]
        said = _read(model, value)
        fields = model.model_fields.items()
        lacking = [n for n, each in fields if each.is_required() and n not in said]
        if lacking:
            what = f"the {join_words(lacking)} {'is' if len(lacking) == 1 else 'are'} missing"
            return what, f"write {of_model(model, 0, **said)}"
    return f"{_said(value)} where keys with values belong", _write(shape)


def _read(model: type[Shaped], value: str) -> dict[str, str]:
    """Return what a plain value says of a fact: its value, and its unit where it names one."""
    number, _, unit = value.partition(" ")
    if unit and "unit" in model.model_fields:
        with suppress(ChipcalcError):
            units.number(number)
            return {"value": number, "unit": units.unit(unit).text}
    return {"value": value}


def _list(shape: Shape, path: Path, value: Any) -> Told:
    """Tell of something else in the place of a list, which it may be the one item of."""
    what = f"{_said(value)} where a list belongs"
    lists = [each for each in kinds(shape.type) if get_origin(each) is tuple]
    if not lists or value in ("", None, {}) or isinstance(value, list):
        return what, _write(shape)
    item = plain(Shape(get_args(lists[0])[0]))
    if item.type is str and isinstance(value, str) and len(value) <= _SHORT:
        return what, f"write [{value}]"
    if models(item.type) and isinstance(value, dict):
        return (
            what,
            f"write [{{…}}], with brackets around it, or a hyphen before it{_such_as(shape)}",
        )
    if "value" in _fields(item) and isinstance(value, str) and len(value) <= _SHORT:
        model = models(item.type)[0]
        return what, f"write [{of_model(model, 0, **_read(model, value))}]"
    return what, _write(shape)


def _fields(shape: Shape) -> Mapping[str, Any]:
    found = models(shape.type)
    return found[0].model_fields if found else {}


def _keys(shape: Shape, path: Path, value: Any) -> Told:
    return f"{_said(value)} where keys with values belong", _write(shape)


def _text(shape: Shape, path: Path, value: Any) -> Told:
    return f"{_said(value)} where one text belongs", f"write one text{_such_as(shape)}"


def _empty(shape: Shape, path: Path, value: Any) -> Told:
    otherwise = "" if shape.needed else ", or leave the key out"
    return "nothing is written here", f"write a text{_such_as(shape)}{otherwise}"


def _pattern(shape: Shape, path: Path, value: Any) -> Told:
    pattern = next((e.pattern for e in shape.metadata if getattr(e, "pattern", None)), "")
    shown = _such_as(shape)
    if pattern.startswith("^http"):
        return f"'{value}' is no address on the web", f"write one that begins with https://{shown}"
    if pattern.startswith("^--"):
        what = f"'{value}' is no option"
        return what, f"write --, then lower-case letters and hyphens{shown}"
    return f"'{value}' is no plain word", f"{_WORD}{shown}"


def _literal(shape: Shape, path: Path, value: Any) -> Told:
    literals = [each for each in kinds(shape.type) if get_origin(each) is Literal]
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
    return what, f"write a whole number{span}{_such_as(shape)}"


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
