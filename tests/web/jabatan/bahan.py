"""A complete informasi jabatan and evaluation, and the steps that carry them through their workflow."""

from datetime import date

from tests.web.kota import HARI

from penata.domain.jabatan.informasi_actions import (
    create_informasi,
    save_butir,
    set_informasi,
    submit_informasi,
    verify_informasi,
)
from penata.domain.jabatan.informasi_butir import butir_of, rows_of, words_of
from penata.domain.jabatan.models import InformasiJabatan
from penata.rulebook.legislation import Law

LAW = Law(HARI)
JABATAN, UNIT = "Analis Kebijakan Ahli Muda", "U-0101"


def full_rows(butir):
    """Return rows that complete an item."""
    out = {}
    for table in butir.tables:
        if table.codes:
            out[table.name] = [{"kode": code} for code in list(words_of(table.codes, table.part, LAW))[:2]]
            continue
        words = {f.name: {"number": "12", "choice": ""}.get(f.kind, f"isi {f.name}") for f in table.fields}
        for f in table.fields:
            if f.kind == "choice":
                words[f.name] = f.words[0] if f.words else LAW.value(f.parameter)[0]
        blank = rows_of(table, {}, LAW)
        out[table.name] = [row | words for row in blank]
    return out


def draft(kota, account="operator", jabatan=JABATAN, unit=UNIT):
    """Begin a draft."""
    unit_id = kota.unit[unit].pk if unit else None
    return create_informasi(jabatan_id=kota.jabatan[jabatan].pk, unit_id=unit_id, by=kota.reader(account))


def fill(kota, informasi, account="operator", without=()):
    """Fill every item in but those named."""
    for butir in butir_of(LAW):
        if not butir.known and butir.kode not in without:
            save_butir(
                informasi_id=informasi.pk, kode=butir.kode, rows=full_rows(butir), versi=None, by=kota.reader(account)
            )
    return InformasiJabatan.objects.get(pk=informasi.pk)


def submitted(kota, **kwargs):
    """Return a complete form that was handed in."""
    informasi = fill(kota, draft(kota, **kwargs))
    return submit_informasi(informasi_id=informasi.pk, versi=informasi.versi, by=kota.reader("operator"))


def established(kota, mulai=date(2026, 6, 1), **kwargs):
    """Return a form in force."""
    informasi = submitted(kota, **kwargs)
    informasi = verify_informasi(informasi_id=informasi.pk, versi=informasi.versi, by=kota.reader("analis"))
    return set_informasi(
        informasi_id=informasi.pk, versi=informasi.versi, penetapan_id=kota.penetapan.pk, mulai=mulai,
        by=kota.reader("analis"),
    )  # fmt: skip
