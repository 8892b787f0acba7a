"""To learn more of an item never turns an answer that was settled into another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.check.result import Checked
from chipcalc.check.what_if import suppose
from chipcalc.sheets.chip import Statement
from chipcalc.sheets.sheet import Sheet
from chipcalc.values.exact import decimal_text
from chipcalc.values.logic import Verdict
from daily import daily, examples
from shared import STORE, real_rules

DAYS = ("2022-12-01", "2023-11-17", "2026-01-31")
SHEETS = {each.id: each for each in STORE.all() if not each.contents}  # figures are of circuits
FIRM = "status: official, source: sheet"
Said: TypeAlias = Mapping[str, str]


def checked(sheet: Sheet, day: str, said: Said) -> Checked:
    item = suppose(sheet, said, STORE.vocabulary)
    return real_rules(day).check(item.evaluator, item.circumstances)


def settled(found: Checked) -> Mapping[str, Verdict]:
    """Return the rules whose answer is settled, with it, and the class if that is settled."""
    answers = {
        each.provision.id: each.verdict
        for each in found.findings
        if each.verdict is not Verdict.unknown
    }
    if found.classification.verdict is not Verdict.unknown:
        answers[f"falls under {found.classification.paragraph}"] = Verdict.met
    return answers


def learned(before: Checked, after: Checked) -> None:
    """Hold what was settled before more was known against what is settled after."""
    now = settled(after)
    asked = {each.provision.id for each in after.findings}
    for rule, verdict in settled(before).items():
        if rule in asked or rule.startswith("falls under"):
            assert now.get(rule) is verdict, (rule, verdict)


# Items that are made up: of each fact nothing, a range, a figure that may be sparse, or all.


class Known(NamedTuple):
    """What is known of an amount: between two ends, at most one, or nothing."""

    low: Fraction | None
    high: Fraction | None

    def inside(self, share: Fraction, most: int) -> Known:
        """Return one value that the amount may have."""
        low, high = self.low or Fraction(0), Fraction(most) if self.high is None else self.high
        value = low + share * (high - low)
        return Known(value, value)


class Item(NamedTuple):
    """What is known of an item: rates by format, the area of its die, for whom it is made."""

    rates: Mapping[str, Known]
    area: Known
    market: str


RATES = ["0", "25", "75", "99.9", "100", "150", "200", "299.9", "300", "599.9", "600", "900"]
AREAS = ["50", "250", "480", "500", "750", "810.8", "811", "1500", "3000"]
MOST = {"rate": 1000, "area": 4000}
SHARES = st.sampled_from([Fraction(n, 8) for n in range(9)])


def amounts(values: list[str], *, capped: bool) -> st.SearchStrategy[Known]:
    """Return what may be known of an amount; `capped` if what is published may be its most."""
    one = st.sampled_from(values).map(Fraction)
    kinds = [
        st.just(Known(None, None)),
        one.map(lambda value: Known(value, value)),
        st.tuples(one, one).map(lambda ends: Known(min(ends), max(ends))),
    ]
    return st.one_of(*kinds, one.map(lambda value: Known(None, value)) if capped else kinds[0])


ITEMS = st.builds(
    Item,
    st.dictionaries(
        st.sampled_from(["int8", "fp8", "fp16", "fp32"]), amounts(RATES, capped=True), min_size=1
    ),
    amounts(AREAS, capped=False),
    st.sampled_from(["", "datacenter", "automotive"]),
)


def written(item: Item) -> str:
    """Return the sheet of an item, below its first lines."""
    lines = [f"formats: [{', '.join(item.rates)}]"]
    if item.market:
        lines.append(f"market: {{value: {item.market}, {FIRM}}}")
    rates = [f"    - {line}" for name, known in item.rates.items() for line in _rate(name, known)]
    if rates:
        lines += ["values:", "  throughput:", *rates]
    area = _amount(item.area, "mm^2")
    lines.append(f"dies: [{{name: D, transistor: finfet{f', area: {{{area}}}' if area else ''}}}]")
    return "\n".join(lines) + "\n"


def _rate(name: str, known: Known) -> Iterator[str]:
    sparsity = "dense" if known.low is not None else "unstated"
    amount = _amount(known, "TOPS")
    if amount:
        yield f"{{{amount}, when: {{format: {name}, engine: tensor, sparsity: {sparsity}}}}}"


def _amount(known: Known, unit: str) -> str:
    if known.high is None:
        return ""
    low = known.high if known.low is None else known.low
    ends = f"range: [{decimal_text(low)}, {decimal_text(known.high)}], " if low < known.high else ""
    return f"value: {decimal_text(known.high)}, {ends}unit: {unit}, {FIRM}"


@pytest.fixture(scope="module")
def sheet_of(tmp_path_factory: pytest.TempPathFactory, head: str) -> Callable[[Item], Sheet]:
    path: Path = tmp_path_factory.mktemp("items") / "x1.yaml"

    def loaded(item: Item) -> Sheet:
        path.write_text(head + written(item), encoding="utf-8")
        return STORE.from_file(str(path))

    return loaded


@examples(daily=25)
@given(data=st.data(), item=ITEMS, day=st.sampled_from(DAYS))
def test_more_of_a_made_up_item_never_turns_what_is_settled(
    data: st.DataObject, item: Item, day: str, sheet_of: Callable[[Item], Sheet]
) -> None:
    before = checked(sheet_of(item), day, {})
    rates = dict(item.rates)
    for name in data.draw(st.sets(st.sampled_from(sorted(rates)))):
        rates[name] = rates[name].inside(data.draw(SHARES), MOST["rate"])
    area = item.area
    if data.draw(st.booleans()):
        area = Known(Fraction(1), None) if area.high is None else area
        area = area.inside(data.draw(SHARES), MOST["area"])
    market = item.market or data.draw(st.sampled_from(["", "datacenter", "consumer"]))
    learned(before, checked(sheet_of(Item(rates, area, market)), day, {}))


# The sheets that come with the program.


def narrower(sheet: Sheet, share: Fraction) -> Iterator[Sheet]:
    """Yield a sheet with each of its ranges in turn narrowed to one value in it."""
    for metric, statements in sheet.chip.values.items():
        for place, each in enumerate(statements):
            if each.range:
                changed = (*statements[:place], _at(each, share), *statements[place + 1 :])
                values = {**sheet.chip.values, metric: changed}
                yield replace(sheet, chip=sheet.chip.model_copy(update={"values": values}))
    for place, die in enumerate(sheet.chip.dies):
        if die.area and die.area.range:
            whole = die.model_copy(update={"area": _at(die.area, share)})
            dies = (*sheet.chip.dies[:place], whole, *sheet.chip.dies[place + 1 :])
            yield replace(sheet, chip=sheet.chip.model_copy(update={"dies": dies}))


def _at(statement: Statement, share: Fraction) -> Statement:
    low, high = statement.range or (statement.value, statement.value)
    return statement.model_copy(update={"value": low + share * (high - low), "range": None})


RANGED = [name for name, each in SHEETS.items() if any(narrower(each, Fraction(1)))]
# Daily one whose rates are a range, one whose die is, one whose power is, which decides nothing.
SAMPLE = ("mi308x", "b200", "ascend-910b4", "jetson-t5000")


@pytest.mark.parametrize("chip", daily(RANGED, SAMPLE))
def test_a_value_within_a_range_never_turns_what_is_settled(chip: str) -> None:
    before = checked(SHEETS[chip], DAYS[-1], {})
    for share in (Fraction(0), Fraction(1, 3), Fraction(1)):
        for sheet in narrower(SHEETS[chip], share):
            learned(before, checked(sheet, DAYS[-1], {}))


def unpublished(sheet: Sheet) -> Iterator[Said]:
    """Yield facts that a sheet lacks, each with a small and a large value."""
    stated = sheet.statements
    absent = sheet.mirrors("not_offered").chip.not_offered
    for metric, unit in (("link_bandwidth", "GB/s"), ("memory_bandwidth", "GB/s")):
        if metric not in stated and metric not in absent:
            yield from ({metric: f"{value} {unit}"} for value in (1, 5000))
    rated = {each.statement.when.get("format") for each in stated.get("throughput", ())}
    for name in sheet.mirrors("formats").chip.formats or ():
        if name not in rated:
            yield from ({f"throughput[{name}]": f"{value} TOPS"} for value in (1, 100, 5000))
    for each in stated.get("throughput", ()):
        when = each.statement.when
        if when.get("sparsity") in ("unstated", "sparse") and "unit" not in when:
            for part in (Fraction(1, 4), Fraction(1)):
                dense = decimal_text(each.statement.value * part)
                yield {f"throughput[{when['format']},{when['engine']}]": f"{dense} TOPS"}


LACKING = [name for name, each in SHEETS.items() if any(unpublished(each))]
# Daily one of each kind: a format without a rate, a rate that may be sparse, links.
LACKING_SAMPLE = ("rtx-pro-6000d", "journey-5", "mach-m100", "tesla-hw3")


@pytest.mark.parametrize("chip", daily(LACKING, LACKING_SAMPLE))
def test_a_fact_that_a_sheet_lacks_never_turns_what_is_settled(chip: str) -> None:
    before = checked(SHEETS[chip], DAYS[-1], {})
    for said in unpublished(SHEETS[chip]):
        learned(before, checked(SHEETS[chip], DAYS[-1], said))


# Circumstances that nobody told.


def untold(said: Said) -> Iterator[Said]:
    """Yield the values of circumstances that are neither told nor taken as usual."""
    for name, each in STORE.vocabulary.circumstances.items():
        if name not in said and not each.usual and not each.places and not each.shipment:
            yield from ({name: value} for value in each.values)


@examples(daily=10)
@given(
    tpp=st.sampled_from(["1599", "1600", "2399", "2400", "4799", "4800"]),
    area=st.sampled_from(["200", "811", "1500"]),
    party=st.sampled_from(["fabricator", "osat", "other"]),
    day=st.sampled_from(DAYS),
)
def test_a_circumstance_that_is_told_never_turns_what_is_settled(
    tpp: str, area: str, party: str, day: str
) -> None:
    sheet = STORE.sheet("br106")  # which says nothing but for whom it is made
    sheet = replace(sheet, chip=sheet.chip.model_copy(update={"market": None}))
    said = {"tpp": tpp, "die_area": f"{area} mm^2", "party": party}
    before = checked(sheet, day, said)
    told = list(untold(said))
    assert {"market", "packaging"} <= {name for each in told for name in each}
    for each in told:
        learned(before, checked(sheet, day, {**said, **each}))
