"""A record that was run again: whether the answer is the same, what differs, and by which file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from chipcalc.contract import replay as contract
from chipcalc.contract.replay import ChangedFile, Difference, Replayed, told
from chipcalc.errors import join_words
from chipcalc.figures.figure import key
from chipcalc.places import countries
from chipcalc.tables.report import Column, Grid, Report, Row, cell, noted
from chipcalc.values import numbers, units
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels
from chipcalc.words.check import NO_ADVICE
from chipcalc.words.commands import written
from chipcalc.words.line import Block, Phrase, TextLine, block, command, deeper, phrased
from chipcalc.words.roles import NOT_SETTLED

_OF_OUTPUT = ("--record", "--out", "-o", "--format", "-f", "--color")  # each takes a word
_FEW = 4  # chips that are named in the first line
_LABELS: Mapping[str, str] = {
    "asked": "asked for",
    "deciding": "facts that decide",
    "limbs": "criteria",
    "in_force": "in force since",
    "verified": "last checked",
    "presumed": "presumption",
    "cites": "limbs that are met",
    "declared_eccn": "declared ECCN",
}
_VERDICTS = {"met": "met", "not met": "not met", "unknown": NOT_SETTLED}
_WAYS = ("printed", "enforced")
_QUANTITIES = "quantities."
_QUESTIONS = ("exceptions", "review")
_DIGITS = 6
_NEEDS = {"met": "required", "not met": "not required", "unknown": "depends"}
_UNREADABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def report(found: Replayed, vocabulary: Vocabulary) -> Report:
    """Return whether the answer is the same, each difference with its cause, and what changed."""
    return Report(
        lambda: contract.data(found),
        lambda: list(contract.records(found)),
        title=(_title(found),),
        parts=(
            *_table(found, vocabulary),
            *noted(
                block(*_words(found, vocabulary)), block(*_files(found)), block(*_program(found))
            ),
            _end(found),
        ),
        unbroken=tuple(each["name"] for each in found.then["chips"]),
    )


def _table(found: Replayed, vocabulary: Vocabulary) -> Iterator[Grid]:
    """Yield the differences; what they rest on has a column where it is not the same for all."""
    shown = [each for each in found.differences if not each.words and not _is_told(each, found)]
    columns = (Column("", name="what"), Column("then", name="then"), Column("now", name="now"))
    apart = len({each.causes for each in shown}) > 1
    rows = tuple(_rows(sorted(shown, key=_place), found, vocabulary, apart=apart))
    if rows:
        more = (Column("because of", name="cause"),) if apart else ()
        yield Grid((*columns, *more), rows, "replay")


def _is_told(each: Difference, found: Replayed) -> bool:
    """Whether a difference only follows from another one that is told.

    A rule is told by its verdict with the limbs that are met, and a question by what it says.
    """
    if not each.rule and each.what == "cites":
        return True
    if each.what == "cite":
        return True
    question, _, about = each.what.rpartition(".")
    if each.rule:
        return each.what not in ("verdict", "limbs") and _beside(each, "verdict", found)
    if about == "verdict" and question in _QUESTIONS:
        return _beside(each, f"{question}.says", found)
    return about in ("deciding", "views", "asks") and any(
        _beside(each, f"{question}.{other}", found) for other in ("verdict", "says")
    )


def _beside(each: Difference, what: str, found: Replayed) -> bool:
    """Whether something else of the same rule, or of the same answer, differs, too."""
    about = each.chip, each.destinations, each.rule, what
    return any((e.chip, e.destinations, e.rule, e.what) == about for e in found.differences)


def _place(each: Difference) -> tuple[str, tuple[str, ...], int]:
    """Return where a difference stands: answers first, then rules, then figures."""
    figures = each.what.startswith(_QUANTITIES)
    return each.chip, each.destinations, 1 if each.rule else 2 if figures else 0


def _title(found: Replayed) -> TextLine:
    about = f"{_about(found)}, {found.then['as_of']}: "
    if not found.same:
        return phrased(Phrase(about, "title"), Phrase("another answer", "stop"))
    return phrased(Phrase(about, "title"), Phrase(f"same answer{_answered(found.then)}", "go"))


def _answered(record: Mapping[str, Any]) -> str:
    """Return what was answered, where it is one answer in few words."""
    answer = record["answer"]
    items = [*answer.get("chips", ()), *answer.get("shipments", ())]
    if len(items) != 1:
        return ""
    if "licence" not in items[0]:
        classified = items[0]["classification"]
        return f", {_VERDICTS.get(classified, classified)}"
    needs = {way: _NEEDS[each["verdict"]] for way, each in items[0]["licence"].items()}
    if len(set(needs.values())) == 1:
        return f", licence {needs['enforced']}"
    return f", licence {join_words(f'{need} as {way}' for way, need in needs.items())}"


def _about(found: Replayed) -> str:
    """Return what was asked about: the chips, and the place where it is one."""
    names = [each["name"] for each in found.then["chips"]]
    chips = join_words(names) if len(names) <= _FEW else f"{len(names)} chips"
    to = found.then["asked"]["to"]
    return f"{chips} to {_country(to[0])}" if len(to) == 1 else chips


def _country(code: str) -> str:
    known = {each.casefold() for each in countries.codes()}
    return countries.name(code.upper()) if code.casefold() in known else code


def _rows(
    found: Sequence[Difference], replayed: Replayed, vocabulary: Vocabulary, *, apart: bool
) -> Iterator[Row]:
    """Yield each difference; below the chip and its places where there are several."""
    paragraphs = _paragraphs(replayed)
    several = len({(each.chip, each.destinations) for each in found}) > 1
    for (chip, places), some in groupby(found, key=lambda each: (each.chip, each.destinations)):
        if several:
            yield Row((cell(_item(chip, places, replayed)),), heading=True)
        for each in some:
            what = _what(each, paragraphs, vocabulary)
            then, now = _values(each, replayed, vocabulary)
            files = [PurePosixPath(name).name for name in each.causes]
            causes = (cell(*(files or ["no file that changed"]), joint=","),) if apart else ()
            yield Row((cell(what, level=int(several)), cell(then), cell(now), *causes))


def _item(chip: str, places: Sequence[str], replayed: Replayed) -> str:
    chips = (*replayed.then["chips"], *replayed.now["chips"])
    names = {each["chip"]: each["name"] for each in chips}
    to = f" to {join_words(map(_country, places))}" if places else ""
    return f"{names.get(chip, chip)}{to}"


def _paragraphs(found: Replayed) -> dict[str, str]:
    texts = (*found.then["texts"], *found.now["texts"])
    return {each["rule"]: each["paragraph"] for each in texts}


def _what(each: Difference, paragraphs: Mapping[str, str], vocabulary: Vocabulary) -> str:
    """Return what differs: a rule for its verdict, or what else of it, or of the whole answer."""
    if each.what.startswith(_QUANTITIES):
        figure = each.then or each.now
        if isinstance(figure, Mapping):
            return labels.brief(key(figure["metric"], figure["when"]), vocabulary)
        return each.what.removeprefix(_QUANTITIES).removesuffix(".sources")
    path = each.what.split(".")
    words = " ".join(
        _LABELS.get(part, part.replace("_", " "))
        for part in path
        if part not in ("verdict", "says", *_WAYS)
    )
    words = ", as ".join(filter(None, (words, *(part for part in path if part in _WAYS))))
    return ": ".join(filter(None, (paragraphs.get(each.rule, each.rule), words)))


def _values(each: Difference, found: Replayed, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return what was and what is, in words; figures in so many digits that they differ."""
    if each.what.startswith(_QUANTITIES):
        brief = [_figure(value, _DIGITS, vocabulary) for value in (each.then, each.now)]
        if brief[0] != brief[1]:
            return brief[0], brief[1]
        return _figure(each.then, 0, vocabulary), _figure(each.now, 0, vocabulary)
    if each.rule and each.what == "verdict":
        return _verdict(each.then, each, found.then), _verdict(each.now, each, found.now)
    return _value(each, each.then), _value(each, each.now)


