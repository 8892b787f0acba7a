"""An answer beside the one that a record holds: what differs, and the changed files behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

SCHEMA = "chipcalc.replay/2"

Json: TypeAlias = "Mapping[str, Any]"
Path: TypeAlias = "tuple[str, ...]"

_GONE = object()
_IDENTITY = ("rule", "chip", "destinations", "label", "metric", "circumstance")
# what is said, and not what is answered: titles, notes, where a text stands and when it was read
_WORDS = frozenset(
    {"schema", "name", "note", "notes", "at", "title", "url", "sources", "citation", "verified"}
)
# a figure is told once, by its own name, and not again in every criterion that compares it
_OF_FIGURES = (
    "value", "low", "high", "exact", "exact_low", "exact_high",
    "status", "holds", "verdict", "says",
)  # fmt: skip
_QUANTITIES = "quantities"
_SHARED = ("metrics", "units", "countries", "groups")


class ChangedFile(NamedTuple):
    """A file that is no longer what it was: changed, gone, or new."""

    file: str
    kind: str
    how: Literal["changed", "gone", "new"]


class Difference(NamedTuple):
    """Something that was answered otherwise, of a chip and a rule where it is about these.

    `causes` are the files behind it that are no longer what they were; one that is only `words`
    is about how the same answer is told.
    """

    chip: str
    destinations: tuple[str, ...]
    rule: str
    what: str
    then: Any
    now: Any
    causes: tuple[str, ...] = ()
    words: bool = False


class Replayed(NamedTuple):
    """A record beside the answer of today: both as JSON, the files that changed, what differs."""

    then: Json
    now: Json
    changed: tuple[ChangedFile, ...]
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether the answer is the same, in the same words or in others."""
        return all(each.words for each in self.differences)

    @property
    def programs(self) -> tuple[str, str]:
        """The version of the program, then and now."""
        return self.then["program"]["version"], self.now["program"]["version"]


def replayed(then: Json, now: Json, changed: Sequence[ChangedFile]) -> Replayed:
    """Return what differs between two records of one question, with what caused it."""
    found = [
        each
        for old, new in _pairs(_items(then["answer"]), _items(now["answer"]))
        for each in _of_item(old, new)
    ]
    caused = _Causes(then, now, changed)
    settled = [each._replace(causes=caused.of(each)) for each in found]
    return Replayed(then, now, tuple(changed), tuple(map(caused.widened(settled), settled)))


def _items(answer: Json) -> list[Json]:
    """Return what an answer says of each chip or shipment."""
    return [*answer.get("chips", ()), *answer.get("shipments", ())]


