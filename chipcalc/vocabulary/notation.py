"""Expressions as people type them: ``h20.throughput[fp16] / h20.board_power``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from chipcalc.errors import ChipcalcError, Excerpt, Problem, error, merged
from chipcalc.values import units
from chipcalc.values.interval import exactly
from chipcalc.values.units import Quantity
from chipcalc.vocabulary import conditions
from chipcalc.vocabulary.expressions import (
    Constant,
    Convert,
    Expression,
    Metric,
    Operation,
    Operator,
)
from chipcalc.vocabulary.model import Vocabulary

_POWER = r"(?:\^-?[1-9]|[1-9](?![\w.])|[²³])?"
_FACTOR = rf"(?![\w-]*\.[A-Za-z_])[A-Za-zµ%][A-Za-zµ_]*{_POWER}"
_PRODUCT = rf"\(\s*{_FACTOR}(?:\s*[*/·]\s*{_FACTOR})*\s*\)"
_UNIT = rf"{_FACTOR}(?:[*/·](?:{_PRODUCT}|{_FACTOR}))*(?![\w(])"
_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<metric>(?P<chip>[^\W\d_][\w-]*|\d[\w-]*[^\W\d_][\w-]*)\.(?P<name>[A-Za-z_]+)(?:\[(?P<when>[^\]]*)\])?)
    |(?P<number>[0-9](?:[0-9._]|,(?=[0-9]))*(?:[eE][+-]?[0-9]+)?)
        (?:[ ]?(?P<unit>(?!(?:to|in)\b){_UNIT}))?
    |(?P<word>[^\W\d_][\w-]*)
    |(?P<sign>[-+*/()×÷·−,])
    )""",
    re.VERBOSE,
)
_TARGET = re.compile(r"\s(?P<word>to|in)(?:\s|$)")
_SIGNS: Mapping[str, Operator] = {
    "+": "add",
    "-": "subtract",
    "−": "subtract",
    "*": "multiply",
    "×": "multiply",
    "·": "multiply",
    "/": "divide",
    "÷": "divide",
}
_FUNCTIONS: Mapping[str, Operator] = {"min": "smallest", "max": "largest"}
_TARGETED = "for example: 3.35 TB/s to GB/s"
_LONGEST = 1000
_DEEPEST = 50

Span: TypeAlias = tuple[int, int]


class _Token(NamedTuple):
    kind: str
    text: str
    at: int
    parts: Mapping[str, str | None]


class Written(NamedTuple):
    """An expression with its text, and the span of it that each node was read from."""

    text: str
    node: Expression
    spans: Mapping[int, Span]

    def span(self, node: Expression) -> Span:
        """Return where a node stands in the text; all of it for one that is not there."""
        return self.spans.get(id(node), (0, len(self.text)))


class Alone(NamedTuple):
    """What goes for a chip that stands alone, and the metric that is meant by one."""

    is_chip: Callable[[str], bool]
    metric: str


def parse(text: str, vocabulary: Vocabulary) -> Expression:
    """Return the expression that a text writes; raises ChipcalcError that says where it fails.

    The language has numbers with units, ``chip.metric[condition, …]``, the four operations,
    parentheses, min, max, and ``to UNIT`` at the end. There is nothing in it that could run code.
    """
    return written(text, vocabulary).node


def written(text: str, vocabulary: Vocabulary, alone: Alone | None = None) -> Written:
    """Return what `parse` does, with the place of every part in the text; raises as it does.

    A chip may stand alone, and so many of it as in ``8 h20``, where it is said what that means.
    """
    if len(text) > _LONGEST:
        raise error("the expression is too long", f"at most {_LONGEST} characters")
    whole, target = _split_target(text)
    parser = _Parser(_tokens(whole, text), text, vocabulary, alone)
    node = parser.whole()
    if target is not None:
        if not target:
            raise _at(text, len(text.rstrip()), "a unit is missing at the end", _TARGETED)
        span = (text.rindex(target), len(text.rstrip()))
        with _quoting(text, span):
            node = Convert(node, units.unit(target))
        parser.spans[id(node)] = span
    return Written(text, node, parser.spans)


