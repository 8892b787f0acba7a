"""Pictures of results as Vega-Lite specifications; they compute no verdict, margin or ratio."""

from chipcalc.charts.chart import Chart
from chipcalc.charts.red_lines_values import red_lines

__all__ = ["Chart", "red_lines"]
