"""What was computed from the data, kept in this process until the revision of the data moves on."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from django.db import connection

Value = TypeVar("Value")
MOST = 256

_kept: OrderedDict[Hashable, object] = OrderedDict()
_lock = Lock()


def remember(key: Hashable, make: Callable[[], Value]) -> Value:
    """Return what *make* gave for *key* before, or make it now. *key* must contain the revision of what it is made of.

    Inside a transaction nothing is kept: it may be rolled back, and the same revision come again with other data.
    """
    with _lock:
        if key in _kept and not connection.in_atomic_block:
            _kept.move_to_end(key)
            return cast(Value, _kept[key])
    made = make()
    if not connection.in_atomic_block:
        with _lock:
            _kept[key] = made
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return made


def forget() -> None:
    """Drop everything; for tests."""
    with _lock:
        _kept.clear()