@contextmanager
def _quoting(text: str, span: Span) -> Iterator[None]:
    """Have every error quote the text, with the word that it names in a part of it."""
    try:
        yield
    except ChipcalcError as fault:
        raise ChipcalcError(*(each.within(text, *span) for each in fault.problems)) from None


def conditions_of(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the conditions in the brackets of a metric; raises ChipcalcError."""
    return conditions.parse(text, vocabulary, text)


def _split_target(text: str) -> tuple[str, str | None]:
    """Return an expression and the unit that ``to`` or ``in`` asks for at its end, if any."""
    targets = list(_TARGET.finditer(text))
    if not targets:
        return text, None
    return text[: targets[-1].start()], text[targets[-1].end() :].strip()


def _tokens(text: str, whole: str) -> list[_Token]:
    """Return the tokens of a part of a whole text, from its start; raises ChipcalcError."""
    found, at = [], 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise _at(whole, start, f"'{text[start]}' does not belong here")
        kind = match.lastgroup or ""
        for each in ("metric", "number", "word", "sign"):
            if match[each] is not None:
                kind = each
        start = match.end() - len(match[0].lstrip())
        found.append(_Token(kind, match[0].strip(), start, match.groupdict()))
        at = match.end()
    return found


class _Parser:
    """Reads tokens from left to right; one method a level of precedence."""

    def __init__(
        self, tokens: list[_Token], text: str, vocabulary: Vocabulary, alone: Alone | None
    ) -> None:
        self.alone = alone
        self.tokens = tokens
        self.text = text
        self.vocabulary = vocabulary
        self.position = 0
        self.depth = 0
        self.changes = 0
        self.inside = 0
        self.spans: dict[int, Span] = {}
        self.problems: list[Problem] = []
        self.named = 0

    def whole(self) -> Expression:
        if not self.tokens:
            raise error(
                "an empty expression", "for example: h20.memory_bandwidth / h100.memory_bandwidth"
            )
        node = self.sum()
        if self.position < len(self.tokens):
            token = self.tokens[self.position]
            raise _at(self.text, token.at, "an operator is missing", length=len(token.text))
        if self.problems:
            raise ChipcalcError(*merged(self.problems, self.named))
        return node

    def sum(self) -> Expression:
        return self.row(("+", "-", "−"), self.product)

    def product(self) -> Expression:
        return self.row(("*", "×", "·", "/", "÷"), self.factor)

    def row(self, signs: Sequence[str], part: Callable[[], Expression]) -> Expression:
        """Return a row of parts with signs of one level between them."""
        start = self.position
        node = part()
        while sign := self.take(*signs):
            node = self.joined(node, sign, part())
            self.note(node, start)
        return node

    def note(self, node: Expression, start: int) -> None:
        """Keep where a node stands that was read from a token on."""
        first, last = self.tokens[start], self.tokens[self.position - 1]
        self.spans[id(node)] = (first.at, last.at + len(last.text))

    def joined(self, first: Expression, sign: str, second: Expression) -> Expression:
        """Return an operation; a row of equal signs is one operation with many operands."""
        operator = _SIGNS[sign]
        if isinstance(first, Operation) and first.operator == operator:
            return Operation(operator, (*first.operands, second))
        self.changes += 1
        if self.changes > _DEEPEST:
            raise error("the expression is too long", "compute it in parts")
        return Operation(operator, (first, second))

    def factor(self) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise error("the expression is nested too deeply")
        start = self.position
        node = self.inner()
        self.note(node, start)
        self.depth -= 1
        return node

    def inner(self) -> Expression:
        if self.take("("):
            node = self.sum()
            self.close()
            return node
        if self.position == len(self.tokens):
            raise _at(self.text, len(self.text), "something is missing at the end")
        token = self.tokens[self.position]
        self.position += 1
        if token.kind == "metric":
            return self.metric(token)
        if counted := self.counted(token):
            return counted
        if token.kind == "number":
            with _quoting(self.text, (token.at, token.at + len(token.text))):
                amount = self.number(token)
                unit = units.unit(token.parts["unit"]) if token.parts["unit"] else units.ONE
                return Constant(units.sizeable(Quantity(exactly(amount), unit), token.text))
        if token.kind == "word":
            return self.word(token)
        what = f"'{token.text}' does not belong here"
        raise _at(self.text, token.at, what, length=len(token.text))

    def counted(self, token: _Token) -> Expression | None:
        """Return so many of a chip, ``8 h20.board_power``; None where no chip follows a number."""
        number, unit = token.parts["number"] or "", token.parts["unit"] or ""
        if token.kind != "number" or not number.isdecimal():
            return None
        if unit and self.is_chip(unit):
            return self.of_chip(f"{number} {unit}")
        if unit or self.position == len(self.tokens):
            return None
        following = self.tokens[self.position]
        if following.kind == "metric":
            self.position += 1
            node = self.metric(following)
            return node._replace(chip=f"{number} {node.chip}")
        if following.kind == "word" and self.is_chip(following.text):
            self.position += 1
            return self.of_chip(f"{number} {following.text}")
        return None

    def is_chip(self, word: str) -> bool:
        return bool(self.alone and self.alone.is_chip(word))

    def of_chip(self, chip: str) -> Expression:
        """Return what a chip that stands alone means."""
        self.named += 1
        return Metric(self.alone.metric if self.alone else "", chip)

    def number(self, token: _Token) -> Fraction:
        text = token.parts["number"] or ""
        if self.inside and "," in text:
            what, hint = f"'{text}' reads as one number", "put a space after ,"
            raise _at(self.text, token.at, what, hint, len(text))
        return units.number(text)

    def metric(self, token: _Token) -> Metric:
        """Return a figure of a chip; a wrong name is told with all others, at the end."""
        name = (token.parts["name"] or "").casefold()
        self.named += 1
        when: Mapping[str, str] = {}
        try:
            with _quoting(self.text, (token.at, token.at + len(token.text))):
                self.vocabulary.metric(name)
                when = conditions.parse(token.parts["when"] or "", self.vocabulary)
        except ChipcalcError as fault:
            self.problems += fault.problems
        return Metric(name, token.parts["chip"] or "", when)

    def word(self, token: _Token) -> Expression:
        if token.text in _FUNCTIONS and self.take("("):
            self.inside += 1
            operands = [self.sum()]
            while self.take(","):
                operands.append(self.sum())
            self.close()
            self.inside -= 1
            return Operation(_FUNCTIONS[token.text], tuple(operands))
        if token.text in self.vocabulary.metrics:
            what, hint = f"{token.text} of which chip?", f"write h20.{token.text}"
            raise _at(self.text, token.at, what, hint, len(token.text))
        if any(map(str.isdigit, token.text)) and self.is_chip(token.text):
            return self.of_chip(token.text)
        try:
            return Constant(Quantity(exactly(1), units.unit(token.text)))
        except units.UnitError:
            if self.is_chip(token.text):
                return self.of_chip(token.text)
            what = f"'{token.text}' is neither a unit nor a figure"
            hint = (
                f"write {token.text}.{next(iter(self.vocabulary.metrics))} for a figure of a chip"
            )
            raise _at(self.text, token.at, what, hint, len(token.text)) from None

    def take(self, *signs: str) -> str:
        if self.position < len(self.tokens) and self.tokens[self.position].text in signs:
            self.position += 1
            return self.tokens[self.position - 1].text
        return ""

    def close(self) -> None:
        if not self.take(")"):
            ended = self.position == len(self.tokens)
            at = len(self.text.rstrip()) if ended else self.tokens[self.position].at
            length = 1 if ended else len(self.tokens[self.position].text)
            raise _at(self.text, at, "a closing parenthesis is missing", length=length)


def _at(text: str, at: int, what: str, hint: str = "", length: int = 1) -> ChipcalcError:
    """Return an error at a place in an expression."""
    hint = hint or "for example: h20.throughput[fp16] / h20.board_power"
    excerpt = Excerpt((text,), ((at, at + length),))
    return ChipcalcError(Problem(what, hint=hint, excerpt=excerpt))
