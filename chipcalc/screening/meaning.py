"""What a column of a table states: a figure, a circumstance, or which part a row is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from chipcalc.check.what_if import blank, supposed_metric
from chipcalc.errors import error, unknown
from chipcalc.screening.words import Words, found_in, plain, without
from chipcalc.values.unit_words import named
from chipcalc.values.units import Unit, UnitError, unit
from chipcalc.vocabulary.model import Vocabulary

SPARSITY, ENGINE, FORMAT = "sparsity", "engine", "format"
UNSTATED, DENSE, TENSOR = "unstated", "dense", "tensor"
NAME, PART, VENDOR, COUNT, KIND, AS_OF, TO = (
    "name", "part", "vendor", "count", "kind", "as_of", "to",
)  # fmt: skip
IGNORED = "ignore"
_METRIC, _CIRCUMSTANCE = "metric", "circumstance"
_BRACKET = re.compile(r"[(\[（]([^()\[\]（）]+)[)\]）]")


class Meaning(NamedTuple):
    """What one column says: its role, the metric or circumstance, conditions and unit of a figure.

    A figure without a unit takes that of its cell; `why` says why a column is not read.
    """

    column: str
    role: str = ""
    about: str = ""
    when: tuple[tuple[str, str], ...] = ()
    unit: Unit | None = None
    why: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether it states a metric."""
        return self.role == _METRIC

    @property
    def is_circumstance(self) -> bool:
        """Whether it states a circumstance."""
        return self.role == _CIRCUMSTANCE

    @property
    def conditions(self) -> dict[str, str]:
        """The conditions of its figures."""
        return dict(self.when)


class Columns(NamedTuple):
    """The columns of a table that are read, by place, and those that are not."""

    read: Mapping[int, Meaning]
    left: tuple[Meaning, ...]

    def of(self, role: str) -> int | None:
        """Return the place of the column of a role; None where there is none."""
        return next((place for place, each in self.read.items() if each.role == role), None)


def columns(
    names: Sequence[str], words: Words, vocabulary: Vocabulary, said: Mapping[str, str]
) -> Columns:
    """Return what the columns of a table say: as the user says, else by their known names.

    Of several of one role or figure one is read. Raises ChipcalcError for what a user says of a
    column that is not there, or that makes no sense.
    """
    for column in said:
        if column not in names:
            listed = f"it has {', '.join(names)}"
            raise unknown(f"no column '{column}'", column, names, ("columns", "there"), listed)
    found = [
        declared(each, said[each], vocabulary) if each in said else known(each, words, vocabulary)
        for each in names
    ]
    chosen = tuple(_chosen(found, said, words))
    read = {place: each for place, each in enumerate(chosen) if each.role not in ("", IGNORED)}
    return Columns(read, tuple(each for each in chosen if not each.role))


def _chosen(found: Sequence[Meaning], said: Mapping[str, str], words: Words) -> Iterator[Meaning]:
    """Yield meanings, those that another column states already without their role."""
    order = list(words.roles)
    best: dict[tuple[object, ...], Meaning] = {}
    for each in (e for e in found if e.role not in ("", IGNORED)):
        key = (each.role, each.about, each.when)
        rank = (each.column not in said, _place(each.column, order))
        other = best.get(key)
        if other is None or rank < (other.column not in said, _place(other.column, order)):
            best[key] = each
    named = NAME in {each.role for each in best.values()}
    for each in found:
        first = best.get((each.role, each.about, each.when))
        if first and first is not each:
            yield Meaning(each.column, why=f"says the same as {first.column}")
        elif each.role == PART and named:
            yield Meaning(each.column, why="the part number; the name counts")
        else:
            yield each._replace(role=NAME) if each.role == PART else each


def _place(column: str, order: Sequence[str]) -> int:
    name = plain(column)
    return order.index(name) if name in order else len(order)


def known(column: str, words: Words, vocabulary: Vocabulary) -> Meaning:
    """Return what a column says by its name; without a role where that is not known."""
    name, measured = _unit_of(column, words)
    if name in words.roles:
        return Meaning(column, words.roles[name])
    if name in words.circumstances:
        return Meaning(column, _CIRCUMSTANCE, words.circumstances[name])
    if name in words.metrics:
        return _figure(column, words.metrics[name], {}, measured, vocabulary)
    rate = words.said.rates.metric
    stated = _rate(name, words)
    if stated:
        return _figure(column, rate, stated, measured, vocabulary)
    if measured and measured.dimension == vocabulary.metric(rate).unit.dimension:
        return Meaning(column, why="of which number format? say one with --column")
    return Meaning(column)


def _figure(
    column: str,
    metric: str,
    when: Mapping[str, str],
    measured: Unit | None,
    vocabulary: Vocabulary,
) -> Meaning:
    definition = vocabulary.metric(metric)
    units = (definition.unit, *definition.also)
    if measured and all(measured.dimension != each.dimension for each in units):
        return Meaning(column, why=f"{definition.label.lower()} is not measured in {measured}")
    if measured is None and definition.bare:
        measured = definition.unit
    return Meaning(column, _METRIC, metric, tuple(sorted(when.items())), measured)


