"""One claim as people write it, taken apart: ``h20 = less than 20 % of h100``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from chipcalc.claims.tolerance import Tolerance, Wanted, about, alike, in_words, of_digits
from chipcalc.errors import ChipcalcError, Excerpt, Problem
from chipcalc.values.logic import Relation

Unlike: TypeAlias = Literal["ratio", "difference", "figure"]
_NUMBER = r"\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?"
_SIGN = re.compile(
    r"\s*(?P<sign><=|>=|==|=|≈|≤|≥|<|>|~)\s*|\s(?P<verb>is|are|has|have|equals?|makes?)\s",
    re.IGNORECASE,
)
_SIGNS: Mapping[str, Relation] = {
    "<=": "at_most", "≤": "at_most", ">=": "at_least", "≥": "at_least",
    "<": "less_than", ">": "more_than",
}  # fmt: skip
_BOUNDS: Mapping[str, Relation] = {
    "at least": "at_least", "no less than": "at_least", "not less than": "at_least",
    "at most": "at_most", "no more than": "at_most", "not more than": "at_most",
    "up to": "at_most", "more than": "more_than", "greater than": "more_than",
    "over": "more_than", "above": "more_than", "exceeds": "more_than", "less than": "less_than",
    "fewer than": "less_than", "under": "less_than", "below": "less_than",
}  # fmt: skip
_ABOUT = ("about", "around", "roughly", "approximately", "some", "nearly", "almost", "circa", "~")
_WORDS: Mapping[str, Fraction] = {
    "half": Fraction(1, 2), "a half": Fraction(1, 2), "one half": Fraction(1, 2),
    "a third": Fraction(1, 3), "one third": Fraction(1, 3), "two thirds": Fraction(2, 3),
    "a quarter": Fraction(1, 4), "one quarter": Fraction(1, 4), "a fourth": Fraction(1, 4),
    "three quarters": Fraction(3, 4), "a fifth": Fraction(1, 5), "one fifth": Fraction(1, 5),
    "a sixth": Fraction(1, 6), "an eighth": Fraction(1, 8), "a tenth": Fraction(1, 10),
    "one tenth": Fraction(1, 10), "a hundredth": Fraction(1, 100), "double": Fraction(2),
    "twice": Fraction(2), "triple": Fraction(3), "thrice": Fraction(3),
}  # fmt: skip
_COUNTS: Mapping[str, Fraction] = {
    word: Fraction(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        start=1,
    )
}
_MORE = "more|greater|faster|higher|larger|better|bigger|heavier"
_LESS = "less|fewer|slower|lower|smaller|worse|cheaper"
_THAN = rf"(?P<way>{_MORE}|{_LESS})(?:\s+(?!than\b|by\b)[a-z]+)?\s+than\s+"
_AS = r"as\s+(?:much|many|fast|good)\s+"
_OF = rf"(?:(?:{_AS})?(?:as\s+|of\s+|that\s+of\s+)?(?:the\s+(?=\w+\s+of\b))?)"
_PERCENT = re.compile(
    rf"(?P<number>{_NUMBER})\s*%\s*(?:{_THAN}|of\s+|as\s+much\s+as\s+)?", re.IGNORECASE
)
_TIMES = re.compile(
    rf"(?P<number>{_NUMBER}|{'|'.join(_COUNTS)})\s*(?:[x×](?![\w-])|times|-?fold|-times)\s*"
    rf"(?:{_THAN}|{_OF})",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"(?P<way>{_MORE}|{_LESS})\s+by\s+(?P<amount>.+?)\s+(?:than|over|against)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_MORE_OF = re.compile(rf"(?P<amount>{_NUMBER}\s*[^\s\d]\S*)\s+{_THAN}(?P<rest>.+)", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?P<count>{_NUMBER}|{'|'.join(_COUNTS)}|a|an)\s+(?:x\s+|×\s*)?(?P<rest>.+)", re.IGNORECASE
)


class Text(NamedTuple):
    """A piece of the claim, with the place where it begins in the whole."""

    text: str
    at: int

    def after(self, length: int) -> Text:
        """Return what follows so many characters."""
        rest = self.text[length:]
        bare = rest.lstrip()
        return Text(bare.rstrip(), self.at + length + len(rest) - len(bare))


class Said(NamedTuple):
    """A claim taken apart, its sides as they are written.

    `digits` are the printed number, `factor` its worth; where a number with a unit is printed, it
    is in `right`, and there is no factor. `sense` is the other sense of "six times more".
    """

    text: str
    left: Text
    right: Text
    how: Unlike = "figure"
    wanted: Wanted | None = None
    sense: Wanted | None = None
    shown: Literal["percent", "times", "unit"] = "unit"
    bound: Relation | None = None
    hedged: bool = False
    amount: Text | None = None
    less: bool = False


def said(text: str) -> Said:
    """Return the parts of a claim; raises ChipcalcError that shows what is missing, and where."""
    whole = " ".join(text.split())
    match = _SIGN.search(whole)
    if not whole or match is None:
        raise fault(whole, 0, len(whole), "no relation between two sides", _EXAMPLE)
    left = Text(whole[: match.start()].strip(), 0)
    right = Text(whole, 0).after(match.end())
    if not left.text or not right.text:
        side = "before" if not left.text else "behind"
        what = f"nothing stands {side} '{match.group().strip()}'"
        raise fault(whole, match.start(), match.end(), what, _EXAMPLE)
    sign = match["sign"] or ""
    return _factored(
        _hedged(
            Said(whole, left, right, bound=_SIGNS.get(sign), hedged=sign in "≈~" and bool(sign))
        )
    )


_EXAMPLE = "for example: h20 = 20 % of h100"


def _hedged(found: Said) -> Said:
    """Return a claim without the words before its number that say how exact it is."""
    lowered = found.right.text.casefold()
    for word in _ABOUT:
        if lowered.startswith(f"{word} ") or (word == "~" and lowered.startswith(word)):
            return _hedged(found._replace(right=found.right.after(len(word)), hedged=True))
    for word, bound in _BOUNDS.items():
        if lowered.startswith(f"{word} "):
            return _hedged(found._replace(right=found.right.after(len(word)), bound=bound))
    return found


def _factored(found: Said) -> Said:
    """Return a claim with the factor or the difference that its right side begins with."""
    right = found.right.text
    by = _BY.match(right) or _MORE_OF.match(right)
    if by and not right[: by.start("way")].rstrip().endswith("%"):
        return _apart(found, by)
    percent = _PERCENT.match(right)
    if percent:
        return _share(found, percent)
    times = _TIMES.match(right)
    if times:
        return _times(found, times)
    for word in sorted(_WORDS, key=len, reverse=True):
        match = re.match(
            rf"{word}\s+(?:of\s+|as\s+much\s+as\s+)?(?:that\s+of\s+|an?\s+)?", right, re.IGNORECASE
        )
        if match:
            value = _WORDS[word]
            shown: Literal["percent", "times"] = "percent" if value < 1 else "times"
            return _wanting(found, match.end(), value, in_words(value), shown)
    same = re.match(rf"(?:the\s+same\s+as|{_AS}as|equal\s+to)\s+", right, re.IGNORECASE)
    if same:
        return found._replace(right=found.right.after(same.end()))
    return found


def _share(found: Said, match: re.Match[str]) -> Said:
    value = _worth(match["number"]) / 100
    tolerance = of_digits(match["number"], value)
    if match["way"]:
        less = _is_less(match["way"])
        value, tolerance = _shifted(value, tolerance, less=less)
    if match.end() == len(found.right.text) or not found.right.text[match.end() :].strip():
        at = found.right.at + match.end()
        what = f"{match.group().strip()} of which chip?"
        raise fault(found.text, at, at + 1, what, "write for example: 20 % of h100")
    return _wanting(found, match.end(), value, tolerance, "percent")


def _times(found: Said, match: re.Match[str]) -> Said:
    number = match["number"]
    value = _worth(number)
    tolerance = of_digits(str(value) if number.casefold() in _COUNTS else number, value)
    if not match["way"]:
        return _wanting(found, match.end(), value, tolerance, "times")
    if _is_less(match["way"]):
        inverse = Tolerance(1 / tolerance.high, 1 / tolerance.low)
        return _wanting(found, match.end(), 1 / value, inverse, "times")
    more = Tolerance(tolerance.low + 1, tolerance.high + 1)
    made = _wanting(found, match.end(), value + 1, more, "times")
    return made._replace(sense=_wanted(found, value, tolerance))


def _apart(found: Said, match: re.Match[str]) -> Said:
    """Return a claim about a difference: ``112 GB more than h100``."""
    at = found.right.at
    return found._replace(
        how="difference",
        amount=Text(match["amount"], at + match.start("amount")),
        right=Text(match["rest"], at + match.start("rest")),
        less=_is_less(match["way"]),
    )


def _shifted(value: Fraction, by: Tolerance, *, less: bool) -> tuple[Fraction, Tolerance]:
    if less:
        return 1 - value, Tolerance(1 - by.high, 1 - by.low)
    return 1 + value, Tolerance(1 + by.low, 1 + by.high)


def _wanting(
    found: Said, length: int, value: Fraction, by: Tolerance, shown: Literal["percent", "times"]
) -> Said:
    wanted = _wanted(found, value, by)
    right = found.right.after(length)
    return found._replace(how="ratio", wanted=wanted, right=right, shown=shown)


def _wanted(found: Said, value: Fraction, by: Tolerance) -> Wanted:
    return Wanted(value, about(by, value) if found.hedged else by, found.bound)


def equal(found: Said, value: Fraction = Fraction(1)) -> Wanted:
    """Return what counts where two sides are called equal, or so many times one another."""
    return Wanted(value, alike(value), found.bound)


def counted(part: Text) -> tuple[Fraction, Text, str]:
    """Return how many of something a side has, the rest of it, and the count as it is written."""
    match = _COUNTED.fullmatch(part.text)
    if match is None:
        return Fraction(1), part, ""
    rest = Text(match["rest"], part.at + match.start("rest"))
    if match["count"].casefold() in ("a", "an"):
        return Fraction(1), rest, ""
    return _worth(match["count"]), rest, match["count"]


def _worth(text: str) -> Fraction:
    return _COUNTS.get(text.casefold()) or Fraction(text.replace(",", ""))


def _is_less(way: str) -> bool:
    return re.fullmatch(_LESS, way, re.IGNORECASE) is not None


def fault(text: str, start: int, end: int, what: str, hint: str) -> ChipcalcError:
    """Return an error at a place in a claim."""
    span = (min(start, max(len(text) - 1, 0)), max(end, start + 1))
    return ChipcalcError(Problem(what, hint=hint, excerpt=Excerpt((text,), (span,))))
