"""One command compiles every kernel, ours and those of modules that are named."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from numba.core.dispatcher import Dispatcher

import penata
from penata.placement import compile as compiling
from penata.placement.compile import MODULES, PLACES, compile_kernels


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


def test_compiled_code_is_stale_when_a_kernel_compiled_into_it_changes(tmp_path, monkeypatch):
    folder = tmp_path / "placement"
    folder.mkdir()
    sources = {
        "_caller": "from penata.placement._called import f\n",
        "_called": "from penata.placement._deepest import g\nfrom penata.placement._caller import h\n",
        "_deepest": "x = 1\n",
        "_other": "x = 1\n",
    }
    for name, text in sources.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.setattr(compiling, "_SOURCE", tmp_path)
    locator = object.__new__(compiling.Beside)
    locator._py_file = str(folder / "_caller.py")
    before = locator.get_source_stamp()
    (folder / "_other.py").write_text("x = 2\n", encoding="utf-8")
    assert locator.get_source_stamp() == before
    (folder / "_deepest.py").write_text("x = 2\n", encoding="utf-8")
    assert locator.get_source_stamp() != before


@pytest.mark.parametrize("name", MODULES)
def test_every_kernel_looks_for_its_code_that_way(name):
    for kernel in vars(import_module(name)).values():
        if isinstance(kernel, Dispatcher):
            assert isinstance(kernel._cache._impl.locator, PLACES)
