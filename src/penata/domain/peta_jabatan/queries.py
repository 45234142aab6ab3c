"""The figures of the map per agency and unit, with the rights of who asks."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from penata.domain.organisasi.tree import pohon
from penata.domain.peta_jabatan.angka import data_revision, sums
from penata.domain.peta_jabatan.models import RingkasanUnit
from penata.domain.peta_jabatan.ringkasan import UNIT_COLUMNS, all_figures, current
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.memo import remember

Figures = Mapping[str, float | None]

# posisi: how many; kosong: posisi that are needed and that nobody holds; kurang and lebih: people missing and above the
# need, summed over posisi; terisi: seats of K that are filled; pensiun: people who retire within twelve months.
SUMMED = tuple(name for name in UNIT_COLUMNS if name != "unit_id")
WHOLE = frozenset(("posisi", "plt", "kosong", "pensiun"))


def agency_figures(reader: Reader) -> dict[str, float | None]:
    """Return posisi, bezetting, kebutuhan, selisih, kurang, lebih, kosong, terisi, plt, pensiun of what *reader* sees.

    Added up over the units in the reader's scope of the map, as of the reader's day. ``kebutuhan`` and ``selisih``
    (lebih - kurang) are None where no need is known.
    """
    scope, at = reader.scope(Permission.PETA_LIHAT), data_revision()

    def make() -> dict[str, float | None]:
        return added(figures for unit, figures in own_figures(reader.as_of, at).items() if unit in scope)

    return dict(remember(("angka lingkup", reader.as_of, scope, at), make))


def unit_figures(reader: Reader, unit_ids: Collection[int]) -> dict[int, dict[str, float | None]]:
    """Return per unit id the same figures, each unit with everything below it.

    Units outside the reader's scope, or not in force on the day, are left out.
    """
    return unit_figures_and_total(reader, unit_ids)[0]


def unit_figures_and_total(
    reader: Reader, unit_ids: Collection[int]
) -> tuple[dict[int, dict[str, float | None]], dict[str, float | None]]:
    """Return :func:`unit_figures` and :func:`agency_figures` of one look at the data."""
    scope, whole = reader.scope(Permission.PETA_LIHAT), _with_below(reader.as_of, own_figures(reader.as_of))
    below = {unit: dict(whole[unit]) for unit in unit_ids if unit in whole and unit in scope}
    return below, agency_figures(reader)


def _with_below(as_of: date, own: Mapping[int, Figures]) -> dict[int, dict[str, float | None]]:
    """Return per unit in force its figures with everything below it, from the bottom up; remembered as the own ones."""

    def make() -> dict[int, dict[str, float | None]]:
        tree = pohon(as_of)
        sums: dict[int, dict[str, float | None]] = {}
        for node, _depth in reversed(tree.order):
            below = (sums[child.id] for child in tree.children.get(node.id, []))
            sums[node.id] = added([*([own[node.id]] if node.id in own else []), *below])
        return sums

    return remember(("angka unit dan bawahannya", as_of, data_revision()), make)


def own_figures(as_of: date, at: tuple[int, ...] | None = None) -> dict[int, Figures]:
    """Return per unit id the sums over its own posisi, without the units below it; remembered until the data change.

    *at*: the revision of the data, for whoever has just asked for it.
    """
    return remember(("angka unit", as_of, at or data_revision()), lambda: _own_figures(as_of))


def _own_figures(as_of: date) -> dict[int, Figures]:
    if current(as_of):
        return {row.pop("unit_id"): row for row in RingkasanUnit.objects.values(*UNIT_COLUMNS)}
    rows = all_figures(as_of).group_by("unit_id").agg(sums()).select(UNIT_COLUMNS)
    return {row.pop("unit_id"): row for row in rows.iter_rows(named=True)}


def added(rows: Iterable[Figures]) -> dict[str, float | None]:
    """Return the sums of *rows*; an unknown need counts as nothing, and is None where none is known."""
    total: dict[str, float | None] = {name: 0 if name in WHOLE else 0.0 for name in SUMMED} | {"kebutuhan": None}
    for row in rows:
        for name in SUMMED:
            if (value := row[name]) is not None:
                total[name] = (total[name] or 0) + value
    known = total["kebutuhan"] is not None
    return total | {"selisih": (total["lebih"] or 0.0) - (total["kurang"] or 0.0) if known else None}
