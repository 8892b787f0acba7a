"""Chips in one page that needs nothing else: answers, pictures, a comparison, every explanation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chipcalc.charts import rendering
from chipcalc.charts.chart import Chart
from chipcalc.charts.page import table
from chipcalc.charts.style import DARK, LIGHT, Style, Theme
from chipcalc.tables.html import content, escaped, style_sheet
from chipcalc.tables.report import Report

_WIDE = 1040  # pixels of a picture beside the margins of the page
_IDENTIFIER = re.compile(r'(\bid="|url\(#|href="#)')


class Section(NamedTuple):
    """A chip under the rules: its name, its answer in a sentence, and every step of it."""

    chip: str
    name: str
    answer: str
    steps: Report


class Parts(NamedTuple):
    """What a report holds; a comparison is there for two chips or more."""

    title: str
    lead: Sequence[str]
    pictures: Sequence[Chart]
    sections: Sequence[Section]
    comparison: Report | None
    command: str


def page(parts: Parts) -> str:
    """Return the page; raises ChipcalcError where the package that draws is missing."""
    title = escaped(parts.title)
    style = f"{style_sheet()}{_STYLE}{dark_colours()}"
    body = "\n".join(filter(None, (_head(parts), *_sections(parts), _foot(parts))))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body class="chipcalc-page">\n<main class="chipcalc">\n{body}\n</main>\n'
        "</body>\n</html>\n"
    )


def _head(parts: Parts) -> str:
    lead = "".join(f"<p>{escaped(each)}</p>" for each in parts.lead)
    links = [("answers", "Answers"), *((each.kind, each.title) for each in parts.pictures)]
    links += [("comparison", "Comparison")] if parts.comparison else []
    items = "".join(f'<li><a href="#{key}">{escaped(words)}</a></li>' for key, words in links)
    navigation = f'<nav aria-label="Contents"><ul>{items}</ul></nav>'
    return f"<h1>{escaped(parts.title)}</h1>\n{lead}\n{navigation}"


def _sections(parts: Parts) -> Iterator[str]:
    answers = "\n".join(_section(each) for each in parts.sections)
    yield f'<section id="answers"><h2>Answers</h2>\n{answers}\n</section>'
    for each in parts.pictures:
        yield (
            f'<section id="{each.kind}"><h2>{escaped(each.title)}</h2>\n{figure(each)}\n'
            f"{''.join(f'<p>{escaped(says)}</p>' for says in each.says)}\n{table(each)}\n</section>"
        )
    if parts.comparison:
        compared = content(parts.comparison, "h3")
        yield f'<section id="comparison"><h2>Comparison</h2>\n{compared}\n</section>'


def _section(section: Section) -> str:
    name = escaped(section.name)
    return (
        f'<div class="answer"><h3 id="chip-{escaped(section.chip)}">{name}</h3>\n'
        f"<p><strong>{escaped(section.answer)}</strong></p>\n"
        f"<details><summary>Every step, with figures and sources: {name}</summary>\n"
        f"{content(section.steps, 'h4')}\n</details></div>"
    )


def _foot(parts: Parts) -> str:
    return (
        "<footer><p>A calculation, no legal advice. The same with the command:</p>"
        f'<pre class="command"><code>{escaped(parts.command)}</code></pre></footer>'
    )


def figure(chart: Chart) -> str:
    """Return a picture for screens that are wide and that are not, of which one is shown."""
    drawn = (
        f'<div class="{name}">{_drawn(chart, name, width)}</div>'
        for name, width in (("wide", _WIDE), ("narrow", 390))
    )
    return f'<figure class="picture" aria-label="{escaped(chart.title)}">{"".join(drawn)}</figure>'


def _drawn(chart: Chart, name: str, width: int) -> str:
    """Return a drawing whose identifiers are its own within a page."""
    drawing = rendering.drawn(chart, Style(LIGHT, width, titled=False))
    return _IDENTIFIER.sub(rf"\g<1>{chart.kind}-{name}-", drawing)


def dark_colours(scope: str = "figure.picture") -> str:
    """Return the style that gives light pictures the dark colours, on a screen that is dark."""
    rules = [
        f'{scope} svg [{kind}="{light}"] {{ {kind}: {dark}; }}'
        for light, dark in dict.fromkeys(zip(_colours(LIGHT), _colours(DARK), strict=True))
        for kind in ("fill", "stroke")
    ]
    inner = "\n".join(rules)
    return f"@media screen and (prefers-color-scheme: dark) {{\n{inner}\n}}\n"


def _colours(theme: Theme) -> Iterator[str]:
    yield from (theme.paper, theme.ink, theme.second, theme.hairline, theme.bar)
    for each in (*theme.controls, theme.outside, theme.open):
        yield from (each.colour, each.tint)


_STYLE = """
.chipcalc h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; break-after: avoid; }
.chipcalc h3 { font-size: 1.0625rem; margin: 1.25rem 0 .25rem; break-after: avoid; }
.chipcalc nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0;
  list-style: none; max-width: none; }
.chipcalc summary { padding: .5rem 0; cursor: pointer; color: var(--link); }
.chipcalc summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.chipcalc figure { margin: 1rem 0; }
.chipcalc figure svg { max-width: 100%; height: auto; display: block; }
.chipcalc .narrow { display: none; }
.chipcalc footer { margin-top: 3rem; border-top: 1px solid var(--line); }
@media screen and (max-width: 40rem) {
  .chipcalc .wide { display: none; } .chipcalc .narrow { display: block; }
}
@media print {
  .answer details::details-content { content-visibility: visible; height: auto; }
  .chipcalc nav, .chipcalc summary, .chipcalc section > details { display: none; }
  .chipcalc figure { break-inside: avoid; }
  .chipcalc h2 { margin-top: 1rem; }
}
"""