def _unit_of(column: str, words: Words) -> tuple[str, Unit | None]:
    """Return the plain name of a column without the unit that it says, and that unit."""
    for each in reversed(list(_BRACKET.finditer(column))):
        measured = _unit(each[1], words)
        if measured:
            return plain(column[: each.start()] + " " + column[each.end() :]), measured
    head, comma, last = column.rpartition(",")
    measured = _unit(last, words) if comma else None
    if measured:
        return plain(head), measured
    name = plain(column)
    for word in sorted(words.units, key=len, reverse=True):
        if name.endswith(f" {word}"):
            return name.removesuffix(f" {word}"), unit(words.units[word])
    return name, None


def _unit(text: str, words: Words) -> Unit | None:
    return named(words.units.get(plain(text), text.strip().replace("²", "^2")))


def _rate(name: str, words: Words) -> dict[str, str]:
    """Return the conditions of a rate that a name says with all of its words; nothing else."""
    formats = list(found_in(name, words.formats))
    if len({value for _, value in formats}) != 1:
        return {}
    rest = without(name, [word for word, _ in formats])
    engines = list(found_in(rest, words.engines))
    rest = without(rest, [word for word, _ in engines])
    meant = [each for each in found_in(rest, words.meanings) if each[1] in (DENSE, "sparse")]
    rest = without(rest, [word for word, _ in meant])
    if set(rest.split()) - words.idle or len({*dict(engines).values()}) > 1 or len(meant) > 1:
        return {}
    return with_usual(
        formats[0][1],
        next((value for _, value in engines), ""),
        next((value for _, value in meant), ""),
        words,
    )


def with_usual(form: str, engine: str, sparsity: str, words: Words) -> dict[str, str]:
    """Return the conditions of a rate with what goes without saying; else it is unstated.

    Who says dense or sparse speaks of matrix units.
    """
    rates = words.said.rates
    if not engine:
        engine = TENSOR if form in rates.of_matrix_units or sparsity else UNSTATED
    if not sparsity:
        sparsity = DENSE if form in rates.always_dense or engine == "vector" else UNSTATED
    return {FORMAT: form, ENGINE: engine, SPARSITY: sparsity}


def declared(column: str, said: str, vocabulary: Vocabulary) -> Meaning:
    """Return what a user says of a column: ``throughput[int8] TOPS``, ``market``, ``name``.

    What is not said of a rate is unstated. Raises ChipcalcError for what is no meaning.
    """
    text = said.strip()
    if text in (NAME, VENDOR, COUNT, KIND, AS_OF, TO, IGNORED):
        return Meaning(column, text)
    if text in vocabulary.circumstances:
        return Meaning(column, _CIRCUMSTANCE, text)
    head, bracket, behind = text.partition("]") if "[" in text else text.partition(" ")
    key = head + bracket.strip()
    metric, when = supposed_metric(key, blank(vocabulary), vocabulary)
    definition = vocabulary.metric(metric)
    if definition.formula is not None and definition.die is None:
        raise error(f"'{metric}' is computed", f"say what column '{column}' states itself")
    said_of = {each.partition("=")[2] or each for each in key.rpartition("[")[2][:-1].split(",")}
    for name in (ENGINE, SPARSITY):
        if name in when and when[name] not in {each.strip() for each in said_of}:
            when[name] = UNSTATED
    if when.get(SPARSITY) not in (None, UNSTATED) and when.get(ENGINE) == UNSTATED:
        when[ENGINE] = TENSOR
    measured = _measured(column, behind.strip())
    found = _figure(column, metric, when, measured, vocabulary)
    if found.why:
        raise error(f"column '{column}': {found.why}", f"write {metric} {definition.unit.text}")
    return found


def _measured(column: str, behind: str) -> Unit | None:
    if behind:
        try:
            return unit(behind.replace("²", "^2"))
        except UnitError as fault:
            raise error(f"column '{column}': {fault}", "write for example TOPS") from None
    for each in _BRACKET.findall(column)[::-1]:
        measured = named(each.replace("²", "^2"))
        if measured:
            return measured
    return None


def settings(texts: Iterable[str]) -> dict[str, str]:
    """Return what is said of columns, as ``INT8 (TOPS)=throughput[int8]``; raises ChipcalcError."""
    found: dict[str, str] = {}
    for each in texts:
        match = re.fullmatch(
            r"(?P<column>.+?)\s*=\s*(?P<said>[a-z_]+(?:\[[^\]]*\])?[^=\[\]]*)", each
        )
        if not match:
            raise error(
                f"'{each}' says nothing of a column", "write 'INT8 (TOPS)=throughput[int8]'"
            )
        if match["column"] in found:
            raise error(f"'{match['column']}' is said twice", "say it once")
        found[match["column"]] = match["said"].strip()
    return found
