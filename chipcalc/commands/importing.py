"""A table of other people, taken over as unverified sheets of the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from chipcalc import bounded
from chipcalc.errors import error, join_words
from chipcalc.intake.decimals import decimal_mark
from chipcalc.intake.imported import Imported
from chipcalc.intake.long import wide
from chipcalc.intake.mapping import Mapping, fits, mapping
from chipcalc.intake.sheets import Written, planned, sheet, write
from chipcalc.intake.table import Fault, Table, table
from chipcalc.intake.texts import Form
from chipcalc.intake.understood import Item, known_columns, slug, understood
from chipcalc.progress import Progress, untold
from chipcalc.sheets.store import Store, open_store
from chipcalc.tables import importing
from chipcalc.tables.report import Report
from chipcalc.values.cells import DecimalMark

_SEPARATORS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}


class Wanted(NamedTuple):
    """A table to take over in the words of a user; what is empty is found, or is not asked for."""

    path: Path
    mapping: str = ""
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    decimal: str = ""
    prefix: str = ""
    preview: bool = False


def imported(wanted: Wanted, specs: Sequence[Path] = (), progress: Progress = untold) -> Imported:
    """Return what a table states, with its sheets written into the first folder, but for a preview.

    Raises ChipcalcError for what cannot be read or written, and for a table of which no row has
    a usable figure.
    """
    if not wanted.preview and not specs:
        raise error("no folder to write into", "add --specs my-specs, or --dry-run")
    prefix = slug(wanted.prefix)
    if wanted.prefix and not prefix:
        raise error(f"'{wanted.prefix}' is no beginning of an id", "write letters or digits")
    store = open_store([each for each in specs if bounded.is_folder(each)])
    read, by = _read(wanted, store.folders)
    fits(by, store.vocabulary)
    decimal = _decimal(wanted.decimal, by, read)
    read, faults = _as_products(read, by, decimal)
    found = understood(read, by, decimal, prefix)
    found = found._replace(faults=(*faults, *found.faults))
    if not found.items:
        raise error(f"no row of '{wanted.path}' has a usable figure", "choose another --mapping")
    folder = specs[0] if specs else Path()
    plan = planned(found.items, folder, store.files)
    known = _known(progress(found.items), plan, store)
    if not wanted.preview:
        texts = {e.id: sheet(e, by, store.vocabulary) for e in progress(found.items)}
        write(texts, plan)
    shown = str(folder) if specs else ""
    how = (by, read.columns, read.said, decimal)
    return Imported(str(wanted.path), shown, *how, found, plan, known, preview=wanted.preview)


def report(
    result: Imported, specs: Sequence[Path], asked: Sequence[str], *, whole: bool = False
) -> Report:
    """Return what came of a table, to be printed; `asked` is the command that asked."""
    vocabulary = open_store([each for each in specs if bounded.is_folder(each)]).vocabulary
    return importing.report(result, vocabulary, asked, whole=whole)


def _read(wanted: Wanted, folders: Sequence[Path]) -> tuple[Table, Mapping]:
    named = wanted.separator.casefold()
    separator = _SEPARATORS.get(named, wanted.separator)
    if len(separator) > 1:
        raise error(f"'{wanted.separator}' is no separator", "write --separator ';' or tab")
    form = Form(wanted.encoding, separator, wanted.sheet)
    if not wanted.mapping:
        read = _filled(table(wanted.path, form=form), wanted.path)
        return read, mapping("", read.columns, folders)
    by = mapping(wanted.mapping, (), folders)
    read = table(wanted.path, by.rows or "", form, (by.name, *by.recognised_by))
    read = _filled(read, wanted.path)
    if by.name not in read.columns:
        hint = f"its columns are {join_words(read.columns[:12], 'and')}"
        raise error(f"'{wanted.path}' has no column '{by.name}', which {by.id} asks for", hint)
    return read, by


def _known(items: Iterable[Item], plan: Written, store: Store) -> dict[str, str]:
    """Return the chips that the names of new sheets mean today, by the ids of these."""
    matches = ((each.id, store.match(each.name)) for each in items if each.id in plan.made)
    return {
        name: match.candidates[0].id
        for name, match in matches
        if match.confidence in ("exact", "sure") and len(match.candidates) == 1
    }


def _filled(read: Table, path: Path) -> Table:
    if not read.rows:
        what = "has no rows below its header" if read.columns else "is empty"
        raise error(f"'{path}' {what}", "give the path of a table")
    return read


def _decimal(said: str, by: Mapping, read: Table) -> DecimalMark | None:
    """Return the decimal mark that is said, or else the one the cells tell, or that of the mapping.

    A table that somebody saved anew may have another than it has at its source.
    """
    marks = {"comma": ",", "point": "."}
    if said:
        for each in get_args(DecimalMark):
            if marks.get(said, said) == each:
                mark: DecimalMark = each
                return mark
        raise error(f"'{said}' is no decimal mark", "write --decimal point, or comma")
    names = known_columns(by) - {by.name, by.vendor, by.launched}
    names |= {by.long.value, by.long.largest or ""} if by.long else set()
    told = decimal_mark(row.cells.get(each, "") for row in read.rows for each in names)
    return told or by.decimal


def _as_products(
    read: Table, by: Mapping, decimal: DecimalMark | None
) -> tuple[Table, tuple[Fault, ...]]:
    if by.long is None:
        return read, ()
    made = wide(read, by.name, by.long, decimal)
    return made.table, made.faults