def _verdict(value: object, each: Difference, record: Mapping[str, Any]) -> str:
    """Return what a rule says, with the limbs of it that are met."""
    if value is None:
        return "not asked"
    limbs: list[str] = next(
        (
            one["cites"]
            for one in record["findings"]
            if (one["chip"], tuple(one["destinations"]), one["rule"])
            == (each.chip, each.destinations, each.rule)
        ),
        [],
    )
    word = _VERDICTS.get(str(value), str(value))
    return f"{word}: {join_words(limbs)}" if limbs else word


def _figure(value: object, digits: int, vocabulary: Vocabulary) -> str:
    """Return a figure of a record in so many digits, exactly in none; or why there is none."""
    if not isinstance(value, Mapping):
        return "none"
    if value.get("value") is None:
        return str(value["status"])
    ends = [numbers.read_exact(value[name]) for name in ("exact_low", "exact_high")]
    shown = [numbers.amount(each, digits) if digits else str(each) for each in ends]
    amount = shown[0] if ends[0] == ends[1] else f"{shown[0]} to {shown[1]}"
    unit = labels.unit_text(key(value["metric"]), units.unit(value["unit"]), vocabulary)
    return f"{amount} {unit}".rstrip()


def _value(each: Difference, value: object) -> str:
    """Return a value in words; what has no line of its own is only said to be another."""
    if each.what.endswith("verdict"):
        return _NEEDS.get(str(value), told(value))
    if value in (None, [], {}, ""):
        return NOT_SETTLED if each.what.endswith(".says") else "none"
    return told(value) or ("as recorded" if value is each.then else "otherwise")


