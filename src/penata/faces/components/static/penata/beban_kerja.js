// The entry grid of one ABK: keyboard, clipboard, tools and messages. Rows, drawing, cursor and saving are modules of
// their own; every figure comes from the server.

import { Cursor } from "./beban_kerja/pilih.js";
import { Model, WIDTH } from "./beban_kerja/model.js";
import { Picture, fill } from "./beban_kerja/gambar.js";
import { Sender } from "./beban_kerja/kirim.js";

class Grid {
  constructor(root, data) {
    this.root = root;
    this.editable = root.dataset.boleh === "ya";
    this.model = new Model(data);
    this.picture = new Picture(root, this.model);
    this.texts = this.picture.texts;
    this.cursor = new Cursor(this.picture, this.model, (key, col, text) => this.change([{ kind: "cell", key, col, text }]));
    this.sender = new Sender(root, this.model, {
      state: (name) => this.state(name),
      saved: (answer, news) => this.saved(answer, news),
      closed: (text) => this.closed(text),
      flags: (list) => this.picture.setFlags(list),
    });
    this.leaving = false; // after Escape the next Tab leaves the grid
    this.words();
    this.picture.all();
    this.picture.unit(data.unit);
    this.first();
    this.listen();
    if (matchMedia("(max-width: 820px)").matches && this.model.groups.length > 1) {
      this.foldAll(true);
      this.fold(this.picture.bodies.get(this.model.groups[0].id), false);
    }
    this.sender.checkSoon(100);
    if (this.editable) this.state("tersimpan");
  }

  words() {
    this.picture.columns.forEach((column, at) => {
      const list = this.root.querySelector(`#kata-${at}`);
      if (list) list.replaceChildren(...column.kata.split("|").map((word) => new Option(word, word)));
    });
  }

  first() {
    const key = this.model.order[0];
    if (key) this.cursor.go(key, 1, { focus: false });
    else this.picture.table.querySelector("[data-kosong]")?.setAttribute("tabindex", "0");
  }

  // --- changes

  change(ops) {
    if (!this.editable || this.sender.closed) return;
    this.show(this.model.change(ops));
  }

  // Draw what *undo* (the answer of a change) touched, and send it soon.
  show(undo) {
    if (undo.some((op) => op.kind !== "cell")) {
      const { at } = this.cursor;
      const place = at ? this.model.place.get(at.key) : undefined;
      this.picture.arrangeSome(undo.filter((op) => op.kind !== "cell").map((op) => (op.row ?? this.model.rows.get(op.key)).posisi));
      if (at && place === undefined) this.cursor.at = null;
    }
    for (const op of undo) if (op.key) this.picture.paint(op.key);
    this.sender.soon();
  }

  undo(back) {
    this.cursor.commit();
    const ops = back ? this.model.undo() : this.model.redo();
    if (!ops) return this.say(this.texts.habis);
    const seen = ops.map((op) => op.key ?? op.row.key).filter((key) => this.model.rows.has(key));
    this.picture.arrangeAll();
    for (const op of ops) this.picture.paint(op.key ?? op.row.key);
    this.sender.soon();
    this.say(back ? this.texts.urungkan : this.texts.ulangi);
    const key = seen.at(-1) ?? this.model.order[0];
    if (key) this.cursor.go(key, (ops.findLast((op) => op.kind === "cell")?.col ?? 0) + 1);
  }

  insert(posisi = null) {
    if (!this.editable) return;
    const current = this.cursor.at ? this.model.rows.get(this.cursor.at.key) : null;
    const group = this.model.byGroup.get(posisi ?? current?.posisi ?? this.model.groups[0]?.id);
    if (!group) return;
    const at = current && current.posisi === group.id ? group.keys.indexOf(current.key) + 1 : group.keys.length;
    const row = this.model.blank(group.id);
    this.change([{ kind: "insert", row, at }]);
    this.cursor.go(row.key, 1);
  }

