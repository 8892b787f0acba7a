"""The one unit registry: unit texts become exact factors and dimensions, or a clear error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache

import pint

from chipcalc.errors import ChipcalcError, Problem, did_you_mean, join_words
from chipcalc.files import UNITS_FILE
from chipcalc.values.interval import Interval, exactly
from chipcalc.values.logic import Relation, Verdict, agreed, compared

Powers = tuple[tuple[str, int], ...]

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_LEADING_NUMBER = re.compile(
    r"\s*(?P<number>[^\s%A-Za-zµ°/*^()]*(?:[eE][+-]?[0-9]+)?)\s*(?P<unit>.*)", re.DOTALL
)
_FACTOR = re.compile(r"(?P<name>[A-Za-z_%]+)(?:(?P<sign>\^|\*\*)?(?P<power>(?(sign)-?)[1-9]))?")
_SUPERSCRIPTS = str.maketrans({"²": "^2", "³": "^3", "·": "*", "×": "*", "µ": "u"})
_SPACED_SIGN = re.compile(r"\s*([*/()^])\s*")
_LONGEST_NUMBER = 60
_LONGEST_UNIT = 60
_LONGEST_SYMBOL = 5


class UnitError(ChipcalcError):
    """A unit or a quantity that cannot be read, or two that do not fit together."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement, such as GB/s: its parts, its size and its dimension.

    `parts` are the named units with their powers, in the order they were written; `factor` is
    the exact number of base units in one of it; `dimension` is sorted by name.
    """

    parts: Powers
    factor: Fraction
    dimension: Powers

    def __str__(self) -> str:
        """Return the unit as it is printed: ``TOPS·bit/mm²``."""
        above = "·".join(_power(name, power) for name, power in self.parts if power > 0)
        below = "·".join(_power(name, -power) for name, power in self.parts if power < 0)
        if "·" in below:
            below = f"({below})"
        return f"{above or '1'}/{below}" if below else above

    @property
    def text(self) -> str:
        """Return the unit as a file or a command line takes it: ``TOPS*bit/mm^2``."""
        return str(self).replace("·", "*").replace("²", "^2").replace("³", "^3").replace(" ", "_")

    def __mul__(self, other: Unit) -> Unit:
        return Unit(
            _combine(self.parts, other.parts),
            self.factor * other.factor,
            _sorted(_combine(self.dimension, other.dimension)),
        )

    def __truediv__(self, other: Unit) -> Unit:
        return self * other._inverse()

    def with_part(self, part: Unit) -> Unit:
        """Return the same unit, written with another name for one of its parts, TFLOPS for TOPS."""
        parts = tuple(
            (part.parts[0][0] if _resolved(name) == (part.factor, part.dimension) else name, power)
            for name, power in self.parts
        )
        return Unit(parts, self.factor, self.dimension)

    def _inverse(self) -> Unit:
        return Unit(_negative(self.parts), 1 / self.factor, _negative(self.dimension))


ONE = Unit((), Fraction(1), ())


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount, exact or between two ends, in a unit."""

    amount: Interval
    unit: Unit

    def __str__(self) -> str:
        """Return the quantity in full, as a file or a command line takes it: ``3.35 TB/s``."""
        low, high = decimal_text(self.amount.low), decimal_text(self.amount.high)
        return f"{low if low == high else f'{low}–{high}'} {self.unit.text}".rstrip()

    def __repr__(self) -> str:
        return f"Quantity({self})"

    def __float__(self) -> float:
        """Return the best figure, rounded to the nearest float."""
        return float(self.amount.best)

    def compared(self, relation: Relation, limit: Quantity) -> Verdict:
        """Return whether all of the quantity stands in a relation to all of a limit, or none does.

        Raises UnitError where the two have different dimensions.
        """
        line = limit.to(self.unit).amount
        return agreed(
            compared(self.amount, relation, exactly(end)) for end in (line.low, line.high)
        )

    def __lt__(self, other: Quantity) -> Verdict:
        return self.compared("less_than", other)

    def __le__(self, other: Quantity) -> Verdict:
        return self.compared("at_most", other)

    def __gt__(self, other: Quantity) -> Verdict:
        return self.compared("more_than", other)

    def __ge__(self, other: Quantity) -> Verdict:
        return self.compared("at_least", other)

    def to(self, unit: Unit) -> Quantity:
        """Return the same quantity in another unit; raises UnitError where it does not fit."""
        if unit is self.unit:
            return self
        if unit.dimension != self.unit.dimension:
            raise mismatch(self.unit, unit)
        if unit.factor == self.unit.factor:
            return Quantity(self.amount, unit)
        return Quantity(self.amount * exactly(self.unit.factor / unit.factor), unit)

    def __add__(self, other: Quantity) -> Quantity:
        if other.unit.dimension != self.unit.dimension:
            raise mismatch(self.unit, other.unit)
        return Quantity(self.amount + other.to(self.unit).amount, self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        if other.unit.dimension != self.unit.dimension:
            raise mismatch(self.unit, other.unit)
        return Quantity(self.amount - other.to(self.unit).amount, self.unit)

    def __mul__(self, other: Quantity) -> Quantity:
        return _simplified(Quantity(self.amount * other.amount, self.unit * other.unit))

    def __truediv__(self, other: Quantity) -> Quantity:
        return _simplified(Quantity(self.amount / other.amount, self.unit / other.unit))


@cache
def registry() -> pint.UnitRegistry[Decimal]:
    """Return the one registry: our own unit file, exact numbers.

    Decimals are exact here, because every unit is defined by a product and never by a quotient of
    numbers; they load in half the time that fractions take.
    """
    return pint.UnitRegistry(UNITS_FILE, non_int_type=Decimal, on_redefinition="raise")


@cache
def unit(text: str) -> Unit:
    """Return the unit that a text such as ``TB/s`` or ``TOPS*bit/mm^2`` names.

    Raises UnitError with the nearest spelling for a name that is not in specs/units.txt, for a
    plural, and for anything that is not a product of powers of names.
    """
    plain = _SPACED_SIGN.sub(r"\1", text.strip().translate(_SUPERSCRIPTS))
    if not plain or len(plain) > _LONGEST_UNIT:
        raise UnitError(
            Problem(
                f"'{_clipped(text)}' is not a unit", hint="write one such as GB/s, TOPS, W or mm^2"
            )
        )
    above, *below = plain.split("/")
    if len(below) > 1:
        raise UnitError(Problem(f"'{text}' divides twice", hint=_joined_hint(above, below)))
    result = ONE
    for name, power in _factors(above, text) if above != "1" else ():
        result = result * _named(name, power, text)
    for name, power in _factors(below[0], text) if below else ():
        result = result * _named(name, -power, text)
    return result


def number(text: str) -> Fraction:
    """Return the exact number that a text such as ``3.35`` or ``2.4e3`` writes.

    Raises UnitError for thousands separators, decimal commas, NaN, infinity, digits other than
    0 to 9 and anything longer than a figure can be.
    """
    plain = text.strip()
    if len(plain) <= _LONGEST_NUMBER and _NUMBER.fullmatch(plain):
        return Fraction(plain)
    raise UnitError(Problem(f"'{_clipped(text)}' is not a number", hint=_number_hint(plain)))


def plain(value: Fraction | int) -> Quantity:
    """Return a plain number as a quantity without a unit."""
    return Quantity(exactly(value), ONE)


def decimal_text(value: Fraction) -> str:
    """Return an exact number as text; one without a finite decimal form to 28 digits."""
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    scale = max(twos, fives)
    if rest > 1:
        with localcontext(prec=28):
            return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    digits = str(abs(value.numerator) * 10**scale // value.denominator).rjust(scale + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits)


def quantity(text: str) -> Quantity:
    """Return the quantity that a text such as ``3.35 TB/s`` writes; raises UnitError."""
    match = _LEADING_NUMBER.fullmatch(text)
    written = match["number"] if match else ""
    if match is None or not any(c.isdigit() for c in written):
        raise UnitError(
            Problem(
                f"'{_clipped(text)}' is not a quantity",
                hint="write a number and a unit, such as 3.35 TB/s",
            )
        )
    amount = number(written)
    if not match["unit"].strip():
        raise UnitError(
            Problem(
                f"'{_clipped(text.strip())}' has no unit",
                hint=f"write for example '{written} GB/s'",
            )
        )
    return Quantity(exactly(amount), unit(match["unit"]))


def mismatch(first: Unit, second: Unit) -> UnitError:
    """Return the error that says what each of two units measures."""
    return UnitError(
        Problem(
            f"{_described(first)}, but {_described(second)}",
            hint=_mismatch_hint(first, second),
        )
    )


def kind(one: Unit) -> str:
    """Return what a unit measures, in words: ``information per time``."""
    names = dict(one.dimension)
    if not names:
        return "a plain number"
    above = " × ".join(_power(name, p) for name, p in names.items() if p > 0)
    below = " × ".join(_power(name, -p) for name, p in names.items() if p < 0)
    if not above:
        return "a frequency" if below == "time" else f"a rate per {below}"
    return f"{above} per {below}" if below else above


def _factors(text: str, whole: str) -> Iterator[tuple[str, int]]:
    inner = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    for factor in re.split(r"(?<!\*)\*(?!\*)", inner):
        match = _FACTOR.fullmatch(factor)
        if match is None:
            raise UnitError(
                Problem(
                    f"'{_clipped(whole)}' is not a unit",
                    hint="write names of units with *, / and ^, such as TOPS*bit/mm^2",
                )
            )
        yield match["name"], int(match["power"] or 1)


def _joined_hint(above: str, below: list[str]) -> str:
    if any("(" in part for part in below):
        return "write one fraction, with what divides in parentheses: GB/(s*W)"
    return f"write {above}/({'*'.join(below)})"


@cache
def _resolved(name: str) -> tuple[Fraction, Powers] | None:
    """Return factor and dimension of one name; None for a name the unit file does not give."""
    found = registry().parse_unit_name(name)
    plural = len(name) > 1 and name.endswith("s") and registry().parse_unit_name(name[:-1])
    if not found or (plural and plural == found):
        return None
    try:
        factor, root = registry().get_root_units(name)
        prefix, bare, _ = found[0]
        if prefix and Fraction(str(registry().get_root_units(bare)[0])) < 1:  # kilo-millimetres
            return None
    except pint.UndefinedUnitError:
        return None
    powers = ((key.strip("[]"), int(str(power))) for key, power in root.dimensionality.items())
    return Fraction(str(factor)), _sorted(tuple(powers))


def _named(name: str, power: int, whole: str) -> Unit:
    resolved = _resolved(name)
    if resolved is None:
        raise UnitError(
            Problem(
                f"'{_clipped(name)}' in '{_clipped(whole)}' is not a unit"
                if name != whole
                else f"'{_clipped(name)}' is not a unit",
                hint=_unit_hint(name, whole),
            )
        )
    factor, dimension = resolved
    return Unit(((name, power),), factor**power, tuple((each, p * power) for each, p in dimension))


def _unit_hint(name: str, whole: str) -> str:
    """Return the likely meaning of a name that is no unit: other case, b for bit, ps for per s."""
    known = _known_names()
    for ending, suffix in (("", ""), ("ps", "/s"), ("s", "")):
        stem = name.removesuffix(ending).casefold()
        spellings = {stem, f"{stem}it"} if stem.endswith("b") else {stem}
        if name.endswith(ending) and stem:
            meant = [each for each in known if each.casefold() in spellings]
            meant = [each for each in meant if each != name] if stem.endswith("b") else meant
            if meant:
                shown = [f"'{whole.replace(name, each + suffix)}'" for each in sorted(meant)]
                return f"did you mean {join_words(shown[::-1], 'or')}?"
    return did_you_mean(name, known) or "specs/units.txt lists the units"


@cache
def _known_names() -> tuple[str, ...]:
    """Return the short names of the unit file, bare and with its prefixes, for suggestions."""
    lines = [line.split("#")[0] for line in UNITS_FILE.read_text(encoding="utf-8").splitlines()]
    defined = [[part.strip() for part in line.split("=")] for line in lines if "=" in line]
    prefixes = [parts[-1].removesuffix("-") for parts in defined if parts[0].endswith("-")]
    bare = [parts[0] for parts in defined if not parts[0].endswith("-")]
    bare += [each for parts in defined if not parts[0].endswith("-") for each in parts[2:]]
    short = [name for name in bare if len(name) <= _LONGEST_SYMBOL]
    names = dict.fromkeys([*bare, *(prefix + name for name in short for prefix in prefixes)])
    return tuple(name for name in names if _resolved(name))


def _number_hint(text: str) -> str:
    if not text.isascii():
        return "write the digits 0 to 9 in their plain form"
    if "," in text:
        plain = text.replace(",", "")
        readings = (text.replace(",", "."), plain, text.replace(".", "").replace(",", "."))
        meant = [each for each in dict.fromkeys(readings) if _NUMBER.fullmatch(each)]
        if meant:
            return f"write a decimal point, no thousands separators: {join_words(meant, 'or')}"
    if text.lower().lstrip("+-") in {"nan", "inf", "infinity", ".inf", ".nan"}:
        return "only finite numbers count; leave out what is unknown"
    if "_" in text:
        return f"leave out the underscores: {text.replace('_', '')}"
    if re.search(r"[eE][+-]?[0-9]{4}", text):
        return "an exponent has at most three digits"
    return "write digits with at most one decimal point, such as 3.35"


def _mismatch_hint(first: Unit, second: Unit) -> str:
    """Return the one step that makes the first unit fit the second, where there is one."""
    extra = _sorted(_combine(second.dimension, _negative(first.dimension)))
    if first.dimension and second.dimension and len(extra) == 1 and abs(extra[0][1]) == 1:
        ((name, power),) = extra
        base = (Fraction(1), ((name, 1),))
        one = next((each for each in _known_names() if _resolved(each) == base), name)
        verb = "multiplied" if power > 0 else "divided"
        fitting = first * _named(one, power, one)
        return f"'{first}' {verb} by {one} is '{fitting}', which would fit"
    return "compare like with like"


def _simplified(value: Quantity) -> Quantity:
    """Return the quantity as a plain number when its units cancel."""
    if value.unit.dimension:
        return value
    return Quantity(value.amount * exactly(value.unit.factor), ONE)


def _combine(first: Powers, second: Powers) -> Powers:
    powers = dict(first)
    for name, power in second:
        powers[name] = powers.get(name, 0) + power
    return tuple((name, power) for name, power in powers.items() if power)


def _sorted(powers: Powers) -> Powers:
    return tuple(sorted(powers))


def _negative(powers: Powers) -> Powers:
    return tuple((name, -power) for name, power in powers)


def _power(name: str, power: int) -> str:
    shown = name.replace("_", " ")
    return (
        shown
        if power == 1
        else f"{shown}{'²' if power == 2 else '³' if power == 3 else f'^{power}'}"
    )


def _described(one: Unit) -> str:
    return f"'{one}' is {kind(one)}" if one.parts else "a plain number has no unit"


def _clipped(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
