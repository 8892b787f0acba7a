"""What files say becomes models: validated by the library, every problem told with its line."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import pydantic
from pydantic import TypeAdapter, ValidationError

from chipcalc.errors import Problem
from chipcalc.schema import fields, refusals
from chipcalc.schema.fields import Described, RefusedError, Shaped
from chipcalc.yamlio import Data, Document, Path, dotted

T = TypeVar("T")
Model = TypeVar("Model", bound=Shaped)

_MARKS: dict[type[fields.Mark], Callable[[Any], Any]] = {
    fields.BeforeValidator: lambda mark: pydantic.BeforeValidator(mark.func),
    fields.PlainValidator: lambda mark: pydantic.PlainValidator(mark.func),
    fields.AfterValidator: lambda mark: pydantic.AfterValidator(mark.func),
    fields.WrapValidator: lambda mark: pydantic.WrapValidator(mark.func),
    fields.WithJsonSchema: lambda mark: pydantic.WithJsonSchema(mark.json_schema),
}


_once: Callable[[Callable[[Any], T]], Callable[[Any], T]] = cache


class _Refusing(pydantic.BaseModel):
    """The base of all models that validate: unknown keys are refused."""

    model_config = pydantic.ConfigDict(
        extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )


class _Ignoring(_Refusing):
    """The base of those that leave out the keys they do not know."""

    model_config = pydantic.ConfigDict(extra="ignore")


def validated(kind: type[Model], data: object) -> Model:
    """Return a model from what a file says; raises ValidationError with all that is wrong."""
    found: Model = _adapter(kind).validate_python(data)
    return found


def json_schema(kind: type[Shaped]) -> dict[str, Any]:
    """Return the JSON Schema of a model."""
    return _validating(kind).model_json_schema()


def leniently(kind: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """Return a model and the problems; unknown keys alone do not keep it from being read."""
    if not isinstance(document.data, dict):
        what, hint = "a file needs keys with values", "write for example id: h20"
        return None, [document.problem((), what, hint)]
    try:
        return validated(kind, document.data), []
    except ValidationError as fault:
        problems = _problems(fault, kind, document)
        unknown = [each["loc"] for each in fault.errors() if each["type"] == "extra_forbidden"]
    try:
        return validated(kind, _without(document.data, unknown)), problems
    except ValidationError:
        return None, problems


@_once
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(_translated(kind))


@_once
def _validating(kind: Any) -> type[pydantic.BaseModel]:
    """Return the library's model of ours: the same fields, of the same types."""
    fields_of: dict[str, Described] = kind.model_fields
    said: dict[str, Any] = {name: _field(each) for name, each in fields_of.items()}
    base = _Ignoring if kind.takes_more else _Refusing
    said |= {"__base__": base, "__doc__": kind.__doc__, "__module__": kind.__module__}
    made: type[pydantic.BaseModel] = pydantic.create_model(kind.__name__, **said)
    return made


def _field(each: Described) -> tuple[Any, Any]:
    kind = _annotated(each.annotation, each.metadata)
    if isinstance(each.default, Shaped):  # no JSON Schema can show it
        return kind, pydantic.Field(default_factory=lambda: each.default, **each.own)
    default = {} if each.is_required() else {"default": each.default}
    return kind, pydantic.Field(**default, **each.own)


def _translated(kind: Any) -> Any:
    """Return a type as the library takes it, with its models in place of ours.

    A value that they have taken becomes one of ours, which then tells what does not fit together.
    """
    origin, parts = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, Shaped):
        return Annotated[_validating(kind), pydantic.WrapValidator(_made(kind))]
    if origin is Annotated:
        return _annotated(parts[0], parts[1:])
    if origin in (Union, types.UnionType):
        return Union[tuple(_translated(each) for each in parts)]  # noqa: UP007
    if origin in (tuple, Mapping):
        return origin[tuple(_translated(each) for each in parts)]
    return kind


def _annotated(kind: Any, metadata: tuple[Any, ...]) -> Any:
    found = _translated(kind)
    for each in metadata:
        if type(each) in _MARKS:
            found = Annotated[found, _MARKS[type(each)](each)]
        elif said := {n: e for n, e in each.said.items() if n != "alias"}:
            found = Annotated[found, pydantic.Field(**said)]
    return found


def _made(kind: type[Any]) -> Callable[[Any, Callable[[Any], pydantic.BaseModel]], Any]:
    def make(said: Any, take: Callable[[Any], pydantic.BaseModel]) -> Any:
        if isinstance(said, kind):
            return said
        taken = take(said)
        made = kind.model_made(
            {n: getattr(taken, n) for n in kind.said if n in taken.model_fields_set}
        )
        problems = tuple(made.problems()) if hasattr(made, "problems") else ()
        if problems:
            raise RefusedError(*problems)
        return made

    return make


def _without(data: Data, places: list[tuple[str | int, ...]]) -> Data:
    """Return data without the keys at some places."""
    gone = {place[0] for place in places if len(place) == 1}
    inner: dict[str | int, list[tuple[str | int, ...]]] = {}
    for place in places:
        if len(place) > 1:
            inner.setdefault(place[0], []).append(place[1:])
    if isinstance(data, dict):
        return {k: _without(each, inner.get(k, [])) for k, each in data.items() if k not in gone}
    if isinstance(data, list):
        return [_without(each, inner.get(i, [])) for i, each in enumerate(data)]
    return data


def _within(path: Path, data: Data, *, missing: bool) -> Path:
    """Return a place without the names of the kinds that the library tried there."""
    for depth, key in enumerate(path):
        if isinstance(data, dict):
            if key not in data and not missing:
                return path[:depth]
            data = data.get(str(key), "")
        elif isinstance(data, list) and isinstance(key, int):
            data = data[key] if key < len(data) else ""
        else:
            return path[:depth]
    return path


def _problems(fault: ValidationError, kind: type[Shaped], document: Document) -> list[Problem]:
    found: list[Problem] = []
    faults = fault.errors(include_url=False)
    for each in faults:
        path = refusals.place(each)
        path = _within(path, document.data, missing=each["type"] == "missing")
        if len(path) < len(each["loc"]) and each["loc"][-1] != refusals.KEY:
            each["loc"] = path
            if any(known.path == dotted(path) for known in found):
                continue  # what may be of several kinds is told of once
        if each["type"] == "too_short" and each["input"] and len(faults) > 1:
            continue  # a list all of whose items are wrong counts as empty
        refusal = each.get("ctx", {}).get("error")
        if isinstance(refusal, RefusedError):
            hint = refusals.to_write(kind, path)
            problems = refusal.problems
            found += [document.problem(path, e.what, e.hint or hint) for e in problems]
        else:
            found.append(document.problem(path, *refusals.told(each, kind)))
    return sorted(found, key=lambda each: each.line)