  remove() {
    const { keys } = this.cursor.area();
    if (!this.editable || !keys.length) return;
    const last = this.model.place.get(keys.at(-1));
    const next = this.model.order[last + 1] ?? this.model.order[this.model.place.get(keys[0]) - 1];
    const { col } = this.cursor.at;
    this.cursor.at = null;
    this.cursor.marked = [];
    this.change(keys.map((key) => ({ kind: "delete", key })));
    if (next) this.cursor.go(next, col);
    this.say(fill(this.texts.dihapus, { n: keys.length }));
  }

  shift(way) {
    const { at } = this.cursor;
    if (!this.editable || !at) return;
    const { keys } = this.model.byGroup.get(this.model.rows.get(at.key).posisi);
    const to = keys.indexOf(at.key) + way;
    if (to < 0 || to >= keys.length) return;
    this.change([{ kind: "move", key: at.key, to }]);
    this.cursor.go(at.key, at.col);
    this.say(this.texts.geser);
  }

  cells(area, text) {
    const ops = [];
    area.keys.forEach((key, row) => {
      for (let col = area.from; col <= Math.min(area.to, WIDTH); col += 1) {
        const wanted = text(row, col - 1, key);
        if (wanted !== this.model.rows.get(key).sel[col - 1]) ops.push({ kind: "cell", key, col: col - 1, text: wanted });
      }
    });
    if (ops.length) this.change(ops);
  }

  fillDown() {
    const area = this.cursor.area();
    const { order, place, rows } = this.model;
    const single = area.keys.length === 1;
    const source = single ? order[place.get(area.keys[0]) - 1] : area.keys[0];
    if (source && (!single || rows.get(source).posisi === rows.get(area.keys[0]).posisi)) {
      const from = [...rows.get(source).sel];
      this.cells(area, (_row, col) => from[col]);
    }
  }

  // --- clipboard

  copy(event) {
    const { keys, from, to } = this.cursor.area();
    if (!keys.length || this.cursor.editor) return false;
    const text = (key, col) => {
      const row = this.model.rows.get(key);
      return [...row.sel, ...row.hitung, ""][col - 1];
    };
    const lines = keys.map((key) => Array.from({ length: to - from + 1 }, (_x, at) => text(key, from + at)).join("\t"));
    event.clipboardData.setData("text/plain", lines.join("\r\n"));
    event.preventDefault();
    this.say(fill(this.texts.salin, { n: keys.length }));
    return true;
  }

  async paste(event) {
    const text = event.clipboardData.getData("text/plain");
    if (this.cursor.editor || !this.editable || !this.cursor.at || this.cursor.at.col > WIDTH) return;
    event.preventDefault();
    const area = this.cursor.area();
    const start = { key: area.keys[0], col: area.from };
    const block = await this.sender.read(text, start.col - 1).catch(() => ({ salah: [{ baris: null, pesan: this.texts.putus, saran: "" }] }));
    this.wrongBlock(block.salah ?? (block.pesan ? [{ baris: null, pesan: block.pesan, saran: "" }] : []));
    if (!block.baris || !this.model.rows.has(start.key)) return;
    if (block.baris.length === 1 && block.baris[0].length === 1) {
      this.cells(area, () => block.baris[0][0]);
      return;
    }
    this.place(block, start.key);
  }

  // Put an understood block over the rows of one posisi, from *key* on; what is beyond its last row becomes new rows.
  place(block, key) {
    const group = this.model.byGroup.get(this.model.rows.get(key).posisi);
    const at = group.keys.indexOf(key);
    const ops = [];
    block.baris.forEach((texts, row) => {
      const target = group.keys[at + row];
      if (target) {
        block.kolom.forEach((col, place) => {
          if (this.model.rows.get(target).sel[col] !== texts[place]) ops.push({ kind: "cell", key: target, col, text: texts[place] });
        });
        return;
      }
      const fresh = this.model.blank(group.id);
      block.kolom.forEach((col, place) => { fresh.sel[col] = texts[place]; });
      ops.push({ kind: "insert", row: fresh, at: at + row });
    });
    this.change(ops);
    const fresh = ops.filter((op) => op.kind === "insert").length;
    this.say(fill(this.texts.tempel, { n: block.baris.length, baru: fresh }));
    const last = group.keys[at + block.baris.length - 1];
    this.cursor.go(key, Math.min(...block.kolom) + 1);
    this.cursor.anchor = { key: last, col: Math.max(...block.kolom) + 1 };
    this.cursor.paint();
  }

