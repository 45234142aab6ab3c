"""How the log is said in words: titles of acts, kinds of objects and fields, values as people write them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cache
from importlib import import_module, util
from typing import Any

from django.apps import apps
from django.utils.dateparse import parse_date, parse_datetime

from penata.faces.components.templating import moment, number, short_day
from penata.foundation.accounts.events import AKSI_TITLES as ACCOUNT_TITLES
from penata.foundation.tasks.events import AKSI_TITLES as ROUTINE_TITLES
from penata.language import N_, _
from penata.snapshot.schema import TABLES

LONG = 400  # characters of one value shown
KIND_TITLES: dict[str, str] = {
    "abk": N_("ABK"),
    "akun": N_("Akun"),
    "beban_kerja": N_("Beban kerja"),
    "evaluasi_jabatan": N_("Evaluasi jabatan"),
    "informasi_jabatan": N_("Informasi jabatan"),
    "kebijakan": N_("Kebijakan instansi"),
    "parameter": N_("Parameter hukum"),
    "penetapan": N_("Penetapan"),
    "posisi": N_("Posisi"),
    "rancangan": N_("Rancangan penataan"),
}
FIELD_TITLES: dict[str, str] = {
    "aktif": N_("Aktif"),
    "alasan": N_("Alasan"),
    "dasar": N_("Dasar"),
    "dicabut": N_("Dicabut"),
    "email": N_("Surel"),
    "faktor_kedua": N_("Faktor kedua"),
    "induk": N_("Unit induk"),
    "induk_id": N_("Unit induk"),
    "isi": N_("Isi"),
    "jabatan_id": N_("Jabatan"),
    "jenis": N_("Jenis"),
    "keterangan": N_("Keterangan"),
    "mulai": N_("Mulai berlaku"),
    "nama": N_("Nama"),
    "nilai": N_("Nilai"),
    "nip": N_("NIP"),
    "pemberi": N_("Pemberi delegasi"),
    "penetapan": N_("Penetapan"),
    "penetapan_id": N_("Penetapan"),
    "peran": N_("Peran"),
    "sandi": N_("Sandi"),
    "selesai": N_("Berakhir (hari pertama tidak berlaku)"),
    "status": N_("Status"),
    "unit_id": N_("Unit"),
    "varian": N_("Varian"),
    "versi": N_("Versi"),
}


@cache
def _act_titles() -> Mapping[str, str]:
    found = {**ACCOUNT_TITLES, **ROUTINE_TITLES}
    for config in apps.get_app_configs():
        module = f"{config.name}.events"
        if config.name.startswith("penata.domain.") and util.find_spec(module):
            found |= getattr(import_module(module), "AKSI_TITLES", {})
    return {str(key): title for key, title in found.items()}


def act_title(aksi: str) -> str:
    """Return what was done, as a heading."""
    if title := _act_titles().get(aksi):
        return _(title)
    return aksi.replace(".", " ").replace("-", " ").replace("_", " ").capitalize()


def act_choices() -> list[tuple[str, str]]:
    """Return every act that the rooms name, by title."""
    return sorted(((key, _(title)) for key, title in _act_titles().items()), key=lambda pair: pair[1])


def kind_title(jenis: str) -> str:
    """Return the kind of an object."""
    if title := KIND_TITLES.get(jenis):
        return _(title)
    return TABLES[jenis].title if jenis in TABLES else jenis.replace("_", " ").capitalize()


def field_title(jenis: str, name: str) -> str:
    """Return the title of a field: of the column of the snapshot table when there is one."""
    if jenis in TABLES:
        for column in TABLES[jenis].columns:
            if column.name == name:
                return column.title
    return _(FIELD_TITLES[name]) if name in FIELD_TITLES else name.replace("_", " ").capitalize()


def in_order(jenis: str, names: Collection[str]) -> list[str]:
    """Return fields in the order of their table, others after them by name: the log itself keeps no order."""
    places = {column.name: place for place, column in enumerate(TABLES[jenis].columns)} if jenis in TABLES else {}
    return sorted(names, key=lambda name: (places.get(name, len(places)), name))


def value_text(value: Any) -> str:
    """Return a value of the log as people write it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Mapping):
        text = "; ".join(f"{key}: {value_text(part)}" for key, part in value.items())
    elif isinstance(value, list):
        text = "; ".join(value_text(part) for part in value)
    else:
        text = _text(str(value))
    return text if len(text) <= LONG else text[:LONG].rstrip() + " …"


def _text(value: str) -> str:
    try:
        if found := _day(value):
            return short_day(found)
        return moment(at) if "T" in value and (at := _moment(value)) else value
    except ValueError:  # digits that only look like a date
        return value


def _day(value: str) -> date | None:
    return parse_date(value) if value.count("-") == 2 and len(value) == 10 else None


def _moment(value: str) -> datetime | None:
    found = parse_datetime(value)
    return found if found and found.tzinfo else None
