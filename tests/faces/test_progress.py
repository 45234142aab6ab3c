"""Stopping a run: an interrupt that a library swallows is found again at the next step."""

import os
import signal
import sys

import pytest
from rich.console import Console

from penata.faces.cli.progress import Terminal, timed


def swallow_an_interrupt():
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except KeyboardInterrupt:
        return
    pytest.fail("no interrupt came")


def test_a_swallowed_interrupt_stops_the_next_step():
    told = Terminal(Console(quiet=True))
    with told.running():
        swallow_an_interrupt()
        with pytest.raises(KeyboardInterrupt):
            told.step("berikutnya")
        with pytest.raises(KeyboardInterrupt):
            told.check()


def test_a_swallowed_interrupt_stops_the_end_of_its_own_step():
    told = Terminal(Console(quiet=True))
    with told.running(), pytest.raises(KeyboardInterrupt), timed(told, "langkah"):
        swallow_an_interrupt()


def test_afterwards_the_process_handles_interrupts_as_before():
    before, hook = signal.getsignal(signal.SIGINT), sys.unraisablehook
    with Terminal(Console(quiet=True)).running():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
    assert sys.unraisablehook is hook


def test_the_clock_tells_the_time_taken_and_plain_output_one_line_a_step(capsys):
    told = Terminal(Console(force_terminal=False))
    with told.running(), timed(told, "menghitung") as (progress, clock):
        progress(0.5)
    assert clock() == clock() >= 0
    assert "menghitung" in capsys.readouterr().out
