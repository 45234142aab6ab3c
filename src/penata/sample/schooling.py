"""Education and field of study of people, fitted to the public figures and to what their posts ask for."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.sample.chance import Bools, Floats, Ints, deal, pick, rake
from penata.sample.roles import Roles
from penata.sample.templates import load
from penata.snapshot.vocabulary import PENDIDIKAN

_COLLEGE = PENDIDIKAN.index("D-III")


def draw_education(roles: Roles, age: Floats) -> Ints:
    """Return the education (place in PENDIDIKAN) of everybody; nobody is too young for the degree."""
    target = load("sasaran")
    asked = target["pendidikan_menurut_syarat"]
    kinds, names = list(asked), list(target["pendidikan"])
    prior = np.array([[asked[kind].get(name, 0.0) for name in names] for kind in kinds], float)
    kind = roles.each(lambda post: kinds.index(post.tingkat if post.grup == "struktural" else post.pendidikan))
    rows = np.bincount(kind, minlength=len(kinds)).astype(float)
    table = rake(prior, rows, np.array([target["pendidikan"][name] for name in names], float))
    drawn = deal(roles.chance.stream("pendidikan"), kind, table)
    education = np.array([PENDIDIKAN.index(name) for name in names])[drawn]
    for degree, lower in (("S-3", "S-2"), ("S-2", "S-1")):
        young = (education == PENDIDIKAN.index(degree)) & (age < target["usia_masuk"][degree] + 1.5)
        education = np.where(young, PENDIDIKAN.index(lower), education)
    return education


def draw_fields(roles: Roles, education: Ints) -> tuple[Bools, NDArray[Any]]:
    """Return who studied for quite other work than the own post, and everybody's field of study (None below SLTA)."""
    rng = roles.chance.stream("bidang studi")
    share = load("sasaran")["salah_tempat"]
    wrong = rng.random(roles.size) < roles.each(lambda post: share.get(post.grup, share["lain"]))
    own = pick(rng, [post.bidang_studi for post in roles.posts], roles.post, steepness=0.5)
    general = load("jabatan")["bidang_umum"]
    kind = np.select([education < _COLLEGE, education == _COLLEGE], [0, 1], 2)
    other = pick(rng, [general["SLTA"], general["D-III"], general["S-1"]], kind, steepness=0.3)
    free = roles.each(lambda post: not post.bidang_studi) | (education < _COLLEGE)
    field = np.where(free | wrong, other, own)
    field[education < PENDIDIKAN.index("SLTA")] = None
    return wrong & ~free & ~_belongs(roles, field), field


def _belongs(roles: Roles, field: NDArray[Any]) -> Bools:
    """Tell whose field of study is one that the post asks for."""
    names, code = np.unique(field.astype(str), return_inverse=True)
    place = {name: number for number, name in enumerate(names.tolist())}
    accepted = np.zeros((len(roles.posts), len(names)), bool)
    for number, post in enumerate(roles.posts):
        accepted[number, [place[name] for name in post.bidang_studi if name in place]] = True
    fits: Bools = accepted[roles.post, code]
    return fits


def entry_education(roles: Roles, education: Ints) -> Ints:
    """Return the education with which people entered: a later degree, or one the post does not ask for, is left out."""
    bachelor = PENDIDIKAN.index("S-1")
    counted = roles.each(lambda post: bachelor if post.grup == "struktural" else PENDIDIKAN.index(post.pendidikan))
    entered: Ints = np.minimum(education, counted)
    return entered
