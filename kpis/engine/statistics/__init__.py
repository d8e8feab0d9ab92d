"""The statistics of the engine: numbers in, numbers out; each file names its source.

grouped.py     quantiles of many groups at once, for the formulas
survival.py    Kaplan-Meier: times to an end that some cases have not reached
intervals.py   Wilson for a proportion, exact Poisson for a rate
rollup.py      several months or units together: by sums, never by means of ratios
funnel.py      units compared fairly: z-scores with multiplicative over-dispersion
control.py     XmR, p and u charts; `run_rules.py` finds signals in them
icons.py       variation and assurance: is it changing, and will it keep its limit?
site_rates.py   how fast sites enrol: a gamma distribution, each site shrunk towards it
movement.py     why a ratio moved: performance of units, and mix of their weights
forecast.py     participants to come, with bands, and the day of the last one
chart_choice.py which of these a KPI definition calls for

What a KPI's history says about a green is a package of its own: `kpis.engine.believable`.
"""

from kpis.engine.statistics.grouped import grouped_quantile, spread
from kpis.engine.statistics.survival import Survival, kaplan_meier

__all__ = ["Survival", "grouped_quantile", "kaplan_meier", "spread"]
