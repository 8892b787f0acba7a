"""What an assistant may ask: each tool with what it takes, what it gives back, and how it asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from chipcalc.api.database import Database
from chipcalc.commands import check as checking
from chipcalc.errors import ChipcalcError, each_of
from chipcalc.tables.report import Report
from chipcalc.words.check import NO_ADVICE

Given = Mapping[str, Any]
Schema = Mapping[str, Any]


class Answer(NamedTuple):
    """An answer: as a screen that people read, and as the data of a contract."""

    text: str
    data: Mapping[str, Any]


class Tool(NamedTuple):
    """A question: what it takes, by name, and the name of the contract that it answers in.

    `contract` is empty where the answer is no output of a command; then `gives` is its schema.
    """

    name: str
    title: str
    says: str
    takes: Mapping[str, Schema]
    ask: Callable[[Database, Given], Answer]
    required: tuple[str, ...] = ()
    contract: str = ""
    gives: Schema = MappingProxyType({})

    def input_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of what the tool takes."""
        return {
            "type": "object",
            "properties": dict(self.takes),
            "required": list(self.required),
            "additionalProperties": False,
        }

    def output_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the data of an answer: the contract of a command, if any."""
        from chipcalc.contract.schemas.outputs import OUTPUTS

        return dict(OUTPUTS[self.contract] if self.contract else self.gives)


def _text(says: str, **more: Any) -> Schema:
    return {"type": "string", "description": says, "maxLength": 200, **more}


def _texts(says: str, *, least: int = 0) -> Schema:
    of = {"type": "string", "maxLength": 200}
    return {"type": "array", "items": of, "minItems": least, "maxItems": 50, "description": says}


def _words(says: str) -> Schema:
    return {"type": "object", "additionalProperties": {"type": "string"}, "description": says}


_CHIPS = "Chips by id, name or family as people write them, such as h20, 'NVIDIA H100', 910b3."
_DAY = _text("The day that counts, such as 2026-02-01; today where none is given.")
_SUPPOSED = _words(
    "Figures supposed in place of the sheet's, such as {'applicable_die_area': '700 mm2'}, and "
    "circumstances, such as {'market': 'datacenter'}."
)
_REGIME = _text("Whose rules: the first regime's where none is named; regimes lists them.")


def answered(report: Report, *more: str) -> Answer:
    """Return an answer as people and programs have it, and that it is no advice."""
    from chipcalc.tables.terminal import table

    text = table(report).rstrip("\n")
    told = "" if NO_ADVICE.rstrip(".") in text else NO_ADVICE
    return Answer("\n".join(filter(None, (text, *more, told))), report.data())


def _names(given: Given, name: str = "chips") -> tuple[str, ...]:
    return tuple(given.get(name) or ())


def _pairs(given: Given, name: str) -> list[str]:
    """Return words by name as the command line writes them: ``format=int8``."""
    found: Mapping[str, str] = given.get(name) or {}
    return [f"{key}={value}" for key, value in found.items()]


def _find(db: Database, given: Given) -> Answer:
    match = db.store.match(str(given["name"]))
    found = [
        {
            "id": each.id,
            "name": db.store.sheet(each.id).name,
            "by": each.reason,
            "chosen": each.id in match.chosen,
        }
        for each in match.candidates
    ]
    lines = [f"{match.name}: {match.confidence}"]
    lines += [f"{each['id']}  {each['name']}  (by {each['by']})" for each in found]
    data = {"name": match.name, "confidence": match.confidence, "chips": found}
    return Answer("\n".join((*lines, NO_ADVICE)), data)


def _show(db: Database, given: Given) -> Answer:
    from chipcalc.api.database import day
    from chipcalc.tables.sheet import together

    choices = each_of(_names(given), db.store.choose)
    sheets = [sheet for choice in choices for sheet in choice.sheets]
    notices = [notice for choice in choices for notice in choice.notices]
    return answered(together(sheets, db.store, whole=True, day=day(None)), *notices)


def _compare(db: Database, given: Given) -> Answer:
    from chipcalc.commands.compare import Wanted, comparison

    wanted = Wanted(
        _names(given), metrics=_names(given, "metrics"), when=_pairs(given, "conditions")
    )
    found = comparison(db, wanted)
    return answered(found.comparison.report(sources=True), *found.notices)


def _check(db: Database, given: Given) -> Answer:
    regime = str(given.get("regime") or "")
    wanted = checking.asked(_names(given), changes=_pairs(given, "supposing"), regime=regime)
    rules = checking.rules_of(db, wanted, str(given.get("as_of") or ""), (), ())
    found = checking.check(db, rules, wanted)
    if found.problems:
        raise ChipcalcError(*found.problems)
    every = regime == checking.EVERY
    asked_as = checking.question(wanted, rules)
    report = checking.report(found, asked_as, explain=True, in_full=every)
    return answered(report, *found.notices)


def _licence(db: Database, given: Given) -> Answer:
    from chipcalc.commands import licence

    wanted = checking.asked(_names(given), changes=_pairs(given, "supposing"))
    rules = checking.rules_of(db, wanted, str(given.get("as_of") or ""), (), ())
    found = licence.shipments(db, rules, wanted, _names(given, "to"))
    if found.problems:
        raise ChipcalcError(*found.problems)
    return answered(licence.report(found, rules.rulebook), *found.notices)


def _claim(db: Database, given: Given) -> Answer:
    found = db.claims(*_names(given, "claims"), as_of=str(given.get("as_of") or "") or None)
    return answered(found.report(explain=True))


def _rules(db: Database, given: Given) -> Answer:
    from chipcalc.commands.rules import rules

    regime = str(given.get("regime") or "")
    return answered(rules(db, "", str(given.get("as_of") or ""), (), regime=regime))


def _regimes(db: Database, given: Given) -> Answer:
    from chipcalc.commands.rules import rules

    as_of = str(given.get("as_of") or "")
    return answered(rules(db, "", as_of, (), regime=checking.EVERY))


def _rule(db: Database, given: Given) -> Answer:
    from chipcalc.commands.rules import rules

    return answered(rules(db, str(given["name"]), str(given.get("as_of") or ""), (), whole=True))


_FOUND: Schema = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "confidence": {"type": "string", "description": "exact, sure, likely, several or none"},
        "chips": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string"},
                    "name": {"type": "string"},
                    "by": {"type": "string"},
                    "chosen": {"type": "boolean"},
                },
                "required": ["id", "name", "by", "chosen"],
            },
        },
    },
    "required": ["name", "confidence", "chips"],
}

TOOLS: tuple[Tool, ...] = (
    Tool(
        "find",
        "Find a chip by any of its names",
        "Which chips a name means, by what, and how surely; a name of several lists them all.",
        {"name": _text("A name as people write it, such as 'NVIDIA A100-SXM4-80GB' or 910c.")},
        _find,
        ("name",),
        gives=_FOUND,
    ),
    Tool(
        "show",
        "Show the spec sheets of chips",
        "Every figure of a chip with unit, condition, status (official, reported, estimated), "
        "source and place. What is not in it was not published: say unknown.",
        {"chips": _texts(_CHIPS, least=1)},
        _show,
        ("chips",),
        "show",
    ),
    Tool(
        "compare",
        "Compare chips",
        "Chips side by side, dense against dense at each format, with ratios to the first one and "
        "sources. Ranges and estimates are said; never compare figures of different formats.",
        {
            "chips": _texts(_CHIPS, least=2),
            "metrics": _texts("Metrics in place of the usual ones, such as memory_bandwidth."),
            "conditions": _words("Such as {'format': 'fp16'} or {'sparsity': '2:4'}."),
        },
        _compare,
        ("chips",),
        "compare",
    ),
    Tool(
        "check",
        "Check chips against export thresholds",
        "What the export rules in force on a day say of chips, with every step. The answer can be "
        "'not settled': then it names what decides, and must not be told as a yes or a no.",
        {
            "chips": _texts(_CHIPS),
            "as_of": _DAY,
            "supposing": _SUPPOSED,
            "regime": _REGIME,
        },
        _check,
        (),
        "check",
    ),
    Tool(
        "licence",
        "What a shipment of chips needs",
        "Whether the rules of the first regime ask for a licence to countries, with exceptions, "
        "review policy, and what is not modelled; all countries where none is named.",
        {
            "chips": _texts(_CHIPS, least=1),
            "to": _texts("Countries by name or code, such as CN."),
            "as_of": _DAY,
            "supposing": _SUPPOSED,
        },
        _licence,
        ("chips",),
        "licence",
    ),
    Tool(
        "claim",
        "Check claims about chips",
        "Whether a printed figure or ratio comes out: like for like, as it is marketed, or by a "
        "usual misreading, which is named only where the printed figure comes out of it.",
        {
            "claims": _texts("Such as 'h20 = 20 % of h100' or 'thor-x = 8 x orin-x'.", least=1),
            "as_of": _text("The day of the article; today where none is given."),
        },
        _claim,
        ("claims",),
        "claim",
    ),
    Tool(
        "rules",
        "List the rules of a day",
        "The rules of a regime in force, proposed or ended on a day, with kinds and citations.",
        {"as_of": _DAY, "regime": _REGIME},
        _rules,
        (),
        "rules",
    ),
    Tool(
        "regimes",
        "List the regimes",
        "Whose rules are modelled, and of whose no text was read, so that no figure is known.",
        {"as_of": _DAY},
        _regimes,
        (),
        "regimes",
    ),
    Tool(
        "rule",
        "Show one rule",
        "The criteria of one paragraph, its versions with their days, sources, confidence, and "
        "what is not modelled.",
        {"name": _text("A paragraph or id, such as 3A090.b."), "as_of": _DAY},
        _rule,
        ("name",),
        "rule",
    ),
)
