"""When people retire: kept beside the person, so that the list and the chart are index look-ups.

The age limit and the date come from the rulebook; ``refresh_pensiun`` is called by the actions of one person and after
every import.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
import polars as pl
from django.db.models import Count, QuerySet

from penata.analysis.proyeksi import exits
from penata.domain.jabatan.models import Jabatan
from penata.domain.pegawai.models import Pegawai, RiwayatJabatan
from penata.domain.pegawai.mutu_bahan import Nips, Orang, read_orang
from penata.domain.peraturan.queries import law as law_of
from penata.foundation.bulk import select, update
from penata.rulebook.bup import pension_date_column
from penata.rulebook.jabatan import jenjang_from_name
from penata.rulebook.legislation import InForce
from penata.rulebook.nip import parse
from penata.rulebook.rule import InputError, compute

WINDOWS = (12, 24, 60)  # months ahead that the list offers


def refresh_pensiun(as_of: date, nip: Nips = None) -> int:
    """Reckon BUP and pension date anew as of *as_of*, for everybody or those of *nip*; return how many changed.

    Call it inside the transaction that changed what they follow from: the post held, the catalogue, the day of birth.
    """
    return write_pensiun(read_orang(as_of, law=law_of(as_of), nip=nip))


def write_pensiun(orang: Orang) -> int:
    """Write BUP and pension date of *orang* where they differ from what is kept; return how many changed."""
    found = exits(orang.snapshot, orang.bahan.peta, law=orang.law)
    found = found.unique("nip", keep="first", maintain_order=True).select("nip", "bup", "tanggal_pensiun")
    known = Pegawai.objects.all() if orang.nip is None else Pegawai.objects.filter(nip__in=orang.nip)
    kept = select(
        known.values_list("id", "nip", "bup", "tanggal_pensiun"),
        {"id": pl.Int64, "nip": pl.String, "_bup": pl.Int16, "_pensiun": pl.Date},
    )
    changed = kept.join(found, on="nip", how="inner").filter(
        pl.col("bup").ne_missing(pl.col("_bup")) | pl.col("tanggal_pensiun").ne_missing(pl.col("_pensiun"))
    )
    update(Pegawai, changed.select("id", pl.col("bup").cast(pl.Int64), "tanggal_pensiun"))
    return changed.height


@cache
def months_ahead(day: date, months: int) -> date:
    """Return the day *months* months after *day*; the last day of a shorter month where it has no such day."""
    at = pl.DataFrame({"day": [day]}).select(pl.col("day").dt.offset_by(f"{months}mo")).item()
    return date(at.year, at.month, at.day)


def monthly(rows: QuerySet[Pegawai]) -> list[tuple[date, int]]:
    """Return how many of *rows* retire in each month, by month; pension begins on the first of a month."""
    counted = rows.order_by().values_list("tanggal_pensiun").annotate(n=Count("pk")).order_by("tanggal_pensiun")
    return [(day, n) for day, n in counted if day is not None]


@dataclass(frozen=True)
class AsalPensiun:
    """Where the pension date of one person comes from; ``langkah`` are the steps of the rule."""

    bup: int
    tanggal: date
    jabatan: str
    jenis: str
    jenjang: str
    lahir: date
    lahir_dari_nip: bool
    khusus: bool  # the catalogue gives the age for this jabatan
    langkah: Sequence[str]
    parameter: Sequence[InForce]


def asal_pensiun(person: Pegawai, jabatan: Jabatan | None, jenis: str, jenjang: str, as_of: date) -> AsalPensiun | None:
    """Return how the pension date of *person* in *jabatan* follows; None when post or day of birth is unknown.

    Without a post the last jabatan of the career counts, as everywhere.
    """
    law = law_of(as_of)
    born = person.tanggal_lahir or parse(person.nip, law=law).birth
    nama = jabatan.nama if jabatan else ""
    if jabatan is None:
        last = RiwayatJabatan.objects.filter(pegawai=person).order_by("-mulai", "-jabatan").first()
        if last is None:
            return None
        nama, jenis, jenjang = last.jabatan, last.jenis, last.jenjang
        jabatan = Jabatan.objects.filter(nama=nama).first()
    if born is None:
        return None
    if jenis == "fungsional" and not jenjang:
        jenjang = jenjang_from_name(nama) or ""
    own = jabatan.bup if jabatan is not None else None
    try:
        asked = {"jabatan": f"JF {jenjang}" if jenis == "fungsional" else jenis, "nama_jabatan": nama}
        answer = compute("bup", asked | {"lahir": born.isoformat()}, law=law)
    except InputError:
        return None
    bup = own or int(answer.result.values["bup"])
    date_of = pension_date_column(np.array([born], dtype="datetime64[D]"), np.array([bup], dtype=np.int16))
    return AsalPensiun(
        bup=bup, tanggal=date_of[0].item(), jabatan=nama, jenis=jenis, jenjang=jenjang, lahir=born,
        lahir_dari_nip=person.tanggal_lahir is None, khusus=own is not None,
        langkah=() if own else answer.result.steps, parameter=answer.parameters,
    )  # fmt: skip
