"""What the system already knows for a new informasi jabatan: code, requirements, and the tasks of the latest ABK."""

from datetime import date

from penata.domain.jabatan.informasi_butir import Isi, Row
from penata.domain.jabatan.models import Jabatan, Posisi
from penata.foundation.periods import in_force
from penata.rulebook.abk import time_table
from penata.rulebook.legislation import Law

MINUTES_PER_HOUR = 60
MOST_TASKS = 60


def prefill(jabatan: Jabatan, unit_id: int | None, as_of: date, law: Law) -> Isi:
    """Return the rows that can be filled in from the catalogue, the posisi in the unit and its workload analysis."""
    isi: dict[str, list[Row]] = {}
    if jabatan.pendidikan_min:
        fields = split(jabatan.bidang_studi) or [""]
        isi["pendidikan"] = [{"jenjang": jabatan.pendidikan_min, "bidang": field} for field in fields]
    if jabatan.sertifikat:
        isi["pelatihan"] = [{"jenis": "", "nama": name} for name in split(jabatan.sertifikat)]
    if jabatan.pengalaman_min:
        isi["pengalaman"] = [{"uraian": "", "tahun": _plain(jabatan.pengalaman_min)}]
    if unit_id is not None:
        isi |= _from_unit(jabatan, unit_id, as_of, law)
    return isi


def split(text: str) -> list[str]:
    """Return the values of a list column (separated by a semicolon)."""
    return [part.strip() for part in text.split(";") if part.strip()]


def _from_unit(jabatan: Jabatan, unit_id: int, as_of: date, law: Law) -> dict[str, list[Row]]:
    here = Posisi.objects.filter(in_force(as_of, "masa__"), masa__jabatan=jabatan, masa__unit=unit_id)
    first = here.order_by("kode").values_list("kode", flat=True).first()
    isi: dict[str, list[Row]] = {"kode": [{"kode": first}]} if first else {}
    rows = here.filter(abk_baris__isnull=False).values_list(
        "abk_baris__tugas", "abk_baris__hasil", "abk_baris__volume", "abk_baris__periode", "abk_baris__norma_waktu",
        "abk_baris__satuan_waktu", "abk_baris__abk_id",
    ).order_by("-abk_baris__abk__tahun", "-abk_baris__abk_id", "kode", "abk_baris__urut", "abk_baris__pk")  # fmt: skip
    found = list(rows[: 10 * MOST_TASKS])
    times, minutes = time_table("abk.pengali_periode", law=law), time_table("abk.menit_per_satuan", law=law)
    tasks: dict[str, Row] = {}
    for tugas, hasil, volume, periode, norma, satuan, abk in found:
        if abk != found[0][-1]:
            break  # only the latest analysis
        yearly = volume * times[periode] if volume is not None and periode in times else None
        hours = norma * minutes[satuan] / MINUTES_PER_HOUR if norma is not None and satuan in minutes else None
        tasks.setdefault(tugas, {"uraian": tugas, "hasil": hasil, "jumlah": _plain(yearly), "jam": _plain(hours)})
    if tasks:
        isi["tugas"] = list(tasks.values())[:MOST_TASKS]
        results = dict.fromkeys(row["hasil"] for row in isi["tugas"] if row["hasil"])
        isi["hasil"] = [{"hasil": name, "satuan": ""} for name in results]
    return isi


def _plain(value: float | None) -> str:
    """Return a number as one types it: 12 or 2,5, without thousands separator."""
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
