"""Who asks, as of which day, and what they may see: the one object every read and write starts from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import GRANTS, Peran, Permission
from penata.foundation.periods import in_force
from penata.foundation.within import Within

Subtree = Callable[[int, date], frozenset[int]]
Above = Callable[[Iterable[int], date], frozenset[int]]
_subtree: list[Subtree] = []
_above: list[Above] = []


class ForbiddenError(Exception):
    """The account lacks the permission altogether (403), or lacks it for this unit (shown as 404)."""

    def __init__(self, permission: Permission, unit_id: int | None = None) -> None:
        """Keep what was asked for."""
        super().__init__(f"{permission} unit={unit_id}")
        self.permission = permission
        self.unit_id = unit_id


def register_tree(subtree: Subtree, above: Above) -> None:
    """Tell how to find a unit with all below it, and units with all above them, on a day; the unit tree does so."""
    _subtree[:], _above[:] = [subtree], [above]


@dataclass(frozen=True, slots=True)
class Scope:
    """The units in which a permission holds: the whole agency, or a set of unit ids."""

    whole: bool
    units: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether there is anything to see."""
        return self.whole or bool(self.units)

    def __contains__(self, unit_id: int | None) -> bool:
        """Tell whether the permission holds in this unit."""
        return self.whole or unit_id in self.units

    def filter(self, field: str) -> Q:
        """Return the condition that *field* (a unit id) lies in this scope."""
        return Q() if self.whole else Q(**{f"{field}__{Within.lookup_name}": self.units})


@dataclass(frozen=True)
class Reader:
    """One account asking about one day (``as_of``); ``today`` is the real day, on which rights are judged."""

    user: User
    as_of: date
    today: date

    @cached_property
    def penugasan(self) -> tuple[Penugasan, ...]:
        """Return the roles in force today; one query."""
        if not self.user.is_authenticated:
            return ()
        running = in_force(self.today)
        return tuple(self.user.penugasan.filter(running))

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Return every permission held somewhere."""
        return frozenset(p for row in self.penugasan for p in GRANTS[Peran(row.peran)])

    def may(self, permission: Permission) -> bool:
        """Tell whether the account holds *permission* anywhere."""
        return permission in self.permissions

    @cached_property
    def _scopes(self) -> dict[Permission, Scope]:
        return {}

    def scope(self, permission: Permission) -> Scope:
        """Return where *permission* holds on the day asked about."""
        if permission not in self._scopes:
            rows = [row for row in self.penugasan if permission in GRANTS[Peran(row.peran)]]
            # A unit may exist today and not on the day asked about, or the other way round: both trees count.
            whole = any(row.unit_id is None for row in rows)
            units = frozenset() if whole else self._reached({row.unit_id for row in rows if row.unit_id is not None})
            self._scopes[permission] = Scope(whole, units)
        return self._scopes[permission]

    def _reached(self, units: set[int]) -> frozenset[int]:
        for unit in units - set(self._subtrees):
            self._subtrees[unit] = _below(unit, {self.as_of, self.today})
        return frozenset().union(*(self._subtrees[unit] for unit in units))

    @cached_property
    def _subtrees(self) -> dict[int, frozenset[int]]:
        return {}

    def require(self, permission: Permission, unit_id: int | None = None, *, anywhere: bool = False) -> None:
        """Raise ForbiddenError unless *permission* holds in *unit_id* (None: the whole agency; or *anywhere*)."""
        if not self.may(permission):
            raise ForbiddenError(permission)
        if not anywhere and unit_id not in self.scope(permission):
            raise ForbiddenError(permission, unit_id)


def reach(row: Penugasan, *days: date) -> Scope:
    """Return where one role holds on any of *days*."""
    return Scope(whole=True) if row.unit_id is None else Scope(whole=False, units=_below(row.unit_id, days))


def above(unit_ids: Iterable[int], *days: date) -> frozenset[int]:
    """Return these units and all above them on any of *days*: a role in one of those reaches them."""
    units = frozenset(unit_ids)
    return frozenset().union(*(_above[0](units, day) for day in set(days))) if units else units


def _below(unit_id: int, days: Iterable[date]) -> frozenset[int]:
    return frozenset().union(*(_subtree[0](unit_id, day) for day in set(days)))
