"""What a comparison says in a sentence: who computes how much more, and who leads in what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipcalc.comparison.comparison import ComparedRow, Comparison
from chipcalc.comparison.roofline import Crossing, crossings
from chipcalc.comparison.shown import scaled
from chipcalc.comparison.standing import (
    MEMORY,
    RATE,
    BoundedBy,
    Lead,
    Standing,
    bounded,
    crossover,
    leading_lines,
    leads,
    memory_leads,
    rate_lines,
    standing,
)
from chipcalc.errors import join_words
from chipcalc.figures.figure import Figure, Missing
from chipcalc.values import numbers
from chipcalc.values.interval import Interval
from chipcalc.words.commands import written
from chipcalc.words.labels import lower, value_label
from chipcalc.words.line import Block, block
from chipcalc.words.names import Naming, agreeing, with_article
from chipcalc.words.rows import (
    format_label,
    reading,
    readings_of,
    row_label,
    shown_unit,
    within,
)

PAIR = 2
FEW = 3  # chips that stand in columns


def title(
    comparison: Comparison, names: Sequence[Naming], remarks: Sequence[str], *, percent: bool
) -> Block:
    """Return the answer in a line, and what else it comes down to; remarks are about names."""
    at = join_words(str(each) for each in comparison.options.rates)
    remarks = (*remarks, *([f"Money at {at}, as given"] if at else []))
    purpose = comparison.vocabulary.purposes.get(comparison.options.asked.purpose)
    remarks = (*remarks, *([f"Shown is what matters for {purpose.label}"] if purpose else []))
    supposing = ", ".join(comparison.options.asked.supposing)
    supposed = f", supposed: {supposing}" if supposing else ""
    if len(comparison.sheets) > FEW:
        remarks = (*_bounded(comparison, names, percent=percent), *remarks)
        many = _many(comparison, names, percent=percent) + supposed
        return block(many, _sentences(*remarks))
    found = [standing(comparison, index) for index in range(1, len(comparison.sheets))]
    answers = _answers(comparison, [each for each in found if each], percent=percent)
    answers[0] += supposed
    return block(*answers, _sentences(*_beside(comparison, names, found), *remarks))


def _sentences(*texts: str) -> str:
    return " ".join(f"{each}." for each in texts if each)


def _answers(comparison: Comparison, found: Sequence[Standing], *, percent: bool) -> list[str]:
    """Return how each chip stands to the base, in one line where it holds of the same rows."""
    base = _base(comparison)
    if not found:
        names = [_full(comparison, index) for index in range(len(comparison.sheets))]
        if leading_lines(comparison)[:1] and leading_lines(comparison)[0].metric == RATE:
            most = [
                f"{names[each.place]} {agreeing('computes', comparison.sheets[each.place])}"
                f" {_within(each, percent=percent)} {base}"
                f"{_in_which(comparison, [each.line])}"
                for each in bounded(comparison)
            ]
            return most or [f"No rate is known of both {join_words(names)}"]
        return [f"{join_words(names)} side by side: no ratio between them is known"]
    ranges = [_in_which(comparison, each.lines) for each in found]
    if len(found) > 1 and len(set(ranges)) == 1 and all(e.ratio.low != 1 for e in found):
        first, *others = found
        rest = "".join(
            f", {_full(comparison, each.place)} {_about(each.lines, each.place)}"
            f"{_times(each.ratio, percent=percent)}"
            for each in others
        )
        words = _says(comparison, first, base, percent=percent)
        return [f"{words[0].upper()}{words[1:]}{rest}{ranges[0]}"]
    said = (_says(comparison, each, base, percent=percent) for each in found)
    return [f"{words[0].upper()}{words[1:]}{e}" for words, e in zip(said, ranges, strict=True)]


def _base(comparison: Comparison) -> str:
    """Return the base with its article: ``an H20``; of so many chips without one."""
    name = _full(comparison, 0)
    return with_article(name) if comparison.sheets[0].count == 1 else name


def _bounded(comparison: Comparison, names: Sequence[Naming], *, percent: bool) -> Iterator[str]:
    """Yield what a chip of which no ratio is known cannot be above or below, in a sentence."""
    for each in bounded(comparison):
        said = _within(each, percent=percent).removesuffix(" of")
        at = _in_which(comparison, [each.line]) if len(leading_lines(comparison)) > 1 else ""
        yield f"{names[each.place].short} is {said}{at}"


def _within(found: BoundedBy, *, percent: bool) -> str:
    """Return what a ratio is at least, or at most: ``at most 4.41 ×``."""
    shown = numbers.percent_bounds(found.ratio) if percent else numbers.ratio_bounds(found.ratio)
    words = shown.replace("≤\N{NO-BREAK SPACE}", "at most ")
    words = words.replace("≥\N{NO-BREAK SPACE}", "at least ")
    return _of(words) if percent else f"{words} ×"


def _says(comparison: Comparison, found: Standing, base: str, *, percent: bool) -> str:
    """Return the sentence about one chip without its rows: ``H100 computes 6.69 × an H20``."""
    name = _full(comparison, found.place)
    equal = found.ratio.low == found.ratio.high == 1
    times = _about(found.lines, found.place) + _times(found.ratio, percent=percent)
    metric, sheet = found.lines[0].metric, comparison.sheets[found.place]
    has = agreeing("has", sheet)
    if metric == RATE or metric in comparison.options.extra:
        verb = "computes"
        if metric != RATE:
            given = join_words(str(each) for each in comparison.options.given.values())
            verb, name = "attains", f"at {given} {name}"
        if comparison.sheets[0].count > 1:
            base = f"what {base} do" if metric == RATE else base
        verb = agreeing(verb, sheet)
        return f"{name} {verb} {'as much as' if equal else _of(times)} {base}"
    what = _what(comparison, found.lines)
    if equal:
        return f"{name} {has} the same {what} as {base}"
    return f"{name} {has} {_of(times)} the {what} of {base}"


def _about(lines: Sequence[ComparedRow], index: int, *, base: bool = True) -> str:
    """Return the mark of what is estimated where a figure, or that of the base, is."""
    answers = [each.answers[i] for each in lines for i in ((0, index) if base else (index,))]
    estimated = any(isinstance(e, Figure) and e.status == "estimated" for e in answers)
    return "~" if estimated else ""


def _times(ratio: Interval, *, percent: bool) -> str:
    return numbers.percent(ratio) if percent else f"{numbers.ratios(ratio)} ×"


def _of(times: str) -> str:
    return f"{times} of" if times.endswith("%") else times


def _what(comparison: Comparison, lines: Sequence[ComparedRow]) -> str:
    """Return what some rows are of: ``memory``, ``throughput per watt``."""
    definition = comparison.vocabulary.metric(lines[0].metric)
    if "format" in lines[0].when:
        return lower(definition.label)
    return within(row_label(comparison, lines[0]))


def _in_which(comparison: Comparison, lines: Sequence[ComparedRow]) -> str:
    """Return the rows that a sentence holds of, in brackets: `` (FP8 to TF32, dense)``."""
    if "format" not in lines[0].when:
        return ""
    all_lines = leading_lines(comparison)
    places = [all_lines.index(each) for each in lines]
    labels = [format_label(comparison, each) for each in lines]
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        words = f"{labels[0]} to {labels[-1]}"
    else:
        words = ", ".join(labels)
    return f" ({', '.join(filter(None, (words, _reading(comparison))))})"


def _reading(comparison: Comparison) -> str:
    if comparison.options.all_statements:
        return reading(
            comparison._replace(options=comparison.options._replace(all_statements=False))
        )
    return reading(comparison)


def _full(comparison: Comparison, index: int) -> str:
    """Return the name of a chip, with how it is read where that is not as usual."""
    name, read = comparison.sheets[index].name, readings_of(comparison, index)
    return f"{name} ({read})" if read and comparison.mixed else name


def _beside(
    comparison: Comparison, names: Sequence[Naming], found: Sequence[Standing | None]
) -> Iterator[str]:
    """Yield what else sets chips apart: memory, bandwidth, and below which work one leads."""
    if comparison.options.extra:
        return
    said = {each.lines[0].metric for each in found if each}
    if len(comparison.sheets) == PAIR:
        yield from _pair(comparison, names, said)
        return
    ahead = [each for each in leads(comparison) if each.line.metric in MEMORY]
    words = _ahead(comparison, ahead, names, percent=False)
    if words and said:
        yield f"{words[0].upper()}{words[1:]}"


def _pair(comparison: Comparison, names: Sequence[Naming], said: set[str]) -> Iterator[str]:
    """Yield who of two has more memory and bandwidth, and below which intensity one leads."""
    clauses: dict[int, list[str]] = {}
    for each in memory_leads(comparison):
        if each.ratio and each.line.metric not in said:
            words = f"{numbers.ratios(each.ratio)} × the {_what(comparison, [each.line])}"
            clauses.setdefault(each.place, []).append(words)
    at = crossover(comparison) if RATE in said else None
    for index, parts in clauses.items():
        sheet = comparison.sheets[index]
        sentence = f"{names[index].short} {agreeing('has', sheet)} {join_words(parts)}"
        if at and at.below is sheet:
            sentence += f"; {agreeing('it', sheet)} {_leads_below(comparison, at)}"
            at = None
        yield sentence
    if at:
        index = comparison.sheets.index(at.below)
        yield f"{names[index].short} {_leads_below(comparison, at)}"


def _leads_below(comparison: Comparison, at: Crossing) -> str:
    number_format = format_label(comparison, at.line)
    verb = agreeing("leads", at.below)
    return f"{verb} {number_format} work below {_intensity(at)}"


def _intensity(at: Crossing) -> str:
    amount = numbers.amounts(at.intensity.amount, numbers.RATIO_DIGITS)
    return f"{amount} {at.intensity.unit}"


def overtakings(comparison: Comparison, names: Sequence[Naming], *, every: bool) -> list[str]:
    """Return at which intensity each chip overtakes the base, formats that agree as one.

    Not every format, but that which stands for all.
    """
    first = [dict(each.when) for each in rate_lines(comparison)[:1]]
    found: dict[tuple[str, str], list[str]] = {}
    short = dict(zip((each.id for each in comparison.sheets), names, strict=True))
    for each in crossings(comparison) if comparison.options.given else ():
        if not every and first and each.line.when != first[0]:
            continue
        below, above = short[each.below.id].short, short[each.above.id].short
        said = (f"{below} leads below {_intensity(each)}", f"{above} above")
        found.setdefault(said, []).append(format_label(comparison, each.line))
    return [f"{', '.join(formats)}: {', '.join(said)}." for said, formats in found.items()]


def _many(comparison: Comparison, names: Sequence[Naming], *, percent: bool) -> str:
    """Return who leads among many chips, and by how much."""
    count = len(comparison.sheets) - 1
    read = "" if comparison.mixed else reading(comparison)
    rated = any("format" in each.when for each in comparison.lines)
    head = f"{count} chips against {_full(comparison, 0)}" + (f", {read}" if read and rated else "")
    clauses = _ahead(comparison, leads(comparison), names, percent=percent)
    if clauses:
        return f"{head}: {clauses}"
    return f"{head}: {_span(comparison, percent=percent)}"


def _ahead(
    comparison: Comparison, found: Sequence[Lead], names: Sequence[Naming], *, percent: bool
) -> str:
    """Return who leads in what, in one clause each: ``in memory H200 leads (141 GB)``."""
    return ", ".join(
        _lead(comparison, each, names, percent=percent, verb=not number)
        for number, each in enumerate(found)
    )


def _lead(
    comparison: Comparison,
    lead: Lead,
    names: Sequence[Naming],
    *,
    percent: bool,
    verb: bool,
) -> str:
    line, answer = lead.line, lead.line.answers[lead.place]
    missing = sum(isinstance(each, Missing) for each in line.answers)
    name = f"{names[lead.place].short}{' leads' * verb}"
    rate = "format" in line.when
    details = []
    if rate and lead.place and lead.ratio:
        times = _of(_times(lead.ratio, percent=percent))
        details.append(f"{_about([line], lead.place)}{times} {names[0].short}")
    elif isinstance(answer, Figure):
        unit = scaled(line, comparison.vocabulary)
        amounts = numbers.amounts(answer.value.to(unit).amount, numbers.COMPUTED_DIGITS)
        about = _about([line], lead.place, base=False)
        details.append(f"{about}{amounts} {shown_unit(comparison, line)}")
    if missing:
        details.append(f"of the {len(line.answers) - missing} known")
    where = f"in {_what(comparison, [line])}"
    if rate:
        where = f"at {value_label('format', line.when['format'], comparison.vocabulary)}"
        if line.metric in comparison.options.extra:
            given = join_words(str(each) for each in comparison.options.given.values())
            where = f"{where} and {given}"
        elif line.metric != RATE:
            where = f"in {within(row_label(comparison, line))}"
    return f"{where} {name} ({', '.join(details)})"


def _span(comparison: Comparison, *, percent: bool) -> str:
    """Return between which ratios chips lie by the first metric, where nobody leads for certain."""
    for line in leading_lines(comparison)[:1]:
        ratios = [each for each in line.ratios[1:] if each is not None]
        if ratios:
            low, high = min(e.low for e in ratios), max(e.high for e in ratios)
            times = _times(Interval(low, low, high), percent=percent)
            return f"{row_label(comparison, line)} {_of(times)} that of the base, where known"
    return "no ratio between them is known"


def commanded(comparison: Comparison, chips: Sequence[str], *more: str) -> str:
    """Return the command that asks the same again, with more options; no chips: by their ids."""
    options = comparison.options
    words = ["compare", *(chips or (each.id for each in comparison.sheets))]
    purpose = comparison.vocabulary.purposes.get(options.asked.purpose)
    words += ["--for", options.asked.purpose] if purpose else []
    if not purpose or options.metrics != purpose.metrics:
        words += [word for each in options.metrics for word in ("-m", each)]
    words += ["--base", options.base] if options.base and chips else []
    for name, value in (*options.when.items(), *options.reading.items()):
        words += ["--when", f"{name}={value}"]
    for chip, readings in options.readings.items():
        words += [w for k, v in readings.items() for w in ("--when", f"{chip}:{k}={v}")]
    if not purpose or not purpose.at:
        words += [word for each in options.given.values() for word in ("--at", str(each))]
    words += [word for each in options.asked.supposing for word in ("--set", each)]
    words += ["--sort", options.sort] if options.sort else []
    words += [word for each in options.rates for word in ("--rate", str(each))]
    words += ["--all-statements"] if options.all_statements else []
    return written(*words, *more)
