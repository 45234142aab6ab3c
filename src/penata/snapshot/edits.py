"""Named edits of a snapshot, for scenarios: what would the agency look like if …

An edit is plain data, so a packet can list it. :func:`apply` runs a list of edits on a copy: each is checked against
the state left by those before it, and one that cannot be done refuses them all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from types import NoneType
from typing import Any, get_args

import polars as pl

from penata.language import _
from penata.snapshot.draft import Draft, RefusedError, check_amount, check_word
from penata.snapshot.snapshot import Snapshot, build, canonicalise


class EditError(ValueError):
    """An edit cannot be done; the message names the edit, the reason and the remedy."""

    def __init__(self, edit: str, reason: str, remedy: str) -> None:
        """Keep the three parts apart for screens that show them in columns."""
        super().__init__(f"{edit}: {reason} {remedy}")
        self.edit = edit
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class AddUnit:
    """A new unit under ``induk`` (None: a root)."""

    kode: str
    nama: str
    induk: str | None = None
    jenis: str | None = None
    wilayah: str | None = None
    terpencil: bool | None = None

    def run(self, draft: Draft) -> None:
        """Add the unit."""
        draft.add("unit", _row(self))
        draft.hang("unit", self.kode, "induk", self.induk)


@dataclass(frozen=True, slots=True)
class MoveUnit:
    """The unit, with all below it, goes under another unit."""

    kode: str
    induk: str | None

    def run(self, draft: Draft) -> None:
        """Hang the unit elsewhere."""
        draft.find("unit", self.kode)
        draft.hang("unit", self.kode, "induk", self.induk)


@dataclass(frozen=True, slots=True)
class ChangeUnit:
    """The unit gets another name, kind or region (None: as it is)."""

    kode: str
    nama: str | None = None
    jenis: str | None = None
    wilayah: str | None = None
    terpencil: bool | None = None

    def run(self, draft: Draft) -> None:
        """Change what was given."""
        draft.find("unit", self.kode)
        values = {name: value for name, value in _row(self).items() if name != "kode" and value is not None}
        if not values:
            raise RefusedError(_("tidak ada yang diubah."), _("Isi nama, jenis atau wilayah yang baru."))
        check_word("unit", "jenis", self.jenis)
        draft.change("unit", self.kode, **values)


@dataclass(frozen=True, slots=True)
class AbolishUnit:
    """The unit disappears; its posisi and its child units must have been moved or abolished before."""

    kode: str

    def run(self, draft: Draft) -> None:
        """Remove the unit."""
        name = draft.find("unit", self.kode)["nama"]
        children = draft["unit"].filter(pl.col("induk") == self.kode).height
        posisi = draft["posisi"].filter(pl.col("unit").is_in([self.kode, name])).height
        if children or posisi:
            raise RefusedError(
                _("unit masih mempunyai {posisi} posisi dan {units} unit di bawahnya.").format(
                    posisi=posisi, units=children
                ),
                _("Pindahkan atau hapus semuanya lebih dahulu."),
            )
        draft.drop("unit", pl.col("kode") == self.kode)


@dataclass(frozen=True, slots=True)
class AddPosisi:
    """A new posisi; ``kebutuhan`` is its need in people as decided."""

    kode: str
    jabatan: str
    unit: str
    atasan: str | None = None
    jenis: str | None = None
    jenjang: str | None = None
    kelas: int | None = None
    kebutuhan: float | None = None
    kritis: bool | None = None

    def run(self, draft: Draft) -> None:
        """Add the posisi."""
        draft.unit_of(self.unit)
        check_amount(self.kebutuhan)
        draft.add("posisi", _row(self) | {"status": "aktif"})
        draft.hang("posisi", self.kode, "atasan", self.atasan)


@dataclass(frozen=True, slots=True)
class MovePosisi:
    """The posisi goes to another unit, another atasan, or both (None: as it is)."""

    kode: str
    unit: str | None = None
    atasan: str | None = None

    def run(self, draft: Draft) -> None:
        """Move the posisi."""
        draft.find("posisi", self.kode)
        if self.unit is not None:
            draft.unit_of(self.unit)
            draft.change("posisi", self.kode, unit=self.unit)
        if self.atasan is not None:
            draft.hang("posisi", self.kode, "atasan", self.atasan)


@dataclass(frozen=True, slots=True)
class ChangeKebutuhan:
    """The need of the posisi is decided anew; workload rows of the posisi go, since they would say otherwise."""

    kode: str
    kebutuhan: float

    def run(self, draft: Draft) -> None:
        """Set the need."""
        draft.find("posisi", self.kode)
        check_amount(self.kebutuhan)
        draft.change("posisi", self.kode, kebutuhan=float(self.kebutuhan))
        draft.drop("beban_kerja", pl.col("posisi") == self.kode)


@dataclass(frozen=True, slots=True)
class ScaleBebanKerja:
    """Every volume of the posisi's workload is multiplied by ``faktor`` (1.1 is ten percent more work)."""

    kode: str
    faktor: float

    def run(self, draft: Draft) -> None:
        """Multiply the volumes."""
        draft.find("posisi", self.kode)
        check_amount(self.faktor)
        here = pl.col("posisi") == self.kode
        if draft["beban_kerja"].filter(here).is_empty():
            raise RefusedError(_("posisi tidak mempunyai beban kerja."), _("Ubah kebutuhannya secara langsung."))
        volume = pl.when(here).then(pl.col("volume") * self.faktor).otherwise(pl.col("volume"))
        draft.tables["beban_kerja"] = draft["beban_kerja"].with_columns(volume=volume)


