"""Refusals in words: which value a person has, what was asked, and on what legal basis."""

from dataclasses import dataclass
from typing import Any

from penata.analysis import _kernel as kernel
from penata.analysis._aturan import FILL_IN, AturanLayak
from penata.analysis._kamus import MONTHS, TINGKAT
from penata.analysis._karier import months_between
from penata.analysis._kernel import MUTASI, NO_WAY, PERPINDAHAN
from penata.analysis.kursi import Kursi
from penata.analysis.orang import Orang
from penata.analysis.policy import KebijakanPenempatan
from penata.language import _
from penata.rulebook.golongan import GOLONGAN_PNS
from penata.rulebook.legislation import Law
from penata.rulebook.syarat import education_order, predikat_order
from penata.snapshot.vocabulary import PREDIKAT, TINGKAT_HUKUMAN

_PREDIKAT_BY_ORDER = {int(predikat_order([word])[0]): word for word in PREDIKAT}


def duration(months: int) -> str:
    """Write whole months as people say them: ``1 tahun 3 bulan``."""
    years, rest = divmod(abs(months), MONTHS)
    said = [_("{n} tahun").format(n=years)] if years else []
    said += [_("{n} bulan").format(n=rest)] if rest or not years else []
    text = " ".join(said)
    return _("sudah terlewati {time}").format(time=text) if months < 0 else text


def level_words(place: int) -> str:
    """Name a class of posts: ``pengawas``, ``fungsional ahli muda``."""
    jenis, jenjang = TINGKAT[place]
    return f"{jenis} {jenjang}".strip() or _("tanpa jabatan")


