"""Pictures as files: SVG, PNG, a page that needs nothing else, and the specification."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import Any

from chipcalc.charts.chart import Chart
from chipcalc.charts.style import THEMES, WIDTHS, Style, ThemeName, WidthName, style
from chipcalc.errors import error

VEGA_LITE = "6.4"
_PAGE = 960  # pixels of the picture in a page without scripts
_SNIPPET = "window.vegaEmbed = vegaEmbed;"
_BASE = "https://vega.github.io/vega-datasets/"  # what the converter puts before an address
_SCALE = 2.0  # pixels of a PNG for each of the drawing


def can_render() -> bool:
    """Whether the package that draws pictures is installed."""
    return find_spec("vl_convert") is not None


def svg(
    chart: Chart,
    theme: ThemeName = "light",
    width: WidthName | int = "wide",
    *,
    bare: bool = False,
) -> str:
    """Return a picture as SVG; raises ChipcalcError where the package for it is missing.

    A width is a name or a number of pixels; a `bare` picture has no title and no sentences.
    """
    return drawn(chart, style(theme, width, bare=bare))


def drawn(chart: Chart, look: Style) -> str:
    """Return a picture as SVG in a style of one's own; raises as `svg` does."""
    found: str = _converter().vegalite_to_svg(chart.draw(look), vl_version=VEGA_LITE)
    return found.replace(_BASE, "")


def png(chart: Chart, theme: ThemeName = "light", width: WidthName | int = "wide") -> bytes:
    """Return a picture as PNG, with two pixels for each of the drawing; raises as `svg` does."""
    found: bytes = _converter().vegalite_to_png(
        chart.draw(style(theme, width)), vl_version=VEGA_LITE, scale=_SCALE
    )
    return found


def html(chart: Chart) -> str:
    """Return a page that needs nothing else; raises as `svg` does.

    It has the picture, wide and narrow, in light and dark colours, with a tooltip for each mark
    where scripts run, and the same as a table.
    """
    from chipcalc.charts.page import page

    specifications = {
        f"{theme}-{width}": chart.draw(style(theme, width)) for theme in THEMES for width in WIDTHS
    }
    bundle = _converter().javascript_bundle(_SNIPPET, vl_version=VEGA_LITE)
    return page(chart, specifications, bundle, svg(chart, width=_PAGE))


def specification(chart: Chart) -> str:
    """Return the Vega-Lite specification as JSON."""
    return json.dumps(chart.specification, ensure_ascii=False, indent=1) + "\n"


def _converter() -> Any:
    try:
        import vl_convert
    except ModuleNotFoundError:
        what = "drawing pictures needs a package that is not installed"
        raise error(what, "pip install 'chipcalc[charts]'") from None
    return vl_convert