@dataclass(frozen=True, slots=True)
class FreezePosisi:
    """The posisi stays on the map but is not to be filled."""

    kode: str

    def run(self, draft: Draft) -> None:
        """Freeze the posisi."""
        draft.find("posisi", self.kode)
        draft.change("posisi", self.kode, status="dibekukan")


@dataclass(frozen=True, slots=True)
class ActivatePosisi:
    """A frozen posisi may be filled again."""

    kode: str

    def run(self, draft: Draft) -> None:
        """Make the posisi aktif."""
        draft.find("posisi", self.kode)
        draft.change("posisi", self.kode, status="aktif")


@dataclass(frozen=True, slots=True)
class AbolishPosisi:
    """The posisi disappears with its workload; its holders and subordinates must have been moved before."""

    kode: str

    def run(self, draft: Draft) -> None:
        """Remove the posisi."""
        draft.find("posisi", self.kode)
        below = draft["posisi"].filter(pl.col("atasan") == self.kode).height
        held = draft["pemangku"].filter(pl.col("posisi") == self.kode).height
        if below or held:
            raise RefusedError(
                _("posisi masih mempunyai {held} pemangku dan {below} bawahan langsung.").format(
                    held=held, below=below
                ),
                _("Pindahkan pemangku dan bawahannya lebih dahulu."),
            )
        draft.drop("posisi", pl.col("kode") == self.kode)
        draft.drop("beban_kerja", pl.col("posisi") == self.kode)
        draft.drop("minat", pl.col("posisi") == self.kode)


@dataclass(frozen=True, slots=True)
class AssignHolder:
    """The pegawai holds the posisi from ``tmt`` on; a definitive appointment ends the one held before."""

    nip: str
    posisi: str
    jenis: str = "definitif"
    tmt: date | None = None
    nomor_sk: str | None = None

    def run(self, draft: Draft) -> None:
        """Record the holder."""
        draft.find("pegawai", self.nip)
        if draft.find("posisi", self.posisi)["status"] in {"dibekukan", "dihapus"}:
            raise RefusedError(_("posisi dibekukan atau dihapus."), _("Aktifkan posisi itu lebih dahulu."))
        definitive = pl.col("jenis") == "definitif"
        if self.jenis == "definitif":
            self._check_seat(draft, definitive)
            if (
                draft["pemangku"]
                .filter((pl.col("posisi") == self.posisi) & (pl.col("nip") == self.nip) & definitive)
                .height
            ):
                raise RefusedError(_("pegawai sudah memangku posisi itu."), _("Hapus suntingan ini."))
            draft.drop("pemangku", (pl.col("nip") == self.nip) & (definitive | (pl.col("posisi") == self.posisi)))
            draft.change("pegawai", self.nip, posisi=self.posisi, tmt_jabatan=self.tmt)
        draft.add("pemangku", _row(self))

    def _check_seat(self, draft: Draft, definitive: pl.Expr) -> None:
        posisi = draft.find("posisi", self.posisi)
        others = draft["pemangku"].filter((pl.col("posisi") == self.posisi) & (pl.col("nip") != self.nip) & definitive)
        if posisi["jenis"] not in {"fungsional", "pelaksana", None} and others.height:
            raise RefusedError(
                _("posisi struktural itu sudah dipangku {nip}.").format(nip=others["nip"][0]),
                _("Lepaskan pemangku lama lebih dahulu."),
            )


