"""Takes all pictures of the guides anew, from the system as it is.

    PYTHONPATH=src:. .venv/bin/python docs/panduan/gambar.py

A sample city is generated, filled into a database of its own and served; then every scene below is played in Chromium
as the account of a role, up to the state that a guide shows, and kept as a lossy WebP picture in ``gambar/``. When a
screen changes, run this again and look at the pictures: a scene that no longer finds its button fails by name.

``--isi FOLDER`` keeps the sample city for the next run. The names of pictures as arguments take only those; all scenes
are played nevertheless, because later ones continue the work of earlier ones.
"""

import argparse
import base64
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.browser.serving import run, serving

from penata.integrations.siasn.tiruan import fake_rows, write_rows

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("PENATA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage", "--font-render-hinting=none"]
PEOPLE = 1_500
DESK, PHONE = (1200, 680), (360, 660)
LARGEST, ALL_OF_THEM = 60 * 1024, 1_200 * 1024  # bytes
QUALITY = 56
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.querySelector("tr[data-key] [tabindex='0']").dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
# A Chromium without Indonesian shows dates the American way; officials' browsers do not.
DATES = """() => document.querySelectorAll("input[type=date]").forEach((field) => {
  const day = field.value ? field.value.split("-").reverse().join("/") : "";
  field.type = "text";
  field.value = day;
  field.placeholder = "hh/bb/tttt";
})"""
DAYS = ("tanggal_lahir", "tmt_cpns", "tmt_golongan", "tmt_jabatan")
SAID = (
    "nip", "nama", "gelar_depan", "gelar_belakang", "jenis_kelamin", "status", "golongan", "jabatan", "unit",
    "pendidikan", "bidang_studi", "nik", "npwp", "telepon", "email", "agama", "status_kawin", "alamat", *DAYS,
)  # fmt: skip
SCENES: list[Callable[["Studio"], None]] = []


def scene(play: Callable[["Studio"], None]) -> Callable[["Studio"], None]:
    """Put a scene on the list; they are played in the order of this file."""
    SCENES.append(play)
    return play


class Studio:
    """The browser, the accounts that are signed in, and the camera."""

    def __init__(self, browser: Browser, url: str, passwords: dict[str, str], wanted: set[str], folder: Path) -> None:
        """Keep what the scenes need; *folder* is for files that they upload."""
        self.browser, self.url, self.passwords, self.wanted, self.folder = browser, url, passwords, wanted, folder
        self.cookies: dict[str, object] = {}
        self.sizes: dict[str, int] = {}

    def window(self, account: str = "", size: tuple[int, int] = DESK) -> Page:
        """Open a window in which *account* is signed in."""
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": size[0], "height": size[1]}, locale="id-ID", accept_downloads=True,
            timezone_id="Asia/Jakarta", reduced_motion="reduce", storage_state=self.cookies.get(account),
        )  # fmt: skip
        context.set_default_timeout(30_000)
        page = context.new_page()
        if account and account not in self.cookies:
            page.goto("/akun/login/")
            page.fill("input[name=login]", account)
            page.fill("input[name=password]", self.passwords[account])
            page.locator("form:has(input[name=password]) button").first.click()
            page.wait_for_url(f"{self.url}/")
            self.cookies[account] = context.storage_state()
        return page

    def take(self, page: Page, name: str, height: int = 0) -> None:
        """Keep what the window shows, its first *height* pixels, as ``gambar/<name>.webp``."""
        if self.wanted and name not in self.wanted:
            return
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        page.evaluate(DATES)
        page.wait_for_timeout(250)
        size = page.viewport_size or {"width": 0, "height": 0}
        lens = page.context.new_cdp_session(page)
        top = page.evaluate("scrollY")
        clip = {"x": 0, "y": top, "width": size["width"], "height": height or size["height"], "scale": 1}
        for quality in range(QUALITY, 20, -8):
            told = lens.send("Page.captureScreenshot", {"format": "webp", "quality": quality, "clip": clip})
            picture = base64.b64decode(told["data"])
            if len(picture) <= LARGEST:
                break
        (HERE / "gambar" / f"{name}.webp").write_bytes(picture)
        self.sizes[name] = len(picture)
        print(f"  {name:24} {len(picture) / 1024:5.0f} KB")


