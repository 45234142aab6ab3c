"""Compiled kernels: one way to declare them, and one command that compiles them before the first user waits.

``python -m penata.placement.compile [MODULE ...]`` imports every module of this package that holds kernels, and every
further module named. Importing compiles what :func:`kernel` declares; a module whose kernels compile at their first
call offers a function ``warm_up()``, which is then called. Compiled code lies beside its source (``__pycache__``) and
is reused until the source changes.
"""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from numba import njit, types

MODULES = ("penata.placement._prices", "penata.placement._residual")

# Inputs are declared read-only, so that arrays borrowed from a table library need no copy.
POINTERS = types.Array(types.int64, 1, "C", readonly=True)
EDGES = POINTERS
SLOTS = types.Array(types.int32, 1, "C", readonly=True)
OUT = types.int64[::1]

_RESULTS = {
    "int64[::1]": types.int64[::1],
    "float64": types.float64,
    "boolean": types.boolean,
    "void": types.void,
}


def kernel(returns: str, *arguments: Any) -> Callable[[Callable[..., Any]], Any]:
    """Compile the decorated function now, for exactly these argument types, or load it from its cache."""
    return njit(_RESULTS[returns](*arguments), cache=True)  # type: ignore[no-any-return]


def compile_kernels(modules: Sequence[str] = ()) -> tuple[str, ...]:
    """Import the modules with kernels, call their ``warm_up`` where they have one, and return their names."""
    names = (*MODULES, *modules)
    for name in names:
        warm_up = getattr(import_module(name), "warm_up", None)
        if warm_up is not None:
            warm_up()
    return names


if __name__ == "__main__":
    # The module runs under another name here; kernels must register with the importable one.
    for compiled in import_module("penata.placement.compile").compile_kernels(sys.argv[1:]):
        print(compiled)
