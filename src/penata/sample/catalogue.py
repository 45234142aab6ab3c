"""The catalogue of jabatan of the sample: one entry per name, with what the generator must know about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.rulebook.bup import bup_column
from penata.rulebook.legislation import Law
from penata.sample.chance import Chance
from penata.sample.templates import load
from penata.snapshot.vocabulary import KOMPETENSI_INTI

_ALL_AHLI = ("ahli pertama", "ahli muda", "ahli madya")
_TEACHING = "Sertifikat Pendidik"


@dataclass(frozen=True, slots=True)
class Post:
    """One jabatan.

    ``grup``: guru, nakes, jf, pelaksana or struktural. ``tingkat``: jpt, administrator, pengawas, a jenjang, or
    pelaksana. ``level``: usual standard of competence. ``family``: name without jenjang; of a functional head the
    family from which heads come; of a structural post its urusan.
    """

    nama: str
    jenis: str
    jenjang: str | None
    rumpun: str
    kelas: int
    pendidikan: str
    bidang_studi: tuple[str, ...]
    golongan: tuple[str, str]
    pengalaman: float
    sertifikat: str | None
    grup: str
    tingkat: str
    level: int
    family: str
    kritis: bool


def functional_name(family: str, jenjang: str) -> str:
    """Return the name of a functional post, e.g. ``Perawat Ahli Muda``."""
    return f"{family} {jenjang.title()}"


def jenjang_of(family: str) -> tuple[str, ...]:
    """Return the jenjang of a functional family that exist here, lowest first."""
    return tuple(load("jabatan")["fungsional"][family].get("jenjang", _ALL_AHLI))


def jenjang_in_bidang(family: str) -> tuple[str, ...]:
    """Return the jenjang of a family that an ordinary bidang has."""
    described = load("jabatan")["fungsional"][family]
    if "bidang" in described:
        return tuple(described["bidang"])
    own = jenjang_of(family)
    return tuple(name for name in ("ahli muda", "ahli pertama") if name in own) or tuple(
        name for name in ("mahir", "terampil") if name in own
    )


class Catalogue:
    """Posts by name, in the order in which the organisation asked for them."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self._index: dict[str, int] = {}

    def structural(self, nama: str, tier: str, urusan: str) -> int:
        """Return the index of a structural post of *tier* (an entry of ``struktural``) in *urusan*."""
        if nama not in self._index:
            data = load("jabatan")
            described = data["struktural"][tier]
            jenis = described["jenis"]
            self._add(
                Post(
                    nama=nama, jenis=jenis, jenjang=None, rumpun=urusan, kelas=described["kelas"],
                    pendidikan=described["pendidikan"], bidang_studi=tuple(data["urusan"][urusan]),
                    golongan=tuple(described["golongan"]), pengalaman=described["pengalaman"], sertifikat=None,
                    grup="struktural", tingkat="jpt" if jenis == "jpt pratama" else jenis, level=described["level"],
                    family=urusan, kritis=jenis == "jpt pratama" or nama in data["kritis"],
                )
            )  # fmt: skip
        return self._index[nama]

    def functional(self, family: str, jenjang: str) -> int:
        """Return the index of a functional post."""
        nama = functional_name(family, jenjang)
        if nama not in self._index:
            described = load("jabatan")["fungsional"][family]
            usual = load("jabatan")["jenjang"][jenjang]
            skilled = jenjang.startswith("ahli")
            guru = described["grup"] == "guru"
            self._add(
                Post(
                    nama=nama, jenis="fungsional", jenjang=jenjang, rumpun=described["rumpun"],
                    kelas=described.get("kelas", {}).get(jenjang, usual["kelas"]),
                    pendidikan=described.get("pendidikan_ahli", "S-1") if skilled else _low(described, jenjang),
                    bidang_studi=tuple(described["bidang_studi"]), golongan=tuple(usual["golongan"]),
                    pengalaman=usual["pengalaman"],
                    sertifikat=_TEACHING if guru and jenjang != "ahli pertama" else described.get("sertifikat"),
                    grup=described["grup"], tingkat=jenjang, level=usual["level"],
                    family=family, kritis=jenjang in described.get("kritis", ()),
                )
            )  # fmt: skip
        return self._index[nama]

    def head(self, nama: str) -> int:
        """Return the index of a functional post that heads a school or a puskesmas."""
        if nama not in self._index:
            described = load("jabatan")["kepala_fungsional"][nama]
            usual = load("jabatan")["jenjang"][described["jenjang"]]
            self._add(
                Post(
                    nama=nama, jenis="fungsional", jenjang=described["jenjang"], rumpun=described["rumpun"],
                    kelas=described["kelas"], pendidikan="S-1", bidang_studi=tuple(described["bidang_studi"]),
                    golongan=tuple(described["golongan"]), pengalaman=usual["pengalaman"],
                    sertifikat=described.get("sertifikat"),
                    grup=described["grup"], tingkat=described["jenjang"], level=usual["level"],
                    family=described["asal"], kritis=True,
                )
            )  # fmt: skip
        return self._index[nama]

    def pelaksana(self, nama: str) -> int:
        """Return the index of a pelaksana post."""
        if nama not in self._index:
            data = load("jabatan")
            described = data["pelaksana"][nama]
            asked = described["pendidikan"]
            self._add(
                Post(
                    nama=nama, jenis="pelaksana", jenjang=None, rumpun=described["rumpun"], kelas=described["kelas"],
                    pendidikan=asked, bidang_studi=tuple(described.get("bidang_studi", ())),
                    golongan=tuple(data["golongan_pelaksana"][asked]), pengalaman=0, sertifikat=None,
                    grup="pelaksana", tingkat="pelaksana", level=1, family=nama, kritis=False,
                )
            )  # fmt: skip
        return self._index[nama]

    def complete(self) -> None:
        """Add what people held before the posts of the units, so that careers have names."""
        for post in list(self.posts):
            if post.jenis == "fungsional" and post.jenjang in jenjang_of(post.family):
                ladder = jenjang_of(post.family)
                for jenjang in ladder[: ladder.index(post.jenjang) + 1]:
                    self.functional(post.family, jenjang)

    def _add(self, post: Post) -> None:
        self._index[post.nama] = len(self.posts)
        self.posts.append(post)