def _pairs(then: Sequence[Any], now: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield what stands for the same thing in two lists, beside nothing where one has it alone."""
    others = {_identity(each): each for each in now}
    for each in then:
        yield each, others.pop(_identity(each), _GONE)
    for each in others.values():
        yield _GONE, each


def _identity(each: Any) -> str:
    return str({name: each[name] for name in _IDENTITY if name in each})


def _of_item(then: Any, now: Any) -> Iterator[Difference]:
    one = then if now is _GONE else now
    about = one["chip"], tuple(one.get("destinations", ()))
    if then is _GONE or now is _GONE:
        was, is_ = ("no" if each is _GONE else "yes" for each in (then, now))
        yield Difference(*about, "", "asked", was, is_)
        return
    for path, old, new in _walk(_without_rules(then), _without_rules(now)):
        yield _difference(about, "", path, old, new)
    for old, new in _pairs(then.get("rules") or (), now.get("rules") or ()):
        if old is _GONE or new is _GONE:
            rule = (new if old is _GONE else old)["rule"]
            verdicts = [None if each is _GONE else each["verdict"] for each in (old, new)]
            yield Difference(*about, rule, "verdict", verdicts[0], verdicts[1])
            continue
        for path, *both in _walk(_bare(old), _bare(new)):
            yield _difference(about, old["rule"], path, *both)


def _difference(
    about: tuple[str, tuple[str, ...]], rule: str, path: Path, then: Any, now: Any
) -> Difference:
    words = any(each in _WORDS for each in path) or path[-1] == "unsure"
    then, now = (None if each is _GONE else each for each in (then, now))
    return Difference(*about, rule, ".".join(path), then, now, words=words)


def _without_rules(item: Json) -> Json:
    return {name: each for name, each in item.items() if name != "rules"}


def _bare(rule: Json) -> Json:
    """Return a rule whose criteria say what is asked, without the figures that these compare."""
    limbs = [
        {**limb, "verdict": "", "criteria": [_asked(each) for each in limb["criteria"]]}
        for limb in rule["limbs"]
    ]
    return {**rule, "limbs": limbs}


def _asked(criterion: Json) -> Json:
    return {
        name: each
        for name, each in criterion.items()
        if name not in _OF_FIGURES and not name.startswith("margin")
    }


def _walk(then: Any, now: Any, path: Path = ()) -> Iterator[tuple[Path, Any, Any]]:
    """Yield every place at which two values differ; keys that are new say nothing of the old."""
    if path[:1] == (_QUANTITIES,) and len(path) == 2:
        yield from _figure(then, now, path)
    elif isinstance(then, Mapping) and isinstance(now, Mapping):
        for name, each in then.items():
            yield from _walk(each, now.get(name, _GONE), (*path, name))
    elif then != now:
        yield path, then, now


def _figure(then: Any, now: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    """Yield a figure as a whole where it is another, its sources alone where it is not."""
    bare = [
        {k: v for k, v in each.items() if k != "source"} if each is not _GONE else each
        for each in (then, now)
    ]
    if bare[0] != bare[1]:
        yield path, then, now
    elif then != now:
        yield (*path, "sources"), then["source"], now["source"]


class _Causes:
    """Finds the changed files that a difference rests on."""

    def __init__(self, then: Json, now: Json, changed: Sequence[ChangedFile]) -> None:
        self.changed = changed
        self.shared = {each.file for each in changed if each.kind in _SHARED}
        self.sources = {each.file for each in changed if each.kind == "sources"}
        self.of_chips = _files("chip", "chips", then, now)
        self.of_rules = _files("rule", "texts", then, now)

    def of(self, each: Difference) -> tuple[str, ...]:
        """Return the changed files that a difference of a rule, or of a figure, rests on."""
        chip = self.of_chips.get(each.chip, set())
        if each.rule:
            rests = self.of_rules.get(each.rule, set())
            if not each.words and each.what != "limbs":
                rests = rests | chip | self.shared
        elif each.what.startswith(f"{_QUANTITIES}."):
            rests = chip | self.shared
        else:
            return ()
        return self._among(rests, words=each.words)

    def widened(self, found: Sequence[Difference]) -> Any:
        """Return a function that gives a whole answer the causes of what it rests on.

        Those are the causes of the findings that changed with it; where none did, of all files
        of the chip and its rules that changed.
        """

        def widen(each: Difference) -> Difference:
            if each.causes or each.rule or each.what.startswith(f"{_QUANTITIES}."):
                return each
            beside = [e for e in found if e.chip == each.chip and e.words == each.words]
            causes = tuple(dict.fromkeys(name for e in beside for name in e.causes))
            everything = self.of_chips.get(each.chip, set()).union(*self.of_rules.values())
            rest = self._among(everything | self.shared, words=each.words)
            return each._replace(causes=causes or rest)

        return widen

    def _among(self, rests: set[str], *, words: bool) -> tuple[str, ...]:
        names = (each.file for each in self.changed if each.file in rests)
        return tuple(each for each in names if words or each not in self.sources)


def _files(key: str, name: str, *records: Json) -> dict[str, set[str]]:
    """Return the files that each chip, or each rule, rests on in any of two records."""
    found: dict[str, set[str]] = {}
    for record in records:
        for each in record[name]:
            found.setdefault(each[key], set()).update(each["files"])
    return found


def data(found: Replayed) -> dict[str, Any]:
    """Return the contract: whether the answer is the same, what differs, and which files."""
    then, now = found.programs
    return {
        "schema": SCHEMA,
        "same": found.same,
        "as_of": found.then["as_of"],
        "recorded": found.then["made"],
        "replayed": found.now["made"],
        "programs": {"then": then, "now": now},
        "data": {"then": found.then["data_version"], "now": found.now["data_version"]},
        "files": [each._asdict() for each in found.changed],
        "differences": [
            {
                **each._asdict(),
                "destinations": list(each.destinations),
                "rule": each.rule or None,
                "causes": list(each.causes),
            }
            for each in found.differences
        ],
    }


def records(found: Replayed) -> Iterator[dict[str, str]]:
    """Yield one flat record for each difference."""
    for each in found.differences:
        yield {
            "chip": each.chip,
            "destinations": " ".join(each.destinations),
            "rule": each.rule,
            "what": each.what,
            "then": told(each.then),
            "now": told(each.now),
            "words": str(each.words).lower(),
            "causes": "; ".join(each.causes),
        }


def told(value: Any) -> str:
    """Return a value of an answer on one line; nothing for what is not there, or has no line."""
    if isinstance(value, Mapping) and "exact_low" in value:
        return _amount(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "; ".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else ""


def _amount(figure: Json) -> str:
    """Return a figure with its unit, or why there is none."""
    if figure.get("value") is None:
        return str(figure.get("status", ""))
    low, high, unit = figure["low"], figure["high"], figure.get("unit", "")
    amount = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"{amount} {unit}".rstrip()
