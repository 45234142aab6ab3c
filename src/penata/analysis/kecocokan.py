"""How well a person fits a posisi: seven parts between 0 and 1, weighted by the policy, together 0..1000 points.

Part by part (what is missing gets the neutral value of the policy and is reported as ``data kurang``):

kompetensi    levels reached against the standard of the jabatan, each capped at it (a capped JPM)
bidang_studi  1 where the catalogue accepts the field or names none, else 0
pengalaman    years in the rumpun of the posisi against ``pengalaman_penuh`` of the policy, at most 1
kinerja       mean predikat of the last two years against the highest one
potensi       assessed potential in percent
minat         1 for the first wish, a tenth less for each further one, 0 for a posisi not wished for
jarak         1 where home and posisi lie in one wilayah, else 0
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from penata.analysis import _kernel as kernel
from penata.analysis._kernel import FULL, PARTS, UNKNOWN
from penata.analysis.kelayakan import Pasangan
from penata.language import N_, _
from penata.snapshot.vocabulary import KOMPETENSI_INTI

NAMES: Mapping[str, str] = {
    "kompetensi": N_("kompetensi"),
    "bidang_studi": N_("bidang studi"),
    "pengalaman": N_("pengalaman di rumpun"),
    "kinerja": N_("kinerja"),
    "potensi": N_("potensi"),
    "minat": N_("minat"),
    "jarak": N_("jarak"),
}
KEYS = tuple(NAMES)
MISSING: Mapping[str, str] = {
    "kompetensi": N_("asesmen yang masih berlaku belum ada atau belum lengkap"),
    "bidang_studi": N_("bidang studi belum diisi"),
    "pengalaman": N_("riwayat jabatan pegawai atau rumpun jabatan posisi belum ada"),
    "kinerja": N_("predikat kinerja dua tahun terakhir belum ada"),
    "potensi": N_("nilai potensi yang masih berlaku belum ada"),
    "minat": N_("minat belum pernah diisi"),
    "jarak": N_("wilayah pegawai atau unit belum diisi"),
}


@dataclass(frozen=True, slots=True)
class Bagian:
    """One part of a score: ``nilai`` 0..1, ``bobot`` percent, ``poin`` of 1000, ``data_kurang``: (partly) neutral."""

    kunci: str
    nama: str
    nilai: float
    bobot: int
    poin: float
    data_kurang: bool
    keterangan: str


@dataclass(frozen=True, slots=True)
class Kompetensi:
    """One competence of a pair: level asked and level reached (None when not told)."""

    nama: str
    standar: int
    capaian: int | None


def parts(pasangan: Pasangan, i: int, j: int) -> dict[str, Bagian]:
    """Return the parts of the score of pegawai *i* (order of NIP) at posisi *j* (order of code), by key."""
    rows, partly = pasangan.parts([i], [j])
    values, partial = rows[0], bool(partly[0])
    weights = asdict(pasangan.kebijakan.bobot)
    found = {}
    for place, key in enumerate(KEYS):
        value = int(values[place])
        missing = value == UNKNOWN or (place == kernel.K_KOMPETENSI and partial)
        share = (pasangan.aturan.netral if value == UNKNOWN else value) / FULL
        found[key] = Bagian(
            kunci=key,
            nama=_(NAMES[key]),
            nilai=share,
            bobot=weights[key],
            poin=share * weights[key] * FULL / 100,
            data_kurang=missing,
            keterangan=_(MISSING[key]) if missing else "",
        )
    return found


def competences(pasangan: Pasangan, i: int, j: int) -> tuple[Kompetensi, ...]:
    """Return the competencies of the standard of posisi *j* with what pegawai *i* reaches, the widest gap first."""
    kursi, orang = pasangan.kursi.kolom, pasangan.orang.kolom
    names = {place: word for word, place in pasangan.kursi.kamus["kompetensi"].items()}
    begin, end = kursi.standar_awal[kursi.profil[j] : kursi.profil[j] + 2]
    rows = [
        Kompetensi(
            nama=names[int(kursi.standar_kompetensi[k])],
            standar=int(kursi.standar_level[k]),
            capaian=_level(int(orang.kompetensi[i, kursi.standar_kompetensi[k]])),
        )
        for k in range(begin, end)
    ]
    return tuple(sorted(rows, key=lambda row: ((row.capaian or 0) - row.standar, row.nama)))


def _level(level: int) -> int | None:
    return None if level == UNKNOWN else level


def missing_data(pasangan: Pasangan) -> dict[str, int]:
    """Return how many people lack the data of each part about themselves, whatever posisi they are measured against."""
    kolom = pasangan.orang.kolom
    core = [pasangan.kursi.kamus["kompetensi"][word] for word in KOMPETENSI_INTI]
    lacking = {
        "kompetensi": (kolom.kompetensi[:, core] < 0).any(axis=1),
        "bidang_studi": kolom.bidang < 0,
        "pengalaman": kolom.pengalaman[:, -1] < 0,
        "kinerja": kolom.kinerja < 0,
        "potensi": kolom.potensi < 0,
        "minat": np.diff(kolom.minat_awal) == 0,
        "jarak": kolom.wilayah < 0,
    }
    return {key: int(lacking[key].sum()) for key in KEYS}


assert len(KEYS) == PARTS
