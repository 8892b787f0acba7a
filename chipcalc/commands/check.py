"""A check as a user asks for it, in words, made into what the modules below work on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from chipcalc.api.checks import Check
from chipcalc.api.chip import Chip, Item
from chipcalc.api.database import Database
from chipcalc.api.rules import Rules
from chipcalc.check.contents import asked_alone
from chipcalc.check.what_if import settings
from chipcalc.commands.tally import Tally
from chipcalc.errors import ChipcalcError, Problem, error, merged
from chipcalc.figures.circuits import Held
from chipcalc.progress import Progress, untold
from chipcalc.sheets.sheet import Sheet
from chipcalc.tables.report import Report
from chipcalc.words.commands import Question

EVERY = "all"


class Asked(NamedTuple):
    """What a user asks about: chips by name, or an item described by its values alone.

    `given` are values and circumstances in words that change the chips, or describe the item;
    `circuits` are those that the item contains, `regime` is whose rules are asked.
    """

    chips: tuple[str, ...] = ()
    given: Mapping[str, str] = {}
    circuits: tuple[str, ...] = ()
    regime: str = ""


class Answered(NamedTuple):
    """The chips that could be checked, what to tell about names, and what went wrong.

    `beside` are the same chips under the rules of other regimes.
    """

    found: tuple[Check, ...]
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    beside: tuple[tuple[Rules, tuple[Check, ...]], ...] = ()


def asked(
    chips: Sequence[str],
    *,
    throughput: Sequence[str] = (),
    die_area: str = "",
    changes: Sequence[str] = (),
    tpp: str = "",
    circumstances: Mapping[str, str] | None = None,
    circuits: Sequence[str] = (),
    regime: str = "",
) -> Asked:
    """Return what some arguments ask for; raises ChipcalcError where they ask for nothing."""
    rates = settings(throughput, "int8=296TOPS")
    given = {f"throughput[{name}]": value for name, value in rates.items()}
    if die_area:
        given["die_area"] = die_area
    if tpp:
        given["tpp"] = tpp
    named = {name: value for name, value in (circumstances or {}).items() if value}
    for more in (settings(changes, "tpp=2368 or market=datacenter"), named):
        for name in more:
            if name in given:
                raise error(f"'{name}' is given twice", "give it once")
        given |= more
    if chips and circuits:
        raise error("a chip has its circuits", "leave out the chip, or --circuit")
    if not chips and not given and not circuits:
        raise error("nothing to check", "name a chip, or describe one: --throughput int8=296TOPS")
    return Asked(tuple(chips), given, tuple(circuits), regime)


def rules_of(
    db: Database,
    wanted: Asked,
    as_of: str,
    only: Sequence[str],
    files: Sequence[Path],
) -> Rules:
    """Return the rules of a day; raises ChipcalcError with the wrong names of rules and chips.

    They are those of the first regime, unless another one is named.
    """
    regime = "" if wanted.regime == EVERY else wanted.regime
    try:
        return db.rules(as_of, only=only, files=files, regime=regime)
    except ChipcalcError as fault:
        raise ChipcalcError(*chosen(db, wanted)[2], *fault.problems) from None


def check(db: Database, rules: Rules, wanted: Asked, progress: Progress = untold) -> Answered:
    """Return every chip checked; goes on after a chip that cannot be read.

    The rules of other regimes are asked as well, unless one is named.
    """
    chips, notices, problems = chosen(db, wanted)
    found = tuple(map(rules.check, progress(chips)))
    others = rules.beside if found and wanted.regime in ("", EVERY) else ()
    beside = tuple((each, tuple(map(each.check, chips))) for each in others)
    return Answered(found, notices, problems, beside)


def chosen(
    db: Database, wanted: Asked
) -> tuple[list[Chip | Item], tuple[str, ...], tuple[Problem, ...]]:
    """Return the chips asked about, each once, what to tell about names, and what went wrong."""
    if not wanted.chips:
        circuits, told = described_circuits(db, wanted.circuits)
        return [Item(wanted.given, circuits)], told, ()
    notices: list[str] = []
    problems: list[Problem] = []
    sheets: dict[str, Sheet] = {}
    for name in wanted.chips:
        try:
            choice = db.store.choose(name)
        except ChipcalcError as fault:
            problems += fault.problems
            continue
        sheets |= {each.document.file: each for each in choice.sheets}
        notices += choice.notices
    chips: list[Chip | Item] = [Chip(each, db.store, wanted.given) for each in sheets.values()]
    return chips, tuple(notices), tuple(merged(problems, len(wanted.chips)))


def described_circuits(
    db: Database, texts: Sequence[str]
) -> tuple[tuple[Held, ...], tuple[str, ...]]:
    """Return circuits described by options, and what to tell about names.

    Raises ChipcalcError for what describes none.
    """
    from chipcalc.check import described

    vocabulary = db.store.vocabulary
    found: list[tuple[described.Described, Sheet | None]] = []
    notices: list[str] = []
    for each in (described.read(text, vocabulary) for text in texts):
        sheet = None
        if each.chip:
            choice = db.store.choose(each.chip)
            notices += choice.notices
            if len(choice.sheets) > 1:
                raise error(f"{each.chip} is several chips", "name one")
            sheet = choice.sheets[0]
        found.append((each, sheet))
    return tuple(described.held(found, vocabulary)), tuple(notices)


def question(wanted: Asked, rules: Rules, options: Sequence[str] = ()) -> Question:
    """Return what is asked as a command line asks it, of the same day and with its options."""
    return Question(wanted.chips, ("--as-of", rules.as_of.isoformat(), *options))


def options(
    db: Database,
    wanted: Asked,
    *,
    throughput: Sequence[str] = (),
    die_area: str = "",
    changes: Sequence[str] = (),
    tpp: str = "",
) -> list[str]:
    """Return the options that say what is supposed, as the user wrote them."""
    found = [*repeated("--throughput", throughput), *repeated("--die-area", [die_area])]
    found += repeated("--tpp", [tpp])
    found += repeated("--circuit", wanted.circuits)
    found += repeated("--set", changes)
    known = {each.partition("=")[0].strip() for each in changes}
    for name, definition in db.store.vocabulary.circumstances.items():
        value = wanted.given.get(name, "")
        if value and name not in known:
            flag = definition.option.flag if definition.option else ""
            found += [flag, value] if flag else ["--set", f"{name}={value}"]
    return found


def repeated(option: str, values: Iterable[object]) -> list[str]:
    """Return an option once for each of some values, empty ones left out."""
    return [word for value in values if str(value) for word in (option, str(value))]


def report(
    answered: Answered,
    asked_as: Question | None = None,
    *,
    explain: bool = False,
    all_: bool = False,
    notes: bool = False,
    why_not: str = "",
    in_full: bool = False,
) -> Report:
    """Return the report of what could be checked; raises ChipcalcError for a wrong paragraph.

    Other regimes are told in a line each, or `in_full`.
    """
    found = [each.checked for each in answered.found]
    if why_not:
        from chipcalc.tables.why_not import why_not as reasons

        return reasons(found, why_not, asked_as)
    from chipcalc.tables import answers
    from chipcalc.tables.regimes import Beside

    rulebook = answered.found[0].rulebook
    coming = [each.coming for each in answered.found]
    beside = [(rules.rulebook, [e.checked for e in checks]) for rules, checks in answered.beside]
    return answers.check(
        found, rulebook, asked_as, explain=explain, all_=all_, notes=notes, coming=coming,
        beside=Beside(beside, in_full=in_full),
    )  # fmt: skip


def headroom(
    answered: Answered, asked: Sequence[str] = (), *, largest: bool, whole: bool = False
) -> Report:
    """Return the distances to the lines, or what stays outside of the control paragraphs.

    `asked` are the words of the command, for those that show more of the same. Of a board or a
    system, each circuit is asked.
    """
    found = [circuit for each in answered.found for circuit in asked_alone(each.checked)]
    if largest:
        from chipcalc.tables.largest import largest as outside

        return outside(found, asked, whole=whole)
    from chipcalc.tables.headroom import lines

    return lines(found, asked, whole=whole)


def timeline(
    db: Database,
    wanted: Asked,
    own: Sequence[Path],
    only: Sequence[str] = (),
    asked: Sequence[str] = (),
    *,
    to: Sequence[str] = (),
    whole: bool = False,
    progress: Progress = untold,
) -> tuple[Report | None, tuple[str, ...], tuple[Problem, ...]]:
    """Return chips, or shipments of them, through all versions of the rules, with what to tell.

    `asked` are the words of the command, for those that show more of the same; `progress` goes
    through the days and tells a person how far it is.
    """
    chips, notices, problems = chosen(db, wanted)
    if not chips:
        if only:
            rules_of(db, wanted, "", only, own)
        return None, notices, problems
    if to:
        shipping = db.shipping(*chips, to=to, rules=only, files=own, progress=progress)
        return shipping.report(asked, whole=whole), notices, problems
    found = db.timeline(*chips, rules=only, files=own, regime=wanted.regime, progress=progress)
    return found.report(asked, whole=whole), notices, problems


def diff(
    db: Database,
    wanted: Asked,
    between: tuple[str, str],
    own: Sequence[Path],
    only: Sequence[str] = (),
    asked: Sequence[str] = (),
    *,
    to: str = "",
    whole: bool = False,
) -> tuple[Report | None, tuple[str, ...], tuple[Problem, ...]]:
    """Return what changed for chips between two days, with notices and problems.

    `asked` are the words of the command, for those that show more of the same.
    """
    chips, notices, problems = chosen(db, wanted)
    if not chips:
        return None, notices, problems
    found = db.diff(*chips, between=between, to=to, rules=only, files=own, regime=wanted.regime)
    return found.report(asked, whole=whole), notices, problems


def one_regime(regime: str, to: Sequence[str] | None = ()) -> str:
    """Return the one regime that is asked for; raises ChipcalcError for all, and for shipments."""
    if regime == EVERY:
        raise error("this is about one regime at a time", "name it, as 'check' does in full")
    if regime and to:
        raise error("shipments are those of the first regime", "leave out --regime, or --to")
    return regime


def need_destination(to: Sequence[str] | None, said: Mapping[str, str]) -> None:
    """Raise ChipcalcError where something is said of a shipment that goes nowhere."""
    if said and not to:
        name = next(iter(said))
        raise error(f"'{name}' is about a shipment", "say where it goes: --to CN")


def two_days(between: tuple[str, str]) -> tuple[str, str]:
    """Return the two days; raises ChipcalcError where none are given."""
    if not all(between):
        raise error("a difference is between two days", "add --between 2023-11-16 2023-11-17")
    return between


def one_place(to: Sequence[str] | None) -> str:
    """Return the only destination, or none; raises ChipcalcError for several."""
    if to and len(to) > 1:
        raise error("a difference is about one destination", f"write --to {to[0]}")
    return to[0] if to else ""


def tally(answered: Answered, *, every: bool = False) -> Tally:
    """Return what the exit status rests on; other regimes count where `every` one was asked for."""
    found = Tally()
    for each in answered.found:
        found.add(each)
    for number, (_, checks) in enumerate(answered.beside if every else (), start=1):
        for each in checks:
            found.add(each, number)
    return found
