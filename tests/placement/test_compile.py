"""One command compiles every kernel, ours and those of modules that are named."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import penata
from penata.placement.compile import MODULES, compile_kernels


def test_named_modules_are_warmed_up(monkeypatch):
    called = []
    module = ModuleType("warm_example")
    module.warm_up = lambda: called.append(True)
    monkeypatch.setitem(sys.modules, "warm_example", module)
    assert compile_kernels(["warm_example"]) == (*MODULES, "warm_example")
    assert called == [True]


def test_the_command_names_what_it_compiled():
    source = str(Path(penata.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-m", "penata.placement.compile"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": source},
    )
    assert done.stdout.split() == list(MODULES)
