"""Models: frozen values, and how they are read from YAML, every problem told with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, dataclass_transform

from chipcalc.errors import ChipcalcError, Problem
from chipcalc.schema.fields import REQUIRED, Field, Shaped, default

if TYPE_CHECKING:
    from chipcalc.yamlio import Document

Model = TypeVar("Model", bound="Frozen")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(Field,))
class Frozen(Shaped):
    """The base of all models: a value with the fields that its class names, which never changes.

    Its class is the one definition of its shape. What a file says goes through `model_validate`,
    where unknown keys are refused; one that is made in code is taken as it is.
    """

    def __init_subclass__(cls, *, takes_more: bool = False) -> None:
        own = vars(cls).get("__annotations__", {})
        said = {name: vars(cls).get(name, REQUIRED) for name in own}
        for name, each in said.items():
            if default(each) is not REQUIRED:
                setattr(cls, name, default(each))
            elif each is not REQUIRED:
                delattr(cls, name)
        cls.said = {**cls.said, **said}
        cls.takes_more = takes_more or cls.takes_more

    def __init__(self, **values: Any) -> None:
        """Take values as they are; raises TypeError for a field that is missing or unknown."""
        kind = type(self)
        wrong = values.keys() - kind.said
        wrong |= {n for n in kind.said if n not in values and not hasattr(kind, n)}
        if wrong:
            raise TypeError(f"{kind.__name__} with or without {', '.join(sorted(wrong))}")
        vars(self).update(values)

    @classmethod
    def model_made(cls, values: dict[str, Any]) -> Self:
        """Return a model of values that are known to be right; it keeps the mapping itself."""
        found = cls.__new__(cls)
        object.__setattr__(found, "__dict__", values)
        return found

    @classmethod
    def model_validate(cls, data: object) -> Self:
        """Return a model from what a file says; raises the library's error for what is wrong."""
        from chipcalc.schema.validation import validated  # its library costs start-up time

        return validated(cls, data)

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of the model."""
        from chipcalc.schema.validation import json_schema

        return json_schema(cls)

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return the same with other values, which are taken as they are."""
        return self.model_made({**vars(self), **update})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} never changes")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} never changes")

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in type(self).said)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self is other or self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        said = (f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({', '.join(said)})"


class Sound(Frozen):
    """A model whose parts have to fit together: all that does not is told at once."""

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
    from chipcalc.schema.validation import leniently  # its library costs start-up time

    return leniently(model, document)
