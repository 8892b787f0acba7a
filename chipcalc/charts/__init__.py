"""Pictures of results as Vega-Lite specifications; they compute no verdict, margin or ratio."""

from chipcalc.charts.chart import Chart
from chipcalc.charts.headroom_bars import headroom
from chipcalc.charts.launch_dates import launches
from chipcalc.charts.ratio_bars import ratios
from chipcalc.charts.red_lines_values import red_lines
from chipcalc.charts.rooflines import roofline
from chipcalc.charts.timeline_bands import timeline

__all__ = ["Chart", "headroom", "launches", "ratios", "red_lines", "roofline", "timeline"]
