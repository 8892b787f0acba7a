"""The rules looked up: those of a day, or one of them, of the regime that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chipcalc.api.database import Database
from chipcalc.commands.check import EVERY
from chipcalc.tables.report import Report


def rules(
    db: Database,
    name: str,
    as_of: str,
    own: Sequence[Path],
    asked: Sequence[str] = (),
    *,
    whole: bool = False,
    regime: str = "",
) -> Report:
    """Return the rules of a day, or one rule; raises ChipcalcError for a name that is none.

    `asked` are the words of the command, for those that show more of the same. With a regime, they
    are its rules; with the word for all, the regimes are listed.
    """
    from chipcalc.tables import rules as table

    found = db.rules(as_of, files=own)
    if regime == EVERY and not name:
        from chipcalc.tables.regimes_known import listed

        return listed(found.rulebook, found.as_of)
    book = found.rulebook.of(regime) if regime not in ("", EVERY) else found.rulebook
    if name:
        day = found.as_of if as_of else None
        if not regime or regime == EVERY:
            book = book.holding([name])
        return table.one(book.rule(name), book, day, asked, whole=whole)
    if regime:
        from chipcalc.tables.regimes_known import one

        return one(book, found.as_of, asked)
    return table.listed(book, found.as_of, asked)
