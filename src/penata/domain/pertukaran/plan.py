"""What an import would do: read once, laid over the state of now, compared, and told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from penata.domain import sheets
from penata.domain.peraturan.queries import law
from penata.domain.pertukaran.compare import Comparison, compare, digest
from penata.domain.pertukaran.examine import Examined, examine
from penata.domain.pertukaran.merging import DEFINITIF, Given, merge, no_places, prepare, read_current
from penata.domain.pertukaran.own_checks import own_checks
from penata.domain.pertukaran.places import Places, out_of_bounds
from penata.foundation.access.reader import Reader
from penata.foundation.audit.record import revision
from penata.foundation.findings import Level, findings
from penata.foundation.findings import merge as together
from penata.language import N_, _
from penata.snapshot.schema import TABLES
from penata.snapshot.workbook import Raw, locate

Progress = Callable[[float, str], None]
ROOMS = (
    "organisasi", "jabatan", "pegawai", "beban_kerja", "peraturan", "kinerja", "kompetensi", "pelatihan", "talenta",
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What would be written on *as_of* and everything that was found.

    ``findings`` are located in the files; ``refused`` counts rows per table that do not hold; ``revisi`` is the state
    of the data that it was made from.
    """

    as_of: date
    langsung: bool
    comparisons: Mapping[str, Comparison]
    findings: pl.DataFrame
    refused: Mapping[str, int]
    blocked: bool
    revisi: tuple[int, ...]
    known_jabatan: pl.Series

    @property
    def faulty(self) -> bool:
        """Tell whether something has to be corrected, or left out by choice."""
        return bool((self.findings["level"] == Level.GALAT.value).any())

    @property
    def rows(self) -> int:
        """Return how many rows would be written."""
        return sum(one.delta.rows for one in self.comparisons.values())

    @property
    def digest(self) -> str:
        """Return the SHA-256 of what would be written."""
        return digest(self.comparisons)


def silent(_share: float, _step: str) -> None:
    """Tell nobody."""


def make_plan(raw: Raw, *, as_of: date, langsung: bool, by: Reader, progress: Progress = silent) -> Plan:
    """Lay *raw* over the database as *by* may change it."""
    revisi = revision(*ROOMS)
    progress(0.0, _("membaca keadaan sekarang"))
    wanted = set(raw.tables) | ({"pemangku"} if "pegawai" in raw.tables else set())
    current = read_current(wanted, as_of, langsung=langsung)
    given = prepare(raw.tables, current)
    day = max(as_of, by.today)  # a day of the past is judged with what is known today
    refused = no_places()
    told: list[pl.DataFrame] = []
    rules = own_checks(as_of, langsung=langsung)
    while True:
        progress(0.3, _("memeriksa baris"))
        examined = examine(given, current, per=day, law=law(day), refused=refused, extra=rules)
        progress(0.7, _("membandingkan dengan data"))
        comparisons = compare(given, examined.rows, current, examined.refused)
        before, after = Places.of(current), Places.of(_after(given, examined, current))
        outside, found = out_of_bounds(comparisons, before, after, by)
        if outside.is_empty():
            break
        told.append(found)
        refused = pl.concat([refused, outside]).unique()
    located = locate(pl.concat([*told, examined.findings], how="diagonal"), raw.origins)
    return Plan(
        as_of, langsung, comparisons, together(findings(raw.findings), located), _counted(examined.refused, raw),
        examined.blocked, revisi, current["jabatan"]["nama"],
    )  # fmt: skip


def _after(given: Given, examined: Examined, current: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return posisi and holders as they would be, with units by their codes."""
    merged = merge(given, current, examined.refused)
    done = {}
    for name in ("posisi", "pemangku"):
        rows = examined.rows.get(name)
        rest = merged[name]
        if rows is not None and "_row" in rest.columns:
            rest = pl.concat([rest.filter(pl.col("_row").is_null()), rows], how="diagonal")
        done[name] = rest
    return done


def _counted(refused: pl.DataFrame, raw: Raw) -> dict[str, int]:
    tables = pl.DataFrame(
        [(at, origin.table) for at, origin in enumerate(raw.origins)],
        schema={"_origin": pl.Int32, "table": pl.String},
        orient="row",
    )
    counts = dict(refused.join(tables, on="_origin").group_by("table").len().iter_rows())
    return {name: counts[name] for name in TABLES if name in counts}


def side_effects(plan: Plan) -> list[tuple[str, int, list[str]]]:
    """Return what happens besides the rows themselves: text, how many, and the first names where names say more."""
    from penata.domain.jabatan.sheet import PosisiSheet

    found: list[tuple[str, int, list[str]]] = []
    if (posisi := plan.comparisons.get("posisi")) is not None:
        known = plan.known_jabatan
        if (jabatan := plan.comparisons.get("jabatan")) is not None:
            known = pl.concat([known, jabatan.delta.new["nama"]])
        rows = pl.concat([posisi.delta.new, posisi.delta.changed])
        created = PosisiSheet.missing_jabatan(rows, known)["nama"].to_list()
        found.append((N_("jabatan dibuat dalam katalog karena disebut pada peta jabatan"), len(created), created))
    for name, text in (("unit", N_("unit: masa lama ditutup dan masa baru dibuka")),
                       ("posisi", N_("posisi: masa lama ditutup dan masa baru dibuka"))):  # fmt: skip
        if name in plan.comparisons:
            found.append((text, plan.comparisons[name].delta.changed.height, []))
    if (held := plan.comparisons.get("pemangku")) is not None:
        definitive = held.delta.new.filter(pl.col("jenis") == DEFINITIF)
        found.append((N_("pemangku definitif mulai memangku"), definitive.height, []))
        found.append((N_("pemangku diakhiri"), held.delta.gone.height, held.delta.gone["nip"].to_list()))
    if (people := plan.comparisons.get("pegawai")) is not None:
        same = people.delta.changed["golongan"].eq_missing(people.delta.before["golongan"])
        found.append((N_("kenaikan atau perubahan golongan dicatat dalam riwayat"), int((~same).sum()), []))
    if (work := plan.comparisons.get("beban_kerja")) is not None:
        posts = pl.concat([work.delta.new, work.delta.changed, work.delta.gone])["posisi"].n_unique()
        text = (
            N_("posisi yang beban kerjanya langsung ditetapkan") if plan.langsung
            else N_("posisi yang beban kerjanya masuk ke ABK draf")
        )  # fmt: skip
        found.append((text, posts, []))
    return [effect for effect in found if effect[1]]


def writable(plan: Plan) -> list[str]:
    """Return the tables that would be written, in the order in which they can be."""
    return [sheet.table for sheet in sheets.sheets() if sheet.table in plan.comparisons]
