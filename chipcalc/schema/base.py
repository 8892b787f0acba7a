"""Models from YAML: frozen, validated, and every problem told with its line."""

from collections.abc import Iterator
from typing import Any, Self, TypeVar

from chipcalc.errors import ChipcalcError, Problem, did_you_mean
from chipcalc.schema.fields import (
    BaseModel,
    ConfigDict,
    RefusedError,
    ValidationError,
    model_validator,
)
from chipcalc.yamlio import Data, Document, Path

Model = TypeVar("Model", bound=BaseModel)


class Frozen(BaseModel):
    """The base of all models: unknown keys are refused, nothing changes after validation."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )


class Sound(Frozen):
    """A model whose parts have to fit together: all that does not is told at once."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        found = tuple(self.problems())
        if found:
            raise RefusedError(*found)
        return self

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the whole, each with its hint."""
        yield from ()


def parse(model: type[Model], document: Document) -> Model:
    """Return a model from a document; raises ChipcalcError with every problem and its line."""
    parsed, problems = parse_leniently(model, document)
    if parsed is None or problems:
        raise ChipcalcError(*problems)
    return parsed


def parse_leniently(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """Return a model and the problems; unknown keys alone do not keep it from being read."""
    if not isinstance(document.data, dict):
        what = "expected keys with values, such as 'id: h20'"
        return None, [document.problem((), what)]
    try:
        return model.model_validate(document.data), []
    except ValidationError as fault:
        problems = _problems(fault, model, document)
        unknown = [each["loc"] for each in fault.errors() if each["type"] == "extra_forbidden"]
    try:
        return model.model_validate(_without(document.data, unknown)), problems
    except ValidationError:
        return None, problems


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


def _problems(fault: ValidationError, model: type[BaseModel], document: Document) -> list[Problem]:
    found = []
    for each in fault.errors(include_url=False, include_input=False):
        path: Path = tuple(each["loc"])
        refusal = each.get("ctx", {}).get("error")
        if isinstance(refusal, RefusedError):
            found += [document.problem(path, said.what, said.hint) for said in refusal.problems]
        else:
            what, hint = _told(each["type"], each["msg"], path, model)
            found.append(document.problem(path, what, hint))
    return found


def _told(kind: str, message: str, path: Path, model: type[BaseModel]) -> tuple[str, str]:
    """Return what is wrong and a hint, for a fault that the library of models found by itself."""
    if kind == "extra_forbidden":
        hint = did_you_mean(str(path[-1]), _keys(model, path[:-1]))
        return f"'{path[-1]}' is not a key here", hint
    if kind == "missing":
        return f"'{path[-1]}' is missing", ""
    if kind == "string_pattern_mismatch":
        address = path[-1] == "url"
        word = "lower-case letters, digits and hyphens"
        return "not written as it should be", "an http(s) address" if address else word
    return message, ""


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that a place in a file may have."""
    kinds: list[type[BaseModel]] = [model]
    for name in path:
        inner = [each for kind in kinds if name in kind.model_fields for each in _inner(kind, name)]
        kinds = inner or kinds
    fields = [item for kind in kinds for item in kind.model_fields.items()]
    return sorted({each.alias or name for name, each in fields})


def _inner(kind: type[BaseModel], name: str | int) -> list[type[BaseModel]]:
    """Return the models that the value of a key is made of."""
    found: list[type[BaseModel]] = []
    pending: list[Any] = [kind.model_fields[str(name)].annotation]
    while pending:
        each = pending.pop()
        if isinstance(each, type) and issubclass(each, BaseModel):
            found.append(each)
        pending.extend(getattr(each, "__args__", ()))
    return found