  // --- keyboard

  keydown(event) {
    if (!this.cursor.at || !event.target.closest("tr[data-key]")) return this.keyEmpty(event);
    const editing = Boolean(this.cursor.editor);
    const name = `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${event.key}`;
    const act = (editing ? this.editKeys : this.moveKeys)[name];
    if (name !== "Escape" && name !== "Tab" && name !== "Shift+Tab") this.leaving = false;
    if (act) {
      if (act() !== false) event.preventDefault();
    } else if (!editing && this.editable && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.cursor.edit(event.key);
    }
  }

  keyEmpty(event) {
    const cell = event.target.closest("[data-kosong]");
    if (cell && event.key === "Enter") {
      event.preventDefault();
      this.insert(Number(cell.dataset.kosong));
    }
  }

  get moveKeys() {
    const { cursor } = this;
    const page = 15;
    const end = this.picture.last;
    const far = this.model.order.length;
    return {
      ArrowDown: () => cursor.step(1, 0), ArrowUp: () => cursor.step(-1, 0), ArrowLeft: () => cursor.step(0, -1), ArrowRight: () => cursor.step(0, 1),
      "Shift+ArrowDown": () => cursor.step(1, 0, true), "Shift+ArrowUp": () => cursor.step(-1, 0, true), "Shift+ArrowLeft": () => cursor.step(0, -1, true), "Shift+ArrowRight": () => cursor.step(0, 1, true),
      PageDown: () => cursor.step(page, 0), PageUp: () => cursor.step(-page, 0), Home: () => cursor.step(0, -end), End: () => cursor.step(0, end),
      "Ctrl+Home": () => { cursor.step(-far, -end); }, "Ctrl+End": () => { cursor.step(far, end); },
      "Ctrl+Shift+End": () => cursor.step(far, 0, true), "Ctrl+Shift+Home": () => cursor.step(-far, 0, true),
      Enter: () => this.enter(), "Shift+Enter": () => cursor.step(-1, 0), Tab: () => this.tab(1), "Shift+Tab": () => this.tab(-1),
      F2: () => cursor.edit(), Escape: () => { this.leaving = true; },
      Delete: () => this.cells(cursor.area(), () => ""), Backspace: () => this.cells(cursor.area(), () => ""),
      "Ctrl+d": () => this.fillDown(), "Ctrl+z": () => this.undo(true), "Ctrl+y": () => this.undo(false), "Ctrl+Shift+Z": () => this.undo(false),
      "Ctrl+Enter": () => this.insert(), "Ctrl+Delete": () => this.remove(), "Ctrl+Backspace": () => this.remove(),
      "Alt+ArrowUp": () => this.shift(-1), "Alt+ArrowDown": () => this.shift(1), "Ctrl+a": () => this.all(),
    };
  }

  get editKeys() {
    const { cursor } = this;
    return {
      Enter: () => { cursor.commit(); cursor.step(1, 0); }, "Shift+Enter": () => { cursor.commit(); cursor.step(-1, 0); },
      Tab: () => { cursor.commit(); this.tab(1); }, "Shift+Tab": () => { cursor.commit(); this.tab(-1); },
      Escape: () => cursor.cancel(), "Ctrl+Enter": () => { cursor.commit(); this.insert(); },
    };
  }

  enter() {
    if (this.cursor.typed) return this.cursor.step(1, 0);
    return this.door(this.cursor.at);
  }

