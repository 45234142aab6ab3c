// Rows that can be added, removed, moved and pasted, and forms that save themselves. Every text comes from the page.

const RETRY = 5000; // milliseconds until a save that could not be sent is tried again
let fresh = 0;

function changed(element) {
  element.dispatchEvent(new Event("input", { bubbles: true }));
}

function renumber(body) {
  body.querySelectorAll(":scope > [data-baris] > [data-nomor]").forEach((cell, place) => {
    cell.textContent = String(place + 1);
  });
}

function addRow(name, before = null) {
  const body = document.querySelector(`[data-tabel="${name}"] > tbody`);
  const row = document.querySelector(`template[data-pola="${name}"]`).content.firstElementChild.cloneNode(true);
  fresh += 1;
  row.querySelectorAll("[name]").forEach((field) => {
    field.name = field.name.replace("BARU", `b${fresh}`);
  });
  body.insertBefore(row, before);
  renumber(body);
  return row;
}

const fieldsOf = (row) => [...row.querySelectorAll("input:not([type=hidden]), textarea, select")];

document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-tambah]");
  if (add) {
    event.preventDefault();
    fieldsOf(addRow(add.dataset.tambah))[0].focus();
    return;
  }
  const button = event.target.closest("[data-hapus], [data-naik], [data-turun]");
  const row = button?.closest("[data-baris]");
  if (!row) return;
  event.preventDefault();
  const body = row.parentElement;
  const name = body.parentElement.dataset.tabel;
  if (button.matches("[data-naik]")) row.previousElementSibling?.before(row);
  else if (button.matches("[data-turun]")) row.nextElementSibling?.after(row);
  else {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    fieldsOf(next ?? addRow(name))[0].focus();
  }
  if (row.isConnected) button.focus();
  renumber(body);
  changed(body);
});

// A block copied from a spreadsheet fills rows and columns from the field it is pasted into.
document.addEventListener("paste", (event) => {
  const row = event.target.closest?.("[data-baris]");
  const text = event.clipboardData?.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "") ?? "";
  if (!row || !/[\n\t]/.test(text)) return;
  event.preventDefault();
  const name = row.parentElement.parentElement.dataset.tabel;
  const first = fieldsOf(row).indexOf(event.target);
  let target = row;
  for (const line of text.split("\n")) {
    target ??= addRow(name);
    const fields = fieldsOf(target);
    line.split("\t").forEach((value, place) => {
      const field = fields[first + place];
      if (!field) return;
      const word = value.trim();
      if (field.matches("select")) {
        const option = [...field.options].find((o) => o.value.toLowerCase() === word.toLowerCase());
        if (option) field.value = option.value;
      } else field.value = word;
    });
    target = target.nextElementSibling;
  }
  changed(row);
});

// Forms that save themselves.
const dirty = new Map(); // form -> how many changes are not saved yet
const FORM = "[data-simpan-sendiri]";
const saves = (element) => (element?.matches?.(FORM) ? element : null); // the form itself, not links inside it

function say(form, text, tone) {
  const place = form.querySelector(".simpanan");
  if (!place || place.matches(".bentrok")) return;
  place.className = `simpanan ${tone}`;
  place.textContent = text;
}

let leaving = ""; // the link that was followed while something was not saved yet

document.addEventListener("input", (event) => {
  const form = event.target.closest(FORM);
  if (!form) return;
  dirty.set(form, (dirty.get(form) ?? 0) + 1);
  say(form, form.dataset.berubah, "");
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = saves(event.detail.elt);
  if (!form) return;
  event.detail.xhr.penataChanges = dirty.get(form);
  say(form, form.dataset.menyimpan, "");
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const form = saves(event.detail.requestConfig?.elt);
  if (form && event.detail.xhr.status === 409) event.detail.shouldSwap = true;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = saves(event.detail.elt);
  if (!form) return;
  const { xhr } = event.detail;
  if (event.detail.successful && dirty.get(form) === xhr.penataChanges) dirty.delete(form);
  if (event.detail.successful) {
    if (leaving && !dirty.size) window.location.assign(leaving);
    return;
  }
  leaving = "";
  if (xhr.status === 409) return;
  say(form, form.dataset.terputus, "kurang");
  setTimeout(() => dirty.has(form) && changed(form), RETRY);
});

document.addEventListener("submit", (event) => dirty.delete(event.target));

// Leaving the page inside the moment between typing and saving loses nothing: a link waits for the save, and what
// closes the page altogether sends it along.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const form = dirty.keys().next().value;
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target || link?.closest(".bentrok, [role=alert]");
  if (!link || !form || elsewhere || link.hasAttribute("hx-get") || event.defaultPrevented) return;
  event.preventDefault();
  leaving = link.href;
  form.dispatchEvent(new Event("simpan"));
});

window.addEventListener("pagehide", () => {
  for (const form of dirty.keys()) navigator.sendBeacon(form.action, new FormData(form));
});
window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());

// On a phone the list of steps begins closed.
const steps = document.querySelector(".langkah-ponsel");
if (steps && window.matchMedia("(max-width: 820px)").matches) steps.open = false;
