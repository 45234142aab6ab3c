"""Changes of the log as sentences: who, when, what, on which legal act, from what to what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from penata.domain.organisasi.tree import pohon
from penata.faces.backoffice.audit.objects import hidden
from penata.faces.backoffice.audit.words import act_title, field_title, in_order, kind_title, value_text
from penata.foundation.access.permissions import PERAN_TITLES, Peran
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.language import N_, _

PAGE = 25  # acts of one object a page
CHANGES = 100  # objects of one act a page
SECRET = N_("(data pribadi)")


@dataclass(frozen=True, slots=True)
class Line:
    """One field that changed."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Altered:
    """What one act changed on one object."""

    jenis: str
    objek_id: str
    kind: str
    what: str  # "new", "gone" or "changed"
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Told:
    """One act as a sentence."""

    nomor: int
    waktu: datetime
    title: str
    pelaku: str
    peran: str
    per: date | None
    unit: str
    dasar: str
    alasan: str
    altered: Sequence[Altered]


@dataclass(frozen=True, slots=True)
class Slice:
    """One page; ``after`` is the key of the next page, None on the last."""

    rows: Sequence[Any]
    after: int | None


def of_object(jenis: str, objek_id: str, *, as_of: date, private: bool, before: int | None = None) -> Slice:
    """Return the latest acts on one object, older than act *before*; three queries whatever its length."""
    rows = Perubahan.objects.filter(jenis=jenis, objek_id=objek_id)
    if before is not None:
        rows = rows.filter(peristiwa_id__lt=before)
    numbers = list(rows.order_by("-peristiwa_id").values_list("peristiwa_id", flat=True).distinct()[: PAGE + 1])
    shown = numbers[:PAGE]
    changes: dict[int, list[Perubahan]] = {}
    for change in rows.filter(peristiwa_id__in=shown).order_by("id"):
        changes.setdefault(change.peristiwa_id, []).append(change)
    acts = Peristiwa.objects.filter(id__in=shown).order_by("-id")
    told = tell(acts, changes, as_of=as_of, private=private)
    return Slice(told, shown[-1] if len(numbers) > PAGE else None)


def of_act(nomor: int, *, as_of: date, private: bool, after: int = 0) -> Slice:
    """Return the objects that one act changed, in the order written."""
    rows = list(Perubahan.objects.filter(peristiwa_id=nomor, id__gt=after).order_by("id")[: CHANGES + 1])
    units = _unit_names(rows[:CHANGES], as_of)
    shown = [altered(row, private=private, units=units) for row in rows[:CHANGES]]
    return Slice(shown, rows[CHANGES - 1].pk if len(rows) > CHANGES else None)


def tell(
    acts: Iterable[Peristiwa], changes: Mapping[int, Sequence[Perubahan]], *, as_of: date, private: bool
) -> list[Told]:
    """Return the acts as sentences."""
    units = _unit_names([change for rows in changes.values() for change in rows], as_of)
    tree = pohon(as_of)
    return [
        Told(
            nomor=act.id,
            waktu=act.waktu,
            title=act_title(act.aksi),
            pelaku=act.pelaku,
            peran=", ".join(_(PERAN_TITLES[Peran(name)]) for name in act.peran.split(", ") if name),
            per=act.per,
            unit=tree.by_id[act.unit_id].nama if act.unit_id in tree.by_id else "",
            dasar=act.dasar,
            alasan=act.alasan,
            altered=[altered(row, private=private, units=units) for row in changes.get(act.id, ())],
        )
        for act in acts
    ]


def altered(change: Perubahan, *, private: bool, units: Mapping[int, str]) -> Altered:
    """Return one change with the titles of its fields; personal data only when *private*."""
    before, after = change.sebelum or {}, change.sesudah or {}
    secret = frozenset() if private else hidden(change.jenis)
    lines = [
        Line(
            field_title(change.jenis, name),
            _shown(name, before.get(name), secret, units),
            _shown(name, after.get(name), secret, units),
        )
        for name in in_order(change.jenis, {*before, *after})
        if before.get(name) != after.get(name)
    ]
    what = "new" if change.sebelum is None else "gone" if change.sesudah is None else "changed"
    return Altered(change.jenis, change.objek_id, kind_title(change.jenis), what, lines)


def _shown(name: str, value: Any, secret: frozenset[str] | None, units: Mapping[int, str]) -> str:
    if value in (None, ""):
        return "–"
    if secret is None or name in secret:
        return _(SECRET)
    return units.get(value, str(value)) if name in {"unit_id", "induk_id"} else value_text(value)


def _unit_names(rows: Iterable[Perubahan], as_of: date) -> Mapping[int, str]:
    named = any(
        name in (part or {}) for row in rows for part in (row.sebelum, row.sesudah) for name in ("unit_id", "induk_id")
    )
    return {node.id: node.nama for node in pohon(as_of).by_id.values()} if named else {}