  tab(way) {
    const { at } = this.cursor;
    const place = this.model.place.get(at.key);
    const over = way > 0 ? at.col >= WIDTH : at.col <= 1;
    const edge = over && this.model.order[place + way] === undefined;
    if (this.leaving || edge || !this.editable) return false; // the browser moves on, out of the grid
    this.cursor.step(over ? way : 0, over ? -way * (WIDTH - 1) : way);
    return true;
  }

  all() {
    const { order } = this.model;
    this.cursor.anchor = { key: order[0], col: 1 };
    this.cursor.at = { key: order.at(-1), col: this.picture.last };
    this.cursor.paint();
  }

  door(at) {
    const row = this.model.rows.get(at.key);
    if (row.id === null) return;
    if (at.col === this.picture.last) return this.say(this.cursor.cell(at).title);
    window.htmx.ajax("GET", this.picture.address("asalBaris", row.id), { target: "#laci", source: this.cursor.cell(at) });
  }

  // --- mouse and touch

  pointer(event) {
    const toggle = event.target.closest(".ciut");
    if (toggle) return this.fold(toggle.closest("tbody"), toggle.getAttribute("aria-expanded") === "true");
    const door = event.target.closest("[data-asal]");
    if (door) {
      event.preventDefault();
      return window.htmx.ajax("GET", door.getAttribute("href"), { target: "#laci", source: door });
    }
    const empty = event.target.closest("[data-kosong]");
    if (empty) return this.insert(Number(empty.dataset.kosong));
    const cell = event.target.closest("tr[data-key] > [role=gridcell]");
    if (!cell || cell.contains(this.cursor.editor?.editor ?? null)) return;
    const at = { key: cell.parentElement.dataset.key, col: cell.cellIndex };
    const again = this.cursor.at && at.key === this.cursor.at.key && at.col === this.cursor.at.col;
    this.cursor.go(at.key, at.col, { extend: event.shiftKey });
    if (at.col > WIDTH) return this.door(at);
    if (this.editable && (event.detail > 1 || event.pointerType === "touch" || (again && matchMedia("(pointer: coarse)").matches))) this.cursor.edit();
  }

  drag(event) {
    if (event.buttons !== 1 || event.pointerType === "touch" || !this.cursor.at || this.cursor.editor) return;
    const cell = event.target.closest?.("tr[data-key] > [role=gridcell]");
    if (!cell || !this.dragging) return;
    this.cursor.go(cell.parentElement.dataset.key, cell.cellIndex, { extend: true });
  }

  fold(body, away) {
    body.querySelector(".ciut").setAttribute("aria-expanded", String(!away));
    for (const row of body.querySelectorAll("tr:not(.posisi)")) row.hidden = away;
  }

  foldAll(away) {
    for (const body of this.picture.bodies.values()) this.fold(body, away);
  }

  tool(name) {
    this.cursor.commit();
    const open = [...this.picture.bodies.values()].some((body) => body.querySelector(".ciut").getAttribute("aria-expanded") === "true");
    const acts = {
      sisip: () => this.insert(), hapus: () => this.remove(), naik: () => this.shift(-1), turun: () => this.shift(1), isi: () => this.fillDown(),
      urungkan: () => this.undo(true), ulangi: () => this.undo(false), ciut: () => this.foldAll(open),
    };
    acts[name]();
  }

