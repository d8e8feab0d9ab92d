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

    A signal that is ignored from the start (`nohup`) stays ignored.
    """

    def stop(number: int, _frame: FrameType | None) -> None:
        for each in heeded:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(number)

    before = {each: signal.getsignal(each) for each in STOP_SIGNALS}
    heeded = [each for each, handler in before.items() if handler is not signal.SIG_IGN]
    for each in heeded:
        signal.signal(each, stop)
    try:
        yield
    finally:
        for each in heeded:
            signal.signal(each, before[each])
