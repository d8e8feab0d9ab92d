"""Positions of a month as a waterfall for each unit: what was open, came, went, is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.charts.frame import Figure, figure

UNITS_SHOWN = 6
FRAME_HEIGHT, ROW_HEIGHT = 44, 24
STEPS = ("Open at start", "Approved", "Filled", "Cancelled", "Open at end")


@dataclass(frozen=True)
class Positions:
    """One unit; start + approved − filled − cancelled = end."""

    name: str
    start: int
    approved: int
    filled: int
    cancelled: int
    end: int
    url: str = ""

    @property
    def steps(self) -> tuple[tuple[str, int, int, str, str], ...]:
        """Name, where the bar begins, how long it is, its colour and its label, for each step."""
        top = self.start + self.approved
        left = top - self.filled
        return (
            (STEPS[0], 0, self.start, "var(--b5)", str(self.start)),
            (STEPS[1], self.start, self.approved, "var(--b3)", f"+{self.approved}"),
            (STEPS[2], left, self.filled, "var(--b2)", f"−{self.filled}"),
            (STEPS[3], left - self.cancelled, self.cancelled, "var(--b2)", f"−{self.cancelled}"),
            (STEPS[4], 0, self.end, "var(--b5)", str(self.end)),
        )


def requisitions_figure(units: Sequence[Positions]) -> Figure:
    """Draw the first units given; a floating bar begins where the one before it ended."""
    shown = list(units[:UNITS_SHOWN])
    bars = [(one, *step) for one in shown for step in one.steps]
    longest = max((base + length for _, _, base, length, *_ in bars), default=1)
    trace: Figure = {
        "type": "bar",
        "orientation": "h",
        "y": [[one.name for one, *_ in bars], [step for _, step, *_ in bars]],
        "x": [length for _, _, _, length, *_ in bars],
        "base": [base for _, _, base, *_ in bars],
        "marker": {"color": [color for *_, color, _ in bars]},
        "text": [label for *_, label in bars],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"color": "var(--ink-2)", "size": 12},
        "customdata": [
            {"words": f"{one.name}, {step.lower()}: {label}", "url": one.url}
            for one, step, _, _, _, label in bars
        ],
        "hovertemplate": "%{customdata.words}<extra></extra>",
    }
    return figure(
        [trace],
        bargap=0.25,
        height=FRAME_HEIGHT + ROW_HEIGHT * max(len(bars), 1),
        xaxis={
            "range": [0, 1.15 * max(longest, 1)],
            "showgrid": True,
            "nticks": 6,
            "tickformat": "d",
        },
        yaxis={
            "autorange": "reversed",
            "showgrid": False,
            "dividercolor": "var(--rule-2)",
            "ticksuffix": " ",
        },
        margin={"l": 150, "r": 24, "t": 6, "b": 30},
    )
