"""Features of every pegawai as columns: the post held, the career, and what was told about the person.

A datum that the file does not bring is UNKNOWN, never a default. Durations are whole calendar months.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis import _kernel as kernel
from penata.analysis._kamus import MONTHS, bits_of, fold, told_ids
from penata.analysis._karier import careers, experience_column, last_post, months_between, tenure_column
from penata.analysis._kernel import FULL, NO_TIME, NOT_APPLICABLE, UNKNOWN, KolomOrang
from penata.analysis.kursi import Kursi
from penata.analysis.policy import KebijakanPenempatan
from penata.rulebook import mutasi
from penata.rulebook.bup import pension_date_column
from penata.rulebook.golongan import PPPK_OFFSET
from penata.rulebook.golongan import order as golongan_order
from penata.rulebook.legislation import Law
from penata.rulebook.nip import birth_column
from penata.rulebook.syarat import education_order, hukuman_order, predikat_order
from penata.snapshot.snapshot import Snapshot
from penata.snapshot.vocabulary import KOMPETENSI_INTI, STATUS_PEGAWAI

_CONTRACT = ("pppk", "pppk paruh waktu")
_HIGHEST_PREDIKAT = 5  # orders of predikat_order: sangat kurang 1 .. sangat baik 5
_RANKS_OF_WISHES = 10  # a wish is worth a tenth less for every rank


@dataclass(frozen=True)
class Orang:
    """Pegawai i is row i of ``tabel`` (order of NIP) and of the arrays of ``kolom``.

    ``tabel``: nip, nama, status, golongan, pendidikan, bidang_studi, posisi (held definitively), tmt, lahir, terkunci,
    alasan_terkunci, asesmen_sampai (last day of the latest assessment, valid or not). ``index`` by NIP.
    ``tidak_dinilai``: rules that no file could judge because nobody has the datum.
    """

    tabel: pl.DataFrame
    kolom: KolomOrang
    tidak_dinilai: int
    index: Mapping[str, int] = field(repr=False)

    @property
    def nip(self) -> list[str]:
        """NIP of all pegawai."""
        return self.tabel["nip"].to_list()

    def __len__(self) -> int:
        return self.tabel.height


def describe_orang(snapshot: Snapshot, kursi: Kursi, *, kebijakan: KebijakanPenempatan, law: Law) -> Orang:
    """Return the features of every pegawai of *snapshot* for the posts described in *kursi*."""
    per = snapshot.per
    base = _base(snapshot, kursi)
    nip = base.select("nip")
    held = np.array(base["kursi"].fill_null(-1).to_numpy(), dtype=np.int32)
    career = careers(snapshot, base, kursi, per)
    tingkat, rumpun, pokok = last_post(nip, career, held, kursi)
    birth = base["lahir"].to_numpy().astype("datetime64[D]")
    tmt = base["tmt"].to_numpy().astype("datetime64[D]")
    in_post = np.where(held >= 0, months_between(tmt, per), NO_TIME)
    hindrance, unjudged = _hindrances(base, held, in_post, kursi, kebijakan, law)
    levels, potential, until = _assessment(snapshot, nip, kursi, per)
    performance, mean = _performance(snapshot, nip, int(kursi.kolom.tahun_predikat.max(initial=1)), per)
    wishes = _wishes(snapshot, base, kursi)
    kolom = KolomOrang(
        urutan=np.arange(base.height, dtype=np.int32),
        kursi=held,
        halangan=hindrance,
        tingkat=tingkat,
        rumpun=rumpun,
        pokok=pokok,
        jabatan=_of_post(held, kursi.kolom.jabatan),
        kelas=_of_post(held, kursi.kolom.kelas).astype(np.int16),
        status=_status(base["status"]),
        golongan=_golongan(base),
        pendidikan=_education(base["pendidikan"]),
        bidang=told_ids(base.select(fold("bidang_studi")).to_series(), kursi.kamus["bidang"]),
        masa=tenure_column(nip, career, kursi),
        pengalaman=experience_column(nip, career, kursi),
        usia=_told(months_between(birth, per)),
        sisa=_left(birth, kursi.bup, per),
        predikat=performance,
        hukuman=_discipline(snapshot, nip, per),
        sertifikat=bits_of(base["sertifikat"], kursi.kamus["sertifikat"]),
        kompetensi=levels,
        kinerja=mean,
        potensi=potential,
        wilayah=told_ids(base.select(fold("wilayah")).to_series(), kursi.kamus["wilayah"]),
        wilayah_kursi=_of_post(held, kursi.kolom.wilayah),
        **wishes,
    )
    unjudged |= _unjudged(kolom)
    if base["sertifikat"].is_null().all():
        unjudged |= 1 << kernel.SERTIFIKAT
    kept = base.select(
        "nip", "nama", "status", "golongan", "pendidikan", "bidang_studi", "posisi", "tmt", "lahir", "terkunci",
        "alasan_terkunci", asesmen_sampai=until,
    )  # fmt: skip
    return Orang(kept, kolom, unjudged, {code: i for i, code in enumerate(base["nip"])})


def _base(snapshot: Snapshot, kursi: Kursi) -> pl.DataFrame:
    """Return the pegawai in order of NIP with the posisi held definitively; of several, the latest appointment."""
    places = pl.DataFrame(
        {"posisi": kursi.kode, "kursi": range(len(kursi))}, schema={"posisi": pl.String, "kursi": pl.Int32}
    )
    holders = (
        snapshot.holders.filter(pl.col("jenis") == "definitif")
        .join(places, on="posisi", how="inner")
        .sort("nip", "tmt", "posisi", descending=[False, True, False], nulls_last=True)
        .unique("nip", keep="first", maintain_order=True)
        .select("nip", "posisi", "kursi", tmt_pemangku="tmt")
    )
    people = snapshot["pegawai"].drop("posisi").join(holders, on="nip", how="left", maintain_order="left")
    born = birth_column(people["nip"].to_numpy().astype(np.str_))
    return people.with_columns(
        lahir=pl.coalesce("tanggal_lahir", pl.Series(born.astype("datetime64[D]")).cast(pl.Date)),
        tmt=pl.coalesce("tmt_pemangku", "tmt_jabatan"),
    )


def _told(months: NDArray[np.int64]) -> NDArray[np.int16]:
    """Return months as int16, UNKNOWN where not told or negative."""
    return np.where(months < 0, UNKNOWN, months).astype(np.int16)


def _of_post(held: NDArray[np.int32], values: NDArray[Any]) -> NDArray[np.int32]:
    """Return for each person the value of the post held, UNKNOWN without one."""
    if not len(values):
        return np.full(len(held), UNKNOWN, dtype=np.int32)
    return np.where(held >= 0, values[held], UNKNOWN).astype(np.int32)


def _status(words: pl.Series) -> NDArray[np.int8]:
    places = {word: index for index, word in enumerate(STATUS_PEGAWAI)}
    return np.array([places.get(word, UNKNOWN) for word in words], dtype=np.int8)


def _golongan(base: pl.DataFrame) -> NDArray[np.int8]:
    order = golongan_order(base["golongan"].fill_null("").to_numpy().astype(np.str_))
    contract = base["status"].is_in(_CONTRACT).fill_null(value=False).to_numpy() | (order > PPPK_OFFSET)
    return np.where(contract, NOT_APPLICABLE, np.where(order > 0, order, UNKNOWN)).astype(np.int8)


def _education(words: pl.Series) -> NDArray[np.int8]:
    order = education_order(words.fill_null("").to_numpy())
    return np.where(order > 0, order, UNKNOWN).astype(np.int8)


def _left(birth: NDArray[np.datetime64], bup: NDArray[np.int16], per: date) -> NDArray[np.int16]:
    """Return (n, B): whole months from *per* to the pension date under each BUP; NO_TIME when not told."""
    out = np.full((len(birth), len(bup)), NO_TIME, dtype=np.int16)
    for column, age in enumerate(bup):
        pension = pension_date_column(birth, np.full(len(birth), age, dtype=np.int16))
        # Pension begins on the first of a month, so a month begun at *per* does not count.
        months = pension.astype("datetime64[M]").astype(np.int64) - ((per.year - 1970) * MONTHS + per.month - 1)
        whole = months - int(per.day > 1)
        out[:, column] = np.where(np.isnat(pension), NO_TIME, np.clip(whole, NO_TIME + 1, -NO_TIME - 1))
    return out


def _hindrances(
    base: pl.DataFrame,
    held: NDArray[np.int32],
    in_post: NDArray[np.int64],
    kursi: Kursi,
    kebijakan: KebijakanPenempatan,
    law: Law,
) -> tuple[NDArray[np.int64], int]:
    """Return the bits that refuse every move of a person, and the rules nobody could be judged by.

    Whoever holds an abolished posisi must move and is bound by no least time in post.
    """
    locked = base["terkunci"].fill_null(value=False).to_numpy()
    contract = base["status"].is_in(_CONTRACT).fill_null(value=False).to_numpy() & (held >= 0)
    bits = locked * np.int64(1 << kernel.TERKUNCI)
    if not kebijakan.pppk_pindah:
        bits |= contract * np.int64(1 << kernel.PPPK)
    if not kebijakan.masa_jabatan_min:
        return bits, 0
    bound = (held >= 0) & ~_abolished(held, kursi)
    told = in_post != NO_TIME
    if not (told & bound).any():
        return bits, 1 << kernel.MASA_JABATAN
    state = mutasi.tenure_state_column(np.where(told, in_post / MONTHS, np.nan), law=law)
    early = bound & (state == mutasi.TOO_EARLY)
    untold = bound & (state == mutasi.UNKNOWN)
    bits |= (early | untold) * np.int64(1 << kernel.MASA_JABATAN)
    bits |= untold * np.int64(1 << (kernel.MASA_JABATAN + kernel.UNTOLD))
    return bits, 0


def _abolished(held: NDArray[np.int32], kursi: Kursi) -> NDArray[np.bool_]:
    closed = _of_post(held, (kursi.kolom.halangan >> kernel.DIHAPUS) & 1)
    return np.equal(closed, 1)


def _discipline(snapshot: Snapshot, nip: pl.DataFrame, per: date) -> NDArray[np.int8]:
    """Return the bits of the levels of hukuman disiplin in force on *per*; one without an end is in force."""
    running = snapshot["hukuman_disiplin"].filter(
        (pl.col("mulai") <= per) & (pl.col("selesai").is_null() | (pl.col("selesai") >= per))
    )
    rows = running.join(nip.with_row_index("i"), on="nip", how="inner")
    out = np.zeros(nip.height, dtype=np.int8)
    bits = np.left_shift(1, hukuman_order(rows["tingkat"].to_numpy()).astype(np.int64)).astype(np.int8)
    np.bitwise_or.at(out, rows["i"].to_numpy(), bits)
    return out


def _performance(
    snapshot: Snapshot, nip: pl.DataFrame, years: int, per: date
) -> tuple[NDArray[np.int8], NDArray[np.int16]]:
    """Return (n, Y): the lowest predikat of the latest 1..Y years, and the mean of the latest two as a part 0..1000.

    Years count back from the last one that can be complete; a year missing in between leaves the longer spans unknown.
    """
    rows = (
        snapshot["predikat_kinerja"]
        .filter(pl.col("tahun") <= per.year)
        .sort("nip", "tahun", descending=[False, True])
        .with_columns(ke=pl.int_range(pl.len()).over("nip"))
        .filter(pl.col("ke") < max(years, 2))
        .join(nip.with_row_index("i"), on="nip", how="inner")
    )
    order = predikat_order(rows["predikat"].to_numpy())
    told = np.zeros((nip.height, max(years, 2)), dtype=np.int64)
    recent = rows["tahun"].to_numpy() >= per.year - 1 - rows["ke"].to_numpy()
    told[rows["i"].to_numpy()[recent], rows["ke"].to_numpy()[recent]] = order[recent]
    lowest = np.minimum.accumulate(told, axis=1)[:, : max(years, 1)]
    last_two = told[:, :2]
    known = (last_two > 0).sum(axis=1)
    mean = last_two.sum(axis=1) * FULL // np.maximum(known * _HIGHEST_PREDIKAT, 1)
    return np.where(lowest > 0, lowest, UNKNOWN).astype(np.int8), np.where(known > 0, mean, UNKNOWN).astype(np.int16)


def _assessment(
    snapshot: Snapshot, nip: pl.DataFrame, kursi: Kursi, per: date
) -> tuple[NDArray[np.int8], NDArray[np.int16], pl.Series]:
    """Return levels (n, K), potential 0..1000 and the end of the latest assessment; an expired one tells nothing."""
    ids = kursi.kamus["kompetensi"]
    levels = np.full((nip.height, len(ids)), UNKNOWN, dtype=np.int8)
    latest = snapshot["asesmen"].sort("nip", "tanggal", nulls_last=False).group_by("nip", maintain_order=True).last()
    each = nip.join(latest, on="nip", how="left", maintain_order="left")
    valid = pl.col("berlaku_sampai").is_null() | (pl.col("berlaku_sampai") >= per)
    current = each.with_columns(
        pl.when(valid).then(pl.col(name)).alias(name)
        for name in ("potensi", *(word.replace(" ", "_") for word in KOMPETENSI_INTI))
    )
    for word in KOMPETENSI_INTI:
        levels[:, ids[word]] = current[word.replace(" ", "_")].fill_null(UNKNOWN).to_numpy()
    keys = pl.DataFrame({"kunci": list(ids), "k": list(ids.values())}, schema={"kunci": pl.String, "k": pl.Int64})
    technical = (
        snapshot["kompetensi_teknis"].filter(valid).with_columns(kunci=fold("kompetensi"))
        .join(keys, on="kunci", how="inner").join(nip.with_row_index("i"), on="nip", how="inner")
        .group_by("i", "k").agg(pl.col("level").max())
    )  # fmt: skip
    levels[technical["i"].to_numpy(), technical["k"].to_numpy()] = technical["level"].to_numpy()
    share = current["potensi"].to_numpy() * (FULL / 100)  # potential is told in percent
    potential = np.where(np.isnan(share), UNKNOWN, np.floor(np.nan_to_num(share) + 0.5)).astype(np.int16)
    return levels, potential, each["berlaku_sampai"]


def _wishes(snapshot: Snapshot, base: pl.DataFrame, kursi: Kursi) -> dict[str, NDArray[Any]]:
    """Return the wishes in sparse rows: posisi or jabatan, worth a tenth less for every rank."""
    rows = snapshot["minat"].join(base.select("nip").with_row_index("i"), on="nip", how="inner").sort("i", "urutan")
    posts = told_ids(rows["posisi"], kursi.index)
    names = told_ids(rows.select(fold("jabatan")).to_series(), kursi.kamus["jabatan"])
    rank = np.clip(rows["urutan"].to_numpy(), 1, _RANKS_OF_WISHES)
    return {
        "minat_awal": np.searchsorted(rows["i"].to_numpy(), np.arange(base.height + 1)).astype(np.int64),
        "minat_posisi": posts,
        "minat_jabatan": names,
        "minat_nilai": (FULL - (rank - 1) * (FULL // _RANKS_OF_WISHES)).astype(np.int16),
    }


def _unjudged(kolom: KolomOrang) -> int:
    """Return the bits of the rules whose datum nobody has: they are not judged, and that is reported."""
    no_rank = (kolom.golongan == UNKNOWN).any() and not (kolom.golongan > 0).any()
    silent = {
        kernel.STATUS: (kolom.status < 0).all(),
        kernel.GOLONGAN_MIN: no_rank,
        kernel.GOLONGAN_MAKS: no_rank,
        kernel.PENDIDIKAN: (kolom.pendidikan < 0).all(),
        kernel.BIDANG_STUDI: (kolom.bidang < 0).all(),
        kernel.MASA_TINGKAT: (kolom.masa < 0).all(),
        kernel.PENGALAMAN: (kolom.pengalaman < 0).all(),
        kernel.USIA: (kolom.usia < 0).all(),
        kernel.SISA_MASA_KERJA: (kolom.sisa == NO_TIME).all(),
        kernel.KINERJA: (kolom.predikat < 0).all(),
    }
    return sum(1 << rule for rule, missing in silent.items() if missing)
