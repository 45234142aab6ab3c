"""Writes columns into tables: COPY on PostgreSQL, one prepared statement on SQLite. For imports of whole agencies."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from django.db import connection, models


def insert(model: type[models.Model], frame: pl.DataFrame) -> None:
    """Insert every row of *frame*; its columns are database columns of *model*, null means NULL.

    Columns that are left out get the database's default (the identity of the row). Call it inside a transaction.
    """
    if frame.is_empty():
        return
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in frame.columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in frame.iter_rows():
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * frame.width)
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", _plain_rows(frame))  # noqa: S608


def update(model: type[models.Model], frame: pl.DataFrame, key: str = "id") -> None:
    """Set the other columns of *frame* on the rows of *model* that its *key* column names."""
    if frame.is_empty():
        return
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    values = [name for name in frame.columns if name != key]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _update_by_join(cursor, model, frame, key, values)
            return
        assign = ", ".join(f"{quote(name)} = %s" for name in values)
        rows = _plain_rows(frame.select(*values, key))
        cursor.executemany(f"UPDATE {table} SET {assign} WHERE {quote(key)} = %s", rows)  # noqa: S608


def _update_by_join(cursor: Any, model: type[models.Model], frame: pl.DataFrame, key: str, values: list[str]) -> None:
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(quote(name) for name in frame.columns)
    cursor.execute(f"CREATE TEMP TABLE perubahan_massal ON COMMIT DROP AS SELECT {names} FROM {table} LIMIT 0")  # noqa: S608
    with cursor.copy(f"COPY perubahan_massal ({names}) FROM STDIN") as copy:
        for row in frame.iter_rows():
            copy.write_row(row)
    assign = ", ".join(f"{quote(name)} = m.{quote(name)}" for name in values)
    cursor.execute(f"UPDATE {table} t SET {assign} FROM perubahan_massal m WHERE t.{quote(key)} = m.{quote(key)}")  # noqa: S608
    cursor.execute("DROP TABLE perubahan_massal")


def _plain_rows(frame: pl.DataFrame) -> Sequence[tuple[Any, ...]]:
    dates = [name for name, kind in frame.schema.items() if kind in {pl.Date, pl.Datetime}]
    return frame.with_columns(pl.col(dates).cast(pl.String)).rows()
