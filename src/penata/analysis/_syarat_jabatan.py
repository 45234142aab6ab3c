"""What the law asks of an appointment, class by class and way by way, as columns over the posisi."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.analysis._kamus import FUNGSIONAL, MONTHS, PLACE, TINGKAT
from penata.analysis._kernel import MUTASI, NO_WAY, NOT_ASKED, PENEMPATAN, PERPINDAHAN, PROMOSI, WAYS
from penata.rulebook.fungsional import transfer_age_limit_column
from penata.rulebook.golongan import order as golongan_order
from penata.rulebook.jabatan import equivalent_level
from penata.rulebook.legislation import Law
from penata.rulebook.syarat import Syarat, education_order, hukuman_order, requirement
from penata.snapshot.vocabulary import STATUS_PEGAWAI


def requirements(classes: Iterable[int], *, law: Law) -> dict[tuple[int, int], Syarat]:
    """Return what the law asks of an appointment to each class by each way; unknown classes are left out."""
    found: dict[tuple[int, int], Syarat] = {}
    for place in classes:
        jenis, jenjang = TINGKAT[place]
        if jenis == "fungsional" and not jenjang:
            continue
        plain = requirement(jenis, jenjang, law=law)
        moved = requirement("perpindahan fungsional", jenjang, law=law) if jenis == "fungsional" else plain
        found |= {(place, by): plain for by in (MUTASI, PROMOSI, PENEMPATAN)} | {(place, PERPINDAHAN): moved}
    return found


def ways(syarat: Mapping[tuple[int, int], Syarat], *, perpindahan: bool, law: Law) -> NDArray[np.int8]:
    """Return the way (T, T) from each class of post to each other one.

    Promosi leads from the posts that the law names as jabatan terakhir; perpindahan, where the policy allows it,
    between structural and fungsional posts of one level and from pelaksana into a fungsional post of the same level or
    the one above.
    """
    jenis = np.array([pair[0] for pair in TINGKAT])
    level = equivalent_level(jenis, np.array([pair[1] for pair in TINGKAT]), law=law)
    table = np.full((len(TINGKAT), len(TINGKAT)), NO_WAY, dtype=np.int8)
    if perpindahan:
        known = (level[:, None] > 0) & (level[None, :] > 0)
        same = known & (level[:, None] == level[None, :]) & (FUNGSIONAL[:, None] != FUNGSIONAL[None, :])
        table[same & (jenis != "pelaksana")[None, :]] = PERPINDAHAN
        step = level[None, :] - level[:, None]
        into = (jenis == "pelaksana")[:, None] & FUNGSIONAL[None, :] & known & (step >= 0) & (step <= 1)
        table[into] = PERPINDAHAN
    for target in range(1, len(TINGKAT)):
        asked = syarat.get((target, PROMOSI))
        for post in asked.jabatan_terakhir if asked else ():
            table[PLACE[post.jenis, post.jenjang], target] = PROMOSI
    np.fill_diagonal(table, MUTASI)
    table[0] = np.where((level > 0) & (level <= level[PLACE["fungsional", "ahli pertama"]]), PENEMPATAN, NO_WAY)
    table[:, 0] = NO_WAY
    return table


def least_education(asked: Syarat) -> int:
    return int(education_order([asked.pendidikan_min])[0]) if asked.pendidikan_min else NOT_ASKED


def least_golongan(asked: Syarat) -> int:
    return int(golongan_order(np.array([asked.golongan_min]))[0]) if asked.golongan_min else NOT_ASKED


def months_of(years: float | None) -> int:
    return NOT_ASKED if years is None else round(years * MONTHS)


def status_bits(asked: Syarat) -> int:
    return sum(1 << STATUS_PEGAWAI.index(status) for status in asked.status_pegawai)


def hukuman_bits(asked: Syarat) -> int:
    return sum(1 << int(order) for order in hukuman_order(list(asked.tanpa_hukuman)))


def per_class(tingkat: NDArray[np.int8], syarat: Mapping[tuple[int, int], Syarat], read: Any) -> NDArray[np.int8]:
    table = [read(syarat[place, MUTASI]) if (place, MUTASI) in syarat else NOT_ASKED for place in range(len(TINGKAT))]
    return np.array(table, dtype=np.int8)[tingkat]


def per_way(
    tingkat: NDArray[np.int8], syarat: Mapping[tuple[int, int], Syarat], kind: Any, read: Any, nothing: int = NOT_ASKED
) -> Any:
    """Return (m, WAYS): what *read* says of the requirement of each posisi's class by each way."""
    table = np.full((len(TINGKAT), WAYS), nothing, dtype=kind)
    for (place, by), asked in syarat.items():
        table[place, by] = read(by, asked)
    return table[tingkat]


def tenure_asked(tingkat: NDArray[np.int8], syarat: Mapping[tuple[int, int], Syarat]) -> NDArray[np.int16]:
    table = np.full((len(TINGKAT), len(TINGKAT)), NOT_ASKED, dtype=np.int16)
    for (place, by), asked in syarat.items():
        for post in asked.jabatan_terakhir if by == PROMOSI else ():
            table[place, PLACE[post.jenis, post.jenjang]] = months_of(post.tahun)
    return table[tingkat]


def experience_asked(
    table: pl.DataFrame, tingkat: NDArray[np.int8], syarat: Mapping[tuple[int, int], Syarat]
) -> NDArray[np.int16]:
    """Return (m, WAYS) months in the field: what the catalogue asks, and the law for those who come from elsewhere."""
    law = per_way(
        tingkat, syarat, np.int16,
        lambda by, asked: NOT_ASKED if by == MUTASI else months_of(asked.pengalaman_bidang_tahun or None),
    )  # fmt: skip
    own = np.round(table["pengalaman_min"].fill_null(0).to_numpy() * MONTHS).astype(np.int16)
    out: NDArray[np.int16] = np.maximum(law, np.where(own > 0, own, NOT_ASKED)[:, None]).astype(np.int16)
    out[:, NO_WAY] = NOT_ASKED
    return out


def age_same_family(table: pl.DataFrame, *, law: Law) -> NDArray[np.int16]:
    limits = transfer_age_limit_column(table["jenjang"].fill_null("").to_numpy(), np.ones(table.height, bool), law=law)
    return np.where(np.isnan(limits), NOT_ASKED, np.nan_to_num(limits) * MONTHS).astype(np.int16)
