"""Slow, obvious twins: one point at a time, in plain Python, from the words of the sources."""

import math
from collections.abc import Sequence
from itertools import pairwise


def funnel_scores(
    pairs: Sequence[tuple[int, int]], *, proportion: bool, least_units: int = 5
) -> tuple[float, list[float | None]]:
    """Return φ and the score of each unit, None without a denominator."""
    with_whole = [(n, d) for n, d in pairs if d > 0]
    mu = sum(n for n, _ in with_whole) / sum(d for _, d in with_whole)

    def plain(n: int, d: int) -> float:
        variance = mu * (1 - mu) / d if proportion else mu / d
        return (n / d - mu) / math.sqrt(variance) if variance else 0.0

    squares = [plain(n, d) ** 2 for n, d in with_whole]
    phi = sum(squares) / len(squares) if len(squares) >= least_units else 1.0
    scores = [
        None if d == 0 else plain(n, d) / math.sqrt(phi) if phi > 1e-20 else 0.0 for n, d in pairs
    ]
    return phi, scores


def flag(score: float, cuts: Sequence[float], flags: Sequence[int]) -> int:
    """Walk up the cuts; a score on a cut is already past it."""
    found = flags[0]
    for cut, word in zip(cuts, flags[1:], strict=True):
        if score >= cut:
            found = word
    return found


def xmr(values: Sequence[float]) -> tuple[float, float, float]:
    """Return centre, lower and upper limit."""
    mean = sum(values) / len(values)
    moved = [abs(b - a) for a, b in pairwise(values)]
    average = sum(moved) / len(moved)
    return mean, mean - 2.66 * average, mean + 2.66 * average


def stands_out(values: Sequence[float], place: Sequence[float], sign: int) -> dict[str, set[int]]:
    """Return rule → points that it holds for, towards one side, window by window."""
    size = len(values)
    found: dict[str, set[int]] = {"beyond": set(), "shift": set(), "trend": set(), "near": set()}
    for at in range(size):
        if sign * place[at] > 3 + 1e-9:
            found["beyond"].add(at)
        eight = range(at, at + 8)
        if at + 8 <= size and all(sign * place[one] > 1e-9 for one in eight):
            found["shift"].update(eight)
        six = range(at, at + 6)
        steps = pairwise(six)
        if at + 6 <= size and all(sign * (values[b] - values[a]) > 0 for a, b in steps):
            found["trend"].update(six)
        near = [one for one in range(at, min(at + 3, size)) if sign * place[one] > 2 + 1e-9]
        if len(near) >= 2:
            found["near"].update(near)
    return found
