"""Goes through the chain from the first act to the last and names the first place where it is broken."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from penata.foundation.audit.models import Peristiwa, Perubahan, Rantai
from penata.foundation.audit.record import GENESIS, seal, seal_changes

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain is sound; ``nomor`` is the first broken act, ``sebab`` one of the codes below."""

    sound: bool
    acts: int
    sidik: str
    nomor: int | None = None
    sebab: str = ""  # gap, chain, seal, changes, end


def verify(told: Callable[[int], None] | None = None) -> Verdict:
    """Recompute every seal in order; *told* hears how many acts are done."""
    before, expected = GENESIS, 1
    for start in range(0, Rantai.objects.get(pk=1).nomor + CHUNK, CHUNK):
        acts = list(Peristiwa.objects.filter(id__gt=start, id__lte=start + CHUNK).order_by("id"))
        changes = (
            Perubahan.objects.filter(peristiwa_id__gt=start, peristiwa_id__lte=start + CHUNK)
            .order_by("peristiwa_id", "id")
            .values_list("peristiwa_id", "jenis", "objek_id", "sebelum", "sesudah")
            .iterator(chunk_size=CHUNK)
        )
        seals = {key: seal_changes(row[1:] for row in rows) for key, rows in groupby(changes, key=lambda row: row[0])}
        empty = seal_changes(())
        for act in acts:
            if act.id != expected:
                return Verdict(False, expected - 1, before, expected, "gap")
            if act.sidik_sebelum != before:
                return Verdict(False, expected - 1, before, act.id, "chain")
            if act.sidik != seal(act):
                return Verdict(False, expected - 1, before, act.id, "seal")
            if act.sidik_perubahan != seals.get(act.id, empty):
                return Verdict(False, expected - 1, before, act.id, "changes")
            before, expected = act.sidik, expected + 1
        if told:
            told(expected - 1)
    end = Rantai.objects.get(pk=1)
    if (end.nomor, end.sidik) != (expected - 1, before):
        return Verdict(False, expected - 1, before, expected, "end")
    return Verdict(True, expected - 1, before)
