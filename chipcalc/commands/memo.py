"""A memo as a user asks for it: one chip, or an item described, to one destination."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from chipcalc.api.database import day as today
from chipcalc.api.rules import Rules
from chipcalc.commands.licence import Shipments
from chipcalc.commands.record import data_version
from chipcalc.contract import licence as contract
from chipcalc.errors import error
from chipcalc.rules import diligence
from chipcalc.tables.memo import Made, memo
from chipcalc.tables.report import Report
from chipcalc.values.logic import Verdict

_DIGITS = 12  # of the digest of the data, which tell versions apart


def report(answered: Shipments, rules: Rules, asked_by: Sequence[str]) -> Report:
    """Return the memo of one shipment; raises ChipcalcError where more than one is asked for."""
    flat = [each for row in answered.found for each in row]
    if len(flat) != 1 or len(flat[0].countries) != 1:
        raise error("a memo is about one chip and one destination", "add for example --to CN")
    licence, rulebook = flat[0].licence, rules.rulebook
    regimes = [each for each, _ in diligence.load(rulebook.store.folders)]
    found = licence.checked.findings
    open_rules = {each.provision.id for each in found if each.verdict is not Verdict.not_met}
    lists = diligence.asked(regimes, rules.as_of, open_rules)
    made = Made(version("chipcalc"), data_version()[:_DIGITS], today(None))
    return memo(licence, rulebook, lists, made, asked_by).report(
        lambda: contract.data(flat, rulebook),
        lambda: list(contract.records(flat)),
    )
