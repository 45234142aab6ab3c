"""Judging and scoring pairs of people and posts, compiled.

People lie in memory by block (tingkat, rumpun); a posisi visits only the blocks from which a lawful way leads to it.
One function judges pairs and one scores them, for the sweep over a whole agency and for a single pair alike, so that an
explanation can never differ from the proposal. No array of people x posts is ever made. Both take a list of pairs and
name the columns they need before their loop: a call per pair would count references to every column and cost a hundred
times the judgement itself.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

# Ways from the post held to another one.
NO_WAY, MUTASI, PROMOSI, PERPINDAHAN, PENEMPATAN = range(5)
WAYS = 5

# Bits of the rules, in the order in which they are judged; the first that refuses is the one that is counted.
(
    DIHAPUS, DIBEKUKAN, TERKUNCI, PPPK, MASA_JABATAN, JALUR, TANPA_PROMOSI, RUMPUN, STATUS, KELAS, GOLONGAN_MIN,
    GOLONGAN_MAKS, PENDIDIKAN, BIDANG_STUDI, MASA_TINGKAT, PENGALAMAN, USIA, SISA_MASA_KERJA, HUKUMAN, KINERJA,
    SERTIFIKAT, WILAYAH,
) = range(22)  # fmt: skip
RULE_BITS = 22
UNTOLD = 32  # a refusal for want of data also sets the bit 32 places higher

# Parts of the score, in the order of the policy.
K_KOMPETENSI, K_BIDANG, K_PENGALAMAN, K_KINERJA, K_POTENSI, K_MINAT, K_JARAK = range(7)
PARTS = 7
FULL = 1000  # a part and the score are whole numbers 0..1000
UNKNOWN = -1
NOT_ASKED = -1
NOT_APPLICABLE = -2
NO_TIME = -32768  # months left that are not told (a real one may be negative)

Whole = Any  # a whole number of any width, as numba passes it
Int8 = NDArray[np.int8]
Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Bools = NDArray[np.bool_]


class KolomOrang(NamedTuple):
    """Columns about n people in block order. Durations and ages are whole months; UNKNOWN where not told.

    ``urutan`` place in order of NIP. ``kursi`` posisi held (index) or -1. ``halangan`` bits that refuse every move.
    ``tingkat`` class of the post held; ``rumpun``, ``pokok`` (name of the post without jenjang), ``jabatan`` ids.
    ``golongan`` is NOT_APPLICABLE for a PPPK. ``masa`` (n, T): months in posts that open the way to class t.
    ``pengalaman`` (n, R): months per rumpun, the last column in all. ``sisa`` (n, B): months left until each BUP,
    NO_TIME when not told. ``predikat`` (n, Y): lowest predikat of the last 1..Y years. ``hukuman``: bits of the levels
    in force. ``sertifikat`` (n, W) bits. ``kompetensi`` (n, K) levels. ``kinerja`` and ``potensi`` 0..1000.
    ``minat_*``: wishes of person i at ``minat_awal[i]:minat_awal[i + 1]``.
    """

    urutan: Int32
    kursi: Int32
    halangan: Int64
    tingkat: Int8
    rumpun: Int32
    pokok: Int32
    jabatan: Int32
    kelas: Int16
    status: Int8
    golongan: Int8
    pendidikan: Int8
    bidang: Int32
    masa: Int16
    pengalaman: Int16
    usia: Int16
    sisa: Int16
    predikat: Int8
    hukuman: Int8
    sertifikat: Int64
    kompetensi: Int8
    kinerja: Int16
    potensi: Int16
    wilayah: Int32
    wilayah_kursi: Int32
    minat_awal: Int64
    minat_posisi: Int32
    minat_jabatan: Int32
    minat_nilai: Int16


class KolomKursi(NamedTuple):
    """Columns about m posisi; NOT_ASKED where nothing is asked. Arrays (m, WAYS) depend on the way that leads there.

    ``halangan`` bits that refuse everybody else. ``masa_min`` (m, T): months asked of somebody who comes by promosi
    from class t. ``usia_serumpun``: highest age for a perpindahan from a fungsional post of the same rumpun. ``bup``:
    column of ``sisa``. ``status`` (m, WAYS) bits of the status allowed. ``hukuman`` (m, WAYS) bits of the levels that
    must not be in force. ``bidang`` (m, F) bits of the study fields accepted; ``bidang_diminta`` whether any is named.
    ``standar_*``: competencies of profile p at ``standar_awal[p]:standar_awal[p + 1]``, ``profil`` its number.
    """

    halangan: Int64
    tingkat: Int8
    rumpun: Int32
    pokok: Int32
    jabatan: Int32
    kelas: Int16
    golongan_min: Int8
    golongan_maks: Int8
    pendidikan: Int8
    bidang: Int64
    bidang_diminta: NDArray[np.bool_]
    masa_min: Int16
    pengalaman: Int16
    usia: Int16
    usia_serumpun: Int16
    bup: Int16
    status: Int8
    hukuman: Int8
    predikat: Int8
    tahun_predikat: Int8
    sertifikat: Int64
    wilayah: Int32
    profil: Int32
    standar_awal: Int64
    standar_kompetensi: Int32
    standar_level: Int8


class Aturan(NamedTuple):
    """Choices that hold for every pair: ``jalur`` (T, T) ways by class; the rest as in the policy.

    ``fungsional`` (T): whether a class is fungsional. ``sisa_min`` and ``pengalaman_penuh`` in months. ``bobot`` (7)
    percent. ``netral`` 0..1000. ``sisa_dinilai``: whether anybody's time until BUP is known.
    """

    jalur: Int8
    fungsional: NDArray[np.bool_]
    promosi: bool
    ganti_rumpun: bool
    turun_kelas: bool
    bidang_wajib: bool
    wilayah_sendiri: bool
    sisa_min: int
    pengalaman_penuh: int
    bobot: Int64
    netral: Whole
    sisa_dinilai: bool


@njit(cache=True, inline="always")
def _short(have: Whole, least: Whole) -> Whole:
    """Return 0 when *have* reaches *least* or nothing is asked, 1 when it does not, 2 when it is not told."""
    if least < 0:
        return 0
    if have < 0:
        return 2
    return 1 if have < least else 0


@njit(cache=True, inline="always")
def _beyond(have: Whole, most: Whole) -> Whole:
    """Return 0 when *have* is within *most* or nothing is asked, 1 when it is beyond, 2 when it is not told."""
    if most < 0:
        return 0
    if have < 0:
        return 2
    return 1 if have > most else 0


@njit(cache=True, inline="always")
def _mark(bits: Whole, rule: Whole, verdict: Whole) -> Whole:
    """Set the bit of *rule* for verdict 1, and its shadow as well for verdict 2 (not told)."""
    if verdict == 0:
        return bits
    bits |= np.int64(1) << rule
    if verdict == 2:
        bits |= np.int64(1) << (rule + UNTOLD)
    return bits


@njit(cache=True)
def way_into(people: Int32, posts: Int32, orang: KolomOrang, kursi: KolomKursi, aturan: Aturan, out: Int8) -> None:
    """Write the way of each pair (people[k], posts[k]); NO_WAY where none leads there.

    Between two fungsional posts of one jenjang the same JF is a mutasi and another one a perpindahan.
    """
    from_class, to_class, from_name, to_name = orang.tingkat, kursi.tingkat, orang.pokok, kursi.pokok
    table, functional = aturan.jalur, aturan.fungsional
    for k in range(len(people)):
        i, j = people[k], posts[k]
        out[k] = table[from_class[i], to_class[j]]
        if out[k] == MUTASI and functional[from_class[i]] and from_name[i] != to_name[j]:
            out[k] = PERPINDAHAN


@njit(cache=True)
def refuse_into(
    people: Int32, posts: Int32, orang: KolomOrang, kursi: KolomKursi, aturan: Aturan, first: bool, by: Int8, out: Int64
) -> None:
    """Write the refusing bits of each pair (people[k], posts[k]); 0 when it is lawful. *by* is room for the ways.

    With *first* judging stops soon after the first rule that refuses; the lowest bit is then still the right one.
    Staying is refused only where the posisi is abolished.
    """
    held, person_bits, from_class, family = orang.kursi, orang.halangan, orang.tingkat, orang.rumpun
    own_kelas, own_status, own_rank, school, field = (
        orang.kelas, orang.status, orang.golongan, orang.pendidikan, orang.bidang
    )  # fmt: skip
    tenure, served, age, left, marks = orang.masa, orang.pengalaman, orang.usia, orang.sisa, orang.predikat
    sanction, papers, home = orang.hukuman, orang.sertifikat, orang.wilayah_kursi
    post_bits, to_class, post_family, kelas = kursi.halangan, kursi.tingkat, kursi.rumpun, kursi.kelas
    rank_min, rank_max, school_min = kursi.golongan_min, kursi.golongan_maks, kursi.pendidikan
    fields, field_asked, tenure_min, served_min = kursi.bidang, kursi.bidang_diminta, kursi.masa_min, kursi.pengalaman
    age_max, age_same, bup, status_bits = kursi.usia, kursi.usia_serumpun, kursi.bup, kursi.status
    sanctions, mark_min, mark_years = kursi.hukuman, kursi.predikat, kursi.tahun_predikat
    papers_asked, region = kursi.sertifikat, kursi.wilayah
    functional, promotion, change_family = aturan.fungsional, aturan.promosi, aturan.ganti_rumpun
    lower_kelas, field_binds, own_region = aturan.turun_kelas, aturan.bidang_wajib, aturan.wilayah_sendiri
    least_left, judge_left = aturan.sisa_min, aturan.sisa_dinilai
    way_into(people, posts, orang, kursi, aturan, by)
    for k in range(len(people)):
        i, j, via = people[k], posts[k], by[k]
        if held[i] == j:
            out[k] = post_bits[j] & (np.int64(1) << DIHAPUS)
            continue
        bits = post_bits[j] | person_bits[i]
        a, b = from_class[i], to_class[j]
        if via == NO_WAY:
            bits = _mark(bits, JALUR, 1)
        if via == PROMOSI and not promotion:
            bits = _mark(bits, TANPA_PROMOSI, 1)
        same = family[i] >= 0 and family[i] == post_family[j]
        if functional[a] and via != NO_WAY and not same and not (functional[b] and change_family):
            bits = _mark(bits, RUMPUN, 2 if family[i] < 0 or post_family[j] < 0 else 1)
        if first and bits:
            out[k] = bits
            continue
        allowed = status_bits[j, via]
        if allowed:
            untold = own_status[i] < 0
            bits = _mark(bits, STATUS, 2 if untold else 1 - ((allowed >> max(own_status[i], 0)) & 1))
        if not lower_kelas and own_kelas[i] >= 0:
            bits = _mark(bits, KELAS, _short(kelas[j], own_kelas[i]))
        if own_rank[i] != NOT_APPLICABLE:
            bits = _mark(bits, GOLONGAN_MIN, _short(own_rank[i], rank_min[j]))
            bits = _mark(bits, GOLONGAN_MAKS, _beyond(own_rank[i], rank_max[j]))
        bits = _mark(bits, PENDIDIKAN, _short(school[i], school_min[j]))
        if first and bits:
            out[k] = bits
            continue
        if field_binds and field_asked[j]:
            known = max(field[i], 0)
            accepted = (fields[j, known >> 6] >> (known & 63)) & 1 if known < 64 * fields.shape[1] else 0
            bits = _mark(bits, BIDANG_STUDI, 2 if field[i] < 0 else 1 - accepted)
        if via == PROMOSI:
            bits = _mark(bits, MASA_TINGKAT, _short(tenure[i, b], tenure_min[j, a]))
        # Without a rumpun (-1) the last column counts: experience in all posts.
        bits = _mark(bits, PENGALAMAN, _short(served[i, post_family[j]], served_min[j, via]))
        if first and bits:
            out[k] = bits
            continue
        oldest = age_same[j] if via == PERPINDAHAN and functional[a] and same else age_max[j, via]
        bits = _mark(bits, USIA, _beyond(age[i], oldest))
        if judge_left:
            months = left[i, bup[j]]
            bits = _mark(bits, SISA_MASA_KERJA, 2 if months == NO_TIME else (1 if months < least_left else 0))
        bits = _mark(bits, HUKUMAN, 1 if sanction[i] & sanctions[j, via] else 0)
        years = mark_years[j, via]
        if years > 0:
            bits = _mark(bits, KINERJA, _short(marks[i, years - 1], mark_min[j, via]))
        for word in range(papers_asked.shape[1]):
            bits = _mark(bits, SERTIFIKAT, 1 if papers_asked[j, word] & ~papers[i, word] else 0)
        if own_region and home[i] != region[j]:
            bits = _mark(bits, WILAYAH, 2 if home[i] < 0 or region[j] < 0 else 1)
        out[k] = bits


@njit(cache=True)
def parts_into(
    people: Int32, posts: Int32, orang: KolomOrang, kursi: KolomKursi, aturan: Aturan, out: Int16, partial: Bools
) -> None:
    """Write the seven parts (pairs, 7) of each pair, 0..1000 or UNKNOWN, and whether competence is only partly told.

    Competence is the capped job person match: levels above the standard do not make up for others below it, and an
    untold level counts as the neutral share of its standard.
    """
    levels, mean, potential, home, served, field = (
        orang.kompetensi, orang.kinerja, orang.potensi, orang.wilayah, orang.pengalaman, orang.bidang
    )  # fmt: skip
    wish_from, wish_post, wish_name, wish_value = (
        orang.minat_awal, orang.minat_posisi, orang.minat_jabatan, orang.minat_nilai
    )  # fmt: skip
    profile, begin, skill, standard = kursi.profil, kursi.standar_awal, kursi.standar_kompetensi, kursi.standar_level
    fields, field_asked, region, family, name = (
        kursi.bidang, kursi.bidang_diminta, kursi.wilayah, kursi.rumpun, kursi.jabatan
    )  # fmt: skip
    neutral, whole = aturan.netral, aturan.pengalaman_penuh
    for k in range(len(people)):
        i, j = people[k], posts[k]
        reached, asked, told = np.int64(0), np.int64(0), 0
        for c in range(begin[profile[j]], begin[profile[j] + 1]):
            least, have = np.int64(standard[c]), np.int64(levels[i, skill[c]])
            asked += least
            if have < 0:
                reached += least * neutral
            else:
                told += 1
                reached += min(have, least) * FULL
        out[k, K_KOMPETENSI] = (2 * reached + asked) // (2 * asked) if told and asked else UNKNOWN
        partial[k] = told < begin[profile[j] + 1] - begin[profile[j]]
        out[k, K_BIDANG] = FULL
        if field_asked[j]:
            known = max(field[i], 0)
            accepted = (fields[j, known >> 6] >> (known & 63)) & 1 if known < 64 * fields.shape[1] else 0
            out[k, K_BIDANG] = UNKNOWN if field[i] < 0 else FULL * accepted
        months = np.int64(served[i, family[j]])
        out[k, K_PENGALAMAN] = UNKNOWN
        if months >= 0 and family[j] >= 0:
            out[k, K_PENGALAMAN] = np.minimum(FULL, months * FULL // whole)
        out[k, K_KINERJA] = mean[i]
        out[k, K_POTENSI] = potential[i]
        best = np.int64(0 if wish_from[i] < wish_from[i + 1] else UNKNOWN)
        for w in range(wish_from[i], wish_from[i + 1]):
            if wish_post[w] == j or (wish_name[w] >= 0 and wish_name[w] == name[j]):
                best = max(best, np.int64(wish_value[w]))
        out[k, K_MINAT] = best
        out[k, K_JARAK] = UNKNOWN
        if home[i] >= 0 and region[j] >= 0:
            out[k, K_JARAK] = FULL if home[i] == region[j] else 0


@njit(cache=True)
def score_from(parts: Int16, count: Whole, bobot: Int64, netral: Whole, out: Int32) -> None:
    """Write the score 0..1000 of the first *count* rows of *parts*: the weighted mean, missing parts neutral."""
    for k in range(count):
        total = np.int64(0)
        for part in range(PARTS):
            total += bobot[part] * (parts[k, part] if parts[k, part] >= 0 else netral)
        out[k] = (2 * total + 100) // 200
