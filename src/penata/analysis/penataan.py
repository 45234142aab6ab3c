"""The whole job: from a snapshot to need, map, findings, projection, placement, gaps and training plan."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Protocol

import polars as pl

from penata.analysis.integritas import check_integritas
from penata.analysis.kebutuhan import Kebutuhan, compute_kebutuhan
from penata.analysis.kesenjangan import Kesenjangan, measure_kesenjangan
from penata.analysis.paket import build_packet
from penata.analysis.pelatihan import RencanaPelatihan, plan_training
from penata.analysis.penempatan import Penempatan, propose
from penata.analysis.peta import Peta, build_peta
from penata.analysis.policy import Kebijakan
from penata.analysis.proyeksi import Proyeksi, project
from penata.foundation.findings import empty
from penata.language import N_, _
from penata.rulebook.legislation import InForce
from penata.snapshot.snapshot import Snapshot

Progress = Callable[[float], None]


class Reporter(Protocol):
    """Told about each step: how far it is, and what it took."""

    def step(self, name: str) -> Progress:
        """Begin step *name*; the returned function is told the share done, 0..1."""

    def done(self, name: str, seconds: float) -> None:
        """End step *name*."""


class Silent:
    """A reporter that nobody listens to."""

    def step(self, name: str) -> Progress:
        """Begin a step."""
        return lambda share: None

    def done(self, name: str, seconds: float) -> None:
        """End a step."""


@dataclass(frozen=True, slots=True)
class Ketersediaan:
    """One result of the job: whether it could be made, and the sheets it needs (those that are missing named)."""

    hasil: str
    perlu: tuple[str, ...]
    kurang: tuple[str, ...]

    @property
    def ada(self) -> bool:
        """Tell whether the result could be made."""
        return not self.kurang


@dataclass
class Penataan:
    """Everything that one run found out; parts that the input could not feed are None."""

    snapshot: Snapshot
    kebijakan: Kebijakan
    kebutuhan: Kebutuhan
    peta: Peta
    temuan: pl.DataFrame  # findings of reading and validation
    integritas: pl.DataFrame  # findings of the map
    proyeksi: Proyeksi | None = None
    penempatan: Penempatan | None = None
    kesenjangan: Kesenjangan | None = None
    pelatihan: RencanaPelatihan | None = None
    paket: dict[str, Any] | None = None
    ketersediaan: tuple[Ketersediaan, ...] = ()
    parameter: tuple[InForce, ...] = ()
    detik: dict[str, float] = field(default_factory=dict)


# What each result needs, by snapshot table; the sheets' titles are shown to people.
NEEDS: dict[str, tuple[str, ...]] = {
    N_("peta jabatan"): ("posisi",),
    N_("kebutuhan terhitung"): ("posisi", "beban_kerja"),
    N_("proyeksi lima tahun"): ("posisi", "pegawai"),
    N_("usulan penempatan"): ("posisi", "pegawai", "jabatan"),
    N_("kesenjangan kompetensi"): ("posisi", "pegawai", "standar_kompetensi", "asesmen"),
    N_("rencana pelatihan"): ("posisi", "pegawai", "standar_kompetensi", "asesmen", "pelatihan"),
}


def availability(snapshot: Snapshot) -> tuple[Ketersediaan, ...]:
    """Tell which results *snapshot* can feed and which sheets the others miss."""
    return tuple(
        Ketersediaan(name, tables, tuple(table for table in tables if not snapshot.has(table)))
        for name, tables in NEEDS.items()
    )


def arrange(
    snapshot: Snapshot,
    *,
    kebijakan: Kebijakan,
    temuan: pl.DataFrame | None = None,
    reporter: Reporter | None = None,
) -> Penataan:
    """Run every engine that *snapshot* can feed, in order, and return all results."""
    told = reporter or Silent()
    law = kebijakan.law(snapshot.per)
    seconds: dict[str, float] = {}

    @contextmanager
    def step(name: str) -> Iterator[Progress]:
        begun = perf_counter()
        yield told.step(name)
        seconds[name] = perf_counter() - begun
        told.done(name, seconds[name])

    able = {item.hasil for item in availability(snapshot) if item.ada}
    with step(_("menghitung kebutuhan")):
        kebutuhan = compute_kebutuhan(snapshot, law=law)
    with step(_("menyusun peta jabatan")):
        peta = build_peta(snapshot, kebutuhan)
    with step(_("memeriksa integritas")):
        integritas = check_integritas(snapshot, kebutuhan, peta, law=law)
    done = Penataan(
        snapshot, kebijakan, kebutuhan, peta, empty() if temuan is None else temuan, integritas,
        ketersediaan=availability(snapshot), detik=seconds,
    )  # fmt: skip
    if "proyeksi lima tahun" in able:
        with step(_("memproyeksikan lima tahun")):
            done.proyeksi = project(snapshot, kebutuhan, peta, law=law)
    if "usulan penempatan" in able and done.proyeksi is not None:
        with step(_("menempatkan pegawai")) as progress:
            done.penempatan = propose(
                snapshot, kebutuhan, peta, done.proyeksi, kebijakan=kebijakan, law=law, progress=progress
            )
        with step(_("menyegel paket keputusan")):
            done.paket = build_packet(snapshot, done.penempatan, kebijakan=kebijakan, law=law)
    if "kesenjangan kompetensi" in able:
        with step(_("mengukur kesenjangan kompetensi")):
            done.kesenjangan = measure_kesenjangan(snapshot, done.penempatan, law=law)
    if "rencana pelatihan" in able and done.kesenjangan is not None:
        with step(_("menyusun rencana pelatihan")):
            done.pelatihan = plan_training(snapshot, done.kesenjangan, peta, kebijakan=kebijakan, law=law)
    done.parameter = tuple(law.used.values())
    return done
