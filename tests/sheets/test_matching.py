"""Names as drivers, invoices, lists of vendors and the press print them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipcalc.errors import ChipcalcError
from chipcalc.sheets.matching import Attribute, NameWords, Reader, VendorWords, split
from chipcalc.sheets.names import alike, spellings
from shared import STORE

WORDS = NameWords(
    vendors={"acme": VendorWords(also=("Acme Devices",), lines=("Zeta",)), "zeta": VendorWords()},
    generic=("GPU", "tensor core"),
    attributes={"form_factor": ("SXM", "PCIe"), "memory_capacity": ("GB",)},
)
READER = Reader(WORDS, {"acme": "Acme", "zeta": "Zeta Motors"})

# As nvidia-smi names the devices that it finds, and rocm-smi, and NVIDIA's list of export classes.
DRIVERS = {
    "NVIDIA H20": "h20",
    "NVIDIA A100-SXM4-80GB": "a100-sxm",
    "NVIDIA A100-SXM4-40GB": "a100-sxm-40gb",
    "NVIDIA A100 80GB PCIe": "a100-pcie",
    "NVIDIA H100 80GB HBM3": "h100-sxm",
    "NVIDIA H100 PCIe": "h100-pcie",
    "NVIDIA H100 NVL": "h100-nvl",
    "NVIDIA GeForce RTX 4090": "rtx-4090",
    "NVIDIA RTX A6000": "rtx-a6000",
    "NVIDIA L40S": "l40s",
    "Tesla T4": "t4",
    "Tesla V100-SXM2-32GB": "v100",
    "AMD Instinct MI300X": "mi300x",
    "AMD Instinct MI250X": "mi250x",
    "HGX H20 8 GPU": "hgx-h20-8gpu",
}
# As the press and those who speak of them shorten them.
SHORT = {
    "Ascend910B2": "ascend-910b2",
    "910c": "ascend-910c",
    "910C": "ascend-910c",
    "华为昇腾910C": "ascend-910c",
    "j6p": "journey-6p",
    "hw4": "tesla-hw4",
    "Tesla HW4": "tesla-hw4",
    "ironwood": "tpu-v7",
    "TPU v6e": "tpu-v6e",
    "GB200 Grace Blackwell": "gb200-superchip",
    "RTX4090": "rtx-4090",
    "H20 141GB": "h20-3e",
    "NVIDIA B300 (Blackwell Ultra)": "b300",
    "MetaX MXC500 (OAM)": "metax-c500-oam",
}


@pytest.mark.parametrize(("name", "chip"), [*DRIVERS.items(), *SHORT.items()])
def test_a_printed_name_is_that_of_its_product(name: str, chip: str) -> None:
    assert [each.id for each in STORE.choose(name).sheets] == [chip]
    assert [each.id for each in STORE.members(name)] == [chip]


@pytest.mark.parametrize("name", ["910b", "Huawei Ascend 910B", "ascend-910b"])
def test_a_name_that_fits_several_lists_them(name: str) -> None:
    found = [each.id for each in STORE.choose(name).sheets]
    assert sorted(found) == [f"ascend-910b{each}" for each in (1, 2, 3, 4)]


def test_a_name_without_its_variant_is_read_as_in_its_short_form() -> None:
    printed, short = STORE.choose("NVIDIA H100"), STORE.choose("h100")
    assert printed.sheets == short.sheets
    assert [each.replace("NVIDIA H100", "h100") for each in printed.understood] == [
        *short.understood
    ]


@pytest.mark.parametrize(
    "name",
    [
        "T44",
        "A11",
        "A10G",
        "AMD H100",  # of another vendor
        "NVIDIA H100 64GB",  # a size that no H100 has
        "NVIDIA Tesla V100 PCIe 16 GB",  # the sheet is of the SXM2 module with 32 GB
        "NVIDIA Quadro RTX 6000",  # of 2018, and not the RTX 6000 Ada
        "Tesla",
    ],
)
def test_a_name_that_fits_none_is_no_other_product(name: str) -> None:
    with pytest.raises(ChipcalcError, match=f"no sheet for '{name}'"):
        STORE.choose(name)


@pytest.mark.parametrize(
    ("name", "near"),
    [("T44", set()), ("A11", set()), ("A10G", set()), ("acend-910c", {"ascend-910c"})],
)
def test_only_a_name_of_the_same_number_counts_as_mistyped(name: str, near: set[str]) -> None:
    found = {each.name for each in alike(name, spellings(STORE.files)).values()}
    assert found == near or (near and near <= found)
    assert "a10" not in found
    assert "tesla-hw4" not in found


def test_a_name_says_its_vendors_its_product_and_its_variant() -> None:
    found = READER.read("Acme Devices® Z-9 Tensor Core GPU, PCIe 80 GB")
    assert found.proper == "z9"
    assert found.vendors == (frozenset({"acme"}),)
    assert found.attributes == (
        Attribute("form_factor", "pcie"),
        Attribute("memory_capacity", "80gb"),
    )


def test_a_word_of_two_vendors_may_mean_either() -> None:
    assert READER.read("Zeta 4").vendors == (frozenset({"acme", "zeta"}),)


def test_what_stands_in_brackets_is_left_out_where_it_is_no_number() -> None:
    assert [each.proper for each in READER.readings("Z9 (Omega)")] == ["z9omega", "z9"]
    assert [each.proper for each in READER.readings("Z9 (Z8)")] == ["z9z8"]


@given(st.text())
def test_every_text_is_read(text: str) -> None:
    assert isinstance(READER.read(text).proper, str)
    assert split(text.upper()) == split(text.upper().casefold())


CHIPS = st.sampled_from(sorted(STORE.files))


@given(CHIPS, st.data())
def test_every_name_of_a_sheet_leads_to_it_in_any_case_and_with_its_vendor(
    chip: str, data: st.DataObject
) -> None:
    sheet = STORE.sheet(chip)
    name = data.draw(st.sampled_from((chip, sheet.chip.name, *sheet.chip.aliases)))
    vendor = STORE.vocabulary.vendors[sheet.chip.vendor].name
    written = data.draw(st.sampled_from((name, name.upper(), name.lower(), name.replace(" ", "-"))))
    for each in (written, f"{vendor} {written}"):
        assert chip in {found.id for found in STORE.members(each)}, each


@given(CHIPS, st.sampled_from(("{} x77", "{} Omega", "999 {}", "Omega {}")))
def test_a_word_that_no_product_has_leads_to_none(chip: str, written: str) -> None:
    with pytest.raises(ChipcalcError, match="no sheet for"):
        STORE.choose(written.format(chip))
