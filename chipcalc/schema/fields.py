"""What the fields of models are made of, from the library of models, and how a value is refused."""

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)

from chipcalc.errors import Problem

__all__ = [
    "AfterValidator",
    "BaseModel",
    "BeforeValidator",
    "ConfigDict",
    "Field",
    "PlainValidator",
    "RefusedError",
    "ValidationError",
    "WithJsonSchema",
    "WrapValidator",
    "model_validator",
]


class RefusedError(ValueError):
    """A value that no model takes, with everything that is wrong with it.

    A validator that raises it has its problems told, each with its hint and its line.
    """

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))
