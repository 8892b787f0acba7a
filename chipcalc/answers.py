"""Whole answers: the table of a check or a licence with its contract, its notes and its hint."""

from __future__ import annotations

from collections.abc import Sequence

from chipcalc import check_contract, check_report, licence_contract, licence_report
from chipcalc.check import Checked
from chipcalc.check_report import NO_ADVICE
from chipcalc.errors import error
from chipcalc.explained import explained
from chipcalc.licence import Shipment
from chipcalc.report import Report
from chipcalc.rulebook import Rulebook

_STEPS = "--explain shows every step, with sources."


def check(found: Sequence[Checked], rulebook: Rulebook, *, explain: bool = False) -> Report:
    """Return what the rules say of some chips, in short or with every step."""
    base = explained(found, rulebook) if explain else check_report.summary(found)
    notes = [*base.notes, *check_report.rule_notes(found), NO_ADVICE]
    return base._replace(
        data=lambda: check_contract.data(found, rulebook),
        records=lambda: list(check_contract.records(found)),
        notes=tuple(each for each in notes if each),
        hint="" if explain else _STEPS,
    )


def licence(
    found: Sequence[Sequence[Shipment]],
    rulebook: Rulebook,
    *,
    explain: bool = False,
    matrix: bool = False,
) -> Report:
    """Return one shipment rule by rule, one chip over all destinations, or a matrix.

    Each of `found` holds the shipments of one chip. Raises ChipcalcError where every step is
    asked of more than one shipment.
    """
    flat = [each for row in found for each in row]
    one_chip, one_place = len(found) == 1, len(found[0]) == 1
    named = all(len(each.countries) == 1 for each in flat)
    single = one_chip and one_place and named and not matrix
    if single:
        base = licence_report.one(flat[0].licence)
    elif one_chip and not matrix:
        base = licence_report.over_destinations(found[0])
    else:
        base = licence_report.matrix(found)
    records = licence_contract.records if single else licence_contract.summaries
    if explain and not single:
        hint = "leave out --matrix" if matrix and len(flat) == 1 else "add for example --to CN"
        raise error("--explain takes one chip and one destination", hint)
    if explain:
        tree = explained([flat[0].licence.checked], rulebook)
        base = base._replace(columns=tree.columns, rows=tree.rows, notes=(*base.notes, *tree.notes))
    return base._replace(
        data=lambda: licence_contract.data(flat, rulebook),
        records=lambda: list(records(flat)),
        notes=(*base.notes, NO_ADVICE),
        hint="" if explain or not single else _STEPS,
    )
