"""How the launcher is asked to end: the usual signals become one exception."""

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked the launcher to end; `number` is the signal they sent."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Raise `Stopped` at the first signal; later ones do not interrupt the orderly end.

    A hang-up that is ignored from the start (`nohup`) stays ignored; Ctrl-C is heeded even where
    a script's `&` had it ignored.
    """

    def stop(number: int, _frame: FrameType | None) -> None:
        for each in heeded:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(number)

    before = {each: signal.getsignal(each) for each in STOP_SIGNALS}
    nohup = before[signal.SIGHUP] is signal.SIG_IGN
    heeded = [each for each in STOP_SIGNALS if not (nohup and each == signal.SIGHUP)]
    for each in heeded:
        signal.signal(each, stop)
    try:
        yield
    finally:
        for each in heeded:
            signal.signal(each, before[each])
