"""Goes through the chain from the first act to the last and names the first place where it is broken."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, Subquery

from penata.foundation.audit.models import Peristiwa, Perubahan, Rantai
from penata.foundation.audit.record import GENESIS, seal, seal_changes

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain is sound; ``nomor`` is the first broken act, ``sebab`` one of the codes below.

    ``sidik`` seals the whole chain up to act ``acts``: noted outside the database it is the proof against somebody who
    rewrites the chain from the middle to its end, seals and all.
    """

    sound: bool
    acts: int
    sidik: str
    nomor: int | None = None
    sebab: str = ""  # gap, chain, seal, changes, end, outside, noted


def verify(told: Callable[[int], None] | None = None, *, noted: tuple[int, str] | None = None) -> Verdict:
    """Recompute every seal in order; *told* hears how many acts are done.

    *noted* is the number and seal of an act as somebody wrote them down at an earlier verification. Acts that others
    write meanwhile are left to the next verification.
    """
    end = Rantai.objects.get(pk=1)
    before, expected = GENESIS, 1
    for start in range(0, end.nomor, CHUNK):
        last = min(start + CHUNK, end.nomor)
        acts = Peristiwa.objects.filter(id__gt=start, id__lte=last).order_by("id")
        seals, empty = _seals(start, last), seal_changes(())
        for act in acts:
            cause = _cause(act, expected, before, seals.get(act.id, empty))
            if not cause and noted and noted[0] == act.id and noted[1] != act.sidik:
                cause = "noted"
            if cause:
                return Verdict(False, expected - 1, before, min(expected, act.id), cause)
            before, expected = act.sidik, expected + 1
        if told:
            told(expected - 1)
    if (end.nomor, end.sidik) != (expected - 1, before) or (noted and noted[0] > end.nomor):
        return Verdict(False, expected - 1, before, expected, "end")
    if (outside := _outside()) is not None:
        return Verdict(False, expected - 1, before, outside, "outside")
    return Verdict(True, expected - 1, before)


def _seals(start: int, last: int) -> dict[int, str]:
    changes = (
        Perubahan.objects.filter(peristiwa_id__gt=start, peristiwa_id__lte=last)
        .order_by("peristiwa_id", "id")
        .values_list("peristiwa_id", "jenis", "objek_id", "sebelum", "sesudah")
        .iterator(chunk_size=CHUNK)
    )
    return {key: seal_changes(row[1:] for row in rows) for key, rows in groupby(changes, key=lambda row: row[0])}


def _cause(act: Peristiwa, expected: int, before: str, changes: str) -> str:
    if act.id != expected:
        return "gap"
    if act.sidik_sebelum != before:
        return "chain"
    if act.sidik != seal(act):
        return "seal"
    return "changes" if act.sidik_perubahan != changes else ""


def _outside() -> int | None:
    """Return the number of an act or change that stands outside the chain: before its first act or after its end."""
    nomor = Subquery(Rantai.objects.filter(pk=1).values("nomor")[:1])  # one statement sees one state of both tables
    acts = Peristiwa.objects.filter(Q(id__lt=1) | Q(id__gt=nomor)).order_by("id").values_list("id", flat=True)
    changes = Perubahan.objects.filter(Q(peristiwa_id__lt=1) | Q(peristiwa_id__gt=nomor)).order_by("peristiwa_id")
    return next(
        (key for key in (acts.first(), changes.values_list("peristiwa_id", flat=True).first()) if key is not None), None
    )
