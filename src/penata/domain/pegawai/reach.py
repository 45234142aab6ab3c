"""Who belongs to the agency on a day, and since when."""

from collections.abc import Collection
from datetime import date

import numpy as np
import polars as pl
from django.db.models import Min, Q, QuerySet

from penata.domain.pegawai.models import Pegawai, Pemangku, RiwayatGolongan, RiwayatJabatan
from penata.foundation.bulk import select, update
from penata.foundation.periods import not_ended
from penata.rulebook.nip import tmt_column

OWN = ("tmt_cpns", "tmt_pns", "tmt_golongan")  # days of the person that tell of service
HISTORIES = ((Pemangku, "mulai"), (Pemangku, "tmt"), (RiwayatGolongan, "tmt"), (RiwayatJabatan, "mulai"))


def serving(as_of: date, prefix: str = "") -> Q:
    """Return the condition that a person (reached over *prefix*) belongs to the agency on *as_of*.

    Somebody of whom no day is known always did.
    """
    begun = Q(**{f"{prefix}masuk__isnull": True}) | Q(**{f"{prefix}masuk__lte": as_of})
    return begun & not_left(as_of, prefix)


def not_left(as_of: date, prefix: str = "") -> Q:
    """Return the condition that a person has not left by *as_of*; enough for whoever holds a posisi that day."""
    return not_ended(as_of, f"{prefix}berhenti")


def write_masuk(nip: Collection[str] | None = None) -> int:
    """Reckon the first day of service anew, for everybody or those of *nip*; return for how many it moved.

    It is the earliest day that anything tells of: TMT CPNS or PNS, the TMT in the NIP, golongan, posts held. Call it
    inside the transaction that changed one of them.
    """
    mine = Q() if nip is None else Q(nip__in=nip)
    days = dict.fromkeys((*OWN, "masuk"), pl.Date)
    people = select(
        Pegawai.objects.filter(mine).values_list("id", "nip", *days), {"id": pl.Int64, "nip": pl.String, **days}
    )
    in_nip = tmt_column(people["nip"].to_numpy().astype(np.str_)).astype("datetime64[D]")
    people = people.with_columns(pl.Series("_nip", in_nip))
    of_them = Q() if nip is None else Q(pegawai__nip__in=nip)
    told = [*OWN, "_nip"]
    for model, column in HISTORIES:
        name = f"_{model._meta.model_name}_{column}"
        first = QuerySet(model).filter(of_them).values("pegawai_id").annotate(first=Min(column)).order_by()
        found = select(first.values_list("pegawai_id", "first"), {"id": pl.Int64, name: pl.Date})
        people, told = people.join(found, on="id", how="left"), [*told, name]
    moved = people.with_columns(_masuk=pl.min_horizontal(told)).filter(pl.col("masuk").ne_missing(pl.col("_masuk")))
    update(Pegawai, moved.select("id", masuk="_masuk"))
    return moved.height