def _low(described: Mapping[str, Any], jenjang: str) -> str:
    return "SLTA" if jenjang == "pemula" else str(described.get("pendidikan_terampil", "D-III"))


def technical(posts: Iterable[Post]) -> list[tuple[str, ...]]:
    """Return the technical competences of every post, most important first."""
    listed = load("kompetensi")["teknis"]
    return [
        tuple(
            listed["guru"]
            if post.grup == "guru"
            else listed.get(post.family) or listed.get(post.rumpun, listed["umum"])
        )[: 1 if post.jenis == "pelaksana" else 3]
        for post in posts
    ]


def retirement_ages(posts: list[Post], *, law: Law) -> NDArray[np.int16]:
    """Return the BUP of every post; a head of a school retires as the teachers do from whom he comes."""
    jenis, jenjang = np.array([post.jenis for post in posts]), np.array([post.jenjang or "" for post in posts])
    return bup_column(jenis, jenjang, np.array([post.family for post in posts]), law=law)


def jabatan_table(posts: list[Post], *, law: Law) -> pl.DataFrame:
    """Return the table ``jabatan``; it names a BUP only where the name of the post does not tell it."""
    heads = load("jabatan")["kepala_fungsional"]
    ages = retirement_ages(posts, law=law).tolist()
    return pl.DataFrame(
        [
            {
                "nama": post.nama, "jenis": post.jenis, "jenjang": post.jenjang, "rumpun": post.rumpun,
                "kelas": post.kelas, "pendidikan_min": post.pendidikan,
                "bidang_studi": "; ".join(post.bidang_studi) or None,
                "golongan_min": post.golongan[0], "golongan_maks": post.golongan[1],
                "pengalaman_min": float(post.pengalaman), "sertifikat": post.sertifikat,
                "bup": age if post.nama in heads and post.grup == "guru" else None,
            }
            for post, age in zip(posts, ages, strict=True)
        ],
        infer_schema_length=None,
    )  # fmt: skip


def standard_table(posts: list[Post], chance: Chance) -> pl.DataFrame:
    """Return the table ``standar_kompetensi``: nine core competences around the usual level, and technical ones."""
    rng = chance.stream("standar")
    rows = []
    for post, skills in zip(posts, technical(posts), strict=True):
        shift = rng.random(len(KOMPETENSI_INTI))
        for name, draw in zip(KOMPETENSI_INTI, shift, strict=True):
            level = post.level + (draw > 0.88) - (draw < 0.08 and post.level > 1)
            rows.append((post.nama, name, int(min(level, 5))))
        rows += [(post.nama, name, max(1, post.level - (place > 1))) for place, name in enumerate(skills)]
    return pl.DataFrame(rows, schema=["jabatan", "kompetensi", "level"], orient="row")
