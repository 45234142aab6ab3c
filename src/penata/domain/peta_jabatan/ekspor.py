"""The map as files: print (PDF A3 and A4), drawing (SVG, PNG), workbook, and the columns of the national planning."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

import polars as pl
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

from penata.analysis.peta import Peta
from penata.domain.organisasi.tree import pohon
from penata.domain.peta_jabatan.buku import write_map_book, write_planning
from penata.domain.peta_jabatan.gambaran import agency, gambaran
from penata.domain.peta_jabatan.kesiapan import Kesiapan, kesiapan
from penata.domain.peta_jabatan.susunan import bagian
from penata.foundation import charts
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.tasks.models import Pekerjaan
from penata.foundation.tasks.run import Progress, WorkError, start, work
from penata.language import N_, _, day, number
from penata.report.peta.document import sheet_drawings, write_map
from penata.report.peta.drawing import Imprint

KIND = "penata.domain.peta_jabatan.ekspor:produce"
FOLDER = "ekspor"  # of the store
AT_ONCE = 500  # posisi up to which the file is made while one waits
PPI = 150.0
MOST_PICTURES = 60  # sheets that are drawn as pictures


@dataclass(frozen=True, slots=True)
class Bentuk:
    """One form of file; ``strict``: refused while findings stand in the way, else marked as a draft."""

    title: str
    ending: str
    strict: bool = False


BENTUK: Mapping[str, Bentuk] = {
    "pdf-a3": Bentuk(N_("PDF kertas A3, bentuk resmi"), "pdf"),
    "pdf-a4": Bentuk(N_("PDF kertas A4"), "pdf"),
    "svg": Bentuk(N_("SVG, gambar yang dapat disunting"), "svg"),
    "png": Bentuk(N_("PNG, gambar per lembar"), "png"),
    "xlsx": Bentuk(N_("Excel, peta berurut dengan angka kumulatif"), "xlsx"),
    "perencanaan": Bentuk(N_("Excel, kolom perencanaan e-Formasi / SIASN"), "xlsx", strict=True),
}


class EksporError(Exception):
    """The file cannot be made; the message says why and what to do about it."""


@dataclass(frozen=True, slots=True)
class Pesanan:
    """What is to be made: of which unit (None: all that the reader may see), in which form."""

    bentuk: str
    unit_id: int | None = None
    konsep: bool = False  # made although findings stand in the way, and marked so


def check(reader: Reader, order: Pesanan) -> Kesiapan:
    """Return how ready the map is; raises EksporError when the order cannot be filled."""
    if order.bentuk not in BENTUK:
        raise EksporError(_("Bentuk berkas tidak dikenali. Pilih dari daftar."))
    reader.require(Permission.PETA_LIHAT, anywhere=True)
    if order.unit_id is not None:
        reader.require(Permission.PETA_LIHAT, order.unit_id)
    ready = kesiapan(reader, order.unit_id)
    if not ready.posisi:
        raise EksporError(_("Tidak ada posisi pada unit dan tanggal ini. Pilih unit atau tanggal lain."))
    if not ready.siap and BENTUK[order.bentuk].strict:
        raise EksporError(
            _("Masih ada {n} temuan galat; berkas perencanaan hanya dibuat dari peta yang bersih. Perbaiki dahulu "
              "temuan di bawah ini.").format(n=number(ready.jumlah))
        )  # fmt: skip
    if not ready.siap and not order.konsep:
        raise EksporError(
            _("Masih ada {n} temuan galat. Perbaiki dahulu, atau centang bahwa berkas ini hanya konsep.").format(
                n=number(ready.jumlah)
            )
        )
    return ready


def make(
    reader: Reader, order: Pesanan, folder: Path, progress: Callable[[float, str], None] = lambda _share, _step: None
) -> Path:
    """Make the file in *folder* and return its place; raises EksporError."""
    ready = check(reader, order)
    remark = "" if ready.siap else _("KONSEP: masih ada {n} temuan galat.").format(n=number(ready.jumlah))
    progress(0.05, _("membaca peta"))
    peta = cut_peta(reader, order.unit_id)
    imprint = Imprint(agency(), day(reader.as_of), remark)
    progress(0.2, _("menyusun berkas"))
    target = folder / _file_name(reader, order)

    def drawn(share: float) -> None:
        progress(0.2 + 0.75 * share, _("menggambar peta jabatan"))

    if order.bentuk in {"pdf-a3", "pdf-a4", "svg"}:
        paper = "a4" if order.bentuk == "pdf-a4" else "a3"
        write_map(peta, folder, imprint=imprint, staffed=True, progress=drawn, paper=paper)
        return (folder / f"peta-jabatan.{BENTUK[order.bentuk].ending}").rename(target)
    if order.bentuk == "png":
        return _pictures(peta, imprint, target, drawn)
    if order.bentuk == "xlsx":
        write_map_book(peta, target, imprint)
        return target
    write_planning(gambaran(reader.as_of), peta, target, imprint)
    return target


def cut_peta(reader: Reader, unit_id: int | None) -> Peta:
    """Return the map of the engines cut to a unit; a unit inside a perangkat daerah stands under its own name."""
    part = bagian(reader, unit_id)
    whole = gambaran(reader.as_of).peta
    posisi = whole.posisi.filter(pl.col("kode").is_in(part.rows["kode"].implode()))
    node = pohon(reader.as_of).by_id.get(unit_id) if unit_id is not None else None
    if node is not None and posisi["perangkat_daerah"].n_unique() == 1:
        posisi = posisi.with_columns(perangkat_daerah=pl.lit(node.kode), nama_perangkat_daerah=pl.lit(node.nama))
    unit = whole.unit.filter(pl.col("kode").is_in(part.rows["kode_unit"].unique().implode()))
    return replace(whole, posisi=posisi, unit=unit)


def _pictures(peta: Peta, imprint: Imprint, target: Path, progress: Callable[[float], None]) -> Path:
    """Write one picture, or one for each sheet in a zip."""
    sheets = sheet_drawings(peta, imprint=imprint)
    if len(sheets) > MOST_PICTURES:
        raise EksporError(
            _(
                "Peta ini {n} lembar; gambar PNG dibuat paling banyak {most} lembar. Pilih unit yang lebih kecil, "
                "atau PDF."
            ).format(n=number(len(sheets)), most=MOST_PICTURES)
        )
    if len(sheets) == 1:
        target.write_bytes(charts.png(sheets[0][1], ppi=PPI))
        return target
    target = target.with_suffix(".zip")
    with ZipFile(target, "w", ZIP_STORED) as bundle:
        for index, (_name, drawing) in enumerate(sheets, start=1):
            bundle.writestr(f"peta-jabatan-{index:02d}.png", charts.png(drawing, ppi=PPI))
            progress(index / len(sheets))
    return target


def _file_name(reader: Reader, order: Pesanan) -> str:
    node = pohon(reader.as_of).by_id.get(order.unit_id) if order.unit_id is not None else None
    name = "perencanaan" if order.bentuk == "perencanaan" else "peta-jabatan"
    safe = "".join(letter if letter.isalnum() else "-" for letter in node.kode.lower()) if node else "semua"
    return f"{name}-{safe}-{reader.as_of.isoformat()}.{BENTUK[order.bentuk].ending}"


def order_in_background(reader: Reader, order: Pesanan, address: Callable[[UUID], str]) -> Pekerjaan:
    """Queue the making of a large file; *address* tells under which address its owner fetches it."""
    check(reader, order)
    row = start(
        KIND, judul=_("Ekspor peta jabatan: {bentuk}").format(bentuk=_(BENTUK[order.bentuk].title)), by=reader.user,
        masukan={
            "bentuk": order.bentuk, "unit_id": order.unit_id, "konsep": order.konsep, "per": reader.as_of.isoformat()
        },
    )  # fmt: skip
    row.alamat = address(row.pk)
    row.save(update_fields=["alamat"])
    return row


def finished_file(reader: Reader, key: UUID) -> tuple[File[bytes], str] | None:
    """Return a file that was made in the background and its name; None for everybody but its owner."""
    row = Pekerjaan.objects.filter(pk=key, jenis=KIND, pemilik=reader.user, status=Pekerjaan.Status.SELESAI).first()
    if row is None or not row.hasil or not default_storage.exists(row.hasil["berkas"]):
        return None
    return default_storage.open(row.hasil["berkas"], "rb"), row.hasil["nama"]


@work(KIND)
def produce(progress: Progress, masukan: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make the file for the owner of the work, with the rights the owner has now, and keep it (see ``retention``)."""
    owner = Pekerjaan.objects.select_related("pemilik").get(pk=progress.id).pemilik
    reader = Reader(owner, date.fromisoformat(masukan["per"]), timezone.localdate())
    order = Pesanan(masukan["bentuk"], masukan["unit_id"], masukan["konsep"])
    with TemporaryDirectory(prefix="penata-") as name:
        try:
            made = make(reader, order, Path(name), progress)
        except EksporError as error:
            raise WorkError(str(error)) from error
        with made.open("rb") as content:
            kept = default_storage.save(f"{FOLDER}/{progress.id}{made.suffix}", File(content))
    return {"berkas": kept, "nama": made.name}
