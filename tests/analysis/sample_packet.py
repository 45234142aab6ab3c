"""A small sealed packet, made by hand: six people, four posts."""

from datetime import date
from functools import cache
from types import SimpleNamespace

import numpy as np
import polars as pl

from penata.analysis.paket import build_packet, fingerprint
from penata.analysis.policy import Kebijakan
from penata.placement.problem import Problem
from penata.placement.solve import solve
from penata.snapshot.snapshot import build

PEOPLE = 6
SLOTS = 4


def snapshot(names=("Bima", "Ratna")):
    return build(
        "Pemerintah Kota Contoh",
        date(2026, 12, 31),
        {"unit": pl.DataFrame({"kode": [f"U-{k}" for k in range(len(names))], "nama": list(names)})},
    )


def proposal():
    random = np.random.default_rng(7)
    able = random.random((PEOPLE, SLOTS)) < 0.8
    able[:, 0] = True
    owner, slot = np.nonzero(able)
    problem = Problem(
        indptr=np.searchsorted(owner, np.arange(PEOPLE + 1)).astype(np.int64),
        slot=slot.astype(np.int32),
        score=random.integers(0, 1001, len(slot)).astype(np.int32),
        current=np.array([0, 1, 2, -1, 0, 3], np.int32),
        capacity=np.array([1, 1, 1, 2], np.int32),
        minimum=np.array([0, 0, 1, 0], np.int32),
        critical=np.array([False, True, False, False]),
        must_place=np.array([False, False, True, False, False, False]),
        move_cost=Kebijakan().penempatan.biaya_pindah,
    )
    return SimpleNamespace(
        problem=problem,
        result=solve(problem),
        nip=tuple(f"19800101200501{k:04d}" for k in range(PEOPLE)),
        kode_posisi=tuple(f"P-{k:02d}" for k in range(SLOTS)),
    )


@cache
def sealed():
    kebijakan = Kebijakan()
    law = kebijakan.law(date(2026, 12, 31))
    law.parameter("abk.waktu_kerja_efektif")
    law.parameter("abk.pembulatan")
    return build_packet(snapshot(), proposal(), kebijakan=kebijakan, law=law)


def reseal(packet):
    packet["sidik"] = fingerprint(packet)
    return packet