@dataclass(frozen=True, slots=True)
class Kalimat:
    """Words about pairs of pegawai i (order of NIP) and posisi j (order of code)."""

    orang: Orang
    kursi: Kursi
    kebijakan: KebijakanPenempatan
    law: Law

    def post(self, j: int) -> str:
        """Name posisi *j* with its code."""
        return f"{self.kursi.tabel['jabatan'][j]} ({self.kursi.tabel['kode'][j]})"

    def person(self, i: int) -> str:
        """Name pegawai *i*."""
        return str(self.orang.tabel["nama"][i] or self.orang.tabel["nip"][i])

    def name(self, rule: AturanLayak) -> str:
        """Name *rule*."""
        return _(rule.nama)

    def sentence(self, rule: AturanLayak, i: int, j: int, by: int, *, untold: bool) -> str:
        """Say why *rule* refuses the pair that the way *by* would join."""
        values = {"nama": self.person(i), "posisi": self.post(j)} | self._values(rule.bit, i, j, by)
        return _(rule.tanpa_data if untold else rule.kalimat).format(**values)

    def remedy(self, rule: AturanLayak, i: int, j: int, by: int, *, untold: bool) -> str:
        """Say what would lift the refusal; empty where nothing a person or time can do would."""
        return _(FILL_IN) if untold else _(rule.jalan).format(**self._values(rule.bit, i, j, by)) if rule.jalan else ""

    def basis(self, rule: AturanLayak, j: int, by: int) -> str:
        """Cite what stands behind *rule* for posisi *j*: a regulation, the agency's catalogue or its policy."""
        if rule.dasar == "kebijakan":
            return _("kebijakan instansi")
        if rule.dasar not in {"katalog", "syarat"}:
            return self.law.parameter(rule.dasar).citation
        asked = self.kursi.syarat.get((int(self.kursi.kolom.tingkat[j]), MUTASI if by == NO_WAY else by))
        if asked is None or self._from_catalogue(rule.bit, j, by):
            return _("katalog jabatan instansi")
        return asked.basis.citation

    def _from_catalogue(self, bit: int, j: int, by: int) -> bool:
        """Tell whether the catalogue, not the law, set the bound that *bit* compares with."""
        own = {
            kernel.GOLONGAN_MIN: "golongan_min",
            kernel.PENDIDIKAN: "pendidikan_min",
            kernel.PENGALAMAN: "pengalaman_min",
        }
        if bit not in own:
            return bit in {kernel.GOLONGAN_MAKS, kernel.BIDANG_STUDI, kernel.SERTIFIKAT}
        written = self.kursi.tabel[own[bit]][j]
        if written is None:
            return False
        asked = self.kursi.syarat.get((int(self.kursi.kolom.tingkat[j]), MUTASI if by == NO_WAY else by))
        if bit == kernel.PENGALAMAN:
            least = 0.0 if asked is None or by == MUTASI else asked.pengalaman_bidang_tahun
            return float(written) > least
        law = None if asked is None else {kernel.PENDIDIKAN: asked.pendidikan_min}.get(bit, asked.golongan_min)
        return law is None or self._asked_level(bit, j) == written

    def _asked_level(self, bit: int, j: int) -> str:
        """Return the bound in words: the catalogue's where it is as strict as the law's, else the law's."""
        kolom = self.kursi.kolom
        if bit == kernel.GOLONGAN_MIN:
            return GOLONGAN_PNS[int(kolom.golongan_min[j]) - 1]
        written = self.kursi.tabel["pendidikan_min"][j]
        if written is not None and int(education_order([written])[0]) == int(kolom.pendidikan[j]):
            return str(written)
        asked = self.kursi.syarat[int(kolom.tingkat[j]), MUTASI]
        return str(asked.pendidikan_min)

    def _values(self, bit: int, i: int, j: int, by: int) -> dict[str, Any]:
        """Return what the sentence of the rule at *bit* needs."""
        orang, kursi = self.orang.kolom, self.kursi.kolom
        people, posts = self.orang.tabel, self.kursi.tabel
        if bit == kernel.TERKUNCI:
            why = people["alasan_terkunci"][i]
            return {"alasan": _(" karena {why}").format(why=why) if why else ""}
        if bit == kernel.MASA_JABATAN:
            least = self.law.value("mutasi.masa_jabatan")["minimal"]
            return _spans(self._months_in_post(i), round(least * MONTHS))
        if bit in {kernel.JALUR, kernel.TANPA_PROMOSI}:
            return {"dari": level_words(int(orang.tingkat[i])), "ke": level_words(int(kursi.tingkat[j]))}
        if bit == kernel.RUMPUN:
            return {"rumpun": self._rumpun(int(orang.rumpun[i])), "syarat": self._rumpun(int(kursi.rumpun[j]))}
        if bit == kernel.STATUS:
            asked = self.kursi.syarat.get((int(kursi.tingkat[j]), by))
            return {"punya": people["status"][i], "syarat": ", ".join(asked.status_pegawai if asked else ())}
        if bit == kernel.KELAS:
            return {"punya": int(orang.kelas[i]), "syarat": posts["kelas"][j]}
        if bit == kernel.GOLONGAN_MAKS:
            return {"punya": people["golongan"][i], "syarat": posts["golongan_maks"][j]}
        if bit == kernel.GOLONGAN_MIN:
            return {"punya": people["golongan"][i], "syarat": self._asked_level(bit, j)}
        if bit == kernel.PENDIDIKAN:
            return {"punya": people["pendidikan"][i], "syarat": self._asked_level(bit, j)}
        if bit == kernel.BIDANG_STUDI:
            return {"punya": people["bidang_studi"][i], "syarat": posts["bidang_studi"][j]}
        return self._measures(bit, i, j, by)

    def _measures(self, bit: int, i: int, j: int, by: int) -> dict[str, Any]:
        """Return the values of the rules that compare spans of time, conduct and certificates."""
        orang, kursi = self.orang.kolom, self.kursi.kolom
        if bit == kernel.MASA_TINGKAT:
            goal = int(kursi.tingkat[j])
            return _spans(int(orang.masa[i, goal]), int(kursi.masa_min[j, orang.tingkat[i]]))
        if bit == kernel.PENGALAMAN:
            family = self._rumpun(int(kursi.rumpun[j])) if kursi.rumpun[j] >= 0 else _("apa pun")
            return {"rumpun": family} | _spans(int(orang.pengalaman[i, kursi.rumpun[j]]), int(kursi.pengalaman[j, by]))
        if bit == kernel.USIA:
            same = by == PERPINDAHAN and TINGKAT[orang.tingkat[i]][0] == "fungsional"
            same = same and orang.rumpun[i] == kursi.rumpun[j]
            return _spans(int(orang.usia[i]), int(kursi.usia_serumpun[j] if same else kursi.usia[j, by]))
        if bit == kernel.SISA_MASA_KERJA:
            left = int(orang.sisa[i, kursi.bup[j]])
            return _spans(left, round(self.kebijakan.sisa_masa_kerja_min * MONTHS))
        if bit == kernel.HUKUMAN:
            levels = [word for order, word in enumerate(TINGKAT_HUKUMAN, start=1) if orang.hukuman[i] >> order & 1]
            return {"punya": ", ".join(levels)}
        if bit == kernel.KINERJA:
            years = int(kursi.tahun_predikat[j, by])
            return {
                "tahun": years,
                "punya": _PREDIKAT_BY_ORDER.get(int(orang.predikat[i, years - 1]), ""),
                "syarat": _PREDIKAT_BY_ORDER.get(int(kursi.predikat[j, by]), ""),
            }
        if bit == kernel.SERTIFIKAT:
            return {"syarat": self.kursi.tabel["sertifikat"][j]}
        if bit == kernel.WILAYAH:
            return {"punya": self._wilayah(int(orang.wilayah_kursi[i])), "syarat": self.kursi.tabel["wilayah"][j]}
        return {}

    def _months_in_post(self, i: int) -> int:
        begun = self.orang.tabel["tmt"].to_numpy().astype("datetime64[D]")[i : i + 1]
        return int(months_between(begun, self.law.as_of)[0])

    def _rumpun(self, place: int) -> str:
        return self._word("rumpun", place)

    def _wilayah(self, place: int) -> str:
        return self._word("wilayah", place)

    def _word(self, subject: str, place: int) -> str:
        return next((word for word, known in self.kursi.kamus[subject].items() if known == place), _("lain"))


def _spans(have: int, asked: int) -> dict[str, Any]:
    return {"punya": duration(have), "syarat": duration(asked), "kurang": duration(max(asked - have, 0))}
