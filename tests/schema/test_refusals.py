"""Whatever a model refuses is told in our own words, at every field, with what to write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import ValidationError
from pydantic_core.core_schema import ErrorType

from chipcalc import yamlio
from chipcalc.claims.claim import (
    AsGoodClaim,
    BehindClaim,
    BelowLineClaim,
    BuysClaim,
    Claims,
    ElsewhereClaim,
    OutsideRulesClaim,
    RatioClaim,
    ShareClaim,
)
from chipcalc.errors import ChipcalcError, Problem
from chipcalc.intake.mapping import Mapping
from chipcalc.places.groups import Groups
from chipcalc.rules.diligence import Diligence
from chipcalc.rules.regime import Regime
from chipcalc.rules.rule import Rule
from chipcalc.schema import examples, refusals
from chipcalc.schema.base import Frozen, parse
from chipcalc.schema.source import Source
from chipcalc.sheets.chip import Chip
from chipcalc.sheets.reading import NameWords
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words.language import Phrases
from chipcalc.yamlio import Data, Document, Path

CLAIMS: tuple[type[Frozen], ...] = (
    RatioClaim,
    ShareClaim,
    BelowLineClaim,
    AsGoodClaim,
    BehindClaim,
    OutsideRulesClaim,
    BuysClaim,
    ElsewhereClaim,
)
MODELS: tuple[type[Frozen], ...] = (
    Chip, Rule, Groups, Source, Vocabulary, Claims, Phrases, *CLAIMS
)  # fmt: skip
WRONG: tuple[Data, ...] = ("", "?!", "-7.5", [], ["?!"], [[], {}], {}, {"?!": "?!"}, {"": []})
KINDS: tuple[str, ...] = get_args(ErrorType)
LIBRARY = re.compile(
    r"pydantic|Input |[Ss]hould |Field required|Extra inputs|validat|instance of|not permitted"
    r"|valid (string|tuple|list|dict|integer|number|boolean|mapping)|Unable to|unable to"
    r"|at (least|most) \d|Value error|Assertion|Unexpected|cannot be parsed"
)


def places(model: type[Frozen], path: Path = ()) -> Iterator[tuple[Path, examples.Shape]]:
    """Yield every place that a file of a model may have, one item of each list and mapping."""
    for key in refusals.keys_at(model, path):
        place = (*path, key)
        shape = refusals.shape_at(model, place)
        yield place, shape
        if len(place) > 9:
            continue
        for inner in ((0,), ("x",), ("x", 0), (0, 0)):
            deeper = refusals.shape_at(model, (*place, *inner))
            if deeper.type is not None:
                yield (*place, *inner), deeper
                yield from places(model, (*place, *inner))
        yield from places(model, place)


PLACES = {model: dict(places(model)) for model in MODELS}


def put(path: Path, value: Data) -> Data:
    """Return data with a value at a place, and nothing else."""
    for key in reversed(path):
        value = [value] if isinstance(key, int) else {key: value}
    return value


def refused(model: type[Frozen], data: Data) -> list[Problem]:
    """Return what is wrong with data; nothing where all is right."""
    try:
        parse(model, Document(data, {}, "a.yaml"))
    except ChipcalcError as fault:
        return list(fault.problems)
    return []


def is_ours(words: str) -> bool:
    """Whether a sentence has no words of the library of models."""
    return not LIBRARY.search(words)


def test_the_words_of_the_library_are_known() -> None:
    """Else the tests below could not fail."""
    assert {"missing", "literal_error", "extra_forbidden"} < set(KINDS)
    for wrong in ({"id": [], "dies": "x"}, {"market": "x", "zzz": 1, "vendor": ""}):
        with pytest.raises(ValidationError) as caught:
            Chip.model_validate(wrong)
        assert not any(is_ours(each["msg"]) for each in caught.value.errors())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_field_is_refused_in_the_words_of_the_library(model: type[Frozen]) -> None:
    refusals_seen = 0
    for path in PLACES[model]:
        for wrong in WRONG:
            for each in refused(model, put(path, wrong)):
                assert is_ours(f"{each.what} {each.hint}"), (path, wrong, each)
                assert each.what
                refusals_seen += 1
    assert refusals_seen > len(PLACES[model])


@pytest.mark.parametrize(
    "model",
    [each for each in MODELS if each is not Claims],  # its claims are models of their own
    ids=lambda model: model.__name__,
)
def test_every_kind_of_fault_that_the_library_knows_has_our_words(model: type[Frozen]) -> None:
    for path in [*PLACES[model], ("sources", "?!", "[key]")]:
        for kind in KINDS:
            for value in ("?!", ["?!"], {"?!": "?!"}):
                fault = {"type": kind, "loc": path, "input": value, "msg": "Input should be right"}
                what, hint = refusals.told(fault, model)
                assert what
                assert hint
                assert is_ours(f"{what} {hint}"), (path, kind, value)


@pytest.mark.parametrize(
    ("body", "path", "what", "hint"),
    [
        (
            "market: datacenter\n",
            "market",
            "the status is missing",
            "write {value: datacenter, status: reported, source: [KEY]}",
        ),
        (
            "values: {throughput: 296}\n",
            "values.throughput",
            "one value where a list belongs",
            "write [{value: 296, unit: TFLOPS, status: reported, source: [KEY]}]",
        ),
        (
            "values: {throughput: [296]}\n",
            "values.throughput[0]",
            "the status and unit are missing",
            "write {value: 296, unit: TFLOPS, status: reported, source: [KEY]}",
        ),
        ("name: [X1]\n", "name", "a list where one text belongs", "write one text"),
        ("notes: {a: b}\n", "notes", "keys with values where a list belongs", ""),
        ("dies: [{name: ''}]\n", "dies[0].name", "nothing is written here", ""),
        (
            "dies: [{name: D, kind: logik}]\n",
            "dies[0].kind",
            "'logik' is no word for kind",
            "did you mean 'logic'?",
        ),
        (
            "dies: [{name: D, count: many}]\n",
            "dies[0].count",
            "'many' is no whole number from 1 to 1000",
            "write a whole number from 1 to 1000",
        ),
        (
            "dies: [{name: D, count: 0}]\n",
            "dies[0].count",
            "'0' is no whole number from 1 to 1000",
            "write a whole number from 1 to 1000",
        ),
        (
            "sources: {Bad Key: {}}\n",
            "sources.Bad Key",
            "'Bad Key' is no plain word",
            "write lower-case letters, digits and hyphens, such as h20-3e",
        ),
    ],
)
def test_a_refusal_says_what_to_write(body: str, path: str, what: str, hint: str) -> None:
    text = f"id: x1\nvendor: acme\n{'' if body.startswith('name') else 'name: X'}\n{body}"
    with pytest.raises(ChipcalcError) as caught:
        parse(Chip, yamlio.load(text, "x1.yaml"))
    found = [each for each in caught.value.problems if each.path == path]
    assert [each.what for each in found][:1] == [what]
    assert hint in found[0].hint


def test_what_a_refusal_says_to_write_is_taken(head: str) -> None:
    """An example that is itself refused would be no help."""
    for path in (("market",), ("values", "throughput"), ("dies",), ("declared", "eccn")):
        shown = examples.example(refusals.shape_at(Chip, path))
        written = yamlio.load(shown.replace("KEY", "sheet").replace("…", "x"), "a.yaml").data
        assert (
            refused(Chip, {"id": "x1", "name": "X", "vendor": "a", **nested(path, written)}) == []
        )
    assert head


def nested(path: Path, value: Data) -> dict[str, Data]:
    """Return data with a value at a place, as a mapping."""
    data = put(path, value)
    assert isinstance(data, dict)
    return data


FILES: tuple[type[Frozen], ...] = (*MODELS, Regime, Diligence, Mapping, NameWords)
KINDS_OF_VALUE: dict[str, Data] = {
    "a list": ["?!"],
    "lists in a list": [["?!"]],
    "a text": "?!",
    "a number": "-7.5",
    "keys": {"?!": "?!"},
    "an empty list": [],
    "no keys": {},
    "an empty text": "",
    "null": "null",
}
FREE = ("any", "all", "except", "shipment", "formula")  # what goes in is a language of its own


def named() -> Iterator[tuple[str, type[Frozen], examples.Shape]]:
    """Yield every key of every model that a file may have, once, with what belongs there."""
    waiting, seen = [*FILES], {*FILES}
    while waiting:
        kind = waiting.pop()
        for name, field in kind.model_fields.items():
            shape = examples.of_field(kind, name, field)
            yield field.alias or name, kind, shape
            fresh = {*below(shape)} - seen
            seen |= fresh
            waiting += fresh


def below(shape: examples.Shape) -> Iterator[type[Frozen]]:
    """Yield the models that may stand at a place, or in the list or the mapping that it is."""
    for kind in examples.kinds(shape.type):
        if isinstance(kind, type) and issubclass(kind, Frozen):
            yield kind
        for part in get_args(kind):
            if part is not Ellipsis and not isinstance(part, str):
                yield from below(examples.Shape(part))


def test_every_field_has_an_example_that_is_itself_taken() -> None:
    for key, kind, shape in named():
        shown = examples.example(shape)
        assert "…" not in shown, (kind, key)
        assert "{}" not in shown, (kind, key)
        written = yamlio.load(f"{key}: {shown.replace('KEY', 'datasheet')}", "a.yaml").data
        assert isinstance(written, dict)
        wrong = [each for each in refused(kind, written) if each.path.startswith(key)]
        assert not wrong, (kind, key, shown, wrong)


AN_EXAMPLE = re.compile(
    r"such as \S|^add \S+: \S|^did you mean '|^known here are \w|^see: chipcalc \w"
    r"|^begin with .*: D:5$|^write one of \w+, \w|^write [\w, .:-]+ or [\w ,-]+$|^write [\[{]"
    r"|^write (headquarters|[\w, ]+: \S+)$"
)


@pytest.mark.parametrize("what", KINDS_OF_VALUE)
def test_a_wrong_kind_of_value_is_told_with_an_example(what: str) -> None:
    """At every key: what is wrong in our words, and what to write, letter for letter."""
    bare = set()
    for key, kind, _ in named():
        for each in refused(kind, {key: KINDS_OF_VALUE[what]}):
            here = each.path == key or each.path.startswith((f"{key}.", f"{key}["))
            if here and key not in FREE:
                assert is_ours(f"{each.what} {each.hint}"), (kind, key, each)
                if not AN_EXAMPLE.search(each.hint) or "…" in each.hint.replace("[{…}]", ""):
                    bare.add((each.hint, each.what, kind.__name__, key))
    assert not bare


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("values: {board_power: 75 W}", "write [{value: 75, unit: W, status: reported, "),
        ("values: {memory_capacity: 80 GB}", "write [{value: 80, unit: GB, status: reported, "),
        ("values: {memory_capacity: [80 GB]}", "write {value: 80, unit: GB, status: reported, "),
        ("market: datacenter", "write {value: datacenter, status: reported, source: [KEY]}"),
        ("aliases: Z9 PCIe", "write [Z9 PCIe]"),
        ("formats: fp16", "write [fp16]"),
    ],
)
def test_a_hint_keeps_what_was_written(body: str, hint: str) -> None:
    data = yamlio.load(f"{{id: z9, name: Z9, vendor: acme, {body}}}", "a.yaml").data
    (found,) = refused(Chip, data)
    assert found.hint.startswith(hint)
