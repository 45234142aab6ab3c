"""Columns from and to tables: COPY on PostgreSQL, one prepared statement on SQLite. For whole agencies at once."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import polars as pl
from django.core.exceptions import EmptyResultSet
from django.db import connection, models

# Polars types of database columns, by the internal type of the field.
TYPES: Mapping[str, Any] = {
    "CharField": pl.String, "TextField": pl.String, "DateField": pl.Date, "DateTimeField": pl.Datetime("us"),
    "FloatField": pl.Float64, "BooleanField": pl.Boolean, "AutoField": pl.Int64, "BigAutoField": pl.Int64,
    "IntegerField": pl.Int64, "BigIntegerField": pl.Int64, "SmallIntegerField": pl.Int64,
    "PositiveIntegerField": pl.Int64, "PositiveSmallIntegerField": pl.Int64, "PositiveBigIntegerField": pl.Int64,
}  # fmt: skip
NULL = "\\N"  # only text is quoted, so no text can pass for it
IDS = 10_000  # ids in one condition


def select(rows: models.QuerySet[Any, Any], schema: Mapping[str, Any]) -> pl.DataFrame:
    """Return the answer of *rows* (a ``values_list``) as columns with the names and types of *schema*, in order."""
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return pl.DataFrame(schema=schema)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    columns = zip(*found, strict=True) if found else [()] * len(schema)
    pairs = zip(schema.items(), columns, strict=True)
    return pl.DataFrame([pl.Series(name, column, dtype=kind, strict=False) for (name, kind), column in pairs])


def schema_of(model: type[models.Model], columns: Iterable[str] | None = None) -> dict[str, Any]:
    """Return the polars types of the named database columns of *model*; without names of all that have one."""
    known: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        kind = field.target_field if isinstance(field, models.ForeignKey) else field
        if kind.get_internal_type() in TYPES:
            known[field.column] = TYPES[kind.get_internal_type()]
    return known if columns is None else {name: known[name] for name in columns}


def by_id(model: type[models.Model], ids: pl.Series, columns: Iterable[str]) -> pl.DataFrame:
    """Return the named columns of the rows with these ids, ``id`` among them, in the order of the ids."""
    schema = schema_of(model, columns)
    paths = {field.column: field.attname for field in model._meta.concrete_fields}
    parts = [
        select(
            models.QuerySet(model).filter(pk__in=ids[at : at + IDS].to_list()).values_list(*(paths[n] for n in schema)),
            schema,
        )
        for at in range(0, len(ids), IDS)
    ]
    return pl.concat([pl.DataFrame(schema=schema), *parts]).sort("id")


def reserve(model: type[models.Model], count: int) -> pl.Series:
    """Return *count* fresh ids of *model*, so that rows that refer to each other can be written as columns.

    Call it inside a transaction that writes: SQLite gives the ids out under the lock of the writer.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return pl.Series("id", [row[0] for row in cursor.fetchall()], dtype=pl.Int64)
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        last = found[0] if found else 0
    return pl.Series("id", range(last + 1, last + 1 + count), dtype=pl.Int64)


def keys(model: type[models.Model], column: str, alias: str | None = None) -> pl.DataFrame:
    """Return the key people know (*column*, named *alias*) beside ``<alias>_id`` for every row of *model*."""
    name = alias or column
    return select(models.QuerySet(model).values_list(column, "pk"), {name: pl.String, f"{name}_id": pl.Int64})


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
            _copy(cursor, table, names, frame)
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


def delete(model: type[models.Model], ids: pl.Series) -> None:
    """Delete the rows with these ids. What refers to them is left to the constraints of the database."""
    if ids.is_empty():
        return
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [ids.to_list()])  # noqa: S608
        else:
            cursor.executemany(f"DELETE FROM {table} WHERE id = %s", [(key,) for key in ids.to_list()])  # noqa: S608


def tell_planner() -> None:
    """Let PostgreSQL look at how much there is now.

    It looks by itself a minute later, and until then plans pages for the empty tables that it knew: they took seconds.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def lock(tables: Iterable[type[models.Model]]) -> None:
    """Keep others from writing these tables until the transaction ends; they may read.

    SQLite has one writer at a time, and a transaction of ours is it from its first statement on.
    """
    names = ", ".join(sorted(connection.ops.quote_name(model._meta.db_table) for model in tables))
    if connection.vendor == "postgresql" and names:
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def _copy(cursor: Any, table: str, names: str, frame: pl.DataFrame) -> None:
    """Send *frame* as CSV: the columns are written by polars, not row by row."""
    buffer = BytesIO()
    frame.write_csv(buffer, include_header=False, null_value=NULL, quote_style="non_numeric")
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv, NULL '{NULL}')") as copy:
        copy.write(buffer.getvalue())


def _update_by_join(cursor: Any, model: type[models.Model], frame: pl.DataFrame, key: str, values: list[str]) -> None:
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(quote(name) for name in frame.columns)
    cursor.execute(f"CREATE TEMP TABLE perubahan_massal ON COMMIT DROP AS SELECT {names} FROM {table} LIMIT 0")  # noqa: S608
    _copy(cursor, "perubahan_massal", names, frame)
    assign = ", ".join(f"{quote(name)} = m.{quote(name)}" for name in values)
    cursor.execute(f"UPDATE {table} t SET {assign} FROM perubahan_massal m WHERE t.{quote(key)} = m.{quote(key)}")  # noqa: S608
    cursor.execute("DROP TABLE perubahan_massal")


def _plain_rows(frame: pl.DataFrame) -> Sequence[tuple[Any, ...]]:
    days = [name for name, kind in frame.schema.items() if kind == pl.Date]
    moments = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Datetime)]
    return frame.with_columns(pl.col(days).cast(pl.String), pl.col(moments).dt.strftime("%Y-%m-%d %H:%M:%S%.6f")).rows()
