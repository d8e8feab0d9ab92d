"""One side in a process of its own: python -m benchmarks.ageing.work SIDE FILE MONTHS ANSWER.

Prints seconds and peak memory as JSON, and leaves the answer in a file. Imports are not counted,
nor is bringing the answer into the one form.
"""

import json
import resource
import sys
import time

from benchmarks.ageing.months import MONTHS
from benchmarks.ageing.sides import SIDES


def main(side: str, path: str, months: int, place: str) -> None:
    """Ask once; print what it took."""
    ask = SIDES[side].load()
    begun = time.perf_counter()
    found = ask(path, MONTHS[-months:])
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    # What brings the answers into one form is no part of what a side needs.
    from benchmarks.ageing.answers import answer  # noqa: PLC0415

    answer(found).to_pickle(place)
    print(json.dumps({"seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