@dataclass(frozen=True, slots=True)
class RemoveHolder:
    """The pegawai no longer holds the posisi in that way."""

    nip: str
    posisi: str
    jenis: str = "definitif"

    def run(self, draft: Draft) -> None:
        """Remove the holder."""
        here = (pl.col("nip") == self.nip) & (pl.col("posisi") == self.posisi) & (pl.col("jenis") == self.jenis)
        if draft["pemangku"].filter(here).is_empty():
            raise RefusedError(
                _("{nip} bukan pemangku {jenis} posisi {posisi}.").format(
                    nip=self.nip, jenis=self.jenis, posisi=self.posisi
                ),
                _("Periksa NIP, kode posisi dan jenis pemangkunya."),
            )
        draft.drop("pemangku", here)
        if self.jenis == "definitif":
            draft.change("pegawai", self.nip, posisi=None, tmt_jabatan=None)


@dataclass(frozen=True, slots=True)
class AddPegawai:
    """A new pegawai, without posisi until assigned."""

    nip: str
    nama: str
    status: str | None = None
    golongan: str | None = None
    pendidikan: str | None = None
    bidang_studi: str | None = None
    tanggal_lahir: date | None = None
    jenis_kelamin: str | None = None
    kontrak_berakhir: date | None = None
    wilayah: str | None = None

    def run(self, draft: Draft) -> None:
        """Add the pegawai."""
        draft.add("pegawai", _row(self))


@dataclass(frozen=True, slots=True)
class RemovePegawai:
    """The pegawai leaves, with every row about them."""

    nip: str

    def run(self, draft: Draft) -> None:
        """Remove the pegawai from every table."""
        draft.find("pegawai", self.nip)
        for name, frame in draft.tables.items():
            if "nip" in frame.columns:
                draft.drop(name, pl.col("nip") == self.nip)


Edit = (
    AddUnit | MoveUnit | ChangeUnit | AbolishUnit | AddPosisi | MovePosisi | ChangeKebutuhan | ScaleBebanKerja
    | FreezePosisi | ActivatePosisi | AbolishPosisi | AssignHolder | RemoveHolder | AddPegawai | RemovePegawai
)  # fmt: skip
EDITS: Mapping[str, type[Edit]] = {kind.__name__: kind for kind in get_args(Edit)}


def apply(snapshot: Snapshot, edits: Sequence[Edit]) -> Snapshot:
    """Return a new snapshot with all *edits* done in order; *snapshot* itself stays as it is.

    Raises EditError at the first edit that cannot be done; then none of them counts.
    """
    if not edits:
        return snapshot
    draft = Draft(snapshot)
    for number, edit in enumerate(edits, start=1):
        try:
            edit.run(draft)
        except RefusedError as refused:
            name = _("suntingan {number}, {edit}").format(number=number, edit=_describe(edit))
            raise EditError(name, refused.reason, refused.remedy) from refused
    changed = {name for name, frame in draft.tables.items() if not canonicalise(name, frame).equals(snapshot[name])}
    given = snapshot.given | changed
    return build(snapshot.instansi, snapshot.per, draft.tables, given=given, refused=snapshot.refused)


def to_dict(edit: Edit) -> dict[str, Any]:
    """Return *edit* as plain values: its name under ``edit``, dates as ISO text."""
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in _row(edit).items()}
    return {"edit": type(edit).__name__} | plain


def from_dict(raw: Mapping[str, Any]) -> Edit:
    """Return the edit that :func:`to_dict` wrote. Raises EditError for an unknown edit, field or value."""
    name = str(raw.get("edit"))
    kind = EDITS.get(name)
    if kind is None:
        raise EditError(name, _("suntingan tidak dikenal."), _("Pilihan: {words}.").format(words=", ".join(EDITS)))
    known = {item.name: item.type for item in fields(kind)}
    values = {key: value for key, value in raw.items() if key != "edit"}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise EditError(
            name,
            _("isian tidak dikenal: {names}.").format(names=", ".join(unknown)),
            _("Pilihan: {words}.").format(words=", ".join(known)),
        )
    try:
        return kind(**{key: _read(value, known[key]) for key, value in values.items()})
    except (TypeError, ValueError) as error:
        reason = _("isian tidak lengkap atau salah: {error}.").format(error=error)
        raise EditError(name, reason, _("Perbaiki isian itu.")) from error


def _row(edit: Edit) -> dict[str, Any]:
    return {item.name: getattr(edit, item.name) for item in fields(edit)}


def _describe(edit: Edit) -> str:
    values = _row(edit)
    subject = next(str(values[key]) for key in ("kode", "nip") if key in values)
    return f"{type(edit).__name__} {subject}"


def _read(value: Any, kind: Any) -> Any:
    """Return *value* as annotation *kind* asks, refusing another type with TypeError or ValueError."""
    options = get_args(kind) or (kind,)
    if value is None and NoneType in options:
        return None
    wanted = next(option for option in options if option is not NoneType)
    if wanted is date and isinstance(value, str):
        return date.fromisoformat(value)
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise TypeError(repr(value))
    return value
