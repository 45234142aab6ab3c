"""The hard rules and the score once more, slowly: plain Python on the rows of the tables, one pair at a time.

Shares no feature, array or kernel with the analysis; only the rulebook (the law) is common. Written for files that
bring every table, as the small agency and the generator do.
"""

from datetime import date
from functools import cached_property
from math import floor

import numpy as np

from penata.rulebook.bup import bup_column, pension_date_column
from penata.rulebook.golongan import order as golongan_order
from penata.rulebook.jabatan import JENJANG_ORDER, equivalent_level, jenjang_from_name
from penata.rulebook.jpm import standard_level_column
from penata.rulebook.syarat import education_order, predikat_order, requirement
from penata.snapshot.vocabulary import KOMPETENSI_INTI


def fold(text):
    words = "".join(letter if letter.isalnum() else " " for letter in (text or "").lower()).split()
    return " ".join(words) or None


def items(text):
    return {fold(part) for part in (text or "").split(";") if fold(part)}


def months(begin, end):
    return (end.year - begin.year) * 12 + end.month - begin.month - (begin.day > end.day)


def united_months(stretches):
    total, reached, begin = 0, None, None
    for first, last in sorted(stretches):
        if reached is not None and first <= reached:
            reached = max(reached, last)
            continue
        if reached is not None:
            total += months(begin, reached)
        begin, reached = first, last
    return total + (months(begin, reached) if reached is not None else 0)


def education(word):
    return int(education_order([word])[0]) if word else 0


def rank(word):
    found = int(golongan_order(np.array([word or ""]))[0])
    return found if found <= 17 else 0


