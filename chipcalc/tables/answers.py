"""Whole answers: the table of a check or a licence with its contract, its notes and its hint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from chipcalc.check.result import Checked
from chipcalc.contract import check as contract
from chipcalc.errors import error
from chipcalc.rules.rulebook import Rulebook
from chipcalc.sheets.sheet import GIVEN
from chipcalc.tables import chips, contents, regimes
from chipcalc.tables.check import everything, summary
from chipcalc.tables.proof import short
from chipcalc.tables.regimes import NOTHING, Beside
from chipcalc.tables.report import Part, Report, Screen
from chipcalc.tables.steps import explained, rule_texts
from chipcalc.vocabulary.expressions import NONE
from chipcalc.words.check import NO_ADVICE
from chipcalc.words.check import notes as rule_notes
from chipcalc.words.commands import Question
from chipcalc.words.line import block, deeper

if TYPE_CHECKING:
    from chipcalc.check.dated import Step
    from chipcalc.licence.dated import Dated, Later
    from chipcalc.licence.licence import Shipment

_STEPS = "--explain shows every step, with sources."


def check(
    found: Sequence[Checked],
    rulebook: Rulebook,
    question: Question | None = None,
    *,
    explain: bool = False,
    all_: bool = False,
    notes: bool = False,
    coming: Sequence[Sequence[Step]] = (),
    beside: Beside = NOTHING,
) -> Report:
    """Return what the rules say of some chips: the answer, its short proof, or all there is.

    `question` is what was asked, for the commands that ask more of the same; `all_` leaves nothing
    out, and `notes` adds what the rules say of themselves. `coming` has what is known to change
    for each chip after the day, and `beside` what each other regime says of them.
    """
    asked = question or asked_of(found)
    drawn = partial(_screen, explain=explain, all_=all_)
    base = regimes.with_open(drawn(found, rulebook, asked), found)
    if all_ or notes:
        shown = [each for each in base.parts if each]
        parts: list[Part] = [*shown, block(*rule_notes(found))]
        parts += [block("Rules", *deeper(rule_texts(found, rulebook)))] if notes else []
        parts += [block(NO_ADVICE)] if all_ else []
        base = base._replace(parts=noted_parts(parts))
    if any(coming):
        from chipcalc.tables import ahead

        base = ahead.checked(base, coming, asked)
    base = regimes.added(base, beside, asked, drawn)
    return base.report(
        lambda: contract.data(found, rulebook, coming, beside.found),
        lambda: list(contract.records(found, coming, beside.found)),
    )


def asked_of(found: Sequence[Checked], given: Mapping[str, str] = NONE) -> Question:
    """Return the question behind some answers; `given` is what was supposed, or said of an item."""
    known = found[0].case.given
    said = {**{name: known[name] for name in known}, **given}
    options = [word for name, each in said.items() for word in ("--set", f"{name}={each}")]
    chips = tuple(each.sheet.id for each in found if each.sheet.id != GIVEN)
    return Question(chips, ("--as-of", found[0].day.isoformat(), *options))


def _screen(
    found: Sequence[Checked],
    rulebook: Rulebook,
    question: Question,
    *,
    explain: bool,
    all_: bool,
) -> Screen:
    if explain:
        return explained(found, rulebook) if all_ else short(found, question)
    if len(found) > 1:
        return chips.summary(found, question, all_=all_)
    if found[0].circuits:
        only = found[0]
        return contents.everything(only) if all_ else contents.summary(only, question)
    return everything(found[0]) if all_ else summary(found[0], question)


def noted_parts(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return parts without empty blocks."""
    return tuple(each for each in parts if each)


def licence(
    found: Sequence[Sequence[Shipment]],
    rulebook: Rulebook,
    *,
    explain: bool = False,
    matrix: bool = False,
    whole: bool = False,
    asked_by: Sequence[str] = (),
    coming: Sequence[Sequence[Sequence[Dated]]] = (),
    later: Sequence[Later] = (),
) -> Report:
    """Return one shipment rule by rule, one chip over all destinations, or a matrix.

    Each of `found` holds the shipments of one chip; `asked_by` are the words of the command that
    asks for them. `coming` has what is known to change for each of them after the day, `later`
    what is known to change for any of all countries. Raises ChipcalcError where every step is
    asked of more than one shipment.
    """
    from chipcalc.contract import licence as contract

    flat = [each for row in found for each in row]
    one_chip, one_place = len(found) == 1, len(found[0]) == 1
    named = all(len(each.countries) == 1 for each in flat)
    single = one_chip and one_place and named and not matrix
    if explain and not single:
        hint = "leave out --matrix" if matrix and len(flat) == 1 else "add for example --to CN"
        raise error("--explain takes one chip and one destination", hint)
    if single:
        from chipcalc.tables.licence import one

        base = one(flat[0].licence, asked_by, whole=whole)
    elif one_chip and not matrix:
        from chipcalc.tables.destinations import over_destinations

        base = over_destinations(found[0], asked_by, whole=whole)
    else:
        from chipcalc.tables.licence_matrix import matrix as table

        base = table(found, asked_by, whole=whole)
    if explain:
        steps = explained([flat[0].licence.checked], rulebook).parts
        base = base._replace(parts=(*base.parts[:-1], *steps, block(NO_ADVICE)))
    records = contract.records if single else contract.summaries
    dated = [each for row in coming for each in row]
    if any(dated) or later:
        from chipcalc.tables import ahead

        base = ahead.shipped(base, dated, later, asked_by)
    return base.report(
        lambda: contract.data(flat, rulebook, dated, later),
        lambda: list(records(flat, dated)),
    )
