"""Keeps what is reckoned of people true, for everybody or for one: first day of service, pension, quality, worklist."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
from django.db import transaction
from django.utils import timezone

from penata.domain.organisasi.tree import pohon
from penata.domain.pegawai.models import MutuPegawai, MutuTemuan, PenyegaranMutu
from penata.domain.pegawai.mutu import CHECKS, Dimensi
from penata.domain.pegawai.mutu_bahan import Nips, Orang, read_orang
from penata.domain.pegawai.mutu_periksa import run_checks
from penata.domain.pegawai.pensiun import write_pensiun
from penata.domain.pegawai.reach import write_masuk
from penata.domain.peraturan.queries import law
from penata.foundation.audit.record import revision, touch
from penata.foundation.bulk import insert
from penata.foundation.tasks.run import Progress, work
from penata.language import speaking

ROOM = "mutu"
# Rooms that the checks look at and whose acts do not check the people they concern by themselves.
DATA_ROOMS = ("jabatan", "organisasi", "kinerja", "kompetensi")


@transaction.atomic
def refresh(as_of: date, nip: Nips = None) -> dict[str, int]:
    """Reckon pension dates, check the data and write both down; for everybody or those of *nip*.

    Returns how many people were checked, how many pension dates moved and how many anomalies stand.
    """
    write_masuk(nip)
    orang = read_orang(as_of, law=law(as_of), nip=nip)
    moved = write_pensiun(orang)
    # What is stored is read by people of either language; the office's own is the one that is written down.
    with speaking("id"):
        found, scores = run_checks(orang)
    _write(orang, found, scores)
    if nip is None:
        _note(orang)
    touch(ROOM)
    return {"pegawai": orang.lebar.height, "pensiun": moved, "temuan": found.height}


def is_stale() -> bool:
    """Tell whether what people are measured by changed since everybody was checked."""
    last = PenyegaranMutu.objects.first()
    return last is None or list(revision(*DATA_ROOMS)) != last.revisi


@work("penata.domain.pegawai.mutu_segar:segarkan")
def segarkan(progress: Progress, masukan: Mapping[str, Any]) -> Mapping[str, Any]:
    """Check everybody in the background. Input: ``per``, the day."""
    progress(0.1, "memeriksa data pegawai")
    return refresh(date.fromisoformat(masukan["per"]))


def _write(orang: Orang, found: pl.DataFrame, scores: pl.DataFrame) -> None:
    places = orang.lebar.select("nip", "id", "unit_id").join(_offices(orang), on="unit_id", how="left")
    keep = places.select("nip", "unit_id", "perangkat_daerah_id", pegawai_id="id")
    if orang.nip is None:
        MutuTemuan.objects.all().delete()
        MutuPegawai.objects.all().delete()
    else:
        MutuTemuan.objects.filter(pegawai__nip__in=orang.nip).delete()
        MutuPegawai.objects.filter(pegawai__nip__in=orang.nip).delete()
    insert(
        MutuPegawai, scores.join(keep, on="nip").select(
            "pegawai_id", "unit_id", "perangkat_daerah_id", *map(str, Dimensi), "indeks", "temuan"
        ),
    )  # fmt: skip
    kinds = pl.DataFrame(
        {"kode": list(CHECKS), "dimensi": [str(c.dimensi) for c in CHECKS.values()], "urut": range(len(CHECKS))}
    ).with_columns(pl.col("urut").cast(pl.Int64))
    insert(
        MutuTemuan, found.join(kinds, on="kode").join(keep, on="nip").sort("urut", "nip").select(
            "pegawai_id", "unit_id", "perangkat_daerah_id", "kode", "dimensi", "urut",
            pl.col("kolom").fill_null(""), "pesan", pl.col("perbaikan").fill_null(""),
        ),
    )  # fmt: skip


def _offices(orang: Orang) -> pl.DataFrame:
    """Return the perangkat daerah of every unit in which somebody sits."""
    tree = pohon(orang.snapshot.per)
    units = orang.rinci["unit_id"].drop_nulls().unique().to_list()
    above = [tree.perangkat_daerah(unit) for unit in units]
    return pl.DataFrame(
        {"unit_id": units, "perangkat_daerah_id": [node.id if node else None for node in above]},
        schema={"unit_id": pl.Int64, "perangkat_daerah_id": pl.Int64},
    )


def _note(orang: Orang) -> None:
    PenyegaranMutu.objects.update_or_create(
        pk=1,
        defaults={
            "per": orang.snapshot.per, "waktu": timezone.now(), "revisi": list(revision(*DATA_ROOMS)),
            "dicatat": sorted(orang.dicatat),
        },
    )  # fmt: skip
