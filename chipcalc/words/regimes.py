"""What other regimes say of chips: a line each, and what an answer of theirs leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.check.result import Checked, Classed
from chipcalc.errors import join_words
from chipcalc.rules.regime import Regime
from chipcalc.rules.rule import CLASSIFICATION
from chipcalc.values.logic import Verdict
from chipcalc.words.check import NO_ADVICE, classed
from chipcalc.words.line import Phrase, Role, TextLine, deeper, phrased
from chipcalc.words.remains import may_be_none, nothing
from chipcalc.words.roles import NOT_SETTLED, classification_role

NOT_ASKED = "not asked about by the rules modelled"
_FEW = 4
_ORDER = (Classed.named, Classed.none, Classed.unknown, Classed.no_rule)


def line(found: Sequence[Checked]) -> TextLine:
    """Return what one regime says of some chips: of one in full, of many how they are divided."""
    regime = found[0].regime
    head = Phrase(f"{regime.short if regime else ''}: ")
    if len(found) == 1:
        return phrased(head, *_answer(found[0]))
    groups: dict[str, list[Checked]] = {}
    for each in sorted(found, key=lambda each: _ORDER.index(each.classed)):
        groups.setdefault(_group(each), []).append(each)
    phrases = [head]
    for name, members in groups.items():
        between = "" if len(phrases) == 1 else "; " if len(found) <= _FEW else ", "
        says = f"{len(members)} {name}"
        if len(found) <= _FEW:
            says = f"{join_words([each.sheet.name for each in members])} {name}"
        phrases += [Phrase(between), Phrase(says, _role(members[0]))]
    places = dict.fromkeys(place for each in found for place in leaves_open(each))
    if places:
        phrases.append(Phrase(f"; not listed leaves open: {', '.join(places)}"))
    return phrased(*phrases)


def names(found: Sequence[Checked]) -> tuple[str, ...]:
    """Return the names of chips that a line of several prints."""
    return tuple(each.sheet.name for each in found) if 1 < len(found) <= _FEW else ()


def answer(checked: Checked) -> str:
    """Return what a regime says of a chip in words: listed, not listed, not settled."""
    return "".join(each.text for each in _answer(checked))


def _answer(checked: Checked) -> Iterator[Phrase]:
    found = checked.classification
    if checked.classed is Classed.no_rule:
        yield Phrase(NOT_ASKED)
        return
    if checked.classed is Classed.unknown:
        rest = (nothing(checked),) if may_be_none(checked) else ()
        yield Phrase(NOT_SETTLED, "open")
        yield Phrase(f"; {join_words((*found.possible, *rest), 'or')}")
        return
    yield Phrase(_said(checked), _role(checked))
    left = leaves_open(checked)
    if left:
        yield Phrase(f"; open: {', '.join(left)}")


def _said(checked: Checked) -> str:
    """Return a settled answer: ``listed, 3A501.a.16``, or the words for what is not."""
    if checked.classed is not Classed.named:
        return nothing(checked)
    listed = _listed(checked.regime)
    return f"{listed}, {classed(checked)}" if listed else classed(checked)


def _group(checked: Checked) -> str:
    if checked.classed is Classed.no_rule:
        return NOT_ASKED
    if checked.classed is Classed.unknown:
        return NOT_SETTLED
    if checked.classed is Classed.named:
        return _listed(checked.regime) or classed(checked)
    return nothing(checked)


def _listed(regime: Regime | None) -> str:
    return regime.says.listed if regime and regime.says else ""


def _role(checked: Checked) -> Role:
    return "" if checked.classed is Classed.no_rule else classification_role(checked)


def leaves_open(checked: Checked) -> dict[str, str]:
    """Return what an answer that an item is in no paragraph leaves open: the places, and why.

    Nothing where the item is in one, or may be.
    """
    if checked.classed is not Classed.none:
        return {}
    found: dict[str, str] = {}
    for each in checked.findings:
        rule = each.provision.rule
        if rule.kind == CLASSIFICATION and each.verdict is Verdict.not_met:
            found |= each.provision.version.leaves_open
    return found


def left_open(found: Sequence[Checked]) -> Iterator[TextLine]:
    """Yield what the answers of a regime leave open, and what being listed means there."""
    regime = found[0].regime
    says = regime.says if regime else None
    left = {place: why for each in found for place, why in leaves_open(each).items()}
    if left and says:
        yield TextLine(f"{says.not_listed[0].upper()}{says.not_listed[1:]} leaves open:")
        yield from deeper(TextLine(f"{place}: {why}") for place, why in left.items())
    if says and says.means:
        yield TextLine(says.means, role="faint")


def by_rules_of(checked: Checked) -> str:
    """Return whose rules an answer is by, and that it is no advice."""
    return f"Rules: {checked.regime.short}. {NO_ADVICE}" if checked.regime else NO_ADVICE
