"""The answer to a claim in one line: verdict, figures like for like, variants, why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from chipcalc.claims.answered import Answered, Compared
from chipcalc.claims.claim import Settlement
from chipcalc.comparison.comparison import raw_metrics
from chipcalc.figures.figure import Figure, Missing
from chipcalc.values.interval import hull
from chipcalc.values.logic import Verdict
from chipcalc.values.units import Quantity
from chipcalc.words import labels
from chipcalc.words.claims.footing import figures, left_out
from chipcalc.words.claims.misread import (
    bounded,
    figure_said,
    metric_called,
    metric_said,
    row_said,
    why,
)
from chipcalc.words.claims.printed import read_as
from chipcalc.words.claims.speaker import Speaker, quantity
from chipcalc.words.line import HARD_SPACE, Phrase, Role, TextLine, phrased
from chipcalc.words.names import called

_OPEN = ("depends", "not settled")
_NAMED = 4  # chips that the first line names
ROLES: Mapping[Settlement, Role] = {"fails": "stop", "holds": "go", "literally true": "go"}


class ToldClaim(NamedTuple):
    """What is said of a claim: the first line, the lines below it by their labels."""

    title: TextLine
    lines: tuple[tuple[str, str, bool], ...]


def told(answer: Answered, who: Speaker) -> ToldClaim:
    """Return what is said of a claim; each line has a label, and those that matter less a mark."""
    names = names_of(answer, who)
    verdict = who.say(answer.settlement)
    if answer.settlement == "as marketed" and answer.asked.to:
        verdict = who.say("as marketed, not like for like")
    title = phrased(
        Phrase(f'"{answer.asked.text}"', "title"),
        who.say(": "),
        Phrase(verdict, ROLES.get(answer.settlement, "open")),
        Phrase(who.say(". ") + _headline(answer, names, who), "title"),
    )
    lines = [
        *_like_for_like(answer, names, who),
        *_why(answer, names, who),
        *_quoted(answer, names, who),
        *_read_as(answer, who),
        *([] if answer.quoted else _otherwise(answer, who)),
        *figures(answer, names, who),
        *left_out(answer, who),
    ]
    return ToldClaim(title, tuple((label, text, minor) for label, text, minor in lines if text))


def names_of(answer: Answered, who: Speaker) -> dict[str, str]:
    """Return what all chips that are told of are called in short, in the language of who speaks."""
    found = {each.id: each for each in answer.sheets}
    for reason in (*answer.by, *answer.reasons[:3]):
        for case in reason.cases:
            for way in (case.of, case.to):
                for sheet in (way.sheet, way.whole) if way else ():
                    if sheet:
                        found.setdefault(sheet.id, sheet)
    sheets = list(found.values())
    return called(sheets, who.language.code)


def _headline(answer: Answered, names: Mapping[str, str], who: Speaker) -> str:
    """Return the sentence behind the verdict, which can be quoted alone."""
    if answer.by:
        return why(answer.by[0], answer.asked, names, who)
    if answer.asked.measured:
        return bounded(answer.allowed, answer.asked, who)
    if answer.settlement == "depends":
        return _split(answer, names, who)
    if answer.asked.to and answer.asked.to.limit and answer.settlement == "holds":
        met = [each for each in answer.meant if each.verdict is Verdict.met]
        return _by_rows(met, answer, who)
    found = _of(answer.meant)
    if not found:
        return _missing(answer, names, who)
    value = _range(found, answer, who)
    conditions = _conditions(answer, who)
    return who.say("{first} ({rest})", first=value, rest=conditions) if conditions else value


def _split(answer: Answered, names: Mapping[str, str], who: Speaker) -> str:
    """Return for which chips a claim holds, and for which it does not."""
    by_chip = _by_chip(answer)
    if len(by_chip) == 1:
        return _by_rows(next(iter(by_chip.values())), answer, who, marked=True)
    if len(by_chip) > _NAMED:
        return _counted(by_chip, who)
    parts = []
    for verdict, words in (
        (Verdict.met, "right for {chips}"),
        (Verdict.not_met, "wrong for {chips}"),
        (Verdict.unknown, "open for {chips}"),
    ):
        found = [
            _chip_said(chips, answer, names)
            for chips, cases in by_chip.items()
            if _verdict(cases) is verdict
        ]
        if found:
            parts.append(who.say(words, chips=who.listed(found)))
    text = who.joined(parts)
    return text[:1].upper() + text[1:]


def _counted(by_chip: Mapping[tuple[str, ...], Sequence[Compared]], who: Speaker) -> str:
    """Return for how many chips a claim holds, fails, and is open."""
    verdicts = [_verdict(cases) for cases in by_chip.values()]
    return who.say(
        "Of {all} chips it holds for {met}, fails for {not_met} and is open for {open}",
        all=str(len(verdicts)), met=str(verdicts.count(Verdict.met)),
        not_met=str(verdicts.count(Verdict.not_met)), open=str(verdicts.count(Verdict.unknown)),
    )  # fmt: skip


def _by_chip(answer: Answered) -> dict[tuple[str, ...], list[Compared]]:
    found: dict[tuple[str, ...], list[Compared]] = {}
    for each in answer.leading:
        found.setdefault(tuple(s.id for s in each.sheets), []).append(each)
    return found


def _verdict(cases: Sequence[Compared]) -> Verdict | None:
    """Return the verdict of all cases of a chip; unknown where they differ."""
    verdicts = {each.verdict for each in cases}
    return verdicts.pop() if len(verdicts) == 1 else Verdict.unknown


def _chip_said(chips: Sequence[str], answer: Answered, names: Mapping[str, str]) -> str:
    """Return the chips of a case that vary; both where none does."""
    columns = list(zip(*(c for c in _by_chip(answer)), strict=False))
    varying = [i for i, each in enumerate(columns) if len(set(each)) > 1]
    return " / ".join(names[chips[i]] for i in varying or range(len(chips)))


def _of(cases: Sequence[Compared]) -> list[Figure]:
    return [each.known for each in cases if each.known]


def _range(found: Sequence[Figure], answer: Answered, who: Speaker) -> str:
    """Return several figures as one range, as the claim prints its own."""
    unit = found[0].value.unit
    amount = hull([each.value.to(unit).amount for each in found])
    status = "estimated" if any(e.status == "estimated" for e in found) else found[0].status
    value = Quantity(amount, unit)
    return figure_said(found[0]._replace(value=value, status=status), answer.asked, who)


def _conditions(answer: Answered, who: Speaker) -> str:
    """Return the rows of what is like for like: ``INT8, FP16, dense``."""
    cases = [each for each in answer.meant if each.known]
    rows = list(dict.fromkeys(filter(None, (row_said(each.of, who) for each in cases))))
    if not rows:
        return "" if answer.asked.named else metric_said(answer.leading[0].of, who)
    reading = next((e.of.reading for e in cases if e.of.reading), {})
    known = who.vocabulary.conditions
    said = [who.say(labels.value_label(n, v, who.vocabulary)) for n, v in reading.items()]
    if not said:
        raw = raw_metrics(cases[0].of.metric, who.vocabulary)
        by = {name for each in raw for name in who.vocabulary.metric(each).by}
        defaults = [(n, c.default) for n, c in known.items() if c.default and n in by]
        said = [who.say(known[n].values[value].label) for n, value in defaults]
    return who.listed([*rows, *said])


def _missing(answer: Answered, names: Mapping[str, str], who: Speaker) -> str:
    """Return why there is nothing to compare: what is not known, with its bounds."""
    for each in answer.cases:
        for way in (each.of, each.to):
            if way and isinstance(way.answer, Missing) and way.sheet:
                bounds = labels.bounds(way.answer).replace(" ", HARD_SPACE)
                chip = names.get(way.sheet.id, way.sheet.name)
                said = who.say(
                    "{label} of {chip} is {kind}",
                    label=metric_said(way, who), chip=chip, kind=who.say(way.answer.kind),
                )  # fmt: skip
                return who.say("{first} ({rest})", first=said, rest=bounds) if bounds else said
    return who.say("no sheet states a figure")


def _like_for_like(
    answer: Answered, names: Mapping[str, str], who: Speaker
) -> Iterator[tuple[str, str, bool]]:
    """Yield the like-for-like figures of each chip that a name may mean, or of each row."""
    by_chip = _by_chip(answer)
    if len(by_chip) > 1:
        grouped: dict[str, list[str]] = {}
        for chips, cases in by_chip.items():
            found = _of(cases)
            if found:
                name = _chip_said(chips, answer, names)
                grouped.setdefault(_range(found, answer, who), []).append(name)
        parts = [f"{who.listed(chips)} {value}" for value, chips in grouped.items()]
        yield who.say("variants"), who.joined(parts), answer.settlement not in _OPEN
    elif answer.by or len({_shown(e, answer, who) for e in answer.meant if e.known}) > 1:
        text = _by_rows(answer.meant, answer, who)
        yield (
            who.say("alike"),
            text or _missing(answer, names, who),
            bool(answer.quoted) or answer.settlement == "holds",
        )


def _shown(case: Compared, answer: Answered, who: Speaker) -> str:
    return figure_said(case.known, answer.asked, who) if case.known else ""


def _row(case: Compared, who: Speaker) -> str:
    """Return the row of a case, or the line of a rule that it is set against."""
    if case.to and case.to.line:
        line = case.to.line
        limit = quantity(line.limit)
        return who.say("against {limit} of {cite}", limit=limit, cite=line.provision.rule.paragraph)
    return row_said(case.of, who)


def _by_rows(
    cases: Sequence[Compared], answer: Answered, who: Speaker, *, marked: bool = False
) -> str:
    """Return figures with the rows that have them: ``INT8 3.94 ×; FP16 6.09 ×``."""
    found: dict[str, list[str]] = {}
    for each in cases:
        if each.known:
            mark = who.mark(each.verdict) if marked else ""
            found.setdefault(_shown(each, answer, who) + mark, []).append(_row(each, who))
    return who.joined(
        " ".join(filter(None, (who.listed(filter(None, rows)), value)))
        for value, rows in found.items()
    )


def _why(
    answer: Answered, names: Mapping[str, str], who: Speaker
) -> Iterator[tuple[str, str, bool]]:
    """Yield the best reason, and a second one that is nearly as usual."""
    label = who.say("why")
    if answer.by:
        return
    if answer.settlement == "depends" and len(_by_chip(answer)) > _NAMED:
        return
    many = _many(answer, who) if answer.settlement == "depends" else ""
    shown = [many] if many else [why(e, answer.asked, names, who) for e in answer.reasons[:1]]
    if not shown and answer.settlement == "fails":
        shown = [who.say("no usual reading gives the printed figure")]
    yield label, who.joined(filter(None, shown)), False


def _many(answer: Answered, who: Speaker) -> str:
    """Return which name stands for several chips."""
    for term in answer.asked.sides.values():
        ids = {s.id for c in answer.leading for s in c.sheets}
        if term.name and len(_by_chip(answer)) > 1:
            columns = list(zip(*(c for c in _by_chip(answer)), strict=False))
            index = list(answer.asked.sides.values()).index(term)
            if index < len(columns) and len(set(columns[index])) > 1:
                count = str(len(set(columns[index]) & ids))
                return who.say("{name} stands for {count} chips", name=term.name, count=count)
    return ""


def _quoted(
    answer: Answered, names: Mapping[str, str], who: Speaker
) -> Iterator[tuple[str, str, bool]]:
    """Yield whether a claim follows from the figures that it prints, and whether those are so."""
    found = answer.quoted
    if found is None:
        return
    parts = []
    values = [quantity(each.quoted) for each in answer.asked.sides.values() if each.quoted]
    if found.ratio:
        said = who.say("{one} against {other}", one=values[0], other=values[1])
        result = figure_said(found.ratio, answer.asked, who) + who.mark(found.verdict)
        yield who.say("ratio"), who.about(said, result), False
    for value, each in zip(values, found.figures, strict=True):
        chips = dict.fromkeys(names[sheet.id] for sheet in each.sheets)
        met = [e for e in each.cases if e.verdict is Verdict.met]
        rows = dict.fromkeys(row_said(e.of, who) for e in met) if len(met) < len(each.cases) else ()
        verdict = who.say(" ({mark})", mark=who.listed([who.say(each.settlement), *rows]))
        parts.append(f"{who.listed(chips)} {value}{verdict}")
    yield who.say("quoted"), who.joined(parts), False


def _read_as(answer: Answered, who: Speaker) -> Iterator[tuple[str, str, bool]]:
    """Yield what counts as printed; a line that no figure is near tells little."""
    text = read_as(answer.asked, _of(answer.meant), who)
    yield who.say("read as"), text, bool(answer.asked.wanted.bound) and who.say("; ") not in text


def _otherwise(answer: Answered, who: Speaker) -> Iterator[tuple[str, str, bool]]:
    """Yield the rows that do not count for the verdict, and what else comes near."""
    chosen = [e for e in answer.cases if not e.leads and e.known]
    meant = [e for e in chosen if all(s.id in answer.chosen for s in e.sheets)] or chosen
    parts = [_by_rows(meant, answer, who)] if meant else []
    parts += [
        f"{metric_called(each.metric, who)} {figure_said(each.figure, answer.asked, who)}"
        for each in answer.beside
    ]
    yield who.say("besides"), who.joined(filter(None, parts)), True


def cases_said(answer: Answered, who: Speaker) -> Iterator[str]:
    """Yield each case as the claim is written, with its chips, its row and whether it agrees."""
    names = names_of(answer, who)
    words = {Verdict.met: "holds", Verdict.not_met: "no"}
    for each in answer.cases:
        chips = " / ".join(names[sheet.id] for sheet in each.sheets)
        row = row_said(each.of, who)
        missing = each.figure.kind if isinstance(each.figure, Missing) else ""
        value = _shown(each, answer, who) or who.say(missing)
        verdict = who.say(words.get(each.verdict, "open"))
        yield who.about(
            " ".join(filter(None, (chips, row))), f"{value}{who.say(' ({mark})', mark=verdict)}"
        )