def open_drawer(page: Page, door: str) -> None:
    """Press a figure and wait for the drawer that says where it comes from."""
    page.locator(door).first.click()
    expect(page.locator("#laci [data-laci], #laci .laci-kepala").first).to_be_visible()


def press(page: Page, name: str, kind: str = "button") -> None:
    """Press the button or link called *name* and wait for the page that follows."""
    page.locator("main").get_by_role(kind, name=name, exact=True).first.click()  # type: ignore[arg-type]
    page.wait_for_load_state()


@scene
def first_steps(studio: Studio) -> None:
    """What everybody meets: signing in, home, drawer, lists, phone."""
    page = studio.window()
    page.goto("/akun/login/")
    page.fill("input[name=login]", "operator")
    page.fill("input[name=password]", "sandi-contoh-saja")
    studio.take(page, "masuk", height=560)
    page = studio.window("analis")
    page.goto("/")
    studio.take(page, "beranda", height=600)
    page.goto("/pensiun/?dalam=12")
    page.locator("#daftar tbody a").first.click()
    page.wait_for_url("**/pegawai/**")
    open_drawer(page, "a.berasal[href*=asal-pensiun]")
    studio.take(page, "asal-angka")
    page.goto("/pegawai/?unit=U-03&jenis=fungsional")
    page.locator(".pilih-kolom summary").click()
    studio.take(page, "daftar", height=620)
    phone = studio.window("operator", PHONE)
    phone.goto("/")
    phone.locator("[data-buka=menu]").click()
    studio.take(phone, "ponsel-menu")


@scene
def analysis_of_a_job(studio: Studio) -> None:
    """The operator draws up informasi jabatan."""
    page = studio.window("operator")
    page.goto("/informasi-jabatan/belum/?cari=kepala+bidang")
    page.locator("#daftar tbody a").first.click()
    press(page, "Buat draf")
    page.wait_for_url(re.compile(r"/informasi-jabatan/\d+/"))
    key = page.url.split("/informasi-jabatan/")[1].split("/")[0]
    page.goto(f"/informasi-jabatan/{key}/butir/ikhtisar/")
    page.locator("main textarea").first.fill(
        "Memimpin penyusunan kebijakan teknis, pembinaan, dan evaluasi pendidikan pada bidangnya."
    )
    page.wait_for_timeout(1500)
    page.goto(f"/informasi-jabatan/{key}/butir/hasil/")
    studio.take(page, "informasi-butir")


@scene
def workload(studio: Studio) -> None:
    """The operator fills an ABK, pastes, checks, hands in; the analyst looks at it and compares units."""
    page = studio.window("operator")
    page.goto("/beban-kerja/baru/")
    page.fill("#id_unit", "U-02.02")
    page.fill("#id_tahun", "2027")
    press(page, "Buka")
    page.wait_for_url(re.compile(r"/beban-kerja/\d+/$"))
    page.wait_for_selector("[data-siap=ya]")
    address = page.url
    page.locator("tr[data-key]").nth(2).locator(".k3").click()
    studio.take(page, "abk-lembar")
    page.locator("tr[data-key]").nth(1).locator(".k1").click()
    rows = (
        "Menyusun laporan bulanan\tdokumen\tdua belas\ttahun\t6\tjam",
        "Memverifikasi usulan\tberkas\t240\ttahun\t45\tmenit",
    )
    page.evaluate(PASTE, "\n".join(rows))
    expect(page.locator("[data-salah]")).to_be_visible()
    studio.take(page, "abk-tempel")
    page.reload()
    page.wait_for_selector("[data-siap=ya]")
    page.locator("tr[data-key]").nth(0).locator(".k5").click()
    page.keyboard.type("2000")
    page.keyboard.press("Enter")
    expect(page.locator("[data-keadaan]")).to_have_text("Semua perubahan tersimpan")
    page.goto(address + "pemeriksaan/")
    studio.take(page, "abk-pemeriksaan")
    phone = studio.window("operator", PHONE)
    phone.goto(address + "posisi/")
    phone.locator("main table a").first.click()
    phone.wait_for_load_state()
    studio.take(phone, "ponsel-abk")
    page.goto(address)
    press(page, "Ajukan")
    page = studio.window("analis")
    page.goto(address)
    page.locator("summary", has_text="Kembalikan").click()
    page.fill("#id_catatan", "Norma waktu tugas nomor 1 jauh di atas unit lain; sertakan dasarnya.")
    studio.take(page, "abk-verifikasi", height=560)
    page.goto("/beban-kerja/banding/?cari=Penelaah+Teknis")
    page.locator(".pilihan-jabatan a").first.click()
    studio.take(page, "abk-banding")