  listen() {
    const { table } = this.picture;
    table.addEventListener("keydown", (event) => this.keydown(event));
    table.addEventListener("click", (event) => this.pointer(event));
    table.addEventListener("pointerdown", (event) => {
      const cell = event.target.closest("tr[data-key] > [role=gridcell]");
      this.dragging = Boolean(cell) && !event.shiftKey;
      if (this.dragging && !this.cursor.editor) this.cursor.go(cell.parentElement.dataset.key, cell.cellIndex, { focus: false });
    });
    table.addEventListener("pointerover", (event) => this.drag(event));
    table.addEventListener("copy", (event) => this.copy(event));
    table.addEventListener("cut", (event) => { if (this.copy(event) && this.editable) this.cells(this.cursor.area(), () => ""); });
    table.addEventListener("paste", (event) => this.paste(event));
    this.root.querySelector(".alat").addEventListener("click", (event) => {
      const button = event.target.closest("[data-alat]");
      if (button) this.tool(button.dataset.alat);
    });
    this.root.querySelector("[data-konflik]").addEventListener("click", (event) => this.decide(event));
    this.root.querySelector("[data-salah]").addEventListener("click", (event) => { if (event.target.closest("button")) this.wrongBlock([]); });
    window.addEventListener("beforeunload", (event) => { if (!this.sender.closed && (this.sender.busy || this.model.unsaved() || this.clashes().length)) event.preventDefault(); });
    document.addEventListener("submit", (event) => this.beforeStep(event));
  }

  // A step of the workflow names the version it is about: first everything is saved.
  async beforeStep(event) {
    const form = event.target.closest("form[data-alur]");
    if (!form) return;
    event.preventDefault();
    this.cursor.commit();
    for (let round = 0; round < 20 && (this.sender.busy || this.model.unsaved()); round += 1) {
      await this.sender.send();
      await new Promise((done) => { setTimeout(done, 100); });
    }
    if (this.model.unsaved() || this.clashes().length) return this.say(this.texts.belum);
    form.querySelector("[data-versi]").value = this.model.versi;
    form.submit();
  }

  // --- what the server said

  state(name) {
    const wrong = [...this.model.rows.values()].reduce((sum, row) => sum + row.wrong.length, 0);
    const clashes = this.clashes().length;
    const open = name === "tersimpan" && wrong + clashes > 0; // sent, but not all of it could be taken
    const said = clashes ? fill(this.texts.konflik, { n: clashes }) : fill(this.texts.salah, { n: wrong });
    const place = this.root.querySelector("[data-keadaan]");
    const text = open ? said : this.texts[name];
    if (place.textContent !== text) place.textContent = text;
    place.className = `keadaan-simpan keadaan-${open ? "salah" : name}`;
  }

  saved(answer, { others, reload }) {
    this.picture.unit(answer.unit);
    for (const head of answer.posisi) {
      const group = this.model.byGroup.get(head.id);
      if (group) this.picture.headFacts(Object.assign(group, head));
    }
    if (reload) return this.reload();
    if (answer.susunan) this.picture.arrangeAll();
    for (const key of [...Object.keys(answer.baris), ...Object.keys(answer.salah), ...answer.konflik.map((c) => c.kunci)]) this.picture.paint(key);
    for (const row of others) this.picture.paint(row.key);
    if (others.length) this.say(fill(this.texts.lain, { n: others.length }));
    this.state(this.model.unsaved() ? "menunggu" : "tersimpan");
    this.conflicts();
  }

  // Somebody else's rows that the answer did not bring: fetch everything, keep what is not sent yet.
  async reload() {
    const response = await fetch(this.root.dataset.muat, { credentials: "same-origin" });
    if (!response.ok) return this.closed(this.texts.gagal_muat);
    const data = await response.json();
    this.model.versi = data.versi;
    for (const item of data.baris) if (!this.model.deleted.has(item.id)) this.model.refresh(item);
    const order = {};
    for (const item of data.baris) (order[item.posisi] ??= []).push(item.id);
    this.model.arrange(order);
    this.picture.arrangeAll();
    for (const key of this.model.order) this.picture.paint(key);
    this.picture.unit(data.unit);
    this.state(this.model.unsaved() ? "menunggu" : "tersimpan");
    this.conflicts();
  }

  closed(text) {
    this.editable = false;
    this.say("");
    const place = this.root.querySelector("[data-keadaan]");
    place.textContent = text ?? this.texts.ditolak;
    place.className = "keadaan-simpan keadaan-putus";
  }

  clashes() {
    return [...this.model.rows.values()].filter((row) => row.clash);
  }

