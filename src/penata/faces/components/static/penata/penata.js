// Behaviour that every page shares. Pages work without it; it saves clicks.

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-kirim-saat-berubah]")) event.target.form.requestSubmit();
  const chooser = event.target.closest("[data-pilih-kolom]");
  if (chooser) {
    const names = [...chooser.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value);
    chooser.elements.kolom.value = names.join(",");
  }
});

let opener = null; // where the focus returns when the drawer closes

function closeDrawer() {
  const drawer = document.getElementById("laci");
  if (!drawer || !drawer.firstElementChild) return;
  drawer.replaceChildren();
  if (opener && opener.isConnected) opener.focus();
}

document.addEventListener("click", (event) => {
  const toggle = event.target.closest("[data-buka]");
  if (toggle) {
    event.preventDefault();
    const target = document.getElementById(toggle.dataset.buka);
    toggle.setAttribute("aria-expanded", String(target.classList.toggle("terbuka")));
  }
  const menu = document.querySelector(".kiri.terbuka");
  if (menu && !toggle && !menu.contains(event.target)) {
    menu.classList.remove("terbuka");
    document.querySelector("[data-buka=menu]").setAttribute("aria-expanded", "false");
  }
  if (event.target.closest("[data-tutup-laci]")) closeDrawer();
  const print = event.target.closest("[data-cetak]");
  if (print) window.print();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target && event.detail.target.id === "laci") opener = document.activeElement;
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "laci") event.detail.target.querySelector("[data-tutup-laci]")?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDrawer();
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    document.getElementById("cari-semua")?.focus();
  }
});
