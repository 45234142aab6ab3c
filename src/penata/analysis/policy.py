"""Choices of the agency: each named, dated and with its reason or decree. Read from a YAML file, defaults shipped."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from penata.language import _
from penata.rulebook.legislation import Law, UnknownParameterError, load_parameter

DEFAULT_FILE = Path(__file__).with_name("kebijakan-baku.yaml")
WHOLE = 100  # percent
MAX_POINTS = 1000  # highest score of a pair


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
    ``calon_per_pegawai``/``calon_per_posisi``: lawful pairs kept per person and per posisi before the first solve; the
    price test adds every pair that could matter, so they change the time taken and never the value.
    ``perpindahan_jalur``: whether somebody may cross between structural and fungsional posts of the same level.
    ``bidang_studi_wajib``: whether the study fields of the catalogue are a hard rule (else they only score).
    ``wilayah_sendiri``: whether a move must stay inside the wilayah of the post held.
    ``nilai_netral``: score part (0..1) given where the data needed for it are missing; always reported as such.
    ``pengalaman_penuh``: years in the rumpun of the post that give the full score for experience.
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
    perpindahan_jalur: bool = True
    bidang_studi_wajib: bool = True
    wilayah_sendiri: bool = False
    nilai_netral: float = 0.5
    pengalaman_penuh: float = 5.0


@dataclass(frozen=True, slots=True)
class KebijakanMendesak:
    """Formula that ranks posts by urgency, in points.

    ``kritis_kosong`` when no seat of a critical posisi is filled, ``kosong`` for any other needed posisi without
    holder; ``pensiun`` times the share of seats whose holder leaves within ``tahun_pensiun`` years; ``kekurangan``
    times the share of the need that is missing, plus ``per_orang`` for every missing person; the sum times
    ``pengali_kritis`` for a critical posisi. ``jumlah`` posts are listed.
    """

    kritis_kosong: float = 60.0
    kosong: float = 20.0
    pensiun: float = 25.0
    kekurangan: float = 30.0
    per_orang: float = 2.0
    pengali_kritis: float = 1.5
    tahun_pensiun: int = 1
    jumlah: int = 10


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
    mendesak: KebijakanMendesak = field(default_factory=KebijakanMendesak)
    pelatihan: KebijakanPelatihan = field(default_factory=KebijakanPelatihan)
    varian: Mapping[str, str] = field(default_factory=lambda: {"abk.pembulatan": "minimal-satu-struktural"})
    nilai: Mapping[str, Any] = field(default_factory=dict)

    def law(self, as_of: date) -> Law:
        """Return the law in force on *as_of* with this agency's choices."""
        return Law(as_of, dict(self.varian), dict(self.nilai))

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for the packet and for storing; :func:`policy_from` reads them back."""
        return asdict(self) | {"tanggal": self.tanggal.isoformat() if self.tanggal else None}


def read_policy(path: Path | None = None) -> Kebijakan:
    """Return the policy in *path*, or the shipped defaults. Raises PolicyError for unknown keys or bad values."""
    source = path or DEFAULT_FILE
    try:
        raw = yaml.safe_load(source.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PolicyError(
            _("berkas kebijakan {name} tidak dapat dibaca: {error}").format(name=source.name, error=error)
        ) from error
    return policy_from(raw, source.name)


def policy_from(raw: Any, where: str) -> Kebijakan:
    """Return the policy in plain values, as :meth:`Kebijakan.as_dict` gives them; *where* names the source in errors.

    Raises PolicyError for unknown keys, values of the wrong type or out of range, and unknown parameters of the law.
    """
    policy: Kebijakan = _fill(Kebijakan, raw, where)
    total = sum(asdict(policy.bobot).values())
    if total != WHOLE:
        raise PolicyError(
            _("{where}: jumlah bobot {total}, seharusnya {whole}").format(where=where, total=total, whole=WHOLE)
        )
    if policy.penempatan.nilai_netral > 1:
        raise PolicyError(_("{where}: nilai_netral berada di antara 0 dan 1").format(where=where))
    if not (policy.penempatan.calon_per_pegawai and policy.penempatan.calon_per_posisi):
        raise PolicyError(_("{where}: calon_per_pegawai dan calon_per_posisi paling sedikit 1").format(where=where))
    if not policy.penempatan.pengalaman_penuh:
        raise PolicyError(_("{where}: pengalaman_penuh harus lebih dari 0").format(where=where))
    if policy.penempatan.biaya_pindah > MAX_POINTS:
        raise PolicyError(_("{where}: biaya_pindah paling banyak {most}").format(where=where, most=MAX_POINTS))
    _check_law(policy, where)
    return policy


def _check_law(policy: Kebijakan, where: str) -> None:
    """Refuse variants and values for parameters that the rulebook does not have."""
    try:
        for name in policy.nilai:
            load_parameter(name)
        for name, variant in policy.varian.items():
            known = load_parameter(name).variants
            if variant not in known:
                raise PolicyError(
                    _("{where}: varian '{variant}' untuk {name} tidak dikenal; pilihan: {known}").format(
                        where=where, variant=variant, name=name, known=", ".join(known)
                    )
                )
    except UnknownParameterError as error:
        raise PolicyError(f"{where}: {error}") from error


def _fill(kind: Any, raw: Any, where: str) -> Any:
    """Build dataclass *kind* from the mapping *raw*, refusing unknown keys and wrong types."""
    if not isinstance(raw, Mapping):
        raise PolicyError(_("{where}: bagian ini harus berupa daftar kunci dan nilai").format(where=where))
    known = {item.name: item for item in fields(kind)}
    values: dict[str, Any] = {}
    blank = kind()
    for key, value in raw.items():
        if key not in known:
            raise PolicyError(
                _("{where}: kunci '{key}' tidak dikenal; pilihan: {known}").format(
                    where=where, key=key, known=", ".join(known)
                )
            )
        present = getattr(blank, key)
        if is_dataclass(present):
            values[key] = _fill(type(present), value, f"{where}: {key}")
        elif isinstance(present, Mapping):
            values[key] = _mapping(value, f"{where}: {key}")
        elif key == "tanggal":
            values[key] = _day(value, where)
        elif _fits(value, present):
            values[key] = float(value) if isinstance(present, float) else value
        else:
            raise PolicyError(
                _("{where}: nilai '{value}' untuk '{key}' tidak dapat dipakai").format(
                    where=where, value=value, key=key
                )
            )
    return kind(**values)


def _fits(value: Any, present: Any) -> bool:
    """Tell whether *value* may stand where the default is *present*: same type, numbers finite and not negative."""
    if isinstance(present, bool) or isinstance(value, bool):
        return isinstance(present, bool) and isinstance(value, bool)
    if isinstance(present, str):
        return isinstance(value, str)
    kinds: Any = int if isinstance(present, int) else int | float
    return isinstance(value, kinds) and value >= 0 and isfinite(value)


def _mapping(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise PolicyError(_("{where}: bagian ini harus berupa daftar kunci dan nilai").format(where=where))
    return dict(value)


def _day(value: Any, where: str) -> date | None:
    """Return a date given as such or as ISO text (a stored policy)."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise PolicyError(
            _("{where}: tanggal '{value}' tidak dikenal; tulis misalnya 2026-12-31").format(where=where, value=value)
        ) from error
