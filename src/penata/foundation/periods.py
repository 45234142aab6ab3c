"""Rows that hold for a period: from ``mulai`` up to, not including, ``selesai`` (null: until further notice)."""

from datetime import date
from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation
from django.db.models import F, Q


class Masa(models.Model):
    """A row that holds for a period, and the legal act that made it so (an id of ``organisasi.Penetapan``)."""

    mulai = models.DateField()
    selesai = models.DateField(null=True, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True


def in_force(as_of: date, prefix: str = "") -> Q:
    """Return the condition that a period row (reached over *prefix*, e.g. ``masa__``) holds on *as_of*."""
    return Q(**{f"{prefix}mulai__lte": as_of}) & not_ended(as_of, f"{prefix}selesai")


def not_ended(as_of: date, column: str = "selesai") -> Q:
    """Return the condition that the day in *column*, the first on which something is over, is unknown or to come."""
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gt": as_of})


def forward(name: str) -> models.CheckConstraint:
    """Return the constraint that a period ends after it begins."""
    return models.CheckConstraint(condition=Q(selesai__isnull=True) | Q(selesai__gt=F("mulai")), name=name)


class NoOverlap(Operation):
    """Migration operation: rows of *table* with equal *columns* (and *where* true) may not overlap in time.

    An exclusion constraint on PostgreSQL, triggers on SQLite; both refuse with an IntegrityError that carries the name.
    *where* is SQL over the columns of one row, each written ``{row}.column``.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, columns: tuple[str, ...], where: str = "") -> None:
        """Keep what is to be guarded."""
        self.table, self.columns, self.where = table, columns, where
        self.name = f"{table}_tumpang_tindih"

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """Return what a written migration needs."""
        return (self.__class__.__qualname__, (self.table, self.columns, self.where), {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Django's picture of the tables does not change."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Guard the table."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            equal = ", ".join(f"{column} WITH =" for column in self.columns)
            where = f" WHERE ({self.where.replace('{row}.', '')})" if self.where else ""
            schema_editor.execute(
                f"ALTER TABLE {self.table} ADD CONSTRAINT {self.name} EXCLUDE USING gist "
                f"({equal}, daterange(mulai, selesai) WITH &&){where} DEFERRABLE INITIALLY DEFERRED"
            )
            return
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(self._trigger(event))

    def _trigger(self, event: str) -> str:
        equal = " AND ".join(f"lain.{column} = NEW.{column}" for column in self.columns)
        extra = f" AND {self.where.replace('{row}', 'lain')}" if self.where else ""
        when = f" WHEN {self.where.replace('{row}', 'NEW')}" if self.where else ""
        return (
            f"CREATE TRIGGER {self.name}_{event.lower()} AFTER {event} ON {self.table}{when} BEGIN "  # noqa: S608
            f"SELECT RAISE(ABORT, '{self.name}') WHERE EXISTS (SELECT 1 FROM {self.table} lain WHERE {equal} "
            f"AND lain.id <> NEW.id AND lain.mulai < coalesce(NEW.selesai, '9999-12-31') "
            f"AND coalesce(lain.selesai, '9999-12-31') > NEW.mulai{extra}); END"
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the guard away."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {self.table} DROP CONSTRAINT {self.name}")
            return
        for event in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER {self.name}_{event}")

    def describe(self) -> str:
        """Return what a person reads in the list of migrations."""
        return f"Rows of {self.table} with the same {', '.join(self.columns)} may not overlap in time"
