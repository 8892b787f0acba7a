"""Shipments in their first line, in cases, and as commands that ask for them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chipcalc.check.result import Checked, Classed
from chipcalc.deciding.minimal import telling
from chipcalc.deciding.outcome import Choices
from chipcalc.errors import join_words
from chipcalc.licence.licence import DESTINATION, Licence, Notice, Shipment
from chipcalc.licence.questions import Aspect
from chipcalc.licence.sides import Sides, Step
from chipcalc.places.on_day import Places
from chipcalc.rules.case import Unasked
from chipcalc.values.logic import Verdict
from chipcalc.vocabulary.model import Vocabulary
from chipcalc.words import labels, letters, supposed
from chipcalc.words import licence as licence_words
from chipcalc.words.asks import asking, asks
from chipcalc.words.check import answer, answer_phrases, named
from chipcalc.words.commands import written
from chipcalc.words.line import Phrase, Role, TextLine, phrased
from chipcalc.words.presumptions import presumed
from chipcalc.words.remains import unlisted
from chipcalc.words.roles import NOT_SETTLED

_SETTLES: Mapping[Verdict, Role] = {
    Verdict.met: "stop",
    Verdict.not_met: "go",
    Verdict.unknown: "open",
}
_NEEDED: Mapping[Verdict, str] = {
    Verdict.met: "required",
    Verdict.not_met: "not required",
    Verdict.unknown: "depends",
}


_ANSWERS: Sequence[tuple[str, Verdict]] = (
    (_NEEDED[Verdict.met], Verdict.met),
    (_NEEDED[Verdict.unknown], Verdict.unknown),
    (NOT_SETTLED, Verdict.unknown),
    (_NEEDED[Verdict.not_met], Verdict.not_met),
)
_NO_RULE = ", as no rule is modelled for this day"


def role(verdict: Verdict) -> Role:
    """Return the role of whether a licence is needed."""
    return _SETTLES[verdict]


def destination(checked: Checked) -> str:
    """Return the name of the destination; nothing where none is given."""
    code = checked.case.said(DESTINATION)
    return checked.case.places.named(code) if code else ""


def classified(checked: Checked) -> str:
    """Return the classification in a few words: ``3A991.p``, ``3A090.a, not settled``.

    A presumption comes first: ``presumed 3A090.a``.
    """
    if checked.presumption:
        found = checked.presumption
        if found.verdict is Verdict.unknown:
            return f"presumed {checked.presumed(found)}, {NOT_SETTLED}"
        return presumed(checked, found)
    if checked.classed is Classed.unknown:
        possible = join_words(checked.classification.possible, "or")
        return ", ".join(filter(None, (possible, NOT_SETTLED)))
    if checked.classed is Classed.none:
        return unlisted(checked)
    return named(checked)


def ruled_out(checked: Checked) -> str:
    """Return what else to know of a classification: the limbs that are met, what was ruled out."""
    told, brief = answer(checked), classified(checked)
    if checked.presumption:
        return "".join(each.text for each in answer_phrases(checked)[1:]).strip("; ")
    if checked.classed is not Classed.named:
        below, settled, _ = told.partition(f"; {NOT_SETTLED}; ")
        rest = f"or {unlisted(checked)}"
        none = rest if told.endswith(rest) else ""
        return "; ".join(filter(None, (none, below if settled else "")))
    if told.startswith(f"{brief} ("):
        return told.removeprefix(f"{brief} (").removesuffix(")")
    return "" if told == brief else told.removesuffix(f"; {brief}")


def headline(licence: Licence) -> TextLine:
    """Return the answer in a line: by classification, by letters and by guidance.

    That none is required never stands alone where a letter asks for one, or may do so.
    """
    checked = licence.checked
    to = destination(checked)
    name = f"{checked.sheet.name}{supposed.said(checked)}"
    head = f"{name}{f' to {to}' if to else ''}, {checked.day}: "
    return phrased(head, *said(licence))


def said(licence: Licence) -> list[str | Phrase]:
    """Return the answer without what it is about."""
    return [*_by_classification(licence), *beyond(licence)]


def beyond(licence: Licence) -> Iterator[str | Phrase]:
    """Yield what asks for a licence beyond the classification, or may: it never goes unsaid."""
    for each in letters.telling(licence):
        yield "; "
        yield Phrase(letters.phrase(each, licence.checked), letters.role(each))


def _by_classification(licence: Licence) -> Iterator[str | Phrase]:
    if licence.enforced.judgement.unasked is Unasked.no_rule:
        yield Phrase(NOT_SETTLED, "open")
        yield _NO_RULE
        return
    case = licence.checked.case
    by = f"by classification ({classified(licence.checked)})"
    printed, enforced = (
        Phrase(licence_words.answer(aspect, case, licence_words.required), role(aspect.verdict))
        for aspect in (licence.printed, licence.enforced)
    )
    if licence.printed == licence.enforced:
        yield from (enforced, f" {by}")
    else:
        yield from (f"{by} as printed ", printed, ", as enforced ", enforced)
    to_ask = asking(asks(licence.printed, licence.enforced))
    yield f": {to_ask}" if to_ask else reserved([licence])


def reserved(found: Sequence[Licence]) -> str:
    """Return under which reserve no licence is required by some answers; nothing if none is so.

    It follows these words: ``, unless end user …``.
    """
    free = [each for each in found if each.is_free]
    reserves = dict.fromkeys(reserve for each in free for reserve in each.reserves)
    return "".join(f", {each}" for each in reserves)


def worldwide(shipments: Sequence[Shipment]) -> TextLine:
    """Return in a line to how many destinations a chip needs a licence, and by what.

    What is printed is told apart where it differs from what is enforced.
    """
    checked = shipments[0].licence.checked
    name = f"{checked.sheet.name}{supposed.said(checked)}"
    head = f"{name} ({classified(checked)}), {checked.day}: "
    parts: list[str | Phrase] = [head]
    if all(each.licence.enforced.judgement.unasked is Unasked.no_rule for each in shipments):
        return phrased(head, Phrase(NOT_SETTLED, "open"), _NO_RULE)
    same = all(each.licence.printed == each.licence.enforced for each in shipments)
    free = [_those(shipments, which, Verdict.not_met) for which in ("printed", "enforced")]
    together = free[0] == free[1] and not same
    parts += [] if same else ["as enforced, "]
    parts += _counted(shipments, "enforced", shows_free=not together)
    if not same:
        parts += ["; as printed, ", *_counted(shipments, "printed", shows_free=not together)]
    if together and free[0]:
        parts += ["; ", Phrase("not required", "go"), f" to {_number(free[0])}"]
    parts.append(reserved([each.licence for each in shipments]))
    asked_by = letters.counted(shipments, Notice.applies)
    if asked_by:
        names, count = asked_by
        parts += ["; ", Phrase("required", "stop"), f" {names} to {count}"]
    return phrased(*parts, *_guidance(shipments))


def _those(shipments: Sequence[Shipment], which: str, verdict: Verdict) -> list[Shipment]:
    return [each for each in shipments if getattr(each.licence, which).verdict is verdict]


def _counted(
    shipments: Sequence[Shipment], which: str, *, shows_free: bool
) -> Iterator[str | Phrase]:
    """Yield to how many destinations a licence is required, depends or is not required."""
    joint = ""
    for verdict in (Verdict.met, Verdict.unknown, Verdict.not_met):
        found = _those(shipments, which, verdict)
        if verdict is Verdict.not_met and not shows_free:
            continue
        asked = [each for each in found if is_asked(getattr(each.licence, which))]
        found = [each for each in found if each not in asked]
        if asked:
            told = asks(*(getattr(each.licence, which) for each in asked))
            by = join_words(dict.fromkeys(each.by for each in told))
            yield joint
            yield Phrase(NOT_SETTLED, "open")
            yield f" to {_number(asked)} ({by})"
            joint = ", "
        if not found:
            continue
        yield joint
        if verdict is Verdict.unknown:
            yield f"to {_number(found)} "
            yield Phrase("depending on", "open")
            yield f" {join_words(_causes(found, which), 'or')}"
        else:
            yield Phrase(_NEEDED[verdict], role(verdict))
            yield f" to {_number(found)}"
        joint = ", "


def is_asked(aspect: Aspect) -> bool:
    """Whether an answer is open for nothing but what nothing here can answer."""
    decided = aspect.views or (aspect.deciding and any(telling(aspect.deciding)))
    return not decided and bool(aspect.judgement.asks)


def _number(shipments: Sequence[Shipment]) -> str:
    codes = [code for each in shipments for code in each.countries]
    if len(codes) == 1:
        return shipments[0].licence.checked.case.places.named(codes[0])
    return f"{len(codes)} destinations"


def _causes(shipments: Sequence[Shipment], which: str) -> list[str]:
    """Return what an answer depends on; of several headquarters whose they are, and once what."""
    names: dict[str, None] = {}
    for each in shipments:
        aspect = getattr(each.licence, which)
        views = [labels.place(m.country) + f" in {m.group}" for v in aspect.views for m in v.places]
        for name in (*licence_words.deciding_names(aspect, each.licence.checked.case), *views):
            names[name] = None
    return list(names) or ["more than one thing"]


def matrix(found: Sequence[Sequence[Shipment]]) -> TextLine:
    """Return in a line in how many cases of several chips to several places one is needed."""
    day = found[0][0].licence.checked.day
    places = sum(len(each.countries) for each in found[0])
    flat = [each for row in found for each in row]
    head = f"{len(found)} chip{'s' * (len(found) > 1)} to {places} destination"
    told = supposed.said_of_all([row[0].licence.checked for row in found])
    parts: list[str | Phrase] = [f"{head}{'s' * (places > 1)}{told}, {day}: "]
    joint, how = "", ", as enforced,"
    if all(each.licence.printed == each.licence.enforced for each in flat):
        how = " by classification"
    for said, verdict in _ANSWERS:
        count = sum(len(e.countries) for e in flat if need(e.licence.enforced) == said)
        if count:
            of = f" of {places * len(found)}" if not joint else ""
            parts += [joint, Phrase(said, role(verdict)), f"{how} in {count}{of}"]
            joint, how = ", ", ""
    parts.append(reserved([each.licence for each in flat]))
    asked_by = letters.counted(flat, Notice.applies)
    if asked_by:
        names, count = asked_by
        parts += ["; ", Phrase("required", "stop"), f" {names} in {count}"]
    return phrased(*parts, *_guidance(flat))


def _guidance(found: Sequence[Shipment]) -> Iterator[str | Phrase]:
    """Yield what guidance means for some shipments: no answer on licences stands without it."""
    for said, of in letters.guidance(found):
        yield from ("; ", Phrase(said, of))


def need(aspect: Aspect) -> str:
    """Return in a word whether a licence is needed: required, not required, depends, not settled.

    What depends rests on facts that can be given; what is not settled has to be asked elsewhere.
    """
    if aspect.judgement.unasked is Unasked.no_rule or is_asked(aspect):
        return NOT_SETTLED
    return _NEEDED[aspect.verdict]


def counted(codes: Sequence[str], places: Places, many: int) -> str:
    """Return how some destinations are called, and how many they are where they are several.

    The great rest of the world, of more than `many`, has no names.
    """
    if {*codes} == {*places.all}:
        return f"All countries ({len(codes)})"
    if len(codes) > many:
        return f"All other countries ({len(codes)})"
    words = places.described(codes)
    return f"{words[0].upper()}{words[1:]} ({len(codes)})" if len(codes) > 1 else words


def side_titles(sides: Sides, places: Places) -> tuple[str, ...]:
    """Return what two columns are about: headquarters elsewhere, and in D:5 or Macau."""
    if not sides.names:
        return ()
    return ("headquarters elsewhere", f"headquarters {places.described(sides.inside)}")


def whose(sides: Sides, vocabulary: Vocabulary) -> str:
    """Return whose headquarters count: one of them inside decides, all must be elsewhere."""
    names = [labels.lower(vocabulary.circumstances[each].label) for each in sides.names]
    return join_words(names)


def step(found: Step, vocabulary: Vocabulary) -> str:
    """Return a case in words: ``export or reexport``, ``Cambodia not in D:5``."""
    if isinstance(found, Choices):
        return labels.alternatives(found.name, found.values, vocabulary)
    return licence_words.seen(found, vocabulary)


def options(given: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the options of a command line that give circumstances; values are set by name."""
    for name, value in given.items():
        definition = vocabulary.circumstances.get(name)
        if name == DESTINATION:
            continue
        if definition is None:
            yield from ("--set", f"{name}={value}")
        elif definition.option:
            yield from (definition.option.flag, value)
        elif (known := definition.values.get(value)) and known.option:
            yield known.option.flag
        else:
            yield from ("--set", f"{name}={value}")


def command_line(*asked: str) -> str:
    """Return a command that can be pasted."""
    return written(*asked)


def again_one(licence: Licence) -> tuple[str, ...]:
    """Return the words of a command that asks for one shipment, by what the answer holds."""
    code = licence.checked.case.said(DESTINATION)
    return again([[Shipment((code,) if code else (), licence)]])


def again(found: Sequence[Sequence[Shipment]]) -> tuple[str, ...]:
    """Return the words of a command that asks for some shipments, by what the answers hold."""
    first = found[0][0].licence.checked
    case = first.case
    chips = dict.fromkeys(row[0].licence.checked.sheet.id for row in found)
    to = [each.countries[0] for each in found[0]]
    worldwide = {code for each in found[0] for code in each.countries} == {*case.places.all}
    to = [] if worldwide else to
    asked = [word for code in to for word in ("--to", code)]
    given = options(case.given, case.evaluator.vocabulary)
    return ("licence", *chips, *asked, *given, "--as-of", str(first.day))
