"""Names as drivers, invoices, vendors' lists and the press print them lead to the right sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc import files
from chipcalc.errors import ChipcalcError
from chipcalc.sheets.matching import Match
from chipcalc.sheets.sheet import Sheet
from chipcalc.sheets.store import Store
from shared import STORE


def ids(match: Match) -> list[str]:
    """Return the chips that a name fits."""
    return [each.id for each in match.candidates]


# What nvidia-smi -L prints (NVIDIA driver, "GPU 0: NVIDIA H100 80GB HBM3"), rocm-smi, npu-smi and
# jax.devices(); names in Epoch's table of ML hardware; names on invoices and in the press.
PRINTED = {
    "NVIDIA H20": "h20",
    "NVIDIA H100 80GB HBM3": "h100-sxm",
    "NVIDIA H100 PCIe": "h100-pcie",
    "NVIDIA H100 NVL": "h100-nvl",
    "NVIDIA H200 NVL": "h200-nvl",
    "NVIDIA A100-SXM4-80GB": "a100-sxm",
    "NVIDIA A100-SXM4-40GB": "a100-sxm-40gb",
    "NVIDIA A100 80GB PCIe": "a100-pcie",
    "NVIDIA A800-SXM4-80GB": "a800-sxm",
    "NVIDIA GeForce RTX 4090": "rtx-4090",
    "NVIDIA GeForce RTX 4090 D": "rtx-4090d",
    "NVIDIA RTX 6000 Ada Generation": "rtx-6000-ada",
    "NVIDIA L40S": "l40s",
    "Tesla V100-SXM2-32GB": "v100",
    "Tesla P100-SXM2-16GB": "p100-sxm",
    "Tesla T4": "t4",
    "NVIDIA Tesla T4": "t4",
    "NVIDIA GH200 480GB": "gh200",
    "AMD Instinct MI300X": "mi300x",
    "AMD Radeon Instinct MI308X": "mi308x",
    "Radeon Instinct MI250X": "mi250x",
    "Ascend910B2": "ascend-910b2",
    "HUAWEI Ascend910B2": "ascend-910b2",
    "Huawei Ascend 910C": "ascend-910c",
    "910c": "ascend-910c",
    "华为昇腾910C": "ascend-910c",
    "TPU v5 lite": "tpu-v5e",
    "TPU v6e": "tpu-v6e",
    "Google TPU v7 Ironwood": "tpu-v7",
    "ironwood": "tpu-v7",
    "Intel Habana Gaudi2": "gaudi2",
    "Baidu Kunlun R200 (150W)": "kunlun-r200",
    "NVIDIA L20 PCle": "l20",
    "Jetson AGX Orin 64GB": "jetson-agx-orin-64gb",
    "NVIDIA Jetson AGX Orin 32GB": "jetson-agx-orin-32gb",
    "j6p": "journey-6p",
    "hw4": "tesla-hw4",
    "HGX H20 8 GPU": "hgx-h20-8gpu",
    "GB200 Grace Blackwell": "gb200-superchip",
    "NVIDIA B300 (Blackwell Ultra)": "b300",
    "NVIDIA® H200 NVL Tensor Core GPU": "h200-nvl",
    "Tesla D1": "tesla-d1",
    "Nvidia Corp. L40S 48GB": "l40s",
}


@pytest.mark.parametrize(("name", "chip"), PRINTED.items(), ids=PRINTED)
def test_a_printed_name_means_one_chip_for_sure(name: str, chip: str) -> None:
    match = STORE.match(name)
    assert (ids(match), match.chosen) == ([chip], (chip,))
    assert match.confidence in ("exact", "sure")


SEVERAL = {
    "A100-80GB": {"a100-pcie", "a100-sxm"},
    "H100 80GB": {"h100-pcie", "h100-sxm"},
    "910b": {"ascend-910b1", "ascend-910b2", "ascend-910b3", "ascend-910b4"},
    "Huawei Ascend 910B": {"ascend-910b1", "ascend-910b2", "ascend-910b3", "ascend-910b4"},
    "MetaX MXC500": {"metax-c500-oam", "metax-c500-pcie"},
}


@pytest.mark.parametrize(("name", "chips"), SEVERAL.items(), ids=SEVERAL)
def test_a_name_that_fits_several_chips_lists_them(name: str, chips: set[str]) -> None:
    match = STORE.match(name)
    assert (match.confidence, set(ids(match)), set(match.chosen)) == ("several", chips, chips)
    assert {each.id for each in STORE.choose(name).sheets} == chips


@pytest.mark.parametrize("name", ["h100", "NVIDIA H100", "nvidia h100 gpu", "英伟达H100"])
def test_a_family_is_read_as_the_chip_that_stands_for_it_whoever_is_in_front(name: str) -> None:
    choice = STORE.choose(name)
    assert [each.id for each in choice.sheets] == ["h100-sxm"]
    assert choice.notices == (f"{name} is read as h100-sxm (also {OTHER_H100})",)
    assert STORE.match(name).confidence == "several"


OTHER_H100 = "h100-nvl, h100-pcie, h100-sxm-96gb"


@pytest.mark.parametrize(
    "name",
    [
        "Tesla V100-SXM2-16GB",  # the sheet is that of 32 GB
        "NVIDIA A100-PCIE-40GB",
        "Tesla P100-PCIE-16GB",
        "NVIDIA A10G",
        "Tesla P4",
        "Quadro RTX 6000",
        "Quadro RTX 4090",
        "NVIDIA GeForce RTX 4090 Laptop GPU",
        "GeForce RTX 4090 (Laptop)",
        "AMD H100",
        "Huawei H20",
        "NVIDIA H100 96GB PCIe",
        "NVIDIA GH100",
        "Baidu Kunlun R100 (100W)",
        "NVIDIA",
        "900-21001-0100-030",
    ],
)
def test_a_name_of_no_sheet_means_no_other_product(name: str) -> None:
    assert STORE.match(name) == Match(name, "none")


def test_a_name_that_says_less_than_those_of_the_only_chip_is_only_likely() -> None:
    match = STORE.match("A100 40GB")  # there was one with a PCIe plug, too
    assert (match.confidence, ids(match)) == ("likely", ["a100-sxm-40gb"])
    told = ("A100 40GB is read as a100-sxm-40gb, A100 40GB SXM4",)
    assert STORE.choose("A100 40GB").notices == told


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("h20", "id"),
        ("H20 96GB", "name"),
        ("HGX H20", "alias"),
        ("hopper", "family"),
        ("NVIDIA H20", "id"),
        ("NVIDIA Hopper", "family"),
        ("NVIDIA H20 GPU", "words"),
    ],
)
def test_a_match_gives_its_reason(name: str, reason: str) -> None:
    assert {each.reason for each in STORE.match(name).candidates} == {reason}


KNOWN = sorted(
    (name, chip)
    for chip in STORE.files
    for name in STORE.namings.of(chip).own
    if "/" not in name and not set("*?[") & set(name)
)
SEPARATED = st.sampled_from([" ", "-", "_"])


@given(st.sampled_from(KNOWN), st.sampled_from([str.upper, str.lower]), SEPARATED)
def test_a_name_means_its_chip_whatever_its_case_and_dashes(
    known: tuple[str, str], cased: Callable[[str], str], separator: str
) -> None:
    name, chip = known
    assert chip in STORE.match(cased(name).replace(" ", separator)).chosen


@given(st.sampled_from(KNOWN))
def test_a_name_means_its_chip_with_the_vendor_in_front(known: tuple[str, str]) -> None:
    name, chip = known
    vendor = STORE.vocabulary.vendors[STORE.files[chip].parent.name].name
    assert STORE.match(f"{vendor} {name}").chosen == STORE.match(name).chosen


@given(st.sampled_from(sorted(STORE.files)), st.sampled_from(["Foo", "Zeta 7", "QX900", "mini"]))
def test_a_word_that_no_sheet_has_leaves_nothing_that_is_sure(chip: str, word: str) -> None:
    for name in (f"{chip} {word}", f"{word} {STORE.sheet(chip).name}"):
        assert STORE.match(name).confidence == "none"


@given(st.sampled_from(sorted(STORE.files)), st.integers(1, 2000))
def test_a_memory_size_that_a_sheet_contradicts_is_not_that_chip(chip: str, size: int) -> None:
    stated = STORE.sheet(chip).statements.get("memory_capacity", ())
    ends = [each.statement.range or [each.statement.value] for each in stated]
    own = "".join(STORE.namings.of(chip).own).casefold()
    if ends and all(size < min(each) - 1 or size > max(each) + 1 for each in ends):
        fits = chip in ids(STORE.match(f"{chip} {size} GB"))
        assert not fits or f"{size}g" in own


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("h10", "ids that look alike: h100"),
        ("acend-910c", "ids that look alike: ascend-910c"),
        ("A10G", "'chipcalc list' lists them"),
        ("VR200", "'chipcalc list' lists them"),
        ("P4", "'chipcalc list' lists them"),
        ("Tesla P4", "'chipcalc list' lists them"),
        ("RTX A4000", "'chipcalc list' lists them"),  # an RTX A6000 is no slip of the hand
    ],
)
def test_what_looks_like_a_slip_is_told_as_that(name: str, hint: str) -> None:
    with pytest.raises(ChipcalcError) as caught:
        STORE.choose(name)
    (problem,) = caught.value.problems
    assert (problem.what, problem.hint) == (f"no sheet for '{name}'", hint)


def test_only_a_slip_outside_the_number_of_a_product_is_put_right_in_a_command() -> None:
    def instead(name: str) -> tuple[tuple[str, str], ...]:
        with pytest.raises(ChipcalcError) as caught:
            STORE.choose(name)
        return caught.value.problems[0].instead

    assert instead("acend-910c") == (("acend-910c", "ascend-910c"),)
    assert instead("h2O") == (("h2O", "h20"),)
    assert instead("h10") == ()


def test_the_words_around_names_are_of_vendors_and_facts_that_are_known() -> None:
    words = STORE.name_words
    facts = {*STORE.vocabulary.metrics, *STORE.vocabulary.details}
    assert words.vendors.keys() <= STORE.vocabulary.vendors.keys()
    assert words.attributes.keys() | words.sizes.keys() <= facts


@pytest.mark.parametrize("name", ["h20", "H20", "ascend910b2", "H100 PCIe"])
def test_an_id_needs_no_look_at_the_names_of_other_chips(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> str:
        raise AssertionError("the names of the sheets were read")

    monkeypatch.setattr(files, "naming_lines", refuse)
    assert Store((files.BUILT_IN,)).match(name).confidence == "exact"


def test_a_name_of_no_sheet_loads_none(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store((files.BUILT_IN,))

    def refuse(chip: str) -> Sheet:
        raise AssertionError(f"{chip} was loaded")

    monkeypatch.setattr(store, "sheet", refuse)
    assert store.match("Tesla P4").confidence == "none"
