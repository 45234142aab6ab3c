"""A whole proposal for a snapshot in one call."""

from dataclasses import replace

import polars as pl

from penata.analysis.kebutuhan import compute_kebutuhan
from penata.analysis.penempatan import propose
from penata.analysis.peta import build_peta
from penata.analysis.policy import Kebijakan, KebijakanPenempatan
from penata.analysis.proyeksi import project
from penata.snapshot.snapshot import build


def proposal(snapshot, *, progress=lambda share: None, kebijakan=None, **policy):
    kebijakan = kebijakan or replace(Kebijakan(), penempatan=KebijakanPenempatan(**policy))
    law = kebijakan.law(snapshot.per)
    kebutuhan = compute_kebutuhan(snapshot, law=law)
    peta = build_peta(snapshot, kebutuhan)
    proyeksi = project(snapshot, kebutuhan, peta, law=law)
    return propose(snapshot, kebutuhan, peta, proyeksi, kebijakan=kebijakan, law=law, progress=progress)


def changed(snapshot, table, key, subject, **values):
    """Return *snapshot* with some cells of one row changed."""
    frame = snapshot[table]
    new = frame.with_columns(
        pl.when(pl.col(key) == subject).then(pl.lit(value, frame.schema[name])).otherwise(pl.col(name)).alias(name)
        for name, value in values.items()
    )
    return build(snapshot.instansi, snapshot.per, dict(snapshot.tables) | {table: new}, given=snapshot.given)
