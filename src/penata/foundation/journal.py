"""Writes that remember what stood before, so that all of them can be taken back together.

A journal keeps, in order, every step on every table with the rows before and after. Taking back goes through the steps
in reverse and first looks whether each row still stands as the step left it: what somebody changed later is named and
nothing is taken back.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

import polars as pl
from django.apps import apps
from django.db import models
from django.utils import timezone

from penata.foundation import bulk

LABEL = "jurnal.json"
Reckoned = Mapping[type[models.Model], Sequence[str]]


@dataclass(frozen=True)
class Step:
    """One write: ``kind`` is insert, update or delete; ``before`` is empty for an insert, ``after`` for a delete."""

    model: type[models.Model]
    kind: str
    before: pl.DataFrame
    after: pl.DataFrame


@dataclass
class Journal:
    """The steps so far."""

    steps: list[Step] = field(default_factory=list)

    def insert(self, model: type[models.Model], rows: pl.DataFrame) -> pl.DataFrame:
        """Insert *rows* and return them completed: with ids, and with the defaults of *model* for what is left out."""
        if rows.is_empty():
            return rows.with_columns(pl.lit(None, dtype=pl.Int64).alias("id"))
        whole = complete(model, rows)
        bulk.insert(model, whole)
        self.steps.append(Step(model, "insert", whole.clear(), whole))
        return whole

    def update(self, model: type[models.Model], rows: pl.DataFrame) -> None:
        """Set the other columns of *rows* on the rows that its ``id`` names."""
        if rows.is_empty():
            return
        after = shaped(model, rows).sort("id")
        before = bulk.by_id(model, after["id"], after.columns)
        bulk.update(model, after)
        self.steps.append(Step(model, "update", before, after))

    def delete(self, model: type[models.Model], ids: pl.Series) -> None:
        """Delete the rows with these ids."""
        if ids.is_empty():
            return
        before = bulk.by_id(model, ids, bulk.schema_of(model))
        bulk.delete(model, ids)
        self.steps.append(Step(model, "delete", before, before.clear()))

    def written(self) -> int:
        """Return how many rows were written."""
        return sum(max(step.before.height, step.after.height) for step in self.steps)

    def save(self, folder: Path) -> None:
        """Write the steps as Parquet files into *folder*."""
        folder.mkdir(parents=True, exist_ok=True)
        label = []
        for at, step in enumerate(self.steps):
            step.before.write_parquet(folder / f"{at:03d}-sebelum.parquet")
            step.after.write_parquet(folder / f"{at:03d}-sesudah.parquet")
            label.append({"model": step.model._meta.label, "kind": step.kind})
        (folder / LABEL).write_text(json.dumps(label), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Journal":
        """Return the journal that was saved in *folder*; raises OSError."""
        label = json.loads((folder / LABEL).read_text(encoding="utf-8"))
        return cls(
            [
                Step(
                    apps.get_model(item["model"]),
                    item["kind"],
                    pl.read_parquet(folder / f"{at:03d}-sebelum.parquet"),
                    pl.read_parquet(folder / f"{at:03d}-sesudah.parquet"),
                )
                for at, item in enumerate(label)
            ]
        )

    def take_back(self, reckoned: Reckoned | None = None) -> Mapping[type[models.Model], pl.Series]:
        """Undo every step in reverse inside the caller's transaction; return the ids of rows changed since.

        *reckoned* names columns that the system itself keeps up to date: they are no change of anybody's. When the
        answer is not empty the caller must roll back, and in any case it checks the constraints: other rows may refer
        to rows that are gone.
        """
        touched: dict[type[models.Model], list[pl.Series]] = {}
        for step in reversed(self.steps):
            changed = _changed_since(step, (reckoned or {}).get(step.model, ()))
            if len(changed):
                touched.setdefault(step.model, []).append(changed)
            if touched:
                continue  # it will be rolled back; only the list is still wanted
            if step.kind == "insert":
                bulk.delete(step.model, step.after["id"])
            elif step.kind == "update":
                bulk.update(step.model, step.before)
            else:
                bulk.insert(step.model, step.before)
        return {model: pl.concat(parts).unique().sort() for model, parts in touched.items()}


def _changed_since(step: Step, reckoned: Sequence[str]) -> pl.Series:
    """Return the ids of rows that no longer stand as *step* left them."""
    if step.kind == "delete":
        return step.before["id"].clear()
    # The moment of the last change is written by everybody who saves, also without changing anything.
    passed = {"id", *reckoned, *(name for name, kind in step.after.schema.items() if isinstance(kind, pl.Datetime))}
    compared = [name for name in step.after.columns if name not in passed]
    now = bulk.by_id(step.model, step.after["id"], ["id", *compared])
    joined = step.after.select("id", *compared).join(
        now.with_columns(pl.lit(value=True).alias("_ada")), on="id", how="left", suffix="_kini"
    )
    same = pl.all_horizontal(
        pl.col("_ada").fill_null(value=False), *(pl.col(name).eq_missing(pl.col(f"{name}_kini")) for name in compared)
    )
    return joined.filter(~same)["id"]


def shaped(model: type[models.Model], rows: pl.DataFrame) -> pl.DataFrame:
    """Return *rows* with the types of *model*; text that is not known is empty, as Django stores it."""
    schema = bulk.schema_of(model, rows.columns)
    optional = {item.column for item in model._meta.concrete_fields if item.null}
    return rows.select(
        pl.col(name).cast(kind).fill_null("") if kind == pl.String and name not in optional else pl.col(name).cast(kind)
        for name, kind in schema.items()
    )


def complete(model: type[models.Model], rows: pl.DataFrame) -> pl.DataFrame:
    """Return *rows* with every column of *model*: fresh ids, and the default of each field that is left out."""
    whole = rows if "id" in rows.columns else rows.with_columns(bulk.reserve(model, rows.height).alias("id"))
    absent: list[pl.Expr] = []
    for name, kind in bulk.schema_of(model).items():
        if name not in whole.columns:
            item = next(entry for entry in model._meta.concrete_fields if entry.column == name)
            absent.append(pl.lit(_default(item), dtype=kind).alias(name))
    return shaped(model, whole.with_columns(absent))


def _default(item: models.Field[Any, Any]) -> Any:
    if getattr(item, "auto_now", False) or getattr(item, "auto_now_add", False):
        return timezone.now().astimezone(UTC).replace(tzinfo=None)
    return item.get_default()
