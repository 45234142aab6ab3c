"""Which posts come before which: the ladders of careers, and the work that misplaced people come from."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from penata.sample.catalogue import Catalogue, Post, jenjang_of
from penata.sample.chance import Ints
from penata.sample.people import People
from penata.sample.templates import load

# Structural tier -> the tiers below it: structural, and functional of the same height.
_BELOW = {
    "jpt": ("administrator", "ahli madya"), "administrator": ("pengawas", "ahli muda"),
    "pengawas": ("pelaksana", "ahli pertama"),
}  # fmt: skip
_CLERKS = "administrasi umum"
_FORMER_EDUCATION = {"S-1": ("S-1", "D-III"), "S-2": ("S-1",), "D-III": ("D-III", "SLTA")}


@dataclass(frozen=True, slots=True)
class Choices:
    """For every key a list of posts: ``flat[start[k] : start[k] + count[k]]``."""

    flat: Ints
    start: Ints
    count: Ints

    @classmethod
    def of(cls, lists: list[list[int]]) -> "Choices":
        """Pack *lists*."""
        count = np.array([len(entries) for entries in lists], np.int64)
        flat = np.array([place for entries in lists for place in entries] + [0], np.int64)
        return cls(flat, np.cumsum(count) - count, count)

    def draw(self, rng: np.random.Generator, keys: Ints) -> Ints:
        """Return one post for each key, -1 where its list is empty."""
        place = self.start[keys] + (rng.random(len(keys)) * self.count[keys]).astype(np.int64)
        return np.where(self.count[keys] > 0, self.flat[np.minimum(place, len(self.flat) - 1)], -1)


def predecessors(catalogue: Catalogue) -> Choices:
    """Return for every post those that its holders held before it; never empty."""
    posts = catalogue.posts
    return Choices.of([_before(catalogue, posts, number) for number in range(len(posts))])


def _before(catalogue: Catalogue, posts: list[Post], number: int) -> list[int]:
    post = posts[number]
    if post.grup == "struktural":
        below = _BELOW[post.tingkat]
        same = _where(posts, lambda other: other.tingkat in below and other.rumpun == post.rumpun)
        clerks = _where(posts, lambda other: post.tingkat == "pengawas" and _graduate_clerk(other))
        return same + clerks or _where(posts, lambda other: other.tingkat == below[0])
    if post.jenjang is not None and post.family in load("jabatan")["fungsional"]:
        ladder = jenjang_of(post.family)
        rank = ladder.index(post.jenjang) if post.jenjang in ladder else 0
        if post.nama in load("jabatan")["kepala_fungsional"]:
            return [catalogue.functional(post.family, ladder[rank])]
        if rank and ladder[rank].startswith("ahli") == ladder[rank - 1].startswith("ahli"):
            return [catalogue.functional(post.family, ladder[rank - 1])]
    if post.grup in ("guru", "nakes"):
        return [number]
    former = _FORMER_EDUCATION.get(post.pendidikan, (post.pendidikan,))
    families = (post.rumpun, _CLERKS)
    clerks = _where(
        posts, lambda other: other.grup == "pelaksana" and other.pendidikan in former and other.rumpun in families
    )
    return [number, *clerks]


def _where(posts: list[Post], wanted: Callable[[Post], bool]) -> list[int]:
    return [place for place, post in enumerate(posts) if wanted(post)]


def _graduate_clerk(post: Post) -> bool:
    return post.grup == "pelaksana" and post.rumpun == _CLERKS and post.pendidikan in ("S-1", "D-III")


def origins(catalogue: Catalogue, people: People) -> Ints:
    """Return for misplaced people a post of the work that they learned, one step below their own; else -1."""
    posts = catalogue.posts
    names, field = np.unique(people.field.astype(str), return_inverse=True)
    heights = [*_BELOW, "S-1", "D-III", "fungsional"]
    height = np.array([heights.index(_height(post)) if _height(post) in heights else -1 for post in posts])[people.post]
    lists = [_learned(posts, name, kind) for name in names.tolist() for kind in heights]
    choices = Choices.of(lists)
    rng = people.roles.chance.stream("asal")
    drawn = choices.draw(rng, field * len(heights) + np.maximum(height, 0))
    return np.where(people.misplaced & (height >= 0), drawn, -1)


def _height(post: Post) -> str:
    if post.grup == "struktural":
        return post.tingkat
    return post.pendidikan if post.grup == "pelaksana" else "fungsional"


def _learned(posts: list[Post], field: str, height: str) -> list[int]:
    """Return posts that ask for *field* and from which people come to a post of *height*."""
    tiers = {**_BELOW, "S-1": ("ahli pertama",), "D-III": ("terampil",), "fungsional": ("ahli pertama",)}[height]
    return _where(
        posts, lambda post: post.tingkat in tiers and post.grup != "pelaksana" and field in post.bidang_studi[:2]
    )