@scene
def map_of_posts(studio: Studio) -> None:
    """The map with a finding, and what stands between it and the official file."""
    page = studio.window("analis")
    page.goto("/peta-jabatan/?unit=U-08")
    expect(page.locator("#peta [role=treeitem]").first).to_be_visible()
    page.locator("[data-lakukan=buka]").click()
    page.wait_for_timeout(600)
    page.locator("#peta [role=treeitem]").filter(has_text="!").first.click()
    page.wait_for_timeout(600)
    studio.take(page, "peta")
    page.goto("/peta-jabatan/ekspor/?unit=U-08")
    studio.take(page, "peta-ekspor", height=620)


@scene
def reorganisation(studio: Studio) -> None:
    """A draft of the analyst, before and after, and the decision of the leader."""
    page = studio.window("analis")
    page.goto("/rancangan/baru/")
    page.fill("[name=nama]", "Penggabungan dua bidang Dinas Dukcapil")
    page.fill("[name=mulai]", "2027-01-04")
    press(page, "Buat rancangan")
    page.wait_for_url(re.compile(r"/rancangan/\d+/$"))
    address = page.url
    page.goto(address + "tambah/gabung/")
    page.fill("[name=asal]", "U-08.04")
    page.fill("[name=tujuan]", "U-08.03")
    press(page, "Tambahkan")
    page.goto(address)
    studio.take(page, "rancangan")
    page.goto(address + "bandingkan/")
    studio.take(page, "rancangan-banding")
    page.goto(address)
    press(page, "Ajukan")
    page = studio.window("pimpinan")
    page.goto(address + "berlakukan/")
    studio.take(page, "rancangan-putusan")


@scene
def class_of_a_job(studio: Studio) -> None:
    """The worksheet of evaluasi jabatan with its result."""
    page = studio.window("analis")
    page.goto("/jabatan/?cari=arsiparis")
    page.locator("#daftar tbody a").first.click()
    page.wait_for_load_state()
    press(page, "Mulai evaluasi")
    page.wait_for_url(re.compile(r"/evaluasi-jabatan/\d+/"))
    for group in page.locator("fieldset.faktor .tingkat").all():
        group.locator("label").nth(min(2, group.locator("label").count() - 1)).click()
    page.locator("textarea").first.fill("Menerapkan pengetahuan kearsipan pada kasus yang beragam.")
    page.wait_for_timeout(2000)
    page.evaluate("scrollTo(0, 0)")
    studio.take(page, "evaluasi")


def everybody(page: Page) -> Iterator[dict[str, Any]]:
    """Read all people over the API, page by page."""
    onward: str | None = ""
    while onward is not None:
        asked = {"jumlah": 500, "kolom": ",".join((*SAID, "jenis", "perangkat_daerah")), "sesudah": onward}
        answer = page.request.get("/api/v1/pegawai/", params=asked).json()
        yield from answer["results"]
        onward = answer["next"]


@scene
def people(studio: Studio) -> None:
    """Data quality, reconciliation, and a profile on the phone."""
    page = studio.window("operator")
    page.goto("/mutu-data/")
    studio.take(page, "mutu-data")
    page = studio.window("analis")
    told = [
        {
            **{name: date.fromisoformat(row[name]) if name in DAYS and row[name] else row[name] for name in SAID},
            "jenis_jabatan": row["jenis"], "kantor": row["perangkat_daerah"],
        }
        for row in everybody(page)
    ]  # fmt: skip
    path = studio.folder / "Profil SIASN.xlsx"
    write_rows(path, fake_rows(told, seed=3, share=0.06)[0])
    page.goto("/rekonsiliasi/unggah/")
    page.set_input_files("input[type=file]", path)
    press(page, "Unggah dan bandingkan")
    for _wait in range(30):
        page.goto("/rekonsiliasi/")
        page.locator("#daftar tbody a").first.click()
        page.wait_for_load_state()
        if page.get_by_role("heading", name="Selisih per kolom").count():
            break
        page.wait_for_timeout(1000)
    studio.take(page, "rekonsiliasi")
    phone = studio.window("pegawai", PHONE)
    phone.goto("/")
    press(phone, "Profil saya", "link")
    studio.take(phone, "ponsel-profil")


