"""The rules of lint: what each kind of check asks for, and the sentences that say it is not so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from chipcalc.errors import Problem


class Kind(NamedTuple):
    """A kind of check: its name, what is true of good files, and the sentences that it finds.

    In a sentence ``{}`` stands for any text. One that only the hint tells is among `hints`.
    """

    name: str
    says: str
    sentences: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


OTHERWISE = "wrong-value"

KINDS = (
    Kind(
        "not-yaml",
        "A file is plain YAML: UTF-8, spaces, no anchors, tags or second document.",
        (
            "this is not YAML", "a tab where YAML takes spaces", "a list in brackets is not closed",
            "keys in braces are not closed", "a text in quotes is not closed",
            "a line without a colon", "this does not line up with the lines above",
            "no value begins like this", "it has a character that does not exist",
            "there is no such escape", "YAML directives are not used here",
            "nothing stands behind | or >", "tags are not used here",
            "anchors and aliases are not used here",
            "a value is missing, or a bracket is not closed", "a colon inside a value",
            "a key inside a value", "the tag {} is not used here", "it has half a character",
            "a second document starts here", "a key must be a plain word", "not UTF-8 text",
            "the character U+{} cannot stand in a text", "nested too deeply",
            "something stands behind the end",
        ),
    ),
    Kind(
        "file-size",
        "A file says something, and is no larger than a file of its kind can be.",
        ("the file is empty", "the file is too large for a spec sheet"),
    ),
    Kind(
        "unreadable-file",
        "Every file can be read.",
        ("'{}' cannot be read: {}", "no files to check in {}"),
    ),
    Kind(
        "repeated-key",
        "No key is given twice in one place.",
        ("'{}' is given twice; first in line {}",),
    ),
    Kind(
        "unplain-name",
        "A name, or an identifier, is one line of plain signs.",
        ("a name is one line of plain signs", "a name of {} signs"),
    ),
    Kind("unknown-key", "Every key is one that its place takes.", ("'{}' is not a key here",)),
    Kind(
        "missing-key",
        "Every key is there that its place needs.",
        (
            "'{}' is missing", "the {} is missing", "the {} are missing",
            "a value of the list is missing", "{} needs its {} stated", "a rule needs a version",
            "a version needs criteria", "a version needs the place in its source",
            "a version needs the day it came into force",
            "a proposal needs the day it was announced",
            "availability needs the day it is about", "a {} needs its precedence",
            "a {} needs what it presumes", "an estimate needs a note that says why",
            "'{}' is needed, but the metric is not stated by it",
            "it asks nothing", "a country joined or left", "no place for the value",
            "a day that is not known needs a note", "a claim that suggests more than it says {}",
            "a regime with rules needs words for its answers",
            "a regime without rules says what is known of it",
            "it needs either a chip or a circuit described in place",
        ),
    ),
    Kind(
        "misplaced-key",
        "A key stands only where it can mean something.",
        (
            "only a {} has precedence", "only a classification is residual",
            "only a {} has addressees", "only a {} presumes that a rule is met",
            "a proposal is no version of a {}", "'{}' stands beside all:, not in it",
            "what contains circuits is no circuit itself", "about and within belong together",
            "'{}' of several circuits together: no rule asks for a sum",
        ),
    ),
    Kind(
        "wrong-name",
        "The id of a file is its name, and its vendor or regime the folder it lies in.",
        (
            "the id is '{}', but the file is named {}", "the vendor is '{}', the folder '{}'",
            "the regime is '{}', but the file lies in {}/",
        ),
    ),
    Kind(
        "repeated-name",
        "No two things of one kind go by the same name.",
        (
            "'{}' is used twice", "'{}' is the name of another list",
            "'{}' is the id of another rule",
            "'{}' is the name of another group", "'{}' names {}", "several chips stand for '{}'",
            "'{}' is described in {}, too", "{} is named twice", "the same precedence as {}",
            "'{}' is another source in the sheet of {}",
        ),
    ),
    Kind("no-source", "Every fact names a source, which is there.", (
        "no source '{}'", "a fact needs a source", "a version needs a source",
    )),
    Kind(
        "unused-source",
        "Every source is named by something.",
        ("nothing names the source '{}'", "nothing names this source"),
    ),
    Kind(
        "uncitable-source",
        "The address of a source is that of a publication, and no home page or search.",
        ("the address of {} cannot be cited", "'{}' is no address on the web"),
    ),
    Kind(
        "not-the-vendors",
        "What is official stands in a document of the vendor, or in a copy that quotes one.",
        ("official, but no source of it is {}'s",),
    ),
    Kind(
        "no-place-in-source",
        "What decides under export controls, and is official, names its place in the source.",
        ("decides under export controls, and is official without its place in the source",),
    ),
    Kind(
        "impossible-date",
        "Dates exist, are in order, and fit what they are about.",
        (
            "'{}' is not a date", "'{}' is not a day", "read before it was published",
            "its launch lies ahead of its sources", "announced as of {}, and due by {}",
            "begins after the texts were last checked", "it ended before it began",
            "it is gone before it begins", "a note ends before it begins",
            "the span ends before it begins", "ends after the next version began",
            "begins no later than the version before it", "the changes of {} are not in order",
            "compliance comes before the day in force", "{} joined or left twice in a row",
            "{} {} last, but members: says otherwise", "the version does not hold on {}",
        ),
    ),
    Kind(
        "not-checked",
        "Something tells when a file was last checked.",
        ("nothing tells when it was last checked",),
    ),
    Kind(
        "unit-mismatch",
        "A figure has a unit, of the kind in which its metric is measured.",
        (
            "'{}' is {}, but {} is measured in{}", "'{}' is not a unit", "'{}' has no unit",
            "'{}' divides twice", "the formula gives {}, but '{}' is {}",
            "'{}' is {}, but the unit is '{}'", "a factor is more than zero",
            "a factor without a conversion",
        ),
    ),
    Kind(
        "not-a-number",
        "A figure is a number that makes sense, within its range.",
        (
            "'{}' is not a number", "'{}' is no number", "'{}' is no whole number{}",
            "a negative amount makes no sense here", "a limit below zero makes no sense here",
            "the value lies outside its range", "times: lies outside its range",
            "the amounts are not in order",
            "the ends are not in order", "one amount belongs here",
        ),
    ),
    Kind(
        "undefined-word",
        "Every word, metric, chip, rule, group or country that is named exists.",
        (
            "no such word '{}'", "no {} '{}'", "{} has no condition '{}'",
            "no country has the code '{}'",
            "nothing is called '{}'", "a die has no '{}'", "'{}' is not a metric",
            "'{}' is no word for {}", "no chip '{}' to contain", "no chip '{}' to be a variant of",
            "no sheet for '{}'", "'{}' is no relation", "'{}' is no operation",
            "'{}' is not among its families", "'{}' is no code of a country",
            "'{}' is no name of a group", "no metric comes from the user", "no {} '{}' in {}",
        ),
    ),
    Kind(
        "contradiction",
        "What a file says in two places is the same.",
        (
            "'{}' has a figure, but {}", "'{}' has a figure of its own",
            "formats: does not list '{}'",
            "nothing that is stated of '{}' could hold of '{}'",
            "'{}' is derived, so no sheet states it", "{} cannot be both '{}' and '{}'",
            "{} counts to another country", "{} counts to another country itself",
            "'{}' is read, and is among the columns that are not",
            "'{}' holds the amounts, and is no word of '{}'",
        ),
    ),
    Kind(
        "circle",
        "Nothing rests on itself.",
        (
            "the rule rests on more than {} others", "the rule rests on itself",
            "the formula rests on itself",
            "'{}' contains this item itself", "'{}' is a variant of this chip",
        ),
    ),
    Kind(
        "figures-disagree",
        "Figures that follow from others agree with them.",
        ("{} times the dense rate, but called 2:4 sparse",),
        ("mend one of them, or say why: exceptions: [{check: {}, reason: …}]",),
    ),
    Kind(
        "useless-exception",
        "An exception names a check of lint that would find something.",
        ("no check '{}'", "nothing is left that '{}' would find"),
    ),
    Kind(
        "unexpected-answer",
        "Examples and claims come out as their files expect.",
        ("comes out as {}, but expects {}", "meets {} first, not {}"),
    ),
    Kind(
        "missing-example",
        "Every version of a rule has an example that meets it, and one that does not.",
        ("no example meets it", "every example meets it"),
    ),
    Kind(OTHERWISE, "A value, or an expression, is of the kind that belongs in its place."),
)  # fmt: skip


def kind(problem: Problem) -> Kind:
    """Return the kind of check that found a problem, by what it says."""
    _, _, inner = problem.what.partition(": ")  # of what stands in an expression within a file
    for what in (problem.what, inner):
        found = [
            (sum(map(len, parts)), kind)
            for kind in KINDS
            for parts, pattern in _patterns(kind.sentences, kind.hints)
            if pattern[0].fullmatch(what if pattern[1] else problem.hint)
        ]
        if found:
            return max(found, key=lambda each: each[0])[1]
    return KINDS[-1]


def hint(problem: Problem) -> str:
    """Return how to mend a problem; where nothing in particular is known, what is to be true."""
    return problem.hint or kind(problem).says


@cache
def _patterns(
    sentences: Sequence[str], hints: Sequence[str]
) -> list[tuple[list[str], tuple[re.Pattern[str], bool]]]:
    """Return the fixed parts of sentences, with what they match, and whether that is no hint."""
    told = [*((each, True) for each in sentences), *((each, False) for each in hints)]
    return [(each.split("{}"), (_pattern(each), is_what)) for each, is_what in told]


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, sentence.split("{}"))), re.DOTALL)
