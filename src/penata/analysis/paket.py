"""The decision packet: everything that is needed to check a proposal again, without naming anybody.

One canonical JSON: sorted keys, no spaces, UTF-8, a newline at the end, neither times nor durations, so the same input
gives the same bytes. It holds every pair that the optimisation weighed, the proposal and the prices that prove it, the
policy and every parameter of law with its citation.

People appear under pseudonyms. An NIP is guessable (birth date, month of entry, sex, a running number), so a plain
hash of it could be reversed by trying all of them. The key is therefore derived from the digest H of the whole
snapshot, which only holders of the data can compute and which is never published: pseudonym =
HMAC-SHA256(SHA-256("kunci" + H), NIP), first 16 hexadecimal digits. What is published of H is another derivation,
SHA-256("publik" + H), by which the agency can show which data a packet was made from. Posts are public; who holds a
post with one seat is public with them.
"""

import hmac
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from penata import __version__
from penata.analysis._kursi_tersedia import is_reserve
from penata.analysis.bentuk_paket import FORMAT, PSEUDONYM_DIGITS, shape_faults, to_problem, to_result
from penata.analysis.policy import Kebijakan
from penata.language import N_, _, number
from penata.placement.check import Fault, Report, check
from penata.placement.problem import UNPLACED, Problem, ProblemError
from penata.placement.result import Result
from penata.rulebook.legislation import InForce, Law
from penata.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from penata.analysis.penempatan import Penempatan  # its kernels are not needed to verify a packet

LIBRARIES = ("numpy", "ortools", "numba")

FAULTS: Mapping[Fault, str] = {
    Fault.SHAPE: N_("ukuran atau rentang daftar bukti tidak cocok dengan masalahnya"),
    Fault.NOT_ELIGIBLE: N_("calon ditempatkan pada posisi yang tidak ada di antara pasangan layak"),
    Fault.CAPACITY: N_("posisi diisi melebihi jumlah kursinya"),
    Fault.MINIMUM: N_("kursi minimum yang belum terpenuhi tidak sesuai dengan penempatan"),
    Fault.TIERS: N_("bobot tingkat terlalu kecil untuk menjaga urutan tujuan"),
    Fault.VALUE: N_("nilai, skor, atau jumlah perpindahan tidak sesuai dengan penempatan"),
    Fault.PROFIT_NEGATIVE: N_("harga calon negatif"),
    Fault.PRICE_NEGATIVE: N_("harga posisi negatif tanpa kursi minimum yang mengikat"),
    Fault.PRICE_TOO_LOW: N_("harga calon ditambah harga posisi lebih kecil daripada bobot pasangan"),
    Fault.SLACKNESS: N_("harga tidak sejalan dengan penempatan"),
    Fault.PRICE_UNFOUNDED: N_("harga posisi tidak ditopang satu pasangan pun"),
    Fault.BOUND: N_("batas atas tidak sama dengan jumlah harga"),
    Fault.GAP: N_("nilai usulan tidak sama dengan batas atas, jadi keoptimalan tidak terbukti"),
    Fault.STATUS: N_("status tidak sesuai dengan kursi minimum yang belum terpenuhi"),
}  # fmt: skip


class PacketError(ValueError):
    """The file or the data cannot be a packet; the message says so in one sentence."""


