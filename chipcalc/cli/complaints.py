"""How the command line tells of mistakes: what is wrong, how to mend it, a command to paste."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

import typer

from chipcalc.cli.output import Colour
from chipcalc.cli.screen import colours_of
from chipcalc.errors import Problem, unknown
from chipcalc.tables.paint import painted
from chipcalc.tables.problems import Line, command_lines, complaint, headline
from chipcalc.tables.style import Style
from chipcalc.words.commands import quoted
from chipcalc.words.line import Phrase
from chipcalc.words.unsettled import GIVEN, Unsettled

_HELP = "--help"
_MOST = 20  # problems that are told


def complaints(problems: Iterable[Problem], arguments: Sequence[str], width: int) -> list[Line]:
    """Return the lines of some problems, and the command that mends them all, if one does.

    `arguments` are those of the command that went wrong.
    """
    every = list(dict.fromkeys(problems))
    found = every[:_MOST]
    told = [complaint(each, width) for each in found]
    instead = [pair for each in found for pair in each.instead]
    mended = all(each.instead for each in found)
    lines: list[Line] = []
    for problem, each in zip(found, told, strict=True):
        lines += [()] if lines and (len(each) > 1 or problem.command) else []
        lines += each
        if problem.command and not mended:
            lines += command_lines(problem.command.split(" "), width)
    if len(every) > _MOST:
        lines += [(), (Phrase(f"and {len(every) - _MOST:,} more problems"),)]
    elif mended and arguments:
        lines += command_lines(_command(arguments, instead), width)
    return lines


def not_settled(
    found: Iterable[Unsettled], arguments: Sequence[str], code: int, width: int
) -> list[Line]:
    """Return what leaves each chip open, and a command that supposes what would settle it."""
    lines: list[Line] = []
    word = f"not settled (exit status {code})"
    for each in found:
        lines += headline(each.sentence, width, word, "open")
        settings = [word for said in each.settings for word in ("--set", quoted(said))]
        words = ["chipcalc", "check", each.chip, *_day(arguments), *settings]
        if each.chip == GIVEN:
            said = [quoted(word) for word in arguments if word != "--exit-code"]
            words = ["chipcalc", *said, *settings]
        lines += command_lines(words if settings else [*words, "--explain"], width)
    return lines


def _day(arguments: Sequence[str]) -> list[str]:
    """Return the day that a command line asks for, as it does."""
    for number, each in enumerate(arguments):
        if each.startswith("--as-of"):
            return [*arguments[number : number + (1 if "=" in each else 2)]]
    return []


def emit(lines: Iterable[Line], to: TextIO) -> None:
    """Print lines, in colours where a person is looking."""
    style = Style(colours=colours_of(Colour.auto, os.environ, terminal=to.isatty()))
    for line in lines:
        typer.echo("".join(painted(each.text, each.role, style) for each in line), file=to)


def columns() -> int:
    """Return how wide the terminal is."""
    return shutil.get_terminal_size().columns


def _command(arguments: Sequence[str], instead: Iterable[tuple[str, str]]) -> list[str]:
    """Return the words of a command line, quoted, with other names in place of some."""
    words = [*arguments]
    place = next((n for n, each in enumerate(words) if not each.startswith("-")), 0)
    for wrong, right in instead:
        whole = re.compile(rf"(?<![\w-]){re.escape(wrong)}(?![\w-])")
        for number, word in enumerate(words):
            if number != place:
                words[number] = whole.sub(lambda _, right=right: right, word)  # type: ignore[misc]
            elif word == wrong:
                words[number] = right
    return ["chipcalc", *map(quoted, words)]


def misused(fault: Any, arguments: Sequence[str]) -> Problem:
    """Return what is wrong with the words of a command line, from the fault of its parser.

    `fault` is one of typer's errors of use: an option that there is none of, a missing word.
    """
    path = fault.ctx.command_path if fault.ctx else " ".join(["chipcalc", *arguments[:1]])
    help_, parameter = f"{path} {_HELP}", getattr(fault, "param", None)
    kind = type(fault).__name__
    if kind == "MissingParameter":
        name = parameter.get_error_hint() if parameter else "something"
        return Problem(f"{path} needs {_named(name)}", command=help_)
    if kind == "NoSuchOption":
        options = [each for found in fault.ctx.command.params for each in found.opts]
        what = f"{path} has no option '{fault.option_name}'"
        return _one(unknown(what, fault.option_name, options, ("options", "known"), help_))
    if fault.message.startswith("No such command"):
        name = re.findall(r"'([^']*)'", fault.message)[0]
        kind_of = ("commands", "known")
        known = fault.ctx.command.commands
        return _one(unknown(f"no command '{name}'", name, known, kind_of, help_))
    value, *words = re.findall(r"'([^']*)'", fault.message)[:99] or [""]
    if parameter and "is not one of" in fault.message:
        what = f"{_option(parameter)} cannot be '{value}'"
        listed = f"write one of {', '.join(words)}"
        return _one(unknown(what, value, words, ("words", "known"), listed))
    return Problem(_told(fault, parameter), command=help_)


_WRITTEN = (
    ("valid integer|whole number", "a whole number"),
    (r"less than or equal to ([\d.]+)", r"at most \1"),
    (r"greater than or equal to ([\d.]+)", r"at least \1"),
    ("valid number", "a number"),
)


def _one(fault: Any) -> Problem:
    problem: Problem = fault.problems[0]
    return problem


def _named(words: str) -> str:
    """Return what a parameter is called, without quotes and brackets."""
    return re.sub(r"[\[\]'\"]", "", words)


def _option(parameter: Any) -> str:
    """Return the name of an option or argument, as it is typed."""
    return _named(str(max(parameter.opts, key=len)))


def _told(fault: Any, parameter: Any) -> str:
    """Return the words of any other fault, in the shape of ours."""
    extra = re.fullmatch(r"Got unexpected extra argument\(?s?\)? \((.*)\)", fault.message)
    if extra:
        return f"too many words: {extra[1]}"
    lacking = re.fullmatch(r"Option '([^']+)' requires an argument\.?", fault.message)
    if lacking:
        return f"{lacking[1]} needs a value"
    flag = re.fullmatch(r"Option '([^']+)' does not take a value\.?", fault.message)
    if flag:
        return f"{flag[1]} takes no value"
    message = fault.message.rstrip(".")
    for said, write in _WRITTEN:
        found = re.search(said, message, re.IGNORECASE)
        if found and parameter:
            return f"{_option(parameter)} takes {found.expand(write)}"
    place = f"{_option(parameter)}: " if parameter else ""
    return f"{place}{message[:1].lower()}{message[1:]}"
