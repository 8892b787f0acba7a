"""A side of a claim read: the chip by its name, the metric and the conditions around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from chipcalc.claims.asked import Term
from chipcalc.claims.grammar import Text, counted, fault
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.sheets.store import Store
from chipcalc.values.units import Quantity
from chipcalc.vocabulary import notation
from chipcalc.vocabulary.conditions import OWN
from chipcalc.vocabulary.expressions import Constant, Convert, Expression, Operation
from chipcalc.vocabulary.model import Vocabulary

_LIMIT = re.compile(
    r"(?:of\s+)?(?:the\s+)?(?:red\s+|export\s+)?(?:limits?|lines?|thresholds?)", re.IGNORECASE
)
_BRACKETS = re.compile(r"\.(?=[A-Za-z_])|[\[\],]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_QUOTE = re.compile(r"(?P<rest>.*\S)\s*\((?P<value>[^()]+)\)")
_LONGEST = 5  # words of a metric's name


class Side(NamedTuple):
    """A side as a term, with the number of chips as it is written, and what is only measured."""

    term: Term
    written: str = ""
    measured: str = ""


class Words:
    """The words around a chip's name: metrics, conditions, and what no spec sheet states."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    @cached_property
    def metrics(self) -> Mapping[str, str]:
        """The metric of each name that people give one, folded."""
        found: dict[str, str] = {}
        for name, each in self.vocabulary.metrics.items():
            for said in (
                name,
                name.replace("_", " "),
                each.label,
                each.short,
                each.title,
                each.column,
                *each.called,
            ):
                if said and not each.given:
                    found.setdefault(_plain(said), name)
        return found

    @cached_property
    def conditions(self) -> Mapping[str, tuple[str, str]]:
        """The condition and its value of each word for one; the first one that has it."""
        found: dict[str, tuple[str, str]] = {}
        for name, condition in self.vocabulary.conditions.items():
            for value, each in condition.values.items() if condition.role not in OWN else ():
                for said in (value, each.label):
                    found.setdefault(_plain(said), (name, value))
        return found

    @cached_property
    def measured(self) -> Mapping[str, str]:
        """The words for what is measured, folded."""
        return {_plain(each): each for each in self.vocabulary.measured}


class Parts:
    """Reads the sides of claims with the names of a store's chips."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.words = Words(store.vocabulary)

    def side(self, part: Text, text: str) -> Side:
        """Return a side; raises ChipcalcError that shows what of it names no chip."""
        if _LIMIT.fullmatch(part.text):
            return Side(Term(limit=True))
        quote = _QUOTE.fullmatch(part.text)
        quoted = self._quantity(quote["value"]) if quote else None
        if quote and quoted and quoted.unit.dimension:
            found = self.side(Text(quote["rest"], part.at), text)
            return found._replace(term=found.term._replace(quoted=quoted))
        value = self._quantity(part.text)
        if value is not None:
            return Side(Term(value=value))
        if self._is_name(part.text):
            return Side(Term(part.text))
        count, rest, written = counted(part)
        term, measured = self._named(rest, text)
        return Side(term._replace(number=count), written, measured)

    def quantity(self, part: Text, text: str) -> Quantity:
        """Return the quantity that a part is; raises ChipcalcError that shows it."""
        value = self._quantity(part.text)
        if value is None:
            end = part.at + len(part.text)
            raise fault(
                text, part.at, end, f"'{part.text}' is no quantity", "write for example: 112 GB"
            )
        return value

    def _quantity(self, text: str) -> Quantity | None:
        """Return what a number with a unit comes to, or a product of such; None for all else."""
        if not text[:1].isdigit() or self._is_name(text):
            return None
        try:
            plain = _THOUSANDS.sub("", text.replace(" x ", " * "))
            node = notation.parse(plain, self.store.vocabulary)
            return _worth(node)
        except ChipcalcError:
            return None

    def _is_name(self, text: str) -> bool:
        return self.store.match(text).confidence == "exact" if text else False

    def _named(self, part: Text, text: str) -> tuple[Term, str]:
        """Return the chip of a side with the metric and the conditions that stand around it."""
        words = _BRACKETS.sub(" ", part.text).split()
        metric, when, measured = "", dict[str, str](), ""
        words, metric = self._leading(words)
        while len(words) > 1:
            length, found = self._last(words)
            if not length:
                break
            kind, value = found
            if kind == "metric":
                metric = metric or value
            elif kind == "measured":
                measured = measured or value
            else:
                when.setdefault(kind, value)
            words = words[:-length]
        words = (
            words[:-1] if len(words) > 1 and words[-1].casefold() in ("at", "in", "of") else words
        )
        name = " ".join(words)
        self._known(name, part, text)
        return Term(name, metric=metric, when=when), measured

    def _leading(self, words: list[str]) -> tuple[list[str], str]:
        """Return the words behind ``the memory of``, and the metric that is named there."""
        start = 1 if words and words[0].casefold() == "the" else 0
        for end in range(min(start + _LONGEST, len(words) - 1), start, -1):
            named = self.words.metrics.get(_plain(" ".join(words[start:end])))
            if named and words[end].casefold() == "of" and len(words) > end + 1:
                return words[end + 1 :], named
        return words[start:], ""

    def _last(self, words: list[str]) -> tuple[int, tuple[str, str]]:
        """Return how many of the last words are a metric or a condition, and which."""
        for length in range(min(_LONGEST, len(words) - 1), 0, -1):
            said = _plain(" ".join(words[-length:]))
            for kind, known in (("metric", self.words.metrics), ("measured", self.words.measured)):
                if said in known:
                    return length, (kind, known[said])
            if said in self.words.conditions:
                return length, self.words.conditions[said]
        return 0, ("", "")

    def _known(self, name: str, part: Text, text: str) -> None:
        """Raise ChipcalcError that shows the name where no chip goes by it."""
        at = text.find(name, part.at)
        start, end = (at, at + len(name)) if at >= 0 else (part.at, part.at + len(part.text))
        if re.fullmatch(r"[\d.,\s%]*", name):
            what = f"'{part.text}' is neither a chip nor a quantity"
            raise fault(
                text, start, end, what, "write a chip, or a number with its unit: 780 TFLOPS"
            )
        try:
            if not any(sign in name for sign in "*?["):
                self.store.choose(name)
        except ChipcalcError as error:
            raise ChipcalcError(
                *(each.within(text, start, end) for each in error.problems)
            ) from None
        if any(sign in name for sign in "*?["):
            raise ChipcalcError(Problem(f"'{name}' is a pattern", hint="name a chip or a family"))


def _worth(node: Expression) -> Quantity | None:
    """Return what an expression without chips comes to; None for one with chips."""
    match node:
        case Constant():
            return node.value
        case Operation(operator="multiply" | "divide", operands=operands):
            values = [_worth(each) for each in operands]
            known = [each for each in values if each is not None]
            if len(known) < len(values):
                return None
            found = known[0]
            for each in known[1:]:
                found = found * each if node.operator == "multiply" else found / each
            return found
        case Convert():
            inner = _worth(node.of)
            return inner.to(node.unit) if inner else None
        case _:
            return None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
