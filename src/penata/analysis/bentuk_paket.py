"""Shape of a decision packet: every key, the type and range of every value, and the way back to arrays."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from penata.analysis.policy import PolicyError, policy_from
from penata.language import _
from penata.placement.problem import MAX_SCORE, UNPLACED, Problem
from penata.placement.result import Result, Status, Tiers
from penata.rulebook.legislation import Evidence

FORMAT = "penata-paket-keputusan-1"
PSEUDONYM_DIGITS = 16
INT32 = int(np.iinfo(np.int32).max)
INT64 = int(np.iinfo(np.int64).max)
SEAL = re.compile(r"[0-9a-f]{64}")
PSEUDONYM = re.compile(rf"[0-9a-f]{{{PSEUDONYM_DIGITS}}}")
CODE = re.compile(r".+", re.DOTALL)

TEXTS = ("format", "penata", "instansi", "per", "sidik_masukan", "sidik")
NUMBERS = ("biaya_pindah", "nilai", "batas", "celah")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "calon": ("samaran", "sekarang", "wajib_ditempatkan"),
    "posisi": ("kode", "kapasitas", "minimum", "kritis"),
    "pasangan": ("awal", "posisi", "skor"),
    "usulan": ("penempatan", "status", "penyelesai", "skor", "pindah", "belum_terpenuhi"),
    "bukti": ("harga_calon", "harga_posisi", "bobot_kritis", "bobot_wajib"),
}
PARAMETER_TEXTS = ("nama", "uraian", "satuan", "sumber", "kutipan", "bukti", "sejak", "varian", "catatan")


def shape_faults(packet: Any) -> list[str]:
    """Return what is missing, unknown or of the wrong type or range in *packet*, gravest level first."""
    faults = list(_key_faults("", packet, (*TEXTS, *NUMBERS, *GROUPS, "pustaka", "kebijakan", "parameter")))
    if faults:
        return faults
    for group, names in GROUPS.items():
        faults += _key_faults(group, packet[group], names)
    return faults or [*_head_faults(packet), *_parameter_faults(packet["parameter"]), *_array_faults(packet)]


def to_problem(packet: Mapping[str, Any]) -> Problem:
    """Return the problem in a packet of sound shape."""
    people, slots, pairs = packet["calon"], packet["posisi"], packet["pasangan"]
    return Problem(
        indptr=np.array(pairs["awal"], np.int64),
        slot=np.array(pairs["posisi"], np.int32),
        score=np.array(pairs["skor"], np.int32),
        current=np.array(people["sekarang"], np.int32),
        capacity=np.array(slots["kapasitas"], np.int32),
        minimum=np.array(slots["minimum"], np.int32),
        critical=np.array(slots["kritis"], np.bool_),
        must_place=np.array(people["wajib_ditempatkan"], np.bool_),
        move_cost=packet["biaya_pindah"],
    )


def to_result(packet: Mapping[str, Any]) -> Result:
    """Return the result in a packet of sound shape."""
    proposal, proof = packet["usulan"], packet["bukti"]
    return Result(
        status=Status(proposal["status"]),
        assignment=np.array(proposal["penempatan"], np.int32),
        u=np.array(proof["harga_calon"], np.int64),
        v=np.array(proof["harga_posisi"], np.int64),
        value=packet["nilai"],
        bound=packet["batas"],
        tiers=Tiers(critical=proof["bobot_kritis"], place=proof["bobot_wajib"]),
        score=proposal["skor"],
        moves=proposal["pindah"],
        solver=proposal["penyelesai"],
        unmet=np.array(proposal["belum_terpenuhi"], np.int32),
    )


def _key_faults(where: str, value: Any, expected: tuple[str, ...]) -> Iterator[str]:
    """Yield a fault for every key that is missing or unknown."""
    at = where or _("paket")
    if not isinstance(value, dict):
        yield _("{where}: seharusnya berisi kunci dan nilai").format(where=at)
        return
    for key in expected:
        if key not in value:
            yield _("{where}: kunci '{key}' tidak ada").format(where=at, key=key)
    for key in value:
        if key not in expected:
            yield _("{where}: kunci '{key}' tidak dikenal").format(where=at, key=key)


def _head_faults(packet: Mapping[str, Any]) -> Iterator[str]:
    """Yield the faults of all values that are not lists."""
    texts = {key: packet[key] for key in TEXTS} | {"usulan.penyelesai": packet["usulan"]["penyelesai"]}
    for key, value in texts.items():
        if not isinstance(value, str) or not value:
            yield _("{where}: seharusnya teks").format(where=key)
    if packet["format"] != FORMAT:
        yield _("{where}: bentuk paket ini tidak dikenal").format(where="format")
    for key in ("sidik_masukan", "sidik"):
        if isinstance(packet[key], str) and not SEAL.fullmatch(packet[key]):
            yield _("{where}: bukan sidik SHA-256").format(where=key)
    if not _is_day(packet["per"]):
        yield _("{where}: bukan tanggal").format(where="per")
    libraries = packet["pustaka"]
    if not isinstance(libraries, dict) or not libraries or not all(isinstance(one, str) for one in libraries.values()):
        yield _("{where}: seharusnya nama dan versi pustaka").format(where="pustaka")
    if packet["usulan"]["status"] not in {Status.OPTIMAL.value, Status.INFEASIBLE.value}:
        yield _("{where}: status tidak dikenal").format(where="usulan.status")
    whole = {key: packet[key] for key in NUMBERS}
    whole |= {f"usulan.{key}": packet["usulan"][key] for key in ("skor", "pindah")}
    whole |= {f"bukti.{key}": packet["bukti"][key] for key in ("bobot_kritis", "bobot_wajib")}
    for key, value in whole.items():
        low = -INT64 if key in {"nilai", "batas", "celah"} else 0
        if type(value) is not int or not low <= value <= INT64:
            yield _("{where}: seharusnya bilangan bulat dalam rentangnya").format(where=key)
    try:
        policy_from(packet["kebijakan"], "kebijakan")
        if not isinstance(packet["kebijakan"]["penempatan"]["biaya_pindah"], int):
            yield _("{where}: seharusnya bilangan bulat dalam rentangnya").format(where="kebijakan.penempatan")
    except PolicyError as error:
        yield str(error)
    except (KeyError, TypeError):
        yield _("{where}: kunci '{key}' tidak ada").format(where="kebijakan", key="penempatan.biaya_pindah")


def _parameter_faults(parameters: Any) -> Iterator[str]:
    """Yield the faults of the list of parameters of law."""
    if not isinstance(parameters, list):
        yield _("{where}: seharusnya daftar").format(where="parameter")
        return
    for place, item in enumerate(parameters, start=1):
        where = f"parameter {place}"
        faults = list(_key_faults(where, item, (*PARAMETER_TEXTS, "nilai")))
        yield from faults
        if faults:
            continue
        if not all(isinstance(item[key], str) for key in PARAMETER_TEXTS):
            yield _("{where}: seharusnya teks").format(where=where)
        elif item["bukti"] not in set(Evidence) or not _is_day(item["sejak"]):
            yield _("{where}: bukti atau tanggal tidak dikenal").format(where=where)
    names = [str(item.get("nama")) for item in parameters if isinstance(item, dict)]
    if names != sorted(set(names)):
        yield _("{where}: tidak berurut menurut nama").format(where="parameter")


def _array_faults(packet: Mapping[str, Any]) -> Iterator[str]:
    """Yield the faults of all lists: length, type, range, order."""
    people, slots, pairs = packet["calon"]["samaran"], packet["posisi"]["kode"], packet["pasangan"]["posisi"]
    for where, names, form in (("calon.samaran", people, PSEUDONYM), ("posisi.kode", slots, CODE)):
        if not isinstance(names, list) or not all(isinstance(one, str) and form.fullmatch(one) for one in names):
            yield _("{where}: seharusnya daftar nama yang sah").format(where=where)
            return
        if any(left >= right for left, right in pairwise(names)):
            yield _("{where}: tidak berurut atau ada yang ganda").format(where=where)
    if not isinstance(pairs, list):
        yield _("{where}: seharusnya daftar").format(where="pasangan.posisi")
        return
    n, m, e = len(people), len(slots), len(pairs)
    lists = (
        ("calon", "sekarang", n, UNPLACED, m - 1),
        ("calon", "wajib_ditempatkan", n, 0, 1),
        ("posisi", "kapasitas", m, 0, INT32),
        ("posisi", "minimum", m, 0, INT32),
        ("posisi", "kritis", m, 0, 1),
        ("pasangan", "awal", n + 1, 0, e),
        ("pasangan", "posisi", e, 0, m - 1),
        ("pasangan", "skor", e, 0, MAX_SCORE),
        ("usulan", "penempatan", n, UNPLACED, m - 1),
        ("usulan", "belum_terpenuhi", m, 0, INT32),
        ("bukti", "harga_calon", n, -INT64, INT64),
        ("bukti", "harga_posisi", m, -INT64, INT64),
    )
    for group, key, length, low, high in lists:
        if not _whole_numbers(packet[group][key], length, low, high):
            yield _("{where}: seharusnya {length} bilangan bulat antara {low} dan {high}").format(
                where=f"{group}.{key}", length=length, low=low, high=high
            )


def _whole_numbers(values: Any, length: int, low: int, high: int) -> bool:
    """Tell whether *values* is a list of *length* integers (true is not one) from *low* to *high*."""
    if not isinstance(values, list) or len(values) != length or not set(map(type, values)) <= {int}:
        return False
    if not values:
        return True
    try:
        array: NDArray[np.int64] = np.array(values, np.int64)
    except OverflowError:
        return False
    return low <= int(array.min()) and int(array.max()) <= high


def _is_day(value: Any) -> bool:
    """Tell whether *value* is a date as it is written here."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
