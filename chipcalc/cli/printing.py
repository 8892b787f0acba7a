"""Answers on their way out: to the screen, its pager, a pipe or a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from chipcalc.cli import screen
from chipcalc.cli.output import BINARY, SCREEN, Format, Output
from chipcalc.errors import ChipcalcError, error, in_sight

if TYPE_CHECKING:
    from chipcalc.contract.flow import Flow
    from chipcalc.tables.report import Report
    from chipcalc.tables.style import Style

_ANY = "\U0010ffff"  # what can be encoded where everything can


def show_report(report: Report, output: Output, notices: Iterable[str] = ()) -> None:
    """Print notices to stderr, and a report to where it goes; raise ChipcalcError if it cannot."""
    for notice in dict.fromkeys(notices):
        remark(notice)
    if output.format is Format.table:
        style = screen.style(output)
        if not output.file and not sys.stdout.isatty():
            report = _answer_alone(report, style, output)
        _deliver(_screen(report, style, output), output, style)
        return
    if output.format is Format.xlsx:
        from chipcalc.tables.workbook import workbook

        _deliver_bytes(workbook(report), output)
        return
    if output.format is Format.docx:
        from chipcalc.tables.docx import docx

        _deliver_bytes(docx(report), output)
        return
    from chipcalc.tables.render import FORMATS
    from chipcalc.tables.style import PLAIN

    show_text(FORMATS[output.format.value](report, PLAIN), output)


def streams(output: Output) -> bool:
    """Whether what is found can be written as soon as it is known: rows that no pager shows.

    A text that standard output cannot take whole is better refused before its first line.
    """
    if output.format is Format.csv:
        plain = bool(output.file) or screen.encodes(_ANY)
    else:
        plain = output.format is Format.json
    return plain and bool(output.file or not sys.stdout.isatty())


def show_flow(flow: Flow, output: Output, notices: Iterable[str] = ()) -> None:
    """Print notices to stderr, and an answer piece by piece to where it goes.

    Raises ChipcalcError where that cannot be written.
    """
    from chipcalc.tables.flowing import LINES

    for notice in dict.fromkeys(notices):
        remark(notice)
    pieces = LINES[output.format.value](flow)
    if output.file:
        write(output.file, (each.encode() for each in pieces))
        return
    for each in pieces:
        sys.stdout.write(_printable(each, output.format))
        sys.stdout.flush()


def show_text(text: str, output: Output = SCREEN) -> None:
    """Print a text that is finished to where it goes."""
    if output.format in BINARY:
        what = f"this is a text, and no {BINARY[output.format]}"
        raise error(what, "write it to a file that ends in .txt")
    _deliver(text, output)


def remark(words: str) -> None:
    """Print a remark, which is for the reader and no part of the answer, to stderr."""
    if screen.in_ascii():
        from chipcalc.tables.transliteration import in_ascii

        words = in_ascii(words)
    typer.echo(in_sight(words), err=True)


def _answer_alone(report: Report, style: Style, output: Output) -> Report:
    """Return a report as a pipe takes it; what stands aside of its answer is told to stderr."""
    if not (report.aside and report.parts[report.kept :]):
        return report
    answer, rest = report.apart()
    remark(_screen(rest, style, output))
    return answer


def _screen(report: Report, style: Style, output: Output) -> str:
    """Return a report as the text of a screen, in signs that can be shown there."""
    from chipcalc.tables.terminal import table

    if not style.ascii:
        return table(report, style)
    from chipcalc.tables import transliteration as signs

    has = str.isascii if screen.in_ascii() else signs.has(screen.encoding())
    if screen.in_ascii():
        report = signs.report_in_ascii(report)
    if not output.file:
        report = signs.report_in_encoding(report, screen.encoding())
    return signs.finished(table(report, style), has)


def _deliver(text: str, output: Output, style: Style | None = None) -> None:
    """Write a text to its file, or print it, in a pager where it is long."""
    if output.file:
        write(output.file, f"{text}\n".encode())
        return
    text = _printable(text, output.format)
    colour = bool(style and style.colours != "none")
    if output.pager and screen.pages(text, wide=output.wide):
        screen.show_in_pager(text, colour=colour, wide=output.wide)
    else:
        typer.echo(text, color=colour)


def _deliver_bytes(content: bytes, output: Output) -> None:
    if output.file:
        write(output.file, content)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _printable(text: str, format: Format) -> str:  # noqa: A002
    """Return a text as standard output can take it without loss, or raise ChipcalcError.

    JSON and HTML have a way to write any sign. A screen may lose one, other formats may not.
    """
    if screen.encodes(text):
        return text
    if format is Format.json:
        return "".join(each if screen.encodes(each) else _escaped(each) for each in text)
    how = {Format.html: "xmlcharrefreplace", Format.table: "replace"}.get(format, "strict")
    try:
        return text.encode(screen.encoding(), how).decode(screen.encoding())
    except UnicodeEncodeError as fault:
        what = f"standard output has no '{text[fault.start]}': it is in {screen.encoding()}"
        raise error(what, "write a file with -o, or set PYTHONIOENCODING=utf-8") from None


def _escaped(sign: str) -> str:
    from json import dumps

    return dumps(sign)[1:-1]


def write(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file whole or not at all, and say so; raise ChipcalcError if it cannot be written.

    It is written beside its place and then put there. What is no plain file, such as a device, is
    written to as it is.
    """
    pieces = (content,) if isinstance(content, bytes) else content
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                file.writelines(pieces)
        else:
            _replace(Path(os.path.realpath(path)), pieces)
    except OSError as fault:
        raise _unwritten(path, fault) from None
    remark(f"wrote {path}")


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.writelines(pieces)
        if path.exists():
            beside.chmod(path.stat().st_mode)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _unwritten(path: Path, fault: OSError) -> ChipcalcError:
    reason = (fault.strerror or "no reason is known").lower()
    return error(f"'{path}' cannot be written: {reason}", "write it somewhere else")