def build_packet(snapshot: Snapshot, penempatan: "Penempatan", *, kebijakan: Kebijakan, law: Law) -> dict[str, Any]:
    """Return the packet as plain values, sealed by its own fingerprint.

    Raises PacketError if the proposal does not pass its own check: an unsound proof is never sealed.
    """
    report = check(penempatan.problem, penempatan.result)
    if not report.sound:
        raise PacketError(_("Usulan tidak lolos pemeriksaan: {reasons}.").format(reasons="; ".join(_reasons(report))))
    secret = snapshot.digest
    names = pseudonyms(secret, penempatan.nip)
    people = np.argsort(np.array(names, dtype=np.str_), kind="stable")
    slots = np.argsort(np.array(penempatan.kode_posisi, dtype=np.str_), kind="stable")
    packet = {
        "format": FORMAT,
        "penata": __version__,
        "pustaka": {name: version(name) for name in LIBRARIES},
        "instansi": snapshot.instansi,
        "per": snapshot.per.isoformat(),
        "kebijakan": _plain(kebijakan.as_dict()),
        "parameter": [_parameter(law.used[name]) for name in sorted(law.used)],
        "sidik_masukan": published_fingerprint(secret),
        **_arrays(penempatan.problem, penempatan.result, people, slots),
    }
    packet["calon"]["samaran"] = [names[k] for k in people]
    packet["posisi"]["kode"] = [penempatan.kode_posisi[j] for j in slots]
    return packet | {"sidik": fingerprint(packet)}


def pseudonyms(secret: str, nip: tuple[str, ...]) -> list[str]:
    """Return the pseudonym of each NIP under the snapshot digest *secret*. Raises PacketError if two coincide."""
    key = sha256(f"kunci{secret}".encode()).digest()
    names = [hmac.digest(key, one.encode(), "sha256").hex()[:PSEUDONYM_DIGITS] for one in nip]
    if len(set(names)) != len(names):
        raise PacketError(_("Dua pegawai mendapat samaran yang sama; periksa NIP ganda."))
    return names


def published_fingerprint(secret: str) -> str:
    """Return what is published of the snapshot digest *secret*: it identifies the input and reveals nothing of it."""
    return sha256(f"publik{secret}".encode()).hexdigest()


