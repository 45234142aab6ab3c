"""Explanations: exact losses, every refusal cited, sensitivity to missing data."""

from functools import cache

import numpy as np
import polars as pl
import pytest
from tests.analysis.agency import small_agency
from tests.analysis.proposals import changed, proposal
from tests.analysis.test_kelayakan import city
from tests.analysis.test_penempatan import city_proposal

from penata.analysis._barisan import line_up
from penata.analysis.penjelasan import UnknownSubjectError, explain_person, explain_posisi, forcing
from penata.placement.problem import UNPLACED, Problem
from penata.placement.solve import solve


@cache
def small_proposal():
    return proposal(small_agency(), turun_kelas=True)


def every_lawful_pair(found, count, seed=1):
    rng = np.random.default_rng(seed)
    pasangan = found.kelayakan.pasangan
    people = rng.permutation(len(pasangan.orang))
    pairs = []
    for i in people.tolist():
        lawful = np.flatnonzero(line_up(found, i).lawful)
        lawful = lawful[lawful != found.result.assignment[i]]
        if len(lawful):
            pairs.append((i, int(rng.choice(lawful))))
        if len(pairs) == count:
            return pairs
    return pairs


def only(problem, i, j, score):
    """Return the problem in which candidate *i* may have nothing but slot *j*."""
    begin, end = int(problem.indptr[i]), int(problem.indptr[i + 1])
    keep = np.ones(problem.edges, bool)
    keep[begin:end] = False
    slot = np.insert(problem.slot[keep], begin, j)
    indptr = problem.indptr.copy()
    indptr[i + 1 :] += 1 - (end - begin)
    return Problem(
        indptr, slot.astype(np.int32), np.insert(problem.score[keep], begin, score).astype(np.int32), problem.current,
        problem.capacity, problem.minimum, problem.critical, problem.must_place, problem.move_cost,
    )  # fmt: skip


def outcome(problem, result):
    seats = np.append(problem.critical, False)[result.assignment]
    placed = (result.assignment != UNPLACED).sum()
    return int(seats.sum()), int(placed), result.score - problem.move_cost * result.moves


def test_loss_of_forcing_is_that_of_solving_again():
    found = city_proposal()
    base = outcome(found.problem, found.result)
    checked = 0
    for i, j in every_lawful_pair(found, 25):
        score = found.kelayakan.pasangan.scores([i], [j])[0]
        forced = only(found.problem, i, j, score)
        # The pair itself outweighs everything, so that the solver cannot prefer to leave the person out.
        again = solve(forced)
        if again.assignment[i] != j:
            continue
        loss = forcing(found, i, j)
        assert loss.mungkin
        assert tuple(a - b for a, b in zip(base, outcome(forced, again), strict=True)) == (
            loss.kursi_kritis,
            loss.orang,
            loss.poin,
        )
        assert loss.langkah[0].count("menempati") == 1
        checked += 1
    assert checked > 15


def test_prices_prove_the_proposal_for_every_person():
    found = city_proposal()
    for i in range(len(found.nip)):
        line = line_up(found, i)
        assert line.short[line.lawful].min(initial=0) >= 0
        given = int(found.result.assignment[i])
        if 0 <= given < len(line.short):
            assert line.short[given] == 0


@pytest.mark.parametrize("source", [city_proposal, small_proposal])
def test_every_person_is_explained_in_whole_sentences(source):
    found = source()
    for nip in found.nip[:40]:
        told = explain_person(found, nip)
        assert told.alasan == told.kalimat[0]
        assert all("{" not in sentence and sentence.endswith(".") for sentence in told.kalimat)
        if told.posisi_baru is not None:
            assert sum(part.poin for part in told.bagian) == pytest.approx(told.skor_baru, abs=0.51)
        shorts = [option.kurang for option in told.pilihan_lain]
        assert shorts == sorted(shorts)
        assert all(rival.nip != nip for rival in told.pesaing)


def test_refused_pair_cites_every_rule():
    told = explain_posisi(small_proposal(), "199508202019032003", "P-01")
    assert not told.layak
    assert told.kerugian is None
    assert [item.kode for item in told.penolakan] == ["L06", "L11"]
    for item in told.penolakan:
        assert any(item.kalimat in sentence and item.dasar in sentence for sentence in told.kalimat)


def test_proposed_pair_says_so():
    found = small_proposal()
    row = found.usulan.filter(pl.col("jenis") == "tetap").row(0, named=True)
    told = explain_posisi(found, row["nip"], row["posisi_baru"])
    assert told.diusulkan
    assert told.kerugian is None


def test_what_would_change_it_names_enough():
    found = city_proposal()
    seen = 0
    for i, j in every_lawful_pair(found, 60, seed=4):
        told = explain_posisi(found, found.nip[i], found.kode_posisi[j])
        loss = told.kerugian
        if not told.perubahan:
            continue
        seen += 1
        room = {part.kunci: 10.0 * part.bobot * (1 - part.nilai) for part in told.bagian}
        for way in told.perubahan:
            assert way.poin == pytest.approx(room[way.kunci])
            assert way.cukup == (way.poin >= loss.poin)
    assert seen > 5


def test_a_datum_that_changes_nothing_changes_nothing():
    """Where sensitivity says that wishes do not matter, telling one keeps the arrangement best."""
    found, checked = city_proposal(), 0
    names = found.kelayakan.pasangan.kursi.tabel["jabatan"].unique().sort().to_list()
    for nip in found.nip:
        told = {item.data: item for item in explain_person(found, nip).kepekaan}
        if "minat" not in told or told["minat"].mengubah:
            continue
        snapshot = city()
        row = pl.DataFrame({"nip": [nip], "urutan": [1], "jabatan": [names[checked * 7 % len(names)]]})
        wishes = pl.concat([snapshot["minat"], row], how="diagonal_relaxed")
        with_wish = proposal(type(snapshot)(
            snapshot.instansi, snapshot.per, dict(snapshot.tables) | {"minat": wishes}, snapshot.given
        ))  # fmt: skip
        i = found.nip.index(nip)
        given = int(found.result.assignment[i])
        if given >= len(found.kelayakan.pasangan.kursi):
            continue
        delta = int(
            with_wish.kelayakan.pasangan.scores([i], [given])[0] - found.kelayakan.pasangan.scores([i], [given])[0]
        )
        assert with_wish.ringkas["poin"] == found.ringkas["poin"] + delta
        checked += 1
        if checked == 4:
            break
    assert checked == 4


def test_missing_tmt_is_told_and_may_open_the_way():
    snapshot = small_agency()
    nip = "199508202019032003"  # surplus at P-04
    no_tmt = changed(changed(snapshot, "pegawai", "nip", nip, tmt_jabatan=None), "pemangku", "nip", nip, tmt=None)
    told = explain_person(proposal(no_tmt, turun_kelas=True), nip)
    assert "tmt" in {item.data for item in told.kepekaan}
    refused = explain_posisi(proposal(no_tmt, turun_kelas=True), nip, "P-08").penolakan
    assert [(item.kode, item.tanpa_data) for item in refused] == [("L05", True)]


def test_unknown_subjects_are_refused_in_one_sentence():
    with pytest.raises(UnknownSubjectError, match="NIP 1 "):
        explain_person(small_proposal(), "1")
    with pytest.raises(UnknownSubjectError, match="X-9"):
        explain_posisi(small_proposal(), small_proposal().nip[0], "X-9")
