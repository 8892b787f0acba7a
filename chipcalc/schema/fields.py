"""What the fields of models say of themselves, and how a value is refused.

They are plain marks, so that a model costs nothing where nothing is to be validated; `validation`
reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    NamedTuple,
    get_args,
    get_origin,
    get_type_hints,
)

from chipcalc.errors import Problem

REQUIRED: Final = object()  # the default of a field that has none


class Mark:
    """The base of what annotates a field."""


class _Function(Mark):
    """A function that a value goes through when it is validated."""

    def __init__(self, func: Callable[..., Any]) -> None:
        self.func = func


class BeforeValidator(_Function):
    """A function that turns what a file says into what the type takes."""


class PlainValidator(_Function):
    """A function that turns what a file says into the value, in place of the type."""


class AfterValidator(_Function):
    """A function that checks or changes what the type has taken."""


class WrapValidator(_Function):
    """A function that is given what a file says, and how the type would take it."""


class WithJsonSchema(Mark):
    """What a JSON Schema says of a field, in place of its type."""

    def __init__(self, json_schema: Mapping[str, Any]) -> None:
        self.json_schema = dict(json_schema)


class _Constraint(Mark):
    """The limits, the default and the description of a field."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self.said = said
        self.examples: Sequence[Any] = said.get("examples", ())
        self.pattern: str | None = said.get("pattern")
        self.ge: int | None = said.get("ge")
        self.le: int | None = said.get("le")
        self.default: Any = REQUIRED


def Field(  # noqa: N802 written as the field's default, in the words of the library
    *,
    default: Any = REQUIRED,
    default_factory: Callable[[], Any] | None = None,
    **said: Any,
) -> Any:
    """Return what a field says of itself: its default, its key in a file (alias), its limits."""
    found = _Constraint(said)
    found.default = default_factory() if default_factory else default
    return found


class Described(NamedTuple):
    """One field of a model: what it is annotated with, and its default."""

    annotation: Any
    metadata: tuple[Any, ...]
    default: Any
    own: Mapping[str, Any]

    @property
    def alias(self) -> str | None:
        """The key that stands for it in a file, where that is not its name."""
        return self.own.get("alias")

    @property
    def examples(self) -> Sequence[Any]:
        """How it may be written."""
        found: Sequence[Any] = self.own.get("examples", ())
        return found

    def is_required(self) -> bool:
        """Whether a file has to say it."""
        return self.default is REQUIRED


def default(said: Any) -> Any:
    """Return the default of a field from what its class says of it; else REQUIRED."""
    return said.default if isinstance(said, _Constraint) else said


def described(annotation: Any, said: Any) -> Described:
    """Return a field of a model from its type, and what its class says of it besides."""
    metadata: tuple[Any, ...] = ()
    while get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        metadata = (*more, *metadata)
    if isinstance(said, _Constraint):
        return Described(annotation, (*metadata, said), said.default, said.said)
    return Described(annotation, metadata, said, {})


class _Fields:
    """The fields of a model by name, read of its class when they are first asked for.

    Only validation asks, so that the types need not be there before.
    """

    def __get__(self, _: object, kind: type[Shaped]) -> dict[str, Described]:
        if "_fields" not in vars(kind):
            hints = get_type_hints(kind, include_extras=True)
            kind._fields = {name: described(hints[name], each) for name, each in kind.said.items()}
        return kind._fields


class Shaped:
    """What validation knows of a model: its fields, and whether it takes keys that it has not.

    `said` is what its class says of each field beside the type.
    """

    model_fields: ClassVar[_Fields] = _Fields()
    said: ClassVar[dict[str, Any]] = {}
    takes_more: ClassVar[bool] = False
    _fields: ClassVar[dict[str, Described]] = {}


class RefusedError(ValueError):
    """A value that no model takes, with everything that is wrong with it.

    A validator that raises it has its problems told, each with its hint and its line.
    """

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))
