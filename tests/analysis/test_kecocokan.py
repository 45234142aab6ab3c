"""The score: parts and points against plain Python, bounds, and missing data told."""

import numpy as np
import pytest
from tests.analysis.agency import small_agency
from tests.analysis.plain_rules import Plain
from tests.analysis.test_kelayakan import POLICIES, all_pairs, city, pairs

from penata.analysis._kernel import UNKNOWN
from penata.analysis.kecocokan import KEYS, competences, missing_data, parts
from penata.analysis.policy import KebijakanPenempatan


@pytest.mark.parametrize("name", POLICIES)
@pytest.mark.parametrize("source", [small_agency, city])
def test_parts_and_scores_agree_with_plain_python(name, source):
    pasangan, plain = pairs(source(), POLICIES[name])
    people, posts = all_pairs(pasangan)
    step = max(1, len(people) // 6_000)
    people, posts = people[::step], posts[::step]
    values, _partial = pasangan.parts(people, posts)
    scores = pasangan.scores(people, posts)
    for k, (i, j) in enumerate(zip(people.tolist(), posts.tolist(), strict=True)):
        expected = [UNKNOWN if part is None else part for part in plain.parts(i, j)]
        assert values[k].tolist() == expected, (plain.pegawai[i]["nip"], plain.posisi[j]["kode"])
        assert scores[k] == plain.score(i, j)


def test_scores_lie_between_0_and_1000_and_parts_add_up():
    pasangan, _plain = pairs(city(), KebijakanPenempatan())
    people, posts = all_pairs(pasangan)
    scores = pasangan.scores(people, posts)
    assert scores.min() >= 0
    assert scores.max() <= 1000
    rng = np.random.default_rng(1)
    for k in rng.integers(0, len(people), 200).tolist():
        found = parts(pasangan, int(people[k]), int(posts[k]))
        assert tuple(found) == KEYS
        assert sum(part.poin for part in found.values()) == pytest.approx(scores[k], abs=0.5001)
        assert all(0 <= part.nilai <= 1 for part in found.values())


def test_missing_data_are_neutral_and_told():
    pasangan, plain = pairs(small_agency(), KebijakanPenempatan())
    i = pasangan.orang.index["198112242008012001"]  # no posisi; assessed or not, the plain rules know
    for j in range(len(pasangan.kursi)):
        expected = plain.parts(i, j)
        for part, value in zip(parts(pasangan, i, j).values(), expected, strict=True):
            if value is None:
                assert part.data_kurang
                assert part.nilai == 0.5
                assert part.keterangan
    lacking = missing_data(pasangan)
    assert lacking["minat"] == sum(not plain.rows("minat", person["nip"]) for person in plain.pegawai)
    assert lacking["potensi"] == sum(person["potensi"] is None for person in plain.pegawai)


def test_competences_list_the_standard_widest_gap_first():
    pasangan, _plain = pairs(small_agency(), KebijakanPenempatan())
    i, j = 5, pasangan.kursi.index["P-11"]
    rows = competences(pasangan, i, j)
    assert len(rows) == 10
    assert {row.standar for row in rows} == {3}
    gaps = [(row.capaian or 0) - row.standar for row in rows]
    assert gaps == sorted(gaps)


def test_plain_rules_know_every_person_and_post():
    snapshot = city()
    plain = Plain(snapshot, pairs(snapshot, KebijakanPenempatan())[0].kebijakan)
    assert len(plain.pegawai) == snapshot["pegawai"].height
    assert len(plain.posisi) == snapshot["posisi"].height
