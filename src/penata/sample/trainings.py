"""Trainings of the sample: the catalogue, and what people have followed."""

import numpy as np
import polars as pl

from penata.sample.catalogue import Post, technical
from penata.sample.ladders import Choices
from penata.sample.people import People
from penata.sample.service import PNS, PPPK
from penata.sample.templates import load
from penata.snapshot.vocabulary import KOMPETENSI_INTI

_YEARS, _TIMES = 3, 2  # years of history, and how often a year somebody may follow a training
_OWN_WEIGHT = 6  # a technical training of the own work is that much likelier than a general one
_SMALL_WORDS = ("dan", "pada")
_LEAST_QUOTA = 10


def training_table(posts: list[Post], size: int) -> pl.DataFrame:
    """Return ``pelatihan``: core competences by level, technical ones in one form each; some have none."""
    data = load("kompetensi")
    skills = sorted({name for listed in technical(posts) for name in listed} - set(data["tanpa_pelatihan"]))
    forms = data["pelatihan_teknis"]
    rows = [(rule, name) for name in KOMPETENSI_INTI for rule in data["pelatihan_inti"]]
    rows += [(forms[place % len(forms)], name) for place, name in enumerate(skills)]
    return pl.DataFrame(
        [
            {
                "kode": f"L-{number:03d}",
                "nama": rule["nama"].format(k=_title(name)),
                "kompetensi": name,
                "level_akhir": rule["sampai"],
                "bentuk": rule["bentuk"],
                "jp": rule["jp"],
                "biaya": float(rule["biaya"]),
                "kuota": max(_LEAST_QUOTA, round(rule["kuota"] * size)),
            }
            for number, (rule, name) in enumerate(rows, start=1)
        ]
    )


def _title(name: str) -> str:
    return " ".join(word if word in _SMALL_WORDS else word.capitalize() for word in name.split())


def trainings_followed(people: People, catalogue: pl.DataFrame) -> pl.DataFrame:
    """Return ``riwayat_pelatihan`` of the last years: some people follow none, some many, as it is in practice."""
    rng = people.roles.chance.stream("riwayat pelatihan")
    last = people.roles.law.as_of.year
    own = _by_post(people.roles.posts, catalogue)
    names, hours = catalogue["nama"].to_numpy(), catalogue["jp"].to_numpy()
    parts = []
    for year in range(last - _YEARS + 1, last + 1):
        there = people.start <= np.datetime64(f"{year}-06-01")
        for _time in range(_TIMES):
            who = np.flatnonzero(there & (rng.random(people.roles.size) < 0.42 + 0.06 * people.merit))
            which = own.draw(rng, people.post[who])
            parts.append((people.nip[who], names[which], np.full(len(who), year), hours[which]))
    began = people.start.astype("datetime64[Y]").astype(np.int64) + 1970
    general = load("kompetensi")["pelatihan_umum"]
    for described, mine in zip(general, (people.status == PNS, people.status >= PPPK), strict=True):
        who = np.flatnonzero(mine & (began >= last - 2 * _YEARS))
        name, jp = np.full(len(who), described["nama"], dtype=object), np.full(len(who), described["jp"])
        parts.append((people.nip[who], name, began[who], jp))
    nip, names, years, hours = (np.concatenate(column) for column in zip(*parts, strict=True))
    return pl.DataFrame({"nip": nip, "pelatihan": pl.Series(names, dtype=pl.String), "tahun": years, "jp": hours})


def _by_post(posts: list[Post], catalogue: pl.DataFrame) -> Choices:
    """Return for every post the trainings (rows of *catalogue*) that its holders would follow."""
    rows: dict[str, list[int]] = {}
    for number, name in enumerate(catalogue["kompetensi"]):
        rows.setdefault(name, []).append(number)
    core = [number for name in KOMPETENSI_INTI for number in rows[name][:2]]
    own = [[number for name in listed for number in rows.get(name, [])] for listed in technical(posts)]
    return Choices.of([core + _OWN_WEIGHT * numbers for numbers in own])
