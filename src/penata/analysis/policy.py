"""Choices of the agency: each named, dated and with its reason or decree. Read from a YAML file, defaults shipped."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from penata.rulebook.legislation import Law

DEFAULT_FILE = Path(__file__).with_name("kebijakan-baku.yaml")


class PolicyError(ValueError):
    """The policy file cannot be used; the message names key, value and remedy."""


@dataclass(frozen=True, slots=True)
class Bobot:
    """Weights of the score parts, in percent; they must sum to 100."""

    kompetensi: int = 35
    bidang_studi: int = 10
    pengalaman: int = 15
    kinerja: int = 15
    potensi: int = 10
    minat: int = 10
    jarak: int = 5


@dataclass(frozen=True, slots=True)
class KebijakanPenempatan:
    """Options of a placement.

    ``biaya_pindah``: points (0..1000) by which a move must improve the fit to be worth it (lambda).
    ``sisa_masa_kerja_min``: years left until BUP that a new appointee must have.
    ``turun_kelas``: whether somebody may be placed below the present kelas without consent.
    ``ganti_rumpun_fungsional``: whether a pejabat fungsional may be proposed outside the own rumpun.
    ``promosi``: whether a higher jenis jabatan may be proposed (needs the requirements of the rulebook).
    ``masa_jabatan_min``: obey the minimum tenure of the rulebook before a move.
    ``kelebihan_boleh_tetap``: surplus holders who find no lawful seat stay and are listed as kelebihan.
    ``pppk_pindah``: whether a PPPK may be proposed for another posisi.
    """

    biaya_pindah: int = 60
    sisa_masa_kerja_min: float = 1.0
    turun_kelas: bool = False
    ganti_rumpun_fungsional: bool = False
    promosi: bool = True
    masa_jabatan_min: bool = True
    kelebihan_boleh_tetap: bool = True
    pppk_pindah: bool = False
    calon_per_pegawai: int = 64
    calon_per_posisi: int = 64


@dataclass(frozen=True, slots=True)
class KebijakanPelatihan:
    """Options of the training plan. ``anggaran`` rupiah a year, ``jp_maks`` JP per person and year."""

    anggaran: int = 2_500_000_000
    jp_maks: int = 40
    bobot_kritis: float = 2.0
    bobot_diusulkan: float = 1.5


@dataclass(frozen=True, slots=True)
class Kebijakan:
    """All choices of the agency for one run.

    ``varian`` maps a parameter of the rulebook to the variant chosen; ``nilai`` lays an agency's own value over one.
    """

    nama: str = "Kebijakan baku"
    dasar: str = "Nilai baku Penata; ganti dengan keputusan instansi"
    tanggal: date | None = None
    bobot: Bobot = field(default_factory=Bobot)
    penempatan: KebijakanPenempatan = field(default_factory=KebijakanPenempatan)
    pelatihan: KebijakanPelatihan = field(default_factory=KebijakanPelatihan)
    varian: Mapping[str, str] = field(default_factory=dict)
    nilai: Mapping[str, Any] = field(default_factory=dict)

    def law(self, as_of: date) -> Law:
        """Return the law in force on *as_of* with this agency's choices."""
        return Law(as_of, dict(self.varian), dict(self.nilai))

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for the packet."""
        return asdict(self)


def read_policy(path: Path | None = None) -> Kebijakan:
    """Return the policy in *path*, or the shipped defaults. Raises PolicyError for unknown keys or bad values."""
    source = path or DEFAULT_FILE
    try:
        raw = yaml.safe_load(source.read_text(encoding="utf-8")) or {}
    except (OSError, yaml.YAMLError) as error:
        raise PolicyError(f"berkas kebijakan {source.name} tidak dapat dibaca: {error}") from error
    policy: Kebijakan = _fill(Kebijakan, raw, source.name)
    total = sum(asdict(policy.bobot).values())
    if total != 100:
        raise PolicyError(f"{source.name}: jumlah bobot {total}, seharusnya 100")
    return policy


def _fill(kind: Any, raw: Any, where: str) -> Any:
    """Build dataclass *kind* from the mapping *raw*, refusing unknown keys and wrong types."""
    if not isinstance(raw, dict):
        raise PolicyError(f"{where}: bagian ini harus berupa daftar kunci dan nilai")
    known = {item.name: item for item in fields(kind)}
    values: dict[str, Any] = {}
    blank = kind()
    for key, value in raw.items():
        if key not in known:
            raise PolicyError(f"{where}: kunci '{key}' tidak dikenal; pilihan: {', '.join(known)}")
        present = getattr(blank, key)
        if is_dataclass(present):
            values[key] = _fill(type(present), value, f"{where}: {key}")
        elif isinstance(present, bool) != isinstance(value, bool) or (
            isinstance(present, int | float) and (not isinstance(value, int | float) or value < 0)
        ):
            raise PolicyError(f"{where}: nilai '{value}' untuk '{key}' tidak dapat dipakai")
        else:
            values[key] = value
    return kind(**values)
