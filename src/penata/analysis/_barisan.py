"""One person against every posisi: refused bits, scores, and how far each pair is from its prices."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.analysis._kernel import PARTS, KolomOrang, parts_into, refuse_into, score_from
from penata.analysis.kelayakan import Pasangan
from penata.analysis.penempatan import Penempatan

Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Barisan:
    """One person i (order of NIP) against all m posisi.

    ``bits`` (m) refusing bits; ``score`` (m); ``short`` (m): points by which the pair falls short of its prices, 0 or
    less where it could be part of a best arrangement; only meaningful for lawful pairs.
    """

    bits: Int64
    score: NDArray[np.int32]
    short: Int64

    @property
    def lawful(self) -> NDArray[np.bool_]:
        """Tell which posisi (m) the person may have."""
        return np.equal(self.bits, 0)


def one_person(pasangan: Pasangan, i: int) -> KolomOrang:
    """Return the columns of the kernel about pegawai *i* (order of NIP) alone."""
    kolom = pasangan.kolom_orang
    at = int(pasangan.place[i])
    begin, end = int(kolom.minat_awal[at]), int(kolom.minat_awal[at + 1])
    row: dict[str, Any] = {
        name: np.ascontiguousarray(values[at : at + 1])
        for name, values in kolom._asdict().items()
        if not name.startswith("minat_")
    }
    return KolomOrang(
        **row,
        minat_awal=np.array([0, end - begin], dtype=np.int64),
        minat_posisi=kolom.minat_posisi[begin:end],
        minat_jabatan=kolom.minat_jabatan[begin:end],
        minat_nilai=kolom.minat_nilai[begin:end],
    )


def line_up(penempatan: Penempatan, i: int, person: KolomOrang | None = None) -> Barisan:
    """Return pegawai *i* against every posisi; *person* replaces what is known about the person (see one_person).

    The prices are those of the proposal. Where the score at the assigned posisi changes with *person*, the person's own
    price changes by as much: the proposal stays best as long as no pair exceeds its prices.
    """
    pasangan, result, problem = penempatan.kelayakan.pasangan, penempatan.result, penempatan.problem
    row = one_person(pasangan, i) if person is None else person
    m = len(pasangan.kursi)
    people, posts = np.zeros(m, np.int32), np.arange(m, dtype=np.int32)
    bits, shares, partial = np.empty(m, np.int64), np.empty((m, PARTS), np.int16), np.empty(m, np.bool_)
    score = np.empty(m, np.int32)
    refuse_into(people, posts, row, pasangan.kolom_kursi, pasangan.aturan, False, np.empty(m, np.int8), bits)
    parts_into(people, posts, row, pasangan.kolom_kursi, pasangan.aturan, shares, partial)
    score_from(shares, m, pasangan.aturan.bobot, pasangan.aturan.netral, score)
    held, given = int(problem.current[i]), int(result.assignment[i])
    weight = score.astype(np.int64)
    weight -= problem.move_cost * ((np.arange(m) != held) & (held >= 0))
    weight += result.tiers.critical * problem.critical[:m] + result.tiers.place * bool(problem.must_place[i])
    profit = int(weight[given] - result.v[given]) if 0 <= given < m else int(result.u[i])
    return Barisan(bits, score, profit + result.v[:m] - weight)
