"""A picture as a page of its own: the drawing, its tooltips, and the table below it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from chipcalc.charts.chart import Chart
from chipcalc.charts.style import DARK, LIGHT
from chipcalc.tables.render import escaped

_CLOSED = "<\\/script"  # within a script, the end of one is written so
_STYLE = f"""
:root {{ color-scheme: light dark; --ink: {LIGHT.ink}; --second: {LIGHT.second};
  --paper: {LIGHT.paper}; --line: {LIGHT.hairline}; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: {DARK.ink}; --second: {DARK.second};
  --paper: {DARK.paper}; --line: {DARK.hairline}; }} }}
body {{ margin: 0 auto; padding: 1rem; max-width: 80rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; }}
figure {{ margin: 0; }} figure svg {{ max-width: 100%; height: auto; }}
h1 {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
.scroll {{ overflow-x: auto; }} table {{ border-collapse: collapse; font-size: .9rem; }}
th, td {{ padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid var(--line); }}
summary {{ padding: .5rem 0; cursor: pointer; }}
:focus-visible {{ outline: 3px solid #ffd24d; outline-offset: 2px; }}
@media print {{ details::details-content {{ content-visibility: visible; height: auto; }} }}
"""
_SCRIPT = """
const specs = JSON.parse(document.getElementById("specifications").textContent);
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const narrow = window.matchMedia("(max-width: 60rem)");
const figure = document.getElementById("picture");
async function draw() {
  const width = narrow.matches ? "narrow" : "wide";
  const spec = specs[(dark.matches ? "dark-" : "light-") + width];
  await vegaEmbed(figure, spec, {renderer: "svg", actions: false});
}
dark.addEventListener("change", draw);
narrow.addEventListener("change", draw);
draw();
"""


def page(
    chart: Chart, specifications: Mapping[str, dict[str, Any]], bundle: str, drawing: str
) -> str:
    """Return the page: `drawing` stands in it until a script draws the specification that fits."""
    data = json.dumps(specifications, ensure_ascii=False).replace("</", "<\\/")
    title = escaped(chart.title)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<h1>{title}</h1>\n<figure><div id="picture">{drawing}</div></figure>\n'
        f"{table(chart)}\n</main>\n"
        f'<script type="application/json" id="specifications">{data}</script>\n'
        f'<script type="module">{bundle.replace("</script", _CLOSED)}{_SCRIPT}</script>\n'
        "</body>\n</html>\n"
    )


def table(chart: Chart) -> str:
    """Return the same as a table, folded away."""
    head = "".join(f'<th scope="col">{escaped(each)}</th>' for each in chart.columns)
    body = "\n".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{escaped(cell)}</th>' if not n else f"<td>{escaped(cell)}</td>"
            for n, cell in enumerate(row)
        )
        + "</tr>"
        for row in chart.rows
    )
    name = f"The same as a table: {len(chart.rows)} rows"
    return (
        f"<details>\n<summary>{name}</summary>\n"
        f'<div class="scroll" role="region" aria-label="{name}" tabindex="0">\n<table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>\n</details>"
    )
