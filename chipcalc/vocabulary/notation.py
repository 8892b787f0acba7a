"""Expressions as people type them: ``h20.throughput[fp16] / h20.board_power``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from chipcalc.errors import ChipcalcError, error
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
_UNIT = rf"{_FACTOR}(?:[*/·](?:\([^()]*\)|{_FACTOR}))*"
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
_TARGET = re.compile(r"\s(?:to|in)\s")
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
_LONGEST = 1000
_DEEPEST = 50


class _Token(NamedTuple):
    kind: str
    text: str
    at: int
    parts: Mapping[str, str | None]


def parse(text: str, vocabulary: Vocabulary) -> Expression:
    """Return the expression that a text writes; raises ChipcalcError that says where it fails.

    The language has numbers with units, ``chip.metric[condition, …]``, the four operations,
    parentheses, min, max, and ``to UNIT`` at the end. There is nothing in it that could run code.
    """
    if len(text) > _LONGEST:
        raise error("the expression is too long", f"at most {_LONGEST} characters")
    whole, target = _split_target(text)
    parser = _Parser(_tokens(whole), whole, vocabulary)
    node = parser.whole()
    return Convert(node, units.unit(target)) if target else node


def conditions_of(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return the conditions in the brackets of a metric; raises ChipcalcError."""
    return conditions.parse(text, vocabulary, text)


def _split_target(text: str) -> tuple[str, str]:
    """Return the expression and, where it ends in ``to UNIT`` or ``in UNIT``, that unit's text."""
    targets = list(_TARGET.finditer(text))
    if not targets:
        return text, ""
    return text[: targets[-1].start()], text[targets[-1].end() :].strip()


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            raise _at(text, at, f"'{text[at:].strip()[:1]}' does not belong here")
        kind = match.lastgroup or ""
        for each in ("metric", "number", "word", "sign"):
            if match[each] is not None:
                kind = each
        found.append(_Token(kind, match[0].strip(), match.start(), match.groupdict()))
        at = match.end()
    return found


class _Parser:
    """Reads tokens from left to right; one method a level of precedence."""

    def __init__(self, tokens: list[_Token], text: str, vocabulary: Vocabulary) -> None:
        self.tokens = tokens
        self.text = text
        self.vocabulary = vocabulary
        self.position = 0
        self.depth = 0
        self.changes = 0
        self.inside = 0

    def whole(self) -> Expression:
        if not self.tokens:
            raise error(
                "an empty expression", "for example: h20.memory_bandwidth / h100.memory_bandwidth"
            )
        node = self.sum()
        if self.position < len(self.tokens):
            raise _at(self.text, self.tokens[self.position].at, "an operator is missing")
        return node

    def sum(self) -> Expression:
        node = self.product()
        while sign := self.take("+", "-", "−"):
            node = self.joined(node, sign, self.product())
        return node

    def product(self) -> Expression:
        node = self.factor()
        while sign := self.take("*", "×", "·", "/", "÷"):
            node = self.joined(node, sign, self.factor())
        return node

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
        node = self.inner()
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
        if token.kind == "number":
            amount = self.number(token)
            unit = units.unit(token.parts["unit"]) if token.parts["unit"] else units.ONE
            return Constant(Quantity(exactly(amount), unit))
        if token.kind == "word":
            return self.word(token)
        raise _at(self.text, token.at, f"'{token.text}' does not belong here")

    def number(self, token: _Token) -> Fraction:
        text = token.parts["number"] or ""
        if self.inside and "," in text:
            raise _at(self.text, token.at, f"'{text}' reads as one number", "put a space after ,")
        return units.number(text)

    def metric(self, token: _Token) -> Expression:
        name = (token.parts["name"] or "").casefold()
        self.vocabulary.metric(name)
        when = conditions.parse(token.parts["when"] or "", self.vocabulary, token.text)
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
            raise _at(
                self.text, token.at, f"{token.text} of which chip?", f"write h20.{token.text}"
            )
        try:
            return Constant(Quantity(exactly(1), units.unit(token.text)))
        except units.UnitError:
            hint = (
                f"write {token.text}.{next(iter(self.vocabulary.metrics))} for a figure of a chip"
            )
            raise _at(
                self.text, token.at, f"'{token.text}' is neither a unit nor a figure", hint
            ) from None

    def take(self, *signs: str) -> str:
        if self.position < len(self.tokens) and self.tokens[self.position].text in signs:
            self.position += 1
            return self.tokens[self.position - 1].text
        return ""

    def close(self) -> None:
        if not self.take(")"):
            at = (
                self.tokens[self.position].at
                if self.position < len(self.tokens)
                else len(self.text)
            )
            raise _at(self.text, at, "a closing parenthesis is missing")


def _at(text: str, at: int, what: str, hint: str = "") -> ChipcalcError:
    before = text[:at].rstrip()
    place = f"after '{before[-30:]}'" if before else "at the start"
    return error(f"{place}: {what}", hint or "for example: h20.throughput[fp16] / h20.board_power")
