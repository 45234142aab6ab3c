"""Syarat jabatan: what the law asks of whoever is appointed, judged for one person or a whole column.

The requirements are those of *appointment to* a post; whether somebody moves sideways within the same jenis and is
therefore not asked again, is for the caller to say. What a file does not tell is *unknown*, never *failed*: the caller
decides what an unproven requirement means. Source: PP 11/2017 as amended by PP 17/2020, Permen PANRB 1/2023.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from penata.language import N_
from penata.rulebook.bands import FloatArray
from penata.rulebook.golongan import PPPK_OFFSET, order
from penata.rulebook.jabatan import JENJANG_ORDER
from penata.rulebook.legislation import InForce, Law

Int8Array = NDArray[np.int8]
Mask = NDArray[np.uint16]


class Unmet(IntFlag):
    """Bits of the requirements that a person may fail or leave unproven."""

    PENDIDIKAN = 1
    PENGALAMAN = 2
    JABATAN = 4
    USIA = 8
    PREDIKAT = 16
    HUKUMAN = 32
    GOLONGAN = 64
    STATUS = 128


UNMET_TEXT: Mapping[Unmet, str] = {
    Unmet.PENDIDIKAN: N_("pendidikan di bawah syarat"),
    Unmet.PENGALAMAN: N_("pengalaman di bidang tugas belum cukup"),
    Unmet.JABATAN: N_("belum cukup lama menduduki jabatan yang dipersyaratkan"),
    Unmet.USIA: N_("melewati usia paling tinggi"),
    Unmet.PREDIKAT: N_("predikat kinerja di bawah syarat"),
    Unmet.HUKUMAN: N_("sedang menjalani hukuman disiplin"),
    Unmet.GOLONGAN: N_("golongan di bawah syarat"),
    Unmet.STATUS: N_("status pegawai tidak sesuai"),
}

# Sarjana and D-IV are one level in every requirement of the law, hence the same number.
_PENDIDIKAN = {
    1: "sd mi paketa sekolahdasar",
    2: "smp sltp mts paketb smpsederajat sltpsederajat",
    3: "slta sma smk smu ma paketc sltasederajat smasederajat smasmk sltasma",
    4: "d1 di diplomai diploma1",
    5: "d2 dii diplomaii diploma2",
    6: "d3 diii diplomaiii diploma3 sarjanamuda",
    7: "d4 div diplomaiv diploma4 s1 si sarjana strata1 s1div divs1 s1d4 d4s1 sarjanaterapan",
    8: "s2 sii magister strata2 pascasarjana",
    9: "s3 siii doktor strata3",
}
_EDUCATION = {word: order for order, words in _PENDIDIKAN.items() for word in words.split()}
_PREDIKAT = {"sangatkurang": 1, "kurang": 2, "butuhperbaikan": 3, "cukup": 3, "baik": 4, "sangatbaik": 5}
_HUKUMAN = {"ringan": 1, "sedang": 2, "berat": 3}
JENJANG = JENJANG_ORDER
_PARAMETERS = {
    "jpt utama": "syarat.jpt_utama",
    "jpt utama non pns": "syarat.jpt_utama_non_pns",
    "jpt madya": "syarat.jpt_madya",
    "jpt pratama": "syarat.jpt_pratama",
    "administrator": "syarat.administrator",
    "pengawas": "syarat.pengawas",
    "pelaksana": "syarat.pelaksana",
    "fungsional": "syarat.fungsional",
    "perpindahan fungsional": "syarat.perpindahan_fungsional",
}


def fold(text: str) -> str:
    """Return *text* in lower case without spaces and punctuation, for comparing spellings."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _ordered(values: ArrayLike, orders: Mapping[str, int]) -> Int8Array:
    """Return the order of each text in *values*, unknown and null 0; each distinct text is looked up once."""
    texts = np.asarray(values, dtype=object).astype(str)
    distinct, places = np.unique(texts, return_inverse=True)
    found = np.array([orders.get(fold(str(text)), 0) for text in distinct], dtype=np.int8)
    return found[places].reshape(texts.shape) if texts.size else np.zeros(texts.shape, dtype=np.int8)


def education_order(values: ArrayLike) -> Int8Array:
    """Return the level of education, SD 1 ... D-IV and S-1 7, S-2 8, S-3 9; unknown 0. Any shape of text."""
    return _ordered(values, _EDUCATION)


def predikat_order(values: ArrayLike) -> Int8Array:
    """Return the order of predikat kinerja, sangat kurang 1 ... sangat baik 5; unknown 0. Any shape of text."""
    return _ordered(values, _PREDIKAT)


def hukuman_order(values: ArrayLike) -> Int8Array:
    """Return the weight of a hukuman disiplin, ringan 1, sedang 2, berat 3; none 0. Any shape of text."""
    return _ordered(values, _HUKUMAN)


