"""Models from YAML: frozen, validated, and every problem told with its line."""

from collections.abc import Iterator
from typing import Self, TypeVar

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.schema import refusals
from chipcalc.schema.fields import (
    BaseModel,
    ConfigDict,
    RefusedError,
    ValidationError,
    model_validator,
)
from chipcalc.yamlio import Data, Document

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
        what, hint = "a file needs keys with values", "write for example id: h20"
        return None, [document.problem((), what, hint)]
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
    faults = fault.errors(include_url=False)
    for each in faults:
        path = refusals.place(each)
        if each["type"] == "too_short" and each["input"] and len(faults) > 1:
            continue  # a list all of whose items are wrong counts as empty
        refusal = each.get("ctx", {}).get("error")
        if isinstance(refusal, RefusedError):
            found += [document.problem(path, said.what, said.hint) for said in refusal.problems]
        else:
            found.append(document.problem(path, *refusals.told(each, model)))
    return sorted(found, key=lambda each: each.line)
