// Drawing: one table row per task, one head per posisi. Everything is text; nothing from data becomes markup.

const EXTRA = ["beban", "orang", "periksa"]; // columns behind the typed ones, read only

export function fill(text, words) {
  return text.replace(/\{(\w+)\}/g, (_all, name) => words[name] ?? "");
}

function make(tag, attributes = {}, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

export class Picture {
  constructor(root, model) {
    this.root = root;
    this.model = model;
    this.texts = JSON.parse(root.dataset.teks);
    this.columns = JSON.parse(root.dataset.kolom);
    this.table = root.querySelector("table");
    this.bodies = new Map(); // posisi -> tbody
    this.lines = new Map(); // key -> tr
    this.flags = new Map(); // id of a row -> list
    this.groupFlags = new Map();
    this.last = this.columns.length + EXTRA.length; // index of the last column, 0 is the number
    this.template = this.lineTemplate();
  }

  titles() {
    return [this.texts.no, ...this.columns.map((c) => c.judul), ...EXTRA.map((name) => this.texts[name])];
  }

  all() {
    const head = make("thead", { role: "rowgroup" });
    const row = make("tr", { role: "row" });
    this.titles().forEach((title, at) => {
      const cell = make("th", { role: "columnheader", scope: "col", class: `k${at}`, "aria-colindex": at + 1 }, title);
      if (at && this.columns[at - 1]) cell.title = this.columns[at - 1].penuh;
      row.append(cell);
    });
    head.append(row);
    this.table.replaceChildren(head);
    this.table.setAttribute("aria-colcount", this.last + 1);
    this.bodies.clear();
    this.lines.clear();
    for (const group of this.model.groups) this.group(group);
    this.numbers();
  }

  group(group) {
    const body = make("tbody", { role: "rowgroup", "data-posisi": group.id });
    body.append(this.head(group));
    for (const key of group.keys) body.append(this.line(key));
    this.bodies.set(group.id, body);
    this.empty(group, body);
    this.table.append(body);
  }

  head(group) {
    const row = make("tr", { role: "row", class: "posisi" });
    const cell = make("th", { role: "rowheader", scope: "colgroup", colspan: this.last - 2 });
    const toggle = make("button", { type: "button", class: "ciut", "aria-expanded": "true", title: this.texts.ciutkan }, group.jabatan);
    const facts = make("span", { class: "fakta" });
    cell.append(toggle, make("small", {}, `${group.kode} · ${this.texts.kelas} ${group.kelas}`), facts);
    if (!group.di_unit) cell.append(make("span", { class: "status buruk" }, this.texts.bukan_unit));
    row.append(cell);
    for (const name of EXTRA) row.append(make("td", { role: "gridcell", class: `jumlah-${name}`, "data-judul": this.texts[name] }));
    this.headFacts(group, row);
    return row;
  }

  headFacts(group, row = this.bodies.get(group.id)?.firstElementChild) {
    if (!row) return;
    const facts = row.querySelector(".fakta");
    const door = (text) => make("a", { class: "berasal", tabindex: "-1", href: this.address("asalPosisi", group.id), "data-asal": "", title: this.texts.asal }, text);
    const need = door(`K ${group.k}`);
    need.setAttribute("tabindex", "0");
    const gap = make("span", { class: `keadaan ${group.arah}` }, group.selisih);
    facts.replaceChildren(`B ${group.b} · `, need, " · ", gap, ` · EJ ${group.ej}`);
    row.querySelector(".jumlah-beban").replaceChildren(door(group.beban));
    row.querySelector(".jumlah-orang").replaceChildren(door(group.hitung));
    this.sign(row.querySelector(".jumlah-periksa"), this.groupFlags.get(group.id) ?? []);
  }

  address(name, id) {
    return this.root.dataset[name].replace(/\/0\/$/, `/${id}/`);
  }

  empty(group, body) {
    body.querySelector(".belum-ada")?.remove();
    if (group.keys.length) return;
    const row = make("tr", { role: "row", class: "belum-ada" });
    const cell = make("td", { role: "gridcell", colspan: this.last + 1, tabindex: "-1", "data-kosong": group.id }, this.texts.kosong);
    row.append(cell);
    body.append(row);
  }

  lineTemplate() {
    const row = make("tr", { role: "row" });
    this.titles().forEach((title, at) => {
      const cell = make(at ? "td" : "th", { role: at ? "gridcell" : "rowheader", class: `k${at}`, "data-judul": title, "aria-colindex": at + 1 });
      if (at) cell.setAttribute("tabindex", "-1");
      if (at > this.columns.length) cell.setAttribute("aria-readonly", "true");
      row.append(cell);
    });
    return row;
  }

  line(key) {
    const row = this.template.cloneNode(true);
    row.dataset.key = key;
    this.lines.set(key, row);
    this.paint(key);
    return row;
  }

  // Show one row as the model has it.
  paint(key) {
    const line = this.lines.get(key);
    const row = this.model.rows.get(key);
    if (!line || !row) return;
    const cells = line.children;
    row.sel.forEach((text, at) => {
      const cell = cells[at + 1];
      if (cell.firstElementChild) return; // being edited
      if (cell.textContent !== text) cell.textContent = text;
      const wrong = row.wrong.find((item) => item.kolom === at);
      cell.classList.toggle("salah", Boolean(wrong));
      if (wrong) {
        cell.setAttribute("aria-invalid", "true");
        cell.title = `${wrong.pesan} ${wrong.saran}`;
      } else if (cell.hasAttribute("aria-invalid")) {
        cell.removeAttribute("aria-invalid");
        cell.removeAttribute("title");
      }
    });
    row.hitung.forEach((text, at) => {
      const cell = cells[this.columns.length + 1 + at];
      if (cell.textContent !== text) cell.textContent = text;
    });
    line.classList.toggle("bentrok", Boolean(row.clash));
    line.classList.toggle("berubah", row.dirty);
    this.sign(cells[this.last], row.id === null ? [] : (this.flags.get(row.id) ?? []));
  }

  sign(cell, flags) {
    if (!flags.length && !cell.firstChild) return;
    const worst = flags.some((f) => f.level === "galat") ? "✕" : flags.some((f) => f.level === "peringatan") ? "▲" : "i";
    const said = flags.map((f) => `${f.kalimat} ${f.saran}`).join("\n");
    if (!flags.length) {
      cell.replaceChildren();
      cell.removeAttribute("title");
      return;
    }
    const mark = make("span", { class: `tanda-${flags[0].level}`, "aria-hidden": "true" }, `${worst}${flags.length > 1 ? flags.length : ""}`);
    cell.replaceChildren(mark, make("span", { class: "tersembunyi" }, said));
    cell.title = said;
  }

  // Bring the lines of one posisi into the order of the model, making and dropping lines as needed.
  arrange(group) {
    const body = this.bodies.get(group.id);
    const wanted = new Set(group.keys);
    for (const line of [...body.querySelectorAll("tr[data-key]")]) {
      if (!wanted.has(line.dataset.key)) {
        line.remove();
        this.lines.delete(line.dataset.key);
      }
    }
    let before = body.firstElementChild;
    for (const key of group.keys) {
      const line = this.lines.get(key) ?? this.line(key);
      if (before.nextElementSibling !== line) before.after(line);
      before = line;
    }
    this.empty(group, body);
  }

  arrangeSome(ids) {
    for (const id of new Set(ids)) this.arrange(this.model.byGroup.get(id));
    this.numbers();
  }

  arrangeAll() {
    this.arrangeSome(this.model.byGroup.keys());
  }

  // Number the lines within their posisi, and tell assistive technology where they are in the whole.
  numbers() {
    let at = 1;
    for (const group of this.model.groups) {
      this.bodies.get(group.id).firstElementChild.setAttribute("aria-rowindex", (at += 1));
      group.keys.forEach((key, place) => {
        const line = this.lines.get(key);
        line.setAttribute("aria-rowindex", (at += 1));
        const number = String(place + 1);
        if (line.firstElementChild.textContent !== number) line.firstElementChild.textContent = number;
      });
    }
    this.table.setAttribute("aria-rowcount", at);
  }

  unit(figures) {
    for (const element of document.querySelectorAll("[data-unit]")) {
      const name = element.dataset.unit;
      element.textContent = figures[name];
      if (name === "selisih") element.className = figures.arah;
    }
  }

  setFlags(list) {
    const rows = new Map();
    const groups = new Map();
    for (const [kode, level, posisi, baris, kalimat, saran] of list) {
      const [where, id] = baris === null ? [groups, posisi] : [rows, baris];
      where.set(id, [...(where.get(id) ?? []), { kode, level, kalimat, saran }]);
    }
    const touched = new Set([...this.flags.keys(), ...rows.keys()]);
    this.flags = rows;
    this.groupFlags = groups;
    for (const row of this.model.rows.values()) if (touched.has(row.id)) this.paint(row.key);
    for (const group of this.model.groups) this.headFacts(group);
  }
}
