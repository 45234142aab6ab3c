"""Compiled kernels: one way to declare them, and one command that compiles them before the first user waits.

``python -m penata.placement.compile [MODULE ...]`` imports every module of this package that holds kernels, and every
further module named. Importing compiles what :func:`kernel` declares; a module whose kernels compile at their first
call offers a function ``warm_up()``, which is then called. Compiled code lies beside its source (``__pycache__``) and
is reused until the source changes, or that of another kernel which was compiled into it.
"""

import re
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from numba import config, njit, types
from numba.core.caching import InTreeCacheLocator, UserProvidedCacheLocator, UserWideCacheLocator

MODULES = (
    "penata.placement._prices",
    "penata.placement._residual",
    "penata.placement._exact",
    "penata.placement._lists",
    "penata.placement._stable",
    "penata.placement._exchange",
    "penata.placement._team",
    "penata.placement.pairs",
)

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


_SOURCE = Path(__file__).parents[1]
_KERNELS = re.compile(r"^from penata\.([\w.]+\._\w+) import", re.MULTILINE)


class _Whole:
    """Takes compiled code for stale as soon as any kernel that it calls has changed.

    Numba looks at the file of the function alone, and would go on with code that holds an old version of another file.
    """

    _py_file: str

    def get_source_stamp(self) -> str:
        """Return what changes with the source, and with the sources of the kernels that it imports."""
        known, open_ = {Path(self._py_file)}, [Path(self._py_file)]
        while open_:
            named = _KERNELS.findall(open_.pop().read_text(encoding="utf-8"))
            found = {_SOURCE.joinpath(*name.split(".")).with_suffix(".py") for name in named} - known
            known |= found
            open_ += found
        return sha256(b"".join(path.read_bytes() for path in sorted(known))).hexdigest()


class Chosen(_Whole, UserProvidedCacheLocator):
    """In the folder that NUMBA_CACHE_DIR names."""


class Beside(_Whole, InTreeCacheLocator):
    """Beside the source."""


class Elsewhere(_Whole, UserWideCacheLocator):
    """In the user's own cache, where the source may not be written beside."""


PLACES = (Chosen, Beside, Elsewhere)
config.CACHE_LOCATOR_CLASSES = ",".join(f"penata.placement.compile.{place.__name__}" for place in PLACES)  # type: ignore[attr-defined]

# A kernel whose types show at its first call; it does not hold the interpreter while it runs.
jit = njit(cache=True, nogil=True)


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
