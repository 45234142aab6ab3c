"""Progress on the terminal: a bar per step; plain lines where the output is not a terminal. And stopping in between."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from time import perf_counter
from types import FrameType
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from penata.analysis.penataan import Progress as Share
from penata.language import number


class Terminal:
    """Reporter that draws one bar per step and keeps the finished ones on screen."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._bars: Progress | None = None
        self._task: TaskID | None = None
        self._stopped = False

    @contextmanager
    def running(self) -> Iterator["Terminal"]:
        """Show bars while the block runs, and let Ctrl-C end it."""
        with self._stoppable():
            if not self.console.is_terminal:
                yield self
                return
            columns = (TextColumn("{task.description:<34}"), BarColumn(bar_width=28), TimeElapsedColumn())
            with Progress(*columns, console=self.console) as self._bars:
                yield self
            self._bars = None

    def step(self, name: str) -> Share:
        """Begin step *name*."""
        self.check()
        if self._bars is None:
            return lambda share: None
        task = self._task = self._bars.add_task(name, total=1.0)
        bars = self._bars
        return lambda share: bars.update(task, completed=min(max(share, 0.0), 1.0))

    def done(self, name: str, seconds: float) -> None:
        """End step *name*."""
        self.check()
        if self._bars is None:
            self.console.print(f"  {name:<34} {number(seconds, 1):>7} dtk", highlight=False)
        elif self._task is not None:
            self._bars.update(self._task, completed=1.0)
            self._bars.stop_task(self._task)

    def check(self) -> None:
        """Raise KeyboardInterrupt when the user asked to stop.

        An interrupt that arrives inside a compiled library can be lost there; asking again at every step finds it.
        """
        if self._stopped:
            raise KeyboardInterrupt

    @contextmanager
    def _stoppable(self) -> Iterator[None]:
        if current_thread() is not main_thread():
            yield
            return
        before, told = signal.getsignal(signal.SIGINT), sys.unraisablehook
        signal.signal(signal.SIGINT, self._stop)
        sys.unraisablehook = lambda lost: None if lost.exc_type is KeyboardInterrupt else told(lost)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
            sys.unraisablehook = told

    def _stop(self, _number: int, _frame: FrameType | None) -> Any:
        self._stopped = True
        raise KeyboardInterrupt


@contextmanager
def timed(told: Terminal, name: str) -> Iterator[tuple[Share, Callable[[], float]]]:
    """Run the block as step *name*; yield its progress function and a clock that tells the seconds it took."""
    begun = perf_counter()
    taken: list[float] = []
    yield told.step(name), lambda: taken[0] if taken else perf_counter() - begun
    taken.append(perf_counter() - begun)
    told.done(name, taken[0])
