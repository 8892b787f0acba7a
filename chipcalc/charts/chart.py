"""A picture of results as a value: how it is drawn, what it says, and the table below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from chipcalc.charts.style import Style

MIME = "application/vnd.vegalite.v6+json"


class Chart(NamedTuple):
    """A picture: its kind, its title, sentences that explain it, and the same as a table.

    `draw` returns the Vega-Lite specification for a style.
    """

    kind: str
    title: str
    says: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    draw: Callable[[Style], dict[str, Any]]

    @property
    def specification(self) -> dict[str, Any]:
        """The Vega-Lite specification of the picture: wide, in light colours."""
        return self.draw(Style())

    def __repr__(self) -> str:
        return f"Chart({self.kind}: {self.title})"

    def _repr_mimebundle_(self, **_: object) -> Mapping[str, Any]:
        """Return what a notebook shows: the picture, or its specification without a renderer."""
        from chipcalc.charts import rendering

        found: dict[str, Any] = {"text/plain": repr(self), MIME: self.draw(Style(width=900))}
        if rendering.can_render():
            found["image/svg+xml"] = rendering.svg(self, width=900)
        return found