def _words(found: Replayed, vocabulary: Vocabulary) -> Iterator[TextLine]:
    """Yield what is told otherwise of the same: notes, titles, the days of the last check."""
    paragraphs = _paragraphs(found)
    words = [each for each in found.differences if each.words]
    by_cause: dict[tuple[str, ...], dict[str, None]] = {}
    for each in words:
        by_cause.setdefault(each.causes, {})[_what(each, paragraphs, vocabulary)] = None
    if words:
        yield TextLine("Told in other words:")
    for causes, what in by_cause.items():
        behind = f" ({join_words(causes)})" if causes else ""
        yield TextLine(f"{'; '.join(what)}{behind}", 1)


def _files(found: Replayed) -> Iterator[TextLine]:
    """Yield the files that changed, those that are behind a difference first."""
    if not found.changed:
        yield TextLine("None of the files that it was made of has changed.")
        return
    causes = {name for each in found.differences for name in each.causes}
    behind = [each for each in found.changed if each.file in causes]
    rest = [each for each in found.changed if each.file not in causes]
    if behind:
        yield TextLine("Behind it, of the files that it was made of:")
        yield from deeper(map(_file, behind))
    if rest:
        else_ = " too" if behind else ", of the files that it was made of"
        yield TextLine(f"Changed{else_}, and behind no difference:")
        yield from deeper(map(_file, rest))


def _file(each: ChangedFile) -> str:
    return f"{each.file}: {each.how}"


def _program(found: Replayed) -> Iterator[TextLine]:
    """Yield which versions answered, and that the program is behind what no file explains."""
    then, now = found.programs
    if then != now:
        yield TextLine(f"chipcalc {then} then, {now} now")
    unexplained = any(not each.causes for each in found.differences)
    if unexplained and then == now:
        yield TextLine(
            f"Where no file is named, the program reads otherwise, in its version {now} still."
        )
    elif unexplained:
        yield TextLine("Where no file is named, the program reads otherwise.")
    if found.then["made"] != found.now["made"]:
        yield TextLine(f"Recorded on {found.then['made']}, run again on {found.now['made']}")


def _end(found: Replayed) -> Block:
    words = [_UNREADABLE.sub("", each) for each in _asked(found.then["command"])]
    if not any(each.startswith("--as-of") for each in words):
        words += ["--as-of", found.then["as_of"]]  # the law of that day, and not of this one
    return (TextLine(f"{NO_ADVICE} What was asked:", role="faint"), command(written(*words)))


def _asked(words: Sequence[str]) -> Iterator[str]:
    """Yield the words of the command, without the files that it wrote and how it was shown."""
    left = iter(words)
    for each in left:
        if each in _OF_OUTPUT:
            next(left, None)
        elif not each.startswith(tuple(f"{name}=" for name in _OF_OUTPUT)):
            yield each