def canonical(packet: Mapping[str, Any]) -> bytes:
    """Return the one way to write *packet*. Raises ValueError where it holds what JSON or UTF-8 cannot."""
    text = json.dumps(packet, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode() + b"\n"


def fingerprint(packet: Mapping[str, Any]) -> str:
    """Return the SHA-256 of everything in *packet* but its seal."""
    return sha256(canonical({key: value for key, value in packet.items() if key != "sidik"})).hexdigest()


def write_packet(packet: Mapping[str, Any], path: Path) -> None:
    """Write *packet* canonically."""
    path.write_bytes(canonical(packet))


def read_packet(path: Path) -> dict[str, Any]:
    """Return the packet in *path*, unverified. Raises PacketError if it is unreadable, not JSON or not a packet."""
    try:
        packet = json.loads(path.read_bytes(), object_pairs_hook=_once, parse_constant=_refuse_constant)
    except FileNotFoundError as error:
        raise PacketError(_("{name} tidak ditemukan.").format(name=path.name)) from error
    except IsADirectoryError as error:
        raise PacketError(_("{name} adalah map, bukan berkas paket.").format(name=path.name)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise PacketError(_("{name} tidak dapat dibaca: {reason}.").format(name=path.name, reason=reason)) from error
    except (ValueError, RecursionError) as error:
        message = _("{name} bukan JSON yang utuh; berkas mungkin terpotong atau rusak.").format(name=path.name)
        raise PacketError(message) from error
    if not isinstance(packet, dict) or packet.get("format") != FORMAT:
        raise PacketError(_("{name} bukan paket keputusan Penata.").format(name=path.name))
    return packet


def verify_packet(packet: dict[str, Any]) -> list[str]:
    """Return every reason why *packet* is not sound; an empty list means that it is.

    Checked: every key and the type and range of every value; the seal; and the proof, by reading all pairs once: the
    proposal is lawful, worth what it says, and by its prices no arrangement of these pairs is worth more.
    """
    try:
        sealed = fingerprint(packet)
    except (ValueError, TypeError, RecursionError):
        return [_("paket memuat nilai yang tidak dapat ditulis sebagai JSON baku")]
    reasons = [] if packet.get("sidik") == sealed else [_("sidik tidak cocok: isi paket berubah setelah disegel")]
    misshapen = shape_faults(packet)
    if misshapen:
        return [*reasons, *misshapen]
    if packet["biaya_pindah"] != packet["kebijakan"]["penempatan"]["biaya_pindah"]:
        reasons.append(_("biaya_pindah tidak sama dengan yang ditetapkan kebijakan"))
    if packet["celah"] != packet["batas"] - packet["nilai"]:
        reasons.append(_("celah tidak sama dengan batas dikurangi nilai"))
    try:
        report = check(to_problem(packet), to_result(packet))
    except ProblemError as error:
        return [*reasons, _("pasangan layak tidak tersusun sebagaimana mestinya: {error}").format(error=error)]
    return reasons + _reasons(report)


def _reasons(report: Report) -> list[str]:
    return [
        _("{reason} ({count} kali)").format(reason=_(FAULTS[found.fault]), count=number(found.count))
        if found.count > 1
        else _(FAULTS[found.fault])
        for found in report.violations
    ]


def _arrays(problem: Problem, result: Result, people: NDArray[np.intp], slots: NDArray[np.intp]) -> dict[str, Any]:
    """Return problem and result as lists, candidates in the order *people* and slots in the order *slots*."""
    new_slot = np.empty(problem.slots, np.int32)
    new_slot[slots] = np.arange(problem.slots, dtype=np.int32)
    place = np.empty(problem.candidates, np.int64)
    place[people] = np.arange(problem.candidates)
    degrees = np.diff(problem.indptr)
    owner = np.repeat(place, degrees)
    pair_slot = new_slot[problem.slot]
    order = np.lexsort((pair_slot, owner))

    def renamed(held: NDArray[np.int32]) -> list[int]:
        chosen = held[people]
        known = new_slot[chosen] if problem.slots else chosen
        return np.where(chosen == UNPLACED, UNPLACED, known).tolist()  # type: ignore[no-any-return]

    return {
        "calon": {
            "sekarang": renamed(problem.current),
            "wajib_ditempatkan": problem.must_place[people].astype(np.int8).tolist(),
        },
        "posisi": {
            "kapasitas": problem.capacity[slots].tolist(),
            "minimum": problem.minimum[slots].tolist(),
            "kritis": problem.critical[slots].astype(np.int8).tolist(),
        },
        "pasangan": {
            "awal": np.concatenate(([0], np.cumsum(degrees[people]))).tolist(),
            "posisi": pair_slot[order].tolist(),
            "skor": problem.score[order].tolist(),
        },
        "biaya_pindah": int(problem.move_cost),
        "usulan": {
            "penempatan": renamed(result.assignment),
            "status": str(result.status),
            "penyelesai": result.solver,
            "skor": result.score,
            "pindah": result.moves,
            "belum_terpenuhi": result.unmet[slots].tolist(),
        },
        "bukti": {
            "harga_calon": result.u[people].tolist(),
            "harga_posisi": result.v[slots].tolist(),
            "bobot_kritis": result.tiers.critical,
            "bobot_wajib": result.tiers.place,
        },
        "nilai": result.value,
        "batas": result.bound,
        "celah": result.gap,
    }


def _parameter(item: InForce) -> dict[str, Any]:
    return {
        "nama": item.name,
        "uraian": item.description,
        "nilai": _plain(item.value),
        "satuan": item.unit,
        "sumber": item.source,
        "kutipan": item.citation,
        "bukti": str(item.evidence),
        "sejak": item.since.isoformat(),
        "varian": item.variant,
        "catatan": item.note,
    }


def _plain(value: Any) -> Any:
    """Return *value* of a parameter or policy as JSON knows it."""
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def reserve_counts(packet: Mapping[str, Any]) -> tuple[int, int]:
    """Return how many candidates of a sound packet end on a reserve seat, and how many of them left a posisi for it.

    The mathematics counts the latter as moves; people do not: they stay where they are, above the need.
    """
    reserve = [is_reserve(code) for code in packet["posisi"]["kode"]]
    ended = [
        held
        for held, slot in zip(packet["calon"]["sekarang"], packet["usulan"]["penempatan"], strict=True)
        if slot >= 0 and reserve[slot]
    ]
    return len(ended), sum(held >= 0 for held in ended)