  conflicts() {
    const panel = this.root.querySelector("[data-konflik]");
    const rows = this.clashes();
    panel.hidden = rows.length === 0;
    const parts = rows.map((row) => {
      const { clash } = row;
      const item = document.createElement("div");
      item.className = "bentrokan";
      item.dataset.key = row.key;
      const line = (tag, text) => { const e = document.createElement(tag); e.textContent = text; item.append(e); return e; };
      line("p", fill(clash.sel ? this.texts.konflik_teks : this.texts.konflik_hapus, { tugas: `“${row.sel[0]}”`, who: clash.oleh }));
      if (clash.sel) line("p", `${fill(this.texts.isi_mereka, { who: clash.oleh })} ${this.difference(clash.sel, row.sel)}`);
      line("p", `${this.texts.isi_saya} ${this.difference(row.sel, clash.sel ?? Array(WIDTH).fill(""))}`);
      for (const [name, text] of [["saya", this.texts.punya_saya], ["mereka", fill(this.texts.punya_mereka, { who: clash.oleh })]]) {
        const button = line("button", text);
        button.type = "button";
        button.className = "tombol-kecil";
        button.dataset.pilih = name;
      }
      return item;
    });
    const title = document.createElement("p");
    title.className = "judul-konflik";
    title.textContent = fill(this.texts.konflik, { n: rows.length });
    panel.replaceChildren(title, ...parts);
  }

  difference(mine, other) {
    return mine.map((text, at) => (text === other[at] ? null : `${this.picture.columns[at].judul} ${text || "–"}`)).filter(Boolean).join(" · ");
  }

  decide(event) {
    const choice = event.target.closest("[data-pilih]")?.dataset.pilih;
    if (!choice) return;
    const row = this.model.rows.get(event.target.closest("[data-key]").dataset.key);
    const { clash } = row;
    row.clash = null;
    row.base = clash.versi;
    if (choice === "saya") {
      if (!clash.sel) row.id = null;
      this.model.touch(row);
    } else if (clash.sel) {
      Object.assign(row, { sel: clash.sel, dirty: false, wrong: [] });
    } else {
      this.model.byGroup.get(row.posisi).keys = this.model.byGroup.get(row.posisi).keys.filter((key) => key !== row.key);
      this.model.rows.delete(row.key);
      this.model.index();
      this.picture.arrangeAll();
    }
    this.picture.paint(row.key);
    this.conflicts();
    this.sender.soon(0);
    if (choice === "mereka") this.reload();
  }

  wrongBlock(wrong) {
    const panel = this.root.querySelector("[data-salah]");
    panel.hidden = wrong.length === 0;
    if (!wrong.length) return panel.replaceChildren();
    const title = document.createElement("p");
    title.textContent = wrong[0].baris === null ? this.texts.tempel_tidak : fill(this.texts.tempel_gagal, { n: wrong.length });
    const list = document.createElement("ul");
    for (const item of wrong.slice(0, 20)) {
      const place = { ...item, kolom: item.judul, baris: item.baris + 1 };
      const entry = document.createElement("li");
      entry.textContent = fill(item.baris === null ? this.texts.blok : this.texts.sel, place);
      list.append(entry);
    }
    const close = document.createElement("button");
    close.type = "button";
    close.className = "tombol-kecil";
    close.textContent = this.texts.tutup;
    panel.replaceChildren(title, list, close);
    return panel.scrollIntoView({ block: "nearest" });
  }

  say(text) {
    this.root.querySelector("[data-kabar]").textContent = text;
  }
}

async function start() {
  const root = document.getElementById("lembar-abk");
  if (!root) return;
  const response = await fetch(root.dataset.muat, { credentials: "same-origin" }).catch(() => null);
  if (!response?.ok) {
    root.querySelector("[data-keadaan]").textContent = JSON.parse(root.dataset.teks).gagal_muat;
    return;
  }
  new Grid(root, await response.json());
  root.dataset.siap = "ya";
}

start();
