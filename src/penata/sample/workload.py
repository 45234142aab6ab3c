"""Workload of every posisi: five to eight tasks whose minutes add up to about the need."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from penata.rulebook.abk import HASIL, OBJEK, PERALATAN, TUGAS, effective_minutes
from penata.rulebook.legislation import Law
from penata.sample.catalogue import Post
from penata.sample.chance import Bools, Chance, Floats, Ints, bell
from penata.sample.templates import load

_MONTHS = 12
_MONTHLY_SHARE, _HOURS_SHARE = 0.12, 0.05
# Kind of task list -> the other method that a few of its heaviest tasks are reckoned by.
_OTHER_METHODS = {"nakes": OBJEK, "pelaksana": HASIL, "operasional": PERALATAN}
_OTHER_SHARE = 0.06


def workload_table(
    posts: list[Post],
    seat_post: Ints,
    need: Ints,
    wanted: Bools,
    codes: NDArray[np.str_],
    chance: Chance,
    *,
    law: Law,
) -> pl.DataFrame:
    """Return ``beban_kerja`` for the seats *wanted*: minutes so that the computed need is near *need*."""
    lists = [_tasks(post) for post in posts]
    length = np.array([len(tasks) for tasks in lists], np.int64)
    offset = np.cumsum(length) - length
    text, result, minutes, share = (
        list(column) for column in zip(*(task for tasks in lists for task in tasks), strict=True)
    )

    rng = chance.stream("beban")
    seats = np.flatnonzero(wanted)
    people = _load(posts, seat_post[seats], need[seats], rng)
    lines = length[seat_post[seats]]
    seat = np.repeat(np.arange(len(seats)), lines)
    first = np.cumsum(lines) - lines
    task = offset[seat_post[seats]][seat] + np.arange(len(seat)) - first[seat]
    weight = np.array(share, float)[task] * (0.8 + 0.4 * rng.random(len(task)))
    total = np.add.reduceat(weight, first) if len(first) else weight
    part = people[seat] * weight / total[seat]  # people that the task occupies
    norm = np.array(minutes, float)[task] * np.array([0.9, 1.0, 1.0, 1.1])[rng.integers(0, 4, len(task))]
    heaviest = np.maximum.reduceat(weight, first)[seat] == weight if len(first) else weight > 0
    frame = pl.DataFrame(
        {
            "posisi": codes[seats][seat],
            "tugas": pl.Series(text, dtype=pl.String).gather(task),
            "hasil": pl.Series(result, dtype=pl.String).gather(task),
            **_by_task(part * effective_minutes(law=law) / norm, norm, rng),
        }
    )
    methods = np.array([_OTHER_METHODS.get(_kind(post), "") for post in posts])[seat_post[seats]][seat]
    other = heaviest & (methods != "") & (rng.random(len(seats)) < _OTHER_SHARE)[seat]
    return _by_other_method(frame, part, methods, other, rng)


def _by_task(
    yearly: Floats, norm: Floats, rng: np.random.Generator
) -> dict[str, NDArray[np.float64] | NDArray[np.str_]]:
    """Return volume, periode, norm and unit of tasks that take *norm* minutes and come *yearly* times."""
    monthly = (rng.random(len(norm)) < _MONTHLY_SHARE) & (yearly >= 5 * _MONTHS)
    hours = (rng.random(len(norm)) < _HOURS_SHARE) & (norm >= 60) & ~monthly
    return {
        "volume": np.maximum(1.0, np.round(np.where(monthly, yearly / _MONTHS, yearly))),
        "periode": np.where(monthly, "bulan", "tahun"),
        "norma_waktu": np.where(hours, np.round(norm / 60, 2), np.round(norm, 1)),
        "satuan_waktu": np.where(hours, "jam", "menit"),
        "metode": np.full(len(norm), TUGAS),
    }


def _by_other_method(
    frame: pl.DataFrame, part: Floats, methods: NDArray[np.str_], other: Bools, rng: np.random.Generator
) -> pl.DataFrame:
    """Write the tasks marked *other* by results, objects or tools a day in place of a norm of time."""
    tools = methods == PERALATAN
    ability = np.where(tools, 1.0, rng.integers(8, 25, len(part)))
    volume = np.maximum(1.0, np.round(part * ability))
    standard = np.where(tools, np.round(part / volume, 2), ability)
    extra = pl.DataFrame({"o": other, "v": volume, "s": standard, "m": methods})
    both = pl.concat([frame, extra], how="horizontal")
    return both.select(
        "posisi",
        "tugas",
        "hasil",
        volume=pl.when("o").then("v").otherwise("volume"),
        periode=pl.when("o").then(pl.lit("hari")).otherwise("periode"),
        norma_waktu=pl.when(~pl.col("o")).then("norma_waktu"),
        satuan_waktu=pl.when(~pl.col("o")).then("satuan_waktu"),
        metode=pl.when("o").then("m").otherwise("metode"),
        standar=pl.when("o").then("s"),
    )


def _load(posts: list[Post], post: Ints, need: Ints, rng: np.random.Generator) -> Floats:
    """Return the load in people: heads less than a whole year's work, others spread around their need."""
    head = np.array([item.grup == "struktural" for item in posts])[post]
    spread = np.where(head, 0.72 + 0.2 * rng.random(len(post)), need + 0.16 * bell(rng, len(post)))
    return np.maximum(spread, 0.55)


def _kind(post: Post) -> str:
    """Return the task list of a post."""
    if post.grup == "guru":
        return "guru" if post.nama.startswith("Guru") else "kepala sekolah"
    if post.grup == "jf":
        return "ahli" if post.tingkat.startswith("ahli") else "terampil"
    if post.grup == "pelaksana" and post.rumpun == "layanan operasional" and post.pendidikan != "S-1":
        return "operasional"
    return post.grup


def _tasks(post: Post) -> list[tuple[str, str, float, float]]:
    """Return the tasks of one post: text, result, minutes for one, share of the year."""
    data = load("tugas")
    field = data["objek"].get(post.rumpun, post.rumpun)
    return [(text.format(o=field), result, minutes, share) for text, result, minutes, share in data[_kind(post)]]