@dataclass(frozen=True, slots=True)
class JabatanTerakhir:
    """One kind of post that must have been held for ``tahun`` years; ``jenjang`` only for fungsional."""

    jenis: str
    jenjang: str
    tahun: float

    @property
    def key(self) -> str:
        """Key of this kind in :attr:`Calon.tahun_jabatan`."""
        return post_key(self.jenis, self.jenjang)


@dataclass(frozen=True, slots=True)
class Syarat:
    """What is asked for an appointment to one jenis (and jenjang) of jabatan; None or empty means not asked.

    ``usia_maks`` in years at appointment; ``jabatan_terakhir`` are alternatives, one of which must hold;
    ``tahun_predikat`` counts the latest years that must reach ``predikat_min``; ``tanpa_hukuman`` names the levels of
    hukuman disiplin that must not be running; ``golongan_min`` is an addition of the agency, never law.
    ``basis`` is the parameter it came from, for the citation.
    """

    jenis: str
    jenjang: str
    pendidikan_min: str | None
    pengalaman_bidang_tahun: float
    jabatan_terakhir: tuple[JabatanTerakhir, ...]
    usia_maks: float | None
    predikat_min: str | None
    tahun_predikat: int
    tanpa_hukuman: tuple[str, ...]
    golongan_min: str | None
    status_pegawai: tuple[str, ...]
    basis: InForce


@dataclass(frozen=True, slots=True)
class Calon:
    """Columns about N people; NaN and 0 mean unknown, a column left out is unknown for all.

    ``pendidikan`` as :func:`education_order`; ``pengalaman_bidang`` years; ``tahun_jabatan`` maps a :func:`post_key`
    to years held, (N,) each, a kind left out counts as never held; ``usia`` in years with fraction on the day of
    appointment; ``predikat`` (N, T) as :func:`predikat_order`, latest year first; ``hukuman`` the heaviest one now
    running as :func:`hukuman_order`; ``golongan`` as ``golongan.order``; ``status`` the status as text.
    """

    pendidikan: ArrayLike | None = None
    pengalaman_bidang: ArrayLike | None = None
    tahun_jabatan: Mapping[str, ArrayLike] | None = None
    usia: ArrayLike | None = None
    predikat: ArrayLike | None = None
    hukuman: ArrayLike | None = None
    golongan: ArrayLike | None = None
    status: ArrayLike | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """Bit masks of :class:`Unmet` per person, (N,) each: what is failed, and what the columns do not tell."""

    failing: Mask
    unknown: Mask

    @property
    def eligible(self) -> NDArray[np.bool_]:
        """Return who fails nothing (whatever is unknown)."""
        met: NDArray[np.bool_] = self.failing == 0
        return met


def post_key(jenis: str, jenjang: str = "") -> str:
    """Return the key of a kind of post: the jenis, with the jenjang for fungsional."""
    return f"{jenis} {jenjang}" if jenjang else jenis


def requirement(jenis: str, jenjang: str = "", *, same_rumpun: bool = False, law: Law) -> Syarat:
    """Return what is asked for an appointment to *jenis* (and *jenjang*, for fungsional).

    ``perpindahan fungsional`` is the way into a JF from another post; *same_rumpun* when that post is a JF of the same
    rumpun, which may raise the age. Raises KeyError for an unknown jenis or jenjang
    and NotInForceError when the law asked has no such requirement.
    """
    basis = law.parameter(_PARAMETERS[jenis])
    asked: Mapping[str, Any] = basis.value
    same_rumpun_age = (asked.get("usia_maks_rumpun_sama") or {}) if same_rumpun else {}
    return Syarat(
        jenis=jenis,
        jenjang=jenjang,
        pendidikan_min=_of_jenjang(asked.get("pendidikan_min"), jenjang),
        pengalaman_bidang_tahun=float(asked.get("pengalaman_bidang_tahun") or 0),
        jabatan_terakhir=tuple(
            JabatanTerakhir(post["jenis"], post.get("jenjang") or "", float(post["tahun"]))
            for post in asked.get("jabatan_terakhir") or ()
        ),
        usia_maks=same_rumpun_age.get(jenjang, _of_jenjang(asked.get("usia_maks"), jenjang)),
        predikat_min=asked.get("predikat_min"),
        tahun_predikat=int(asked.get("tahun_predikat") or 0),
        tanpa_hukuman=tuple(asked.get("tanpa_hukuman") or ()),
        golongan_min=asked.get("golongan_min"),
        status_pegawai=tuple(asked.get("status_pegawai") or ()),
        basis=basis,
    )