class Plain:
    """Rows of the tables by key, and the verdicts."""

    def __init__(self, snapshot, kebijakan):
        self.snapshot, self.per = snapshot, snapshot.per
        self.policy, self.weights = kebijakan.penempatan, kebijakan.bobot
        self.law = kebijakan.law(snapshot.per)
        self.jabatan = {}
        for row in snapshot["jabatan"].iter_rows(named=True):
            self.jabatan.setdefault(fold(row["nama"]), row)
        self.units = {row["kode"]: row for row in snapshot["unit"].iter_rows(named=True)}
        self.posisi = [self._post(row) for row in snapshot["posisi"].iter_rows(named=True)]
        self.place = {post["kode"]: j for j, post in enumerate(self.posisi)}
        self.pegawai = [self._person(row) for row in snapshot["pegawai"].iter_rows(named=True)]

    def rows(self, table, nip):
        return self._by_nip[table].get(nip, [])

    @cached_property
    def _by_nip(self):
        tables = ("riwayat_jabatan", "predikat_kinerja", "hukuman_disiplin", "asesmen", "kompetensi_teknis", "minat")
        found = {name: {} for name in tables}
        for name in tables:
            for row in self.snapshot[name].iter_rows(named=True):
                found[name].setdefault(row["nip"], []).append(row)
        return found

    def _kind(self, row, name):
        """Return jenis, jenjang, rumpun and the name without jenjang."""
        known = self.jabatan.get(fold(name), {})
        jenis = row.get("jenis") or known.get("jenis")
        jenjang = row.get("jenjang") or known.get("jenjang")
        stem = fold(name)
        if jenis == "fungsional":
            jenjang = jenjang or jenjang_from_name(name)
            words = stem.split()
            last = {level.replace("ahli ", "") for level in JENJANG_ORDER}
            if words[-1] in last:
                words.pop()
                if words and words[-1] == "ahli":
                    words.pop()
            stem = " ".join(words)
        else:
            jenjang = None
        family = fold(row.get("rumpun") or known.get("rumpun")) or (stem if jenis == "fungsional" else None)
        return {"jenis": jenis, "jenjang": jenjang, "rumpun": family, "pokok": stem}

    def _post(self, row):
        known = self.jabatan.get(fold(row["jabatan"]), {})
        post = row | self._kind(row, row["jabatan"]) | {"katalog": known, "kunci": fold(row["jabatan"])}
        post["kelas"] = row["kelas"] if row["kelas"] is not None else known.get("kelas")
        unit = self.units.get(row["unit"])
        while unit is not None and unit["wilayah"] is None:
            unit = self.units.get(unit["induk"])
        post["wilayah"] = fold(unit["wilayah"]) if unit else None
        post["standar"] = self._standard(post)
        return post

    @cached_property
    def _own_standards(self):
        found = {}
        for row in self.snapshot["standar_kompetensi"].iter_rows(named=True):
            if row["level"]:
                found.setdefault(fold(row["jabatan"]), {})[fold(row["kompetensi"])] = row["level"]
        return found

    def _standard(self, post):
        own = self._own_standards.get(post["kunci"])
        if own is not None:
            return own
        kind = (np.array([post["jenis"] or ""]), np.array([post["jenjang"] or ""]))
        usual = int(standard_level_column(*kind, law=self.law)[0])
        return dict.fromkeys(KOMPETENSI_INTI, usual) if usual else {}

    def _person(self, row):
        nip, per = row["nip"], self.per
        held = [
            (entry["tmt"] or date.min, entry["posisi"], entry["tmt"])
            for entry in self.snapshot.holders.iter_rows(named=True)
            if entry["nip"] == nip and entry["jenis"] == "definitif" and entry["posisi"] in self.place
        ]
        held.sort(key=lambda entry: (-entry[0].toordinal(), entry[1]))
        person = row | {"kursi": self.place[held[0][1]] if held else None}
        person["tmt"] = (held[0][2] if held else None) or row["tmt_jabatan"]
        lahir = row["tanggal_lahir"]
        person["lahir"] = lahir or date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
        career = [
            self._kind(entry, entry["jabatan"]) | {"dari": entry["mulai"], "sampai": min(entry["selesai"] or per, per)}
            for entry in self.rows("riwayat_jabatan", nip)
        ]
        if held and person["tmt"]:
            post = self.posisi[person["kursi"]]
            kind = {key: post[key] for key in ("jenis", "jenjang", "rumpun", "pokok")}
            career.append(kind | {"dari": person["tmt"], "sampai": per})
        person["karier"] = [entry for entry in career if entry["dari"] and entry["dari"] <= entry["sampai"]]
        last = max(
            person["karier"],
            key=lambda entry: (entry["sampai"], entry["dari"]),
            default={"jenis": None, "jenjang": None, "rumpun": None, "pokok": None},
        )
        person["pangkal"] = self.posisi[person["kursi"]] if held else last
        self._assess(person)
        return person

    def _assess(self, person):
        nip, per = person["nip"], self.per
        marks = sorted(self.rows("predikat_kinerja", nip), key=lambda entry: -entry["tahun"])
        marks = [entry for entry in marks if entry["tahun"] <= per.year]
        person["predikat"] = [
            int(predikat_order([entry["predikat"]])[0])
            for ke, entry in enumerate(marks[:2])
            if entry["tahun"] >= per.year - 1 - ke
        ]
        person["hukuman"] = {
            entry["tingkat"]
            for entry in self.rows("hukuman_disiplin", nip)
            if entry["mulai"] <= per and (entry["selesai"] is None or entry["selesai"] >= per)
        }
        latest = max(self.rows("asesmen", nip), key=lambda entry: entry["tanggal"], default=None)
        valid = latest is not None and (latest["berlaku_sampai"] is None or latest["berlaku_sampai"] >= per)
        levels = {name: latest[name.replace(" ", "_")] for name in KOMPETENSI_INTI} if valid else {}
        for entry in self.rows("kompetensi_teknis", nip):
            if entry["berlaku_sampai"] is None or entry["berlaku_sampai"] >= per:
                levels[fold(entry["kompetensi"])] = entry["level"]
        person["level"] = {name: level for name, level in levels.items() if level is not None}
        person["potensi"] = latest["potensi"] if valid else None

    def way(self, person, post):
        here = person["pangkal"]
        kinds = [
            np.array([here["jenis"] or "", post["jenis"] or ""]),
            np.array([here["jenjang"] or "", post["jenjang"] or ""]),
        ]
        a, b = (int(level) for level in equivalent_level(*kinds, law=self.law))
        if not post["jenis"] or (not here["jenis"] and not 0 < b <= 2):
            return None
        if not here["jenis"]:
            return "penempatan"
        if (here["jenis"], here["jenjang"]) == (post["jenis"], post["jenjang"]):
            other = here["jenis"] == "fungsional" and here["pokok"] != post["pokok"]
            return "perpindahan" if other else "mutasi"
        for asked in self.asked(post, "promosi").jabatan_terakhir if self.asked(post, "promosi") else ():
            if (asked.jenis, asked.jenjang or None) == (here["jenis"], here["jenjang"]):
                return "promosi"
        if self.policy.perpindahan_jalur and a and b:
            across = (here["jenis"] == "fungsional") != (post["jenis"] == "fungsional")
            if across and a == b and post["jenis"] != "pelaksana":
                return "perpindahan"
            if here["jenis"] == "pelaksana" and post["jenis"] == "fungsional" and a <= b <= a + 1:
                return "perpindahan"
        return None

    def asked(self, post, way):
        if not post["jenis"] or (post["jenis"] == "fungsional" and not post["jenjang"]):
            return None
        moved = way == "perpindahan" and post["jenis"] == "fungsional"
        return requirement("perpindahan fungsional" if moved else post["jenis"], post["jenjang"] or "", law=self.law)

    def experience(self, person, family):
        return united_months((e["dari"], e["sampai"]) for e in person["karier"] if family in (None, e["rumpun"]))

    def refusals(self, i, j):
        """Return the codes of the rules that refuse the pair, and of those that refuse for want of data."""
        person, post = self.pegawai[i], self.posisi[j]
        failed, untold = set(), set()
        if person["kursi"] == j:
            return ({"L01"} if post["status"] == "dihapus" else set()), untold

        def judge(code, bad, unknown=False):
            if unknown:
                untold.add(code)
            if bad or unknown:
                failed.add(code)

        policy, catalogue = self.policy, post["katalog"]
        sits = person["kursi"] is not None
        abolished = sits and self.posisi[person["kursi"]]["status"] == "dihapus"
        contract = person["status"] in {"pppk", "pppk paruh waktu"}
        judge("L01", post["status"] == "dihapus")
        judge("L02", post["status"] == "dibekukan")
        judge("L03", bool(person["terkunci"]))
        judge("L04", contract and sits and not policy.pppk_pindah)
        if policy.masa_jabatan_min and sits and not abolished:
            least = self.law.value("mutasi.masa_jabatan")["minimal"]
            tmt = person["tmt"]
            judge("L05", tmt is not None and months(tmt, self.per) < 12 * least, tmt is None)
        way = self.way(person, post)
        here = person["pangkal"]
        judge("L06", way is None)
        judge("L07", way == "promosi" and not policy.promosi)
        if here["jenis"] == "fungsional" and way and (here["rumpun"] is None or here["rumpun"] != post["rumpun"]):
            free = post["jenis"] == "fungsional" and policy.ganti_rumpun_fungsional
            judge("L08", not free, not free and None in (here["rumpun"], post["rumpun"]))
        asked = self.asked(post, way)
        if asked and way and asked.status_pegawai:
            judge("L09", person["status"] not in asked.status_pegawai, person["status"] is None)
        if not policy.turun_kelas and sits and self.posisi[person["kursi"]]["kelas"] is not None:
            low = post["kelas"] is not None and post["kelas"] < self.posisi[person["kursi"]]["kelas"]
            judge("L10", low, post["kelas"] is None)
        self._ranks(judge, person, post, asked)
        self._background(judge, person, post, way, asked)
        self._conduct(judge, person, post, way, asked)
        missing = items(catalogue.get("sertifikat")) - items(person["sertifikat"])
        judge("L21", bool(missing))
        return failed, untold

    def _ranks(self, judge, person, post, asked):
        contract = person["status"] in {"pppk", "pppk paruh waktu"}
        if contract or (person["golongan"] and not rank(person["golongan"])):
            return
        have = rank(person["golongan"])
        least = max(rank(post["katalog"].get("golongan_min")), rank(asked.golongan_min if asked else None))
        most = rank(post["katalog"].get("golongan_maks"))
        judge("L11", have and have < least, bool(least) and not have)
        judge("L12", most and have > most, bool(most) and not have)

    def _background(self, judge, person, post, way, asked):
        least = max(
            education(post["katalog"].get("pendidikan_min")), education(asked.pendidikan_min if asked else None)
        )
        have = education(person["pendidikan"])
        judge("L13", have and have < least, bool(least) and not have)
        accepted = items(post["katalog"].get("bidang_studi"))
        if self.policy.bidang_studi_wajib and accepted:
            judge("L14", fold(person["bidang_studi"]) not in accepted, fold(person["bidang_studi"]) is None)
        career = person["karier"]
        if way == "promosi":
            kinds = {(entry.jenis, entry.jenjang or None) for entry in asked.jabatan_terakhir}
            served = united_months((e["dari"], e["sampai"]) for e in career if (e["jenis"], e["jenjang"]) in kinds)
            here = (person["pangkal"]["jenis"], person["pangkal"]["jenjang"])
            years = next(
                entry.tahun for entry in asked.jabatan_terakhir if (entry.jenis, entry.jenjang or None) == here
            )
            judge("L15", career and served < 12 * years, not career)
        law = asked.pengalaman_bidang_tahun if asked and way not in {None, "mutasi"} else 0
        own = post["katalog"].get("pengalaman_min") or 0
        needed = max(law, own) if way else 0
        if needed:
            judge("L16", career and self.experience(person, post["rumpun"]) < round(12 * needed), not career)

    def _conduct(self, judge, person, post, way, asked):
        born = person["lahir"]
        if asked and way not in {None, "mutasi"}:
            oldest = asked.usia_maks
            here = person["pangkal"]
            same = here["jenis"] == "fungsional" and here["rumpun"] == post["rumpun"] is not None
            if way == "perpindahan" and same:
                value = self.law.value("syarat.perpindahan_fungsional")
                family = value["usia_maks_rumpun_sama"].get(post["jenjang"], value["usia_maks"].get(post["jenjang"]))
                oldest = family
            judge("L17", oldest is not None and months(born, self.per) > 12 * oldest)
        names = [np.array([post[key] or ""]) for key in ("jenis", "jenjang", "jabatan")]
        bup = bup_column(*names, np.array([post["katalog"].get("bup") or 0], np.int16), law=self.law)
        pension = pension_date_column(np.array([born], "datetime64[D]"), bup)[0]
        left = None if np.isnat(pension) else months_left(pension.astype(date), self.per)
        judge("L18", left is not None and left < 12 * self.policy.sisa_masa_kerja_min, left is None)
        if asked and way:
            judge("L19", bool(person["hukuman"] & set(asked.tanpa_hukuman)))
            if asked.tahun_predikat:
                marks = person["predikat"][: asked.tahun_predikat]
                least = int(predikat_order([asked.predikat_min])[0])
                short = len(marks) < asked.tahun_predikat
                judge("L20", not short and min(marks) < least, short)

    def parts(self, i, j):
        """Return the seven parts 0..1000, None where data are missing."""
        person, post = self.pegawai[i], self.posisi[j]
        neutral = round(1000 * self.policy.nilai_netral)
        standard = post["standar"]
        known = [name for name in standard if name in person["level"]]
        competence = None
        if known:
            reached = sum(
                1000 * min(level, person["level"][name]) if name in person["level"] else level * neutral
                for name, level in standard.items()
            )
            competence = floor(reached / sum(standard.values()) + 0.5)
        accepted = items(post["katalog"].get("bidang_studi"))
        own = fold(person["bidang_studi"])
        field = 1000 if not accepted else (None if own is None else 1000 * (own in accepted))
        whole = round(12 * self.policy.pengalaman_penuh)
        served = None
        if person["karier"] and post["rumpun"] is not None:
            served = min(1000, self.experience(person, post["rumpun"]) * 1000 // whole)
        marks = person["predikat"]
        wishes = self.rows("minat", person["nip"])
        wanted = [
            1000 - 100 * (entry["urutan"] - 1)
            for entry in wishes
            if entry["posisi"] == post["kode"] or (entry["jabatan"] and fold(entry["jabatan"]) == post["kunci"])
        ]
        home = fold(person["wilayah"])
        return [
            competence,
            field,
            served,
            sum(marks) * 1000 // (5 * len(marks)) if marks else None,
            None if person["potensi"] is None else floor(person["potensi"] * 10 + 0.5),
            max(wanted, default=0) if wishes else None,
            None if home is None or post["wilayah"] is None else 1000 * (home == post["wilayah"]),
        ]

    def score(self, i, j):
        neutral = round(1000 * self.policy.nilai_netral)
        weights = [getattr(self.weights, name) for name in type(self.weights).__slots__]
        total = sum(w * (neutral if part is None else part) for w, part in zip(weights, self.parts(i, j), strict=True))
        return (2 * total + 100) // 200


def months_left(pension, per):
    return (pension.year - per.year) * 12 + pension.month - per.month - (per.day > pension.day)
