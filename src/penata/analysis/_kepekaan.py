"""Sensitivity to missing data: would the proposal change if a datum of this person were known, at its most favourable?

Every datum is tried at every value that could matter. The test is exact one way: where no value lifts a pair above its
prices, the proposal stays best whatever the datum says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from penata.analysis import _kernel as kernel
from penata.analysis._barisan import line_up, one_person
from penata.analysis._kernel import FULL, NO_TIME, UNKNOWN, UNTOLD, KolomOrang
from penata.analysis.kelayakan import Pasangan
from penata.analysis.penempatan import Penempatan
from penata.language import N_, _
from penata.rulebook.golongan import GOLONGAN_PNS
from penata.snapshot.vocabulary import KOMPETENSI_INTI

_LONG = 30 * 12  # months: longer than any requirement asks
_HIGHEST = {"pendidikan": 9, "predikat": 5, "kompetensi": 5}  # top of education_order, predikat_order, levels
NAMES = {
    "kompetensi": N_("hasil asesmen kompetensi yang berlaku"),
    "potensi": N_("nilai potensi yang berlaku"),
    "kinerja": N_("predikat kinerja dua tahun terakhir"),
    "minat": N_("minat"),
    "wilayah": N_("wilayah domisili"),
    "bidang": N_("bidang studi"),
    "pendidikan": N_("tingkat pendidikan"),
    "golongan": N_("golongan"),
    "status": N_("status pegawai"),
    "pengalaman": N_("riwayat jabatan"),
    "lahir": N_("tanggal lahir"),
    "tmt": N_("TMT jabatan"),
}


@dataclass(frozen=True, slots=True)
class Kepekaan:
    """One missing datum of a person: whether it could change the proposal, and the posisi it would speak for most."""

    data: str
    nama: str
    mengubah: bool
    posisi: int  # order of code, -1 when nothing changes
    poin: int  # by how much the best pair would exceed its prices
    kalimat: str


def gaps(pasangan: Pasangan, i: int) -> tuple[str, ...]:
    """Return the keys of the data that are missing for pegawai *i* (order of NIP)."""
    row = one_person(pasangan, i)
    missing = {
        "kompetensi": bool((row.kompetensi[:, _core(pasangan)] < 0).any()),
        "potensi": row.potensi[0] == UNKNOWN,
        "kinerja": row.kinerja[0] == UNKNOWN or bool((row.predikat < 0).any()),
        "minat": row.minat_awal[1] == 0,
        "wilayah": row.wilayah[0] == UNKNOWN,
        "bidang": row.bidang[0] == UNKNOWN,
        "pendidikan": row.pendidikan[0] == UNKNOWN,
        "golongan": row.golongan[0] == UNKNOWN,
        "status": row.status[0] == UNKNOWN,
        "pengalaman": bool((row.pengalaman == UNKNOWN).all()),
        "lahir": row.usia[0] == UNKNOWN,
        "tmt": bool(row.halangan[0] >> (kernel.MASA_JABATAN + UNTOLD) & 1),
    }
    return tuple(key for key in NAMES if missing[key])


def sensitivity(penempatan: Penempatan, i: int) -> tuple[Kepekaan, ...]:
    """Return for every missing datum of pegawai *i* whether its most favourable value could change the proposal."""
    pasangan = penempatan.kelayakan.pasangan
    before = one_person(pasangan, i)
    found = []
    for key in gaps(pasangan, i):
        best, goal = 0, -1
        for person in _values(penempatan, i, before, key):
            line = line_up(penempatan, i, person)
            short = np.where(line.lawful, line.short, 0)
            if len(short) and short.min() < -best:
                best, goal = -int(short.min()), int(short.argmin())
        found.append(_told(pasangan, key, goal, best))
    return tuple(found)


def _told(pasangan: Pasangan, key: str, goal: int, points: int) -> Kepekaan:
    name = _(NAMES[key])
    if goal < 0:
        said = _("Bila {data} dilengkapi, usulan ini tidak berubah.").format(data=name)
    else:
        row = pasangan.kursi.tabel.row(goal, named=True)
        said = _("Bila {data} dilengkapi, usulan dapat berubah ke {jabatan} ({kode}).").format(
            data=name, jabatan=row["jabatan"], kode=row["kode"]
        )
    return Kepekaan(key, name, goal >= 0, goal, points, said)


def _values(penempatan: Penempatan, i: int, row: KolomOrang, key: str) -> Iterator[KolomOrang]:
    """Yield pegawai *i* with the datum *key* at each value that could matter."""
    pasangan = penempatan.kelayakan.pasangan
    kamus = pasangan.kursi.kamus
    if key in {"wilayah", "bidang", "golongan", "status"}:
        size = {"wilayah": len(kamus["wilayah"]), "bidang": len(kamus["bidang"]), "golongan": len(GOLONGAN_PNS) + 1}
        for value in range(1 if key == "golongan" else 0, size.get(key, 4)):
            yield row._replace(**{key: np.full_like(getattr(row, key), value)})
    elif key == "minat":
        # Wishing for every other lawful posisi tries the most favourable wish for each of them at once.
        lawful = np.flatnonzero(line_up(penempatan, i).lawful)
        wished = lawful[lawful != penempatan.result.assignment[i]].astype(np.int32)
        yield row._replace(
            minat_awal=np.array([0, len(wished)], np.int64),
            minat_posisi=wished,
            minat_jabatan=np.full(len(wished), UNKNOWN, np.int32),
            minat_nilai=np.full(len(wished), FULL, np.int16),
        )
    elif key == "pengalaman":
        for family in range(row.pengalaman.shape[1]):
            months = np.zeros_like(row.pengalaman)
            months[:, [family, -1]] = _LONG
            yield row._replace(pengalaman=months, masa=np.full_like(row.masa, _LONG))
    else:
        yield row._replace(**_best(row, key, _core(pasangan)))


def _core(pasangan: Pasangan) -> list[int]:
    """Return the columns of the nine competencies of every jabatan."""
    return [pasangan.kursi.kamus["kompetensi"][word] for word in KOMPETENSI_INTI]


def _best(row: KolomOrang, key: str, core: list[int]) -> dict[str, Any]:
    """Return the columns that change when *key* is known at its best."""
    if key == "kompetensi":
        levels = row.kompetensi.copy()
        levels[:, core] = np.where(levels[:, core] < 0, _HIGHEST[key], levels[:, core])
        return {key: levels}
    if key == "kinerja":
        marks = np.where(row.predikat < 0, _HIGHEST["predikat"], row.predikat).astype(np.int8)
        return {"predikat": marks, "kinerja": np.where(row.kinerja < 0, FULL, row.kinerja).astype(np.int16)}
    if key == "lahir":
        left = np.where(row.sisa == NO_TIME, _LONG, row.sisa).astype(np.int16)
        return {"usia": np.zeros_like(row.usia), "sisa": left}
    if key == "tmt":
        both = (np.int64(1) << kernel.MASA_JABATAN) | (np.int64(1) << (kernel.MASA_JABATAN + UNTOLD))
        return {"halangan": row.halangan & ~both}
    if key == "pendidikan":
        return {key: np.full_like(row.pendidikan, _HIGHEST[key])}
    return {key: np.full_like(getattr(row, key), FULL)}
