"""A licence in words: what is asked, what decides it, and what to know about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from chipcalc.check.lines import all_lines
from chipcalc.check.result import Finding
from chipcalc.deciding.minimal import minimal, telling
from chipcalc.deciding.outcome import Deciding, Outcome
from chipcalc.errors import join_words
from chipcalc.licence.licence import Licence, Topic, is_enforced, is_reported
from chipcalc.licence.questions import Alternative, Aspect
from chipcalc.rules.case import Case, Consequence, Judgement, Unasked
from chipcalc.rules.criteria import CircumstanceIs
from chipcalc.rules.rule import EXCEPTION, GUIDANCE, LETTER, REQUIREMENT, REVIEW, TARIFF
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels, outcomes, supposed
from chipcalc.words.asks import asking, is_open, of_rest
from chipcalc.words.check import notes as rule_notes
from chipcalc.words.line import TextLine, block, deeper
from chipcalc.words.roles import NOT_SETTLED
from chipcalc.words.ways import belonging, stated

Say: TypeAlias = "Callable[[Judgement], str]"
_LABELS: Mapping[Topic, str] = {
    Topic.need: "Licence by classification, as printed and as enforced",
    Topic.printed: "Licence by classification, as printed",
    Topic.enforced: "Licence by classification, as enforced",
    Topic.exceptions: "Licence exceptions open",
    Topic.review: "Review of an application",
}
_REST = f"{NOT_SETTLED} otherwise"
_TOO_MUCH = "too much is not known to list the outcomes"
NO_NEED = "no licence needed"
_UNASKED: Mapping[Unasked, str] = {
    Unasked.no_need: NO_NEED,
    Unasked.no_rule: "no rule is modelled for this day",
}
_ANSWERS: Mapping[str, tuple[str, str]] = {
    REQUIREMENT: ("required", "not required"),
    EXCEPTION: ("open", "not open"),
    REVIEW: ("applies", "does not apply"),
    LETTER: ("applies", "does not apply"),
    GUIDANCE: ("applies", "does not apply"),
    TARIFF: ("applies", "does not apply"),
}


def says(judgement: Judgement) -> tuple[str, ...]:
    """Return what follows from a judgement, or why the question was not asked."""
    if judgement.unasked:
        return (_UNASKED[judgement.unasked],)
    return tuple(map(_consequence, judgement.follows))


def _consequence(each: Consequence) -> str:
    """Return what follows, by which rule, and how sure that is: ``NAC with notification``."""
    unsure = labels.confidence(each.unsure)
    return " ".join(filter(None, (each.by, each.then, f"({unsure})" if unsure else "")))


def required(judgement: Judgement) -> str:
    """Return whether a licence is needed."""
    words = {Verdict.met: "required", Verdict.not_met: "not required"}
    said = words.get(judgement.verdict, NOT_SETTLED)
    return f"{said} ({says(judgement)[0]})" if judgement.unasked else said


def excepted(judgement: Judgement) -> str:
    """Return the exceptions that are open."""
    if judgement.verdict is Verdict.unknown:
        return NOT_SETTLED
    return join_words(says(judgement)) or "none of those modelled"


def reviewed(judgement: Judgement) -> str:
    """Return the policy of review; where texts differ, what each of them says."""
    said = says(judgement)
    if len(said) > 1:
        return f"{join_words(said, 'or')} (sources differ)"
    if judgement.verdict is Verdict.unknown:
        return NOT_SETTLED
    return said[0] if said else "none of the modelled policies applies"


def need_mark(licence: Licence) -> str:
    """Return the mark of what is supposed, where whether a licence is needed rests on it.

    One that is required by a rule that rests on nothing supposed does not.
    """
    rules = licence.of(REQUIREMENT)
    met = [each for each in rules if each.verdict is Verdict.met]
    free = [e for e in met if not supposed.line_rests(e.line, licence.checked.case)]
    return "" if free else supposed.suffix((e.line for e in rules), licence.checked.case)


def topic_mark(licence: Licence, topic: Topic) -> str:
    """Return the mark of what is supposed, where the answer to a question rests on it."""
    if topic not in (Topic.exceptions, Topic.review):
        return need_mark(licence)
    found = licence.of(EXCEPTION if topic is Topic.exceptions else REVIEW)
    live = [each for each in found if each.verdict is not Verdict.not_met]
    return supposed.suffix((each.line for each in live or found), licence.checked.case)


def aspects(
    licence: Licence,
) -> Iterator[tuple[str, Aspect, Callable[[Judgement], str]]]:
    """Yield the questions that matter for a shipment, each with its answer and how to say it."""
    for topic, aspect in licence.asked:
        yield _LABELS[topic], aspect, said_of(topic)


def said_of(topic: Topic) -> Callable[[Judgement], str]:
    """Return how to say the answer to a question."""
    return {Topic.exceptions: excepted, Topic.review: reviewed}.get(topic, required)


def answer(aspect: Aspect, case: Case, say: Callable[[Judgement], str]) -> str:
    """Return an answer in a few words: what holds, or what it depends on."""
    if aspect.views:
        if any(is_open(each.judgement) for each in aspect.views):
            return "depends on more than one thing"
        told = (say(each.judgement) for each in aspect.views)
        return f"depends: {join_words(dict.fromkeys(told), 'or')}"
    if not is_open(aspect.judgement):
        unsure = labels.confidence(aspect.unsure)
        return say(aspect.judgement) + (f" ({unsure})" if unsure else "")
    names = deciding_names(aspect, case)
    return f"depends on {join_words(names)}" if names else say(aspect.judgement)


def open_circumstances(aspect: Aspect) -> list[str]:
    """Return the circumstances that an answer depends on, by name."""
    seen = (aspect.deciding, *(each.deciding for each in aspect.views))
    return [name for each in seen if each is not None for name in telling(each)[1]]


def deciding_names(aspect: Aspect, case: Case) -> list[str]:
    """Return what an answer depends on, as people call it."""
    vocabulary = case.evaluator.vocabulary
    if aspect.deciding is None:
        return []
    metrics, circumstances = telling(aspect.deciding)
    names = [labels.brief(each, vocabulary) for each in metrics]
    names += [labels.lower(vocabulary.circumstances[each].label) for each in circumstances]
    return list(dict.fromkeys(names))


def rests_on_places(licence: Licence) -> bool:
    """Whether an answer is open for a reason that lies in groups of countries."""
    known = licence.checked.case.evaluator.vocabulary.circumstances
    names = {name for each in licence.answer for name in open_circumstances(each)}
    return any(known[name].places for name in names)


def seen(view: Alternative, vocabulary: Vocabulary) -> str:
    """Return the way in which a case is seen: ``China in D:5, declared by the vendor``."""
    way = stated(view.way, vocabulary) if view.way is not None else ""
    return ", ".join(filter(None, (belonging(view.places), way)))


def outcome_lines(
    aspect: Aspect, case: Case, say: Callable[[Judgement], str]
) -> Iterator[TextLine]:
    """Yield each answer with the facts that lead to it, those left out that make no difference.

    What stays open whatever is known, such as a country whose group is not sure on the day, comes
    last.
    """
    for view in aspect.views:
        way = seen(view, case.evaluator.vocabulary)
        if view.deciding is None:
            yield TextLine(f"{way}: {say(view.judgement)}")
        else:
            yield TextLine(f"{way}:")
            yield from deeper(_outcomes(view.deciding, case, say))
    if aspect.deciding is not None:
        yield from block(*_outcomes(aspect.deciding, case, say))


def outcomes_told(aspect: Aspect, case: Case, say: Callable[[Judgement], str]) -> str:
    """Return each answer with the facts that lead to it, on one line; nothing if none is open."""
    told = []
    for view in aspect.views:
        ways = _outcomes(view.deciding, case, say) if view.deciding else [say(view.judgement)]
        told.append(f"{seen(view, case.evaluator.vocabulary)}: {'; '.join(ways)}")
    if aspect.deciding is not None:
        told += _outcomes(aspect.deciding, case, say)
    return "; ".join(told)


def _outcomes(deciding: Deciding, case: Case, say: Callable[[Judgement], str]) -> Iterator[str]:
    if not deciding.outcomes and deciding.metrics:
        yield _TOO_MUCH
    for said, ways in _ways(deciding, case, say):
        if said == _REST:
            to_ask = asking(of_rest(deciding))
            yield f"{said} ({to_ask})" if to_ask else said
        else:
            yield f"{said}: {', or '.join(ways)}"


def _ways(
    deciding: Deciding, case: Case, say: Callable[[Judgement], str]
) -> list[tuple[str, list[str]]]:
    """Return each answer with the ways that lead to it; what stays open comes last."""
    ways: dict[str, list[str]] = {}
    for outcome in minimal(deciding.outcomes):
        said = _REST if is_open(outcome.judgement) else say(outcome.judgement)
        ways.setdefault(said, []).append(_conditions(outcome, case))
    return sorted(ways.items(), key=lambda each: each[0] == _REST)


def outcome_rows(
    aspect: Aspect, case: Case, say: Callable[[Judgement], str]
) -> Iterator[tuple[str, str]]:
    """Yield each answer to an open question, and the facts that lead to it."""
    for view in aspect.views:
        way = seen(view, case.evaluator.vocabulary)
        if view.deciding is None:
            yield say(view.judgement), way
        else:
            yield from ((said, f"{way}: {when}") for said, when in _told(view.deciding, case, say))
    if aspect.deciding is not None:
        yield from _told(aspect.deciding, case, say)


def _told(
    deciding: Deciding, case: Case, say: Callable[[Judgement], str]
) -> Iterator[tuple[str, str]]:
    if not deciding.outcomes and deciding.metrics:
        yield NOT_SETTLED, _TOO_MUCH
    for said, ways in _ways(deciding, case, say):
        if said == _REST:
            to_ask = asking(of_rest(deciding))
            yield NOT_SETTLED, ": ".join(filter(None, ("otherwise", to_ask)))
        else:
            yield said, ", or ".join(ways)


def _conditions(outcome: Outcome, case: Case) -> str:
    vocabulary = case.evaluator.vocabulary
    found = [outcomes.condition(each, vocabulary, case.places) for each in outcome.where]
    return " and ".join(found)


def verdict(finding: Finding, case: Case) -> str:
    """Return what one rule says of a shipment, in the words of its kind."""
    kind = finding.provision.rule.kind
    if finding.verdict is Verdict.unknown and kind in (LETTER, GUIDANCE):
        return "may apply"
    if finding.verdict is Verdict.unknown or kind not in _ANSWERS:
        return finding.verdict.value
    if kind == REVIEW and finding.verdict is Verdict.met:
        found, then = case.read(finding.provision).consequence()
        return then if found is Verdict.met else Verdict.unknown.value
    yes, no = _ANSWERS[kind]
    if finding.verdict is Verdict.met and is_reported(finding.provision.version):
        return "would apply, as reported"
    return yes if finding.verdict is Verdict.met else no


_FEW = 5


def notes(found: Sequence[Licence]) -> Iterator[str]:
    """Yield what to know about the answers: countries, freshness of the rules, what is left out."""
    left = (f"Not modelled: {each}" for each in left_out(found))
    yield from dict.fromkeys([*remarks(found), *ages(found), *left])


def remarks(found: Sequence[Licence]) -> list[str]:
    """Return what to know about the countries: what they count as, whether a group is sure."""
    places = found[0].checked.case.places
    asked = {
        value
        for each in found
        for finding in each.checked.findings
        for line in all_lines(finding.line)
        if isinstance(line.node, CircumstanceIs)
        for value in line.node.values
    }
    vocabulary = found[0].checked.case.evaluator.vocabulary
    said = [
        code
        for each in found
        for name, definition in vocabulary.circumstances.items()
        if definition.places and (code := each.checked.case.given.get(name))
    ]
    lines = [line for code in dict.fromkeys(said) for line in places.remarks(code, asked)]
    if any(rests_on_places(each) for each in found):
        lines += places.open_changes(asked)
    return list(dict.fromkeys(lines))


def ages(found: Sequence[Licence]) -> list[str]:
    """Return how far the groups of countries and the texts of the rules are from the day."""
    return [*found[0].checked.case.places.freshness(), *_rule_notes(found)]


def left_out(found: Sequence[Licence]) -> list[str]:
    """Return what can change the answers, and is not modelled."""
    return list(dict.fromkeys(line for each in found for line in _left_out(each)))


def _rule_notes(found: Sequence[Licence]) -> list[str]:
    """Return how fresh the rules are: by name, where those that are not are few."""
    day = found[0].checked.day
    rules = {e.provision.id: e.provision.rule for each in found for e in each.checked.findings}
    late = sorted(each.verified for each in rules.values() if day > each.verified)
    if len(late) > _FEW:
        return [f"Texts last checked between {late[0]} and {late[-1]}, before {day}"]
    return rule_notes([each.checked for each in found])


def _left_out(licence: Licence) -> Iterator[str]:
    """Yield what the requirements leave out: those that may be met, or else all of them alike."""
    day = licence.checked.day
    rules = [e for e in licence.of(REQUIREMENT) if is_enforced(e.provision.version, day)]
    live = [each for each in rules if each.verdict is not Verdict.not_met]
    texts = [each.provision.version.not_modelled for each in live or rules]
    for line in dict.fromkeys(line for text in texts for line in text):
        if live or all(line in text for text in texts):
            yield line
