"""The long work of a reconciliation: reading an export and comparing it, and applying what was decided."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from penata.domain.organisasi.tree import pohon
from penata.domain.pegawai.events import PegawaiAksi
from penata.domain.pegawai.models import BarisSiasn, CerminSiasn, Pegawai, Rekonsiliasi, SelisihSiasn
from penata.domain.pegawai.reach import serving
from penata.domain.pegawai.rekonsiliasi import ORANG, ROOM, compare, one_sided, read_lokal
from penata.foundation import bulk
from penata.foundation.access.models import User
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import record
from penata.foundation.spreadsheet import RefusedFile
from penata.foundation.tasks.run import Progress, WorkError, work
from penata.integrations.siasn.profil import KOLOM, Ekspor, read_profil
from penata.language import _

WRONG_KEPT = 500  # cells that could not be read and are named; the rest are counted


@work("penata.domain.pegawai.rekonsiliasi_kerja:bandingkan")
def bandingkan(progress: Progress, masukan: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read the file of a reconciliation and write its differences.

    Input: ``rekonsiliasi``, ``pemilik``, ``hari_ini``.
    """
    row = Rekonsiliasi.objects.get(pk=masukan["rekonsiliasi"])
    reader = Reader(User.objects.get(pk=masukan["pemilik"]), row.per, date.fromisoformat(masukan["hari_ini"]))
    progress(0.05, _("membaca berkas"))
    try:
        export = read_profil(Path(row.berkas.path))
    except RefusedFile as error:
        told = str(error).replace(Path(row.berkas.name).name, row.nama_berkas)
        Rekonsiliasi.objects.filter(pk=row.pk).update(
            status=Rekonsiliasi.Status.GAGAL, ringkasan={"sebab": told}, ditutup=timezone.now()
        )
        _forget_file(row)
        raise WorkError(told) from error
    progress(0.5, _("membandingkan"))
    with transaction.atomic():
        counts = _write(row, reader, export)
    _forget_file(row)
    return counts


def _forget_file(row: Rekonsiliasi) -> None:
    """Delete the uploaded file: what it says of people is in the database, under its rights."""
    row.berkas.delete(save=False)
    Rekonsiliasi.objects.filter(pk=row.pk).update(berkas="")


def _write(row: Rekonsiliasi, reader: Reader, export: Ekspor) -> dict[str, int]:
    lokal = read_lokal(row.per, reader, _who(row, reader))
    mine = _in_reach(row, reader, export.baris, lokal)
    both = mine.filter(pl.col("nip").is_in(lokal["nip"].implode()))
    columns = [name for name in export.kolom if name != "nip"]
    found = pl.concat([compare(lokal, both, _base(both["nip"]), columns), one_sided(lokal["nip"], mine["nip"])])
    people = lokal.select("nip", pegawai_id="id", unit_id="unit_id", nama_lokal="nama")
    named = (
        found.join(people, on="nip", how="left")
        .join(mine.select("nip", nama_siasn="nama"), on="nip", how="left")
        .with_columns(nama=pl.coalesce("nama_lokal", pl.col("nama_siasn").replace("", None), "nip").str.head(200))
    )
    private = [name for name, kolom in KOLOM.items() if kolom.pribadi]
    bulk.insert(
        SelisihSiasn, named.select(
            pl.lit(row.pk, dtype=pl.Int64).alias("rekonsiliasi_id"), "nip", "nama", "pegawai_id", "unit_id", "kolom",
            pl.col("kolom").is_in(private).alias("pribadi"), "jenis", "lokal", "siasn", "dasar",
            keputusan=pl.lit(""), alasan=pl.lit(""), diterapkan=pl.lit(value=False),
        ),
    )  # fmt: skip
    bulk.insert(BarisSiasn, _rows(row, mine))
    differing = found.filter(pl.col("kolom") != ORANG)["nip"].n_unique()
    told = {
        "baris": export.baris.height, "di_luar": export.baris.height - mine.height, "dibandingkan": both.height,
        "sama": both.height - differing, "selisih": found.height, "sel_salah": len(export.salah),
    }  # fmt: skip
    Rekonsiliasi.objects.filter(pk=row.pk).update(
        status=Rekonsiliasi.Status.SIAP, ringkasan=told | {"kolom": columns}, salah=export.salah[:WRONG_KEPT]
    )
    record(
        PegawaiAksi.REKONSILIASI_DIBANDINGKAN, by=reader, per=row.per, unit_id=row.unit_id,
        rincian={"rekonsiliasi": row.pk, "berkas": row.nama_berkas, **told}, ruang=(ROOM,),
    )  # fmt: skip
    return told


def _who(row: Rekonsiliasi, reader: Reader) -> Q:
    """Return the condition of the people this reconciliation is about."""
    scope = reader.scope(Permission.PEGAWAI_SUNTING)
    if row.unit_id is None:
        return scope.filter("masa__unit_id")
    return Q(masa__unit_id__within=pohon(row.per).subtree(row.unit_id)) & scope.filter("masa__unit_id")


def _in_reach(row: Rekonsiliasi, reader: Reader, rows: pl.DataFrame, lokal: pl.DataFrame) -> pl.DataFrame:
    """Return the *rows* of people of ours, and, for whoever may edit everybody, of people nobody here knows."""
    known = pl.col("nip").is_in(lokal["nip"].implode())
    if row.unit_id is not None or not reader.scope(Permission.PEGAWAI_SUNTING).whole:
        return rows.filter(known)
    serving_elsewhere = bulk.select(Pegawai.objects.filter(~Q(serving(row.per))).values_list("nip"), {"nip": pl.String})
    return rows.filter(known | ~pl.col("nip").is_in(serving_elsewhere["nip"].implode()))


def _base(nips: pl.Series) -> pl.DataFrame:
    """Return what SIASN said of *nips* at their last reconciliation."""
    schema = {"nip": pl.String, **{name: pl.String for name in KOLOM if name != "nip"}}
    mine = set(nips.to_list())
    rows = [
        {"nip": nip, **{name: value for name, value in told.items() if name in schema}}
        for nip, told in CerminSiasn.objects.values_list("nip", "isi").iterator(chunk_size=5_000) if nip in mine
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=schema)


def _rows(row: Rekonsiliasi, mine: pl.DataFrame) -> pl.DataFrame:
    told = [
        json.dumps({name: value for name, value in person.items() if value is not None and name != "nip"})
        for person in mine.iter_rows(named=True)
    ]
    return pl.DataFrame(
        {"rekonsiliasi_id": [row.pk] * mine.height, "nip": mine["nip"], "isi": told},
        schema={"rekonsiliasi_id": pl.Int64, "nip": pl.String, "isi": pl.String},
    )


@work("penata.domain.pegawai.rekonsiliasi_kerja:terapkan")
def terapkan(progress: Progress, masukan: Mapping[str, Any]) -> Mapping[str, Any]:
    """Apply the decisions of a reconciliation. Input: ``rekonsiliasi``, ``pemilik``, ``hari_ini``."""
    from penata.domain.pegawai.actions import PegawaiError
    from penata.domain.pegawai.rekonsiliasi_actions import apply_decisions

    today = date.fromisoformat(masukan["hari_ini"])
    progress(0.1, _("menerapkan keputusan"))
    try:
        return apply_decisions(
            rekonsiliasi_id=masukan["rekonsiliasi"], by=Reader(User.objects.get(pk=masukan["pemilik"]), today, today)
        )
    except PegawaiError as error:
        raise WorkError(str(error)) from error
