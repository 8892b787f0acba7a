"""Claims in one line, answered, as a script has them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from chipcalc.api.result import Result
from chipcalc.claims.answered import Answered
from chipcalc.claims.asking import Asking
from chipcalc.claims.claim import Settlement
from chipcalc.claims.context import Context
from chipcalc.errors import each_of
from chipcalc.figures.exchange import rate
from chipcalc.sheets.store import Store
from chipcalc.tables import question as question_table
from chipcalc.tables.report import Report
from chipcalc.words.claims.question import told
from chipcalc.words.claims.speaker import Speaker
from chipcalc.words.language import ENGLISH, language
from chipcalc.words.line import plain


class Answer:
    """A claim in one line with its answer."""

    def __init__(self, found: Answered, store: Store) -> None:
        self.found = found
        self._store = store

    @property
    def claim(self) -> str:
        """The claim as it was asked."""
        return self.found.asked.text

    @property
    def settlement(self) -> Settlement:
        """How it is settled: holds, fails, depends, not settled, or as marketed."""
        return self.found.settlement

    def __str__(self) -> str:
        """Return the answer in one sentence."""
        return plain(told(self.found, Speaker(ENGLISH, self._store.vocabulary, {})).title.text)

    def __repr__(self) -> str:
        return f"Answer({str(self)!r})"


class Answers(Result):
    """Claims with their answers, in the order in which they were asked."""

    def __init__(
        self, found: Sequence[Answered], day: datetime.date, store: Store, options: Sequence[str]
    ) -> None:
        self.found = tuple(found)
        self.day = day
        self._store = store
        self._options = tuple(options)

    def __iter__(self) -> Iterator[Answer]:
        return (Answer(each, self._store) for each in self.found)

    def __len__(self) -> int:
        return len(self.found)

    def report(self, *, lang: str = "en", explain: bool = False) -> Report:
        """Return the lines that the command line prints; raises ChipcalcError for a language."""
        who = Speaker(language(lang, self._store.folders), self._store.vocabulary, {})
        options = [*self._options, *(["--lang", lang] if lang != ENGLISH.code else [])]
        return question_table.report(self.found, self.day, who, options, explain=explain)

    def __repr__(self) -> str:
        return f"Answers({len(self)} claims)"


def answers(
    claims: Sequence[str],
    store: Store,
    day: datetime.date,
    rates: Sequence[str] = (),
    options: Sequence[str] = (),
) -> Answers:
    """Return claims with their answers on a day; raises ChipcalcError with all that is wrong."""
    asking = Asking(Context(store, [rate(each) for each in rates]), day)
    return Answers(each_of(claims, asking.answer), day, store, options)
