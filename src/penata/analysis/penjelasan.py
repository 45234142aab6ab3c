"""Why this post and not that one: a proposal explained for one person, in figures and in sentences.

Everything is recomputed from the proposal for the pair asked; nothing is stored. Losses are exact: the best arrangement
that contains the pair against the proposal.
"""

from dataclasses import dataclass, replace

import numpy as np

from penata.analysis._barisan import Barisan, line_up
from penata.analysis._kalimat import Kalimat
from penata.analysis._kepekaan import Kepekaan, sensitivity
from penata.analysis._perubahan import Perubahan, ways_up
from penata.analysis._uraian import Kerugian, Pesaing, Pilihan, loss_sentence, person_sentences, posisi_sentences
from penata.analysis.kecocokan import Bagian, parts
from penata.analysis.kelayakan import Pasangan, Penolakan
from penata.analysis.penempatan import Penempatan
from penata.language import _
from penata.placement.explain import Loss, Move, loss_of_forcing, next_in_line, prepare
from penata.placement.problem import UNPLACED, Problem

__all__ = [
    "Kerugian",
    "PenjelasanOrang",
    "PenjelasanPosisi",
    "Pesaing",
    "Pilihan",
    "UnknownSubjectError",
    "explain_person",
    "explain_posisi",
    "forcing",
    "loss_sentence",
]
SHOWN = 3  # next best posts, and next people for the post


class UnknownSubjectError(LookupError):
    """The NIP or the posisi is not part of the proposal; the message says which."""


@dataclass(frozen=True, slots=True)
class PenjelasanOrang:
    """Why the proposal says what it says for one person.

    ``bagian``: parts of the score at the posisi proposed (none without one), ``bagian_lama`` at the one held.
    ``pilihan_lain``: the next best lawful posts, fewest points short first. ``pesaing``: the next people for the posisi
    proposed, least loss first. ``kepekaan``: what each missing datum could change. ``kalimat``: all of it in sentences.
    """

    nip: str
    nama: str
    jenis: str
    posisi_lama: str | None
    posisi_baru: str | None
    skor_lama: int | None
    skor_baru: int | None
    alasan: str
    bagian: tuple[Bagian, ...]
    bagian_lama: tuple[Bagian, ...]
    pilihan_lain: tuple[Pilihan, ...]
    pesaing: tuple[Pesaing, ...]
    kepekaan: tuple[Kepekaan, ...]
    kalimat: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PenjelasanPosisi:
    """Why one person is not (or is) proposed for one posisi.

    Refused: ``penolakan`` lists every rule. Lawful: ``kerugian`` is the exact loss of forcing the pair, ``perubahan``
    what could raise its score by as much.
    """

    nip: str
    nama: str
    kode: str
    jabatan: str
    layak: bool
    diusulkan: bool
    skor: int
    bagian: tuple[Bagian, ...]
    penolakan: tuple[Penolakan, ...]
    kerugian: Kerugian | None
    perubahan: tuple[Perubahan, ...]
    kalimat: tuple[str, ...]


def find_person(penempatan: Penempatan, nip: str) -> int:
    """Return the index of *nip*, dashes and spaces ignored. Raises UnknownSubjectError."""
    found = penempatan.kelayakan.pasangan.orang.index.get("".join(nip.split()).replace("-", ""))
    if found is None:
        raise UnknownSubjectError(_("NIP {nip} tidak ada dalam data pegawai.").format(nip=nip))
    return found


def find_posisi(penempatan: Penempatan, kode: str) -> int:
    """Return the index of posisi *kode*. Raises UnknownSubjectError."""
    found = penempatan.kelayakan.pasangan.kursi.index.get(kode.strip())
    if found is None:
        raise UnknownSubjectError(_("Posisi {kode} tidak ada dalam peta jabatan.").format(kode=kode))
    return found


def explain_person(penempatan: Penempatan, nip: str) -> PenjelasanOrang:
    """Explain the proposal for the pegawai with *nip*. Raises UnknownSubjectError."""
    i = find_person(penempatan, nip)
    pasangan = penempatan.kelayakan.pasangan
    row = penempatan.usulan.row(i, named=True)
    line = line_up(penempatan, i)
    goal = UNPLACED if row["posisi_baru"] is None else pasangan.kursi.index[row["posisi_baru"]]
    held = UNPLACED if row["posisi_lama"] is None else pasangan.kursi.index[row["posisi_lama"]]
    now = () if goal == UNPLACED else tuple(parts(pasangan, i, goal).values())
    before = () if held == UNPLACED else tuple(parts(pasangan, i, held).values())
    options = _options(penempatan, line, goal)
    rivals = _rivals(penempatan, i)
    told = sensitivity(penempatan, i)
    return PenjelasanOrang(
        nip=row["nip"],
        nama=row["nama"],
        jenis=row["jenis"],
        posisi_lama=row["posisi_lama"],
        posisi_baru=row["posisi_baru"],
        skor_lama=row["skor_lama"],
        skor_baru=row["skor_baru"],
        alasan=row["alasan"],
        bagian=now,
        bagian_lama=before,
        pilihan_lain=options,
        pesaing=rivals,
        kepekaan=told,
        kalimat=person_sentences(pasangan, i, row, now, options, rivals, told),
    )


