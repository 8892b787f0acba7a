"""Whole answers: the table of a check or a licence with its contract, its notes and its hint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chipcalc.check.result import Checked
from chipcalc.contract import check as contract
from chipcalc.errors import error
from chipcalc.rules.rulebook import Rulebook
from chipcalc.tables.check import summary
from chipcalc.tables.report import Report, noted
from chipcalc.tables.steps import explained
from chipcalc.words.check import NO_ADVICE
from chipcalc.words.check import notes as rule_notes
from chipcalc.words.line import block

if TYPE_CHECKING:
    from chipcalc.licence.licence import Shipment

_STEPS = "--explain shows every step, with sources."


def check(found: Sequence[Checked], rulebook: Rulebook, *, explain: bool = False) -> Report:
    """Return what the rules say of some chips, in short or with every step."""
    base = explained(found, rulebook) if explain else summary(found)
    hint = "" if explain else _STEPS
    parts = [*base.parts, *noted(block(*rule_notes(found)), block(NO_ADVICE, hint))]
    return base._replace(parts=tuple(parts)).report(
        lambda: contract.data(found, rulebook),
        lambda: list(contract.records(found)),
    )


def licence(
    found: Sequence[Sequence[Shipment]],
    rulebook: Rulebook,
    *,
    explain: bool = False,
    matrix: bool = False,
    whole: bool = False,
    asked_by: Sequence[str] = (),
) -> Report:
    """Return one shipment rule by rule, one chip over all destinations, or a matrix.

    Each of `found` holds the shipments of one chip; `asked_by` are the words of the command that
    asks for them. Raises ChipcalcError where every step is asked of more than one shipment.
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
    return base.report(
        lambda: contract.data(flat, rulebook),
        lambda: list(records(flat)),
    )
