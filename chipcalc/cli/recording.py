"""The option that files an answer: a record of it, with all that it was made of."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from chipcalc import files
from chipcalc.cli.base import asked
from chipcalc.cli.printing import write

if TYPE_CHECKING:
    from chipcalc.api.rules import Rules
    from chipcalc.commands.check import Answered, Asked
    from chipcalc.commands.licence import Shipments
    from chipcalc.commands.record import What

_OPTION = Annotated[
    str,
    typer.Option(
        "--record", metavar="FILE.json", help="File the answer with all that it was made of."
    ),
]


class Recorder(NamedTuple):
    """Where a record goes, if one is asked for, and the spec files that were read for it."""

    file: Path | None = None
    read: Mapping[Path, bytes] = {}

    def keep(
        self,
        what: What,
        wanted: Asked,
        rules: Rules,
        answered: Answered | Shipments,
        *,
        to: Sequence[str] = (),
        rule: Sequence[str] = (),
    ) -> None:
        """Write the record of an answer, if one is asked for; raise ChipcalcError if it cannot."""
        if self.file is None:
            return
        from chipcalc.commands import record

        question = record.asking(what, wanted, rules.rulebook, to=to, rule=rule)
        found = record.recorded(question, record.answer(answered, rules), asked(), self.read)
        record.unwritten(str(self.file))
        write(self.file, f"{record.text(found)}\n".encode())


UNRECORDED = Recorder()


def with_record(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command in which a `Recorder` is the option that it stands for."""
    parameters = [
        each.replace(annotation=_OPTION, default="", kind=each.KEYWORD_ONLY)
        if each.annotation is Recorder
        else each.replace(kind=each.KEYWORD_ONLY)
        for each in inspect.signature(command, eval_str=True).parameters.values()
    ]

    @functools.wraps(command)
    def run(record: str = "", **arguments: Any) -> None:
        if not record:
            command(**arguments, record=UNRECORDED)
            return
        from chipcalc.commands.record import unwritten

        path = unwritten(record)
        with files.noting() as read:
            command(**arguments, record=Recorder(path, read))

    vars(run)["__signature__"] = inspect.Signature(parameters)
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run