def explain_posisi(penempatan: Penempatan, nip: str, kode: str) -> PenjelasanPosisi:
    """Explain why the pegawai with *nip* is not proposed for posisi *kode*. Raises UnknownSubjectError."""
    i, j = find_person(penempatan, nip), find_posisi(penempatan, kode)
    pasangan = penempatan.kelayakan.pasangan
    row = penempatan.usulan.row(i, named=True)
    refused = pasangan.refusals(i, j)
    proposed = row["posisi_baru"] == pasangan.kursi.kode[j]
    loss = None if refused or proposed else forcing(penempatan, i, j)
    points = 0 if loss is None else loss.poin
    rise: tuple[Perubahan, ...] = ()
    if loss is not None and loss.mungkin and points > 0 and not (loss.kursi_kritis or loss.orang):
        rise = ways_up(pasangan, i, j, points)
    return PenjelasanPosisi(
        nip=row["nip"],
        nama=row["nama"],
        kode=pasangan.kursi.kode[j],
        jabatan=str(pasangan.kursi.tabel["jabatan"][j]),
        layak=not refused,
        diusulkan=proposed,
        skor=int(pasangan.scores([i], [j])[0]),
        bagian=tuple(parts(pasangan, i, j).values()),
        penolakan=refused,
        kerugian=loss,
        perubahan=rise,
        kalimat=posisi_sentences(_words(pasangan), i, j, proposed, refused, loss, rise),
    )


def forcing(penempatan: Penempatan, i: int, j: int) -> Kerugian:
    """Return exactly what is lost when pegawai *i* (order of NIP) must have the lawful posisi *j*.

    The pair need not be part of the problem that was solved: the price test has shown that the proposal stays best with
    it.
    """
    problem = _with_pair(penempatan, i, j)
    return _loss(penempatan, loss_of_forcing(problem, penempatan.result, i, j))


def _with_pair(penempatan: Penempatan, i: int, j: int) -> Problem:
    """Return the problem with the pair (i, j) among its edges."""
    problem = penempatan.problem
    begin, end = int(problem.indptr[i]), int(problem.indptr[i + 1])
    at = begin + int(np.searchsorted(problem.slot[begin:end], j))
    if at < end and problem.slot[at] == j:
        return problem
    score = penempatan.kelayakan.pasangan.scores([i], [j])[0]
    indptr = problem.indptr.copy()
    indptr[i + 1 :] += 1
    return replace(
        problem, indptr=indptr, slot=np.insert(problem.slot, at, j), score=np.insert(problem.score, at, score)
    )


def _loss(penempatan: Penempatan, loss: Loss) -> Kerugian:
    names = penempatan.kelayakan.pasangan
    steps = tuple(_step(penempatan, names, move) for move in loss.moves)
    return Kerugian(loss.possible, loss.points, loss.critical, loss.place, steps)


def _step(penempatan: Penempatan, pasangan: Pasangan, move: Move) -> str:
    """Say one move of an exchange against the proposal."""
    words = _words(pasangan)
    who, m = words.person(move.candidate), len(pasangan.kursi)

    def seat(slot: int) -> str:
        return words.post(slot) if 0 <= slot < m else ""

    came, goes = seat(move.from_slot), seat(move.to_slot)
    reserve = penempatan.kode_posisi[move.to_slot] if move.to_slot >= m else ""
    if goes and came:
        return _("{who} meninggalkan {came} dan menempati {goes}").format(who=who, came=came, goes=goes)
    if goes:
        return _("{who} yang belum mendapat kursi menempati {goes}").format(who=who, goes=goes)
    if reserve:
        return _("{who} meninggalkan {came} dan tercatat sebagai {reserve}").format(who=who, came=came, reserve=reserve)
    return _("{who} meninggalkan {came} tanpa kursi pengganti").format(who=who, came=came)


def _options(penempatan: Penempatan, line: Barisan, goal: int) -> tuple[Pilihan, ...]:
    """Return the lawful posts nearest to being proposed, besides the one proposed."""
    lawful = np.flatnonzero(line.lawful)
    lawful = lawful[lawful != goal]
    best = lawful[np.lexsort((lawful, -line.score[lawful], line.short[lawful]))[:SHOWN]]
    table = penempatan.kelayakan.pasangan.kursi.tabel
    return tuple(
        Pilihan(
            kode=table["kode"][j],
            jabatan=str(table["jabatan"][j]),
            unit=str(table["nama_unit"][j] or ""),
            skor=int(line.score[j]),
            kurang=int(line.short[j]),
        )
        for j in best.tolist()
    )


def _rivals(penempatan: Penempatan, i: int) -> tuple[Pesaing, ...]:
    """Return the next people for the posisi proposed to *i*."""
    pasangan, result = penempatan.kelayakan.pasangan, penempatan.result
    slot = int(result.assignment[i])
    if not 0 <= slot < len(pasangan.kursi):
        return ()
    prepared = prepare(penempatan.problem, result)
    return tuple(
        Pesaing(
            nip=penempatan.nip[loss.candidate],
            nama=_words(pasangan).person(loss.candidate),
            skor=int(pasangan.scores([loss.candidate], [slot])[0]),
            kerugian=_loss(penempatan, loss),
        )
        for loss in next_in_line(penempatan.problem, result, slot, SHOWN, prepared=prepared)
    )


def _words(pasangan: Pasangan) -> Kalimat:
    return Kalimat(pasangan.orang, pasangan.kursi, pasangan.kebijakan.penempatan, pasangan.law)
