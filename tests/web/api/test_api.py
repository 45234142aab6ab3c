"""The read API: the rows of the lists, one shape for every error."""

import re

import pytest
from django.urls import get_resolver
from tests.web.kota import HARI

from penata.foundation.listing import listings

NAMES = ["pegawai", "unit", "jabatan", "posisi"]


def test_a_stranger_is_refused(client, db):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code in {200, 401}
    for listing in listings():
        refused = client.get(f"/api/v1/{listing.name}/")
        assert refused.status_code == 401
        assert refused.json()["errors"]


@pytest.mark.parametrize("query", ["urut=tidak-ada", "jumlah=0", "jumlah=seribu", "lain=1", "per=besok"])
def test_wrong_questions_name_the_field(signed_in, query):
    get_resolver().url_patterns  # noqa: B018 - the lists are registered when the addresses are read
    browser = signed_in("analis")
    for listing in listings():
        answer = browser.get(f"/api/v1/{listing.name}/?{query}")
        assert answer.status_code == 400, listing.name
        assert answer.json()["errors"][0]["isian"] == query.split("=")[0]


def test_all_pages_together_are_the_export(signed_in):
    get_resolver().url_patterns  # noqa: B018
    browser = signed_in("analis")
    for listing in listings():
        if browser.get(f"/api/v1/{listing.name}/").status_code == 403:
            assert browser.get(f"/ekspor/{listing.name}.csv").status_code == 403, listing.name
            continue
        rows, cursor = [], ""
        while True:
            answer = browser.get(f"/api/v1/{listing.name}/?jumlah=3&sesudah={cursor}").json()
            rows += answer["results"]
            cursor = answer["next"]
            if not cursor:
                break
        assert len(rows) == answer["total"], listing.name
        lines = b"".join(browser.get(f"/ekspor/{listing.name}.csv").streaming_content).decode("utf-8-sig").splitlines()
        assert len(lines) - 1 >= len(rows), listing.name


def test_hours_years_and_moments_are_answered(signed_in, kota):
    """An ABK has a year and a moment, an act of the log an hour; a token is the way in which they are read."""
    from penata.domain.beban_kerja.models import Abk
    from penata.domain.organisasi.actions import create_penetapan

    Abk.objects.create(unit=kota.unit["U-0101"], tahun=2026)
    create_penetapan(jenis="Keputusan Wali Kota", nomor="9 Tahun 2026", tanggal=HARI, by=kota.reader("analis"))
    browser = signed_in("analis")
    (abk,) = browser.get("/api/v1/abk/").json()["results"]
    assert abk["tahun"] == "2026"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", abk["diubah"])
    acts = browser.get("/api/v1/jejak/").json()["results"]
    assert all(re.fullmatch(r"\d\d:\d\d:\d\d", act["jam"]) for act in acts)
    assert acts