def _of_jenjang(value: Any, jenjang: str) -> Any:
    return value[jenjang] if isinstance(value, dict) else value


def eligible_column(syarat: Syarat, calon: Calon) -> Judged:
    """Judge every person of *calon* against *syarat*; all columns must have the same length."""
    size = _size(calon)
    failing = np.zeros(size, dtype=np.uint16)
    unknown = np.zeros(size, dtype=np.uint16)

    def judge(bit: Unmet, failed: NDArray[np.bool_], untold: NDArray[np.bool_]) -> None:
        failing[failed & ~untold] |= np.uint16(bit)
        unknown[untold] |= np.uint16(bit)

    def at_least(bit: Unmet, column: ArrayLike | None, least: float) -> None:
        numbers = _numbers(column, size)
        judge(bit, numbers < least, np.isnan(numbers))

    if syarat.pendidikan_min:
        at_least(Unmet.PENDIDIKAN, _told(calon.pendidikan), int(education_order([syarat.pendidikan_min])[0]))
    if syarat.pengalaman_bidang_tahun:
        at_least(Unmet.PENGALAMAN, calon.pengalaman_bidang, syarat.pengalaman_bidang_tahun)
    if syarat.golongan_min:
        judge(Unmet.GOLONGAN, *_golongan(syarat.golongan_min, calon.golongan, size))
    if syarat.usia_maks is not None:
        ages = _numbers(calon.usia, size)
        judge(Unmet.USIA, ages > syarat.usia_maks, np.isnan(ages))
    if syarat.jabatan_terakhir:
        judge(Unmet.JABATAN, *_posts(syarat.jabatan_terakhir, calon.tahun_jabatan, size))
    if syarat.predikat_min and syarat.tahun_predikat:
        judge(Unmet.PREDIKAT, *_performance(syarat, calon.predikat, size))
    if syarat.tanpa_hukuman:
        running = _numbers(calon.hukuman, size)
        judge(Unmet.HUKUMAN, np.isin(running, hukuman_order(list(syarat.tanpa_hukuman))), np.isnan(running))
    if syarat.status_pegawai:
        status = np.full(size, "") if calon.status is None else np.asarray(calon.status, dtype=object).astype(str)
        judge(Unmet.STATUS, ~np.isin(status, syarat.status_pegawai), np.isin(status, ("", "None")))
    return Judged(failing, unknown)


def _size(calon: Calon) -> int:
    columns = [calon.pendidikan, calon.pengalaman_bidang, calon.usia, calon.predikat, calon.hukuman, calon.golongan,
               calon.status, *(calon.tahun_jabatan or {}).values()]  # fmt: skip
    return next((len(np.asarray(column)) for column in columns if column is not None), 0)


def _numbers(column: ArrayLike | None, size: int) -> FloatArray:
    return np.full(size, np.nan) if column is None else np.asarray(column, dtype=np.float64)


def _told(orders: ArrayLike | None) -> FloatArray | None:
    """Return *orders* with the code 0 (unknown) as NaN."""
    if orders is None:
        return None
    numbers = np.asarray(orders, dtype=np.float64)
    return np.where(numbers == 0, np.nan, numbers)


def _posts(
    asked: tuple[JabatanTerakhir, ...], held: Mapping[str, ArrayLike] | None, size: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return who holds none of the posts asked long enough, and for whom that cannot be told."""
    if held is None:
        return np.zeros(size, dtype=bool), np.ones(size, dtype=bool)
    years = [np.asarray(held.get(post.key, np.zeros(size)), dtype=np.float64) - post.tahun for post in asked]
    spare = np.stack(years)
    met = np.asarray((spare >= 0).any(axis=0))
    return ~met, np.asarray(np.isnan(spare).any(axis=0)) & ~met


def _golongan(asked: str, golongan: ArrayLike | None, size: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return who stands below the golongan *asked* or on the other ladder, and whose golongan is not told."""
    least = int(order(np.array([asked]))[0])
    orders = _numbers(_told(golongan), size)
    return (orders < least) | ((orders > PPPK_OFFSET) != (least > PPPK_OFFSET)), np.isnan(orders)


def _performance(syarat: Syarat, predikat: ArrayLike | None, size: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return who had a worse predikat in the years asked, and whose years are not all told."""
    asked = np.zeros((size, syarat.tahun_predikat), dtype=np.int8)
    if predikat is not None:
        told = np.asarray(predikat, dtype=np.int8).reshape(size, -1)[:, : syarat.tahun_predikat]
        asked[:, : told.shape[1]] = told
    least = int(predikat_order([syarat.predikat_min or ""])[0])
    failed = np.asarray(((asked > 0) & (asked < least)).any(axis=1))
    return failed, np.asarray((asked == 0).any(axis=1)) & ~failed