@scene
def import_of_a_workbook(studio: Studio) -> None:
    """A workbook whose title nobody knows, and the preview with a refused row."""
    from openpyxl import load_workbook

    page = studio.window("analis")
    path = studio.folder / "Pegawai Dinas Kesehatan.xlsx"
    path.write_bytes(page.request.get("/ekspor-tabel/pegawai.xlsx").body())
    book = load_workbook(path)
    sheet = book["pegawai"] if "pegawai" in book.sheetnames else book.worksheets[0]
    titles = {str(cell.value): cell for row in sheet.iter_rows(max_row=6) for cell in row if cell.value}
    head = titles["Nama"].row
    for number in range(head + 1, head + 6):
        sheet.cell(number, titles["Nama"].column).value += " Utama"
    sheet.cell(head + 8, titles["Golongan"].column).value = "III/z"
    titles["Pendidikan"].value = "Lulusan"
    titles["Bidang studi"].value = "Prodi"
    book.save(path)
    page.goto("/impor/baru/")
    page.set_input_files("input[name=berkas]", path)
    press(page, "Unggah dan periksa")
    page.wait_for_url(re.compile(r"/impor/\d+/"))
    address = page.url
    expect(page.locator("main")).to_contain_text("Rincian per tabel", timeout=60_000)
    studio.take(page, "impor-pratinjau")
    page.goto(address + "pemetaan/")
    studio.take(page, "impor-pemetaan")


@scene
def law_and_policy(studio: Studio) -> None:
    """A parameter with its source, and what an analyst may state about it."""
    page = studio.window("analis")
    page.goto("/peraturan/parameter/abk.waktu_kerja_efektif/")
    studio.take(page, "parameter")


@scene
def accounts_and_trail(studio: Studio) -> None:
    """An account with its roles; the trail and its verification."""
    page = studio.window("pengelola")
    page.goto("/akun-pengguna/?cari=operator")
    page.locator("#daftar tbody a").first.click()
    page.wait_for_load_state()
    studio.take(page, "akun")
    page.goto("/akun/2fa/totp/activate/")
    page.fill("input[name=password]", studio.passwords["pengelola"])
    press(page, "Lanjutkan")
    studio.take(page, "faktor-kedua", height=620)
    page = studio.window("auditor")
    page.goto("/jejak/verifikasi/")
    press(page, "Periksa sekarang")
    for _wait in range(30):
        page.goto("/jejak/verifikasi/")
        if page.locator(".peristiwa .status.baik").count():
            break
        page.wait_for_timeout(1000)
    studio.take(page, "jejak-verifikasi", height=520)
    page.goto("/jejak/?unit=U-02")
    studio.take(page, "jejak", height=600)


def main() -> None:
    """Serve a sample city and play every scene."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nama", nargs="*", help="gambar yang diambil; kosong: semua")
    parser.add_argument("--isi", type=Path, help="folder kota contoh yang disimpan untuk kali berikutnya")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        filled = (asked.isi or folder / "isi").absolute()
        told = filled / "akun.txt"
        if not told.is_file():
            filled.mkdir(parents=True, exist_ok=True)
            words = ("--pegawai", PEOPLE, "--keluaran", filled / "hasil", "--tanpa-server")
            told.write_text(run(filled / "data", "penata", "demo", *words), encoding="utf-8")
        passwords = dict(re.findall(r"\b([a-z]+) +([a-z2-9]{4}(?:-[a-z2-9]{4}){3})\b", told.read_text("utf-8")))
        with serving(filled / "data", folder / "layanan") as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            studio = Studio(browser, server.url, passwords, set(asked.nama), folder)
            for play in SCENES:
                print(play.__name__)
                play(studio)
            browser.close()
    total = sum(path.stat().st_size for path in (HERE / "gambar").glob("*.webp"))
    print(f"{len(studio.sizes)} gambar; folder {total / 1024:.0f} KB")
    assert total <= ALL_OF_THEM, "the pictures are too large together"


if __name__ == "__main__":
    main()
