// The rows of one ABK as the page knows them, and every change as something that can be undone.
// Texts only: what a number means, and what follows from it, is the server's business.

export const WIDTH = 8; // columns that are typed

export class Model {
  constructor(data) {
    this.rows = new Map(); // key -> row
    this.groups = []; // {id, keys, ...head}
    this.byGroup = new Map();
    this.deleted = new Map(); // id -> version under which it was deleted, not yet sent
    this.reordered = new Set(); // ids of posisi whose order is not yet sent
    this.past = [];
    this.future = [];
    this.counter = 0;
    this.load(data);
  }

  load(data) {
    this.versi = data.versi;
    this.groups = data.posisi.map((head) => ({ ...head, keys: [] }));
    this.byGroup = new Map(this.groups.map((group) => [group.id, group]));
    for (const item of data.baris) this.adopt(item);
    this.index();
  }

  adopt(item) {
    const key = `r${item.id}`;
    const row = { key, id: item.id, posisi: item.posisi, sel: item.sel, hitung: item.hitung, base: this.versi, dirty: false, rev: 0, failed: -1, wrong: [], clash: null };
    this.rows.set(key, row);
    this.byGroup.get(item.posisi)?.keys.push(key);
    return row;
  }

  index() {
    this.order = this.groups.flatMap((group) => group.keys);
    this.place = new Map(this.order.map((key, at) => [key, at]));
  }

  byId(id) {
    for (const row of this.rows.values()) if (row.id === id) return row;
    return null;
  }

  blank(posisi) {
    this.counter += 1;
    return { key: `b${this.counter}`, id: null, posisi, sel: Array(WIDTH).fill(""), hitung: ["", ""], base: this.versi, dirty: false, rev: 0, failed: -1, wrong: [], clash: null };
  }

  // --- changes; each returns what undoes it

  touch(row) {
    if (!row.dirty) row.base = this.versi; // all up to this version is known here
    if (row.id === null) this.reordered.add(row.posisi); // the server puts a new row last
    row.dirty = true;
    row.rev += 1;
    row.wrong = [];
  }

  apply(op) {
    if (op.kind === "cell") return this.setCell(op);
    if (op.kind === "insert") return this.insert(op);
    if (op.kind === "delete") return this.remove(op);
    return this.move(op);
  }

  setCell({ key, col, text }) {
    const row = this.rows.get(key);
    if (!row) return null;
    const before = row.sel[col];
    row.sel = row.sel.with ? row.sel.with(col, text) : Object.assign([...row.sel], { [col]: text });
    this.touch(row);
    return { kind: "cell", key, col, text: before };
  }

  insert({ row, at }) {
    const group = this.byGroup.get(row.posisi);
    this.rows.set(row.key, row);
    group.keys.splice(at, 0, row.key);
    if (row.id !== null && this.deleted.has(row.id)) this.deleted.delete(row.id); // not sent yet: it never went
    else row.id = null;
    if (row.sel.some((text) => text !== "")) this.touch(row);
    this.reordered.add(row.posisi);
    return { kind: "delete", key: row.key };
  }

  remove({ key }) {
    const row = this.rows.get(key);
    if (!row) return null;
    const group = this.byGroup.get(row.posisi);
    const at = group.keys.indexOf(key);
    group.keys.splice(at, 1);
    this.rows.delete(key);
    if (row.id !== null) this.deleted.set(row.id, row.dirty ? row.base : this.versi);
    return { kind: "insert", row, at };
  }

  move({ key, to }) {
    const row = this.rows.get(key);
    if (!row) return null;
    const { keys } = this.byGroup.get(row.posisi);
    const from = keys.indexOf(key);
    keys.splice(from, 1);
    keys.splice(to, 0, key);
    this.reordered.add(row.posisi);
    return { kind: "move", key, to: from };
  }

  // Do several changes as one step that can be undone.
  change(ops) {
    const undo = this.run(ops);
    if (undo.length) {
      this.past.push(undo);
      if (this.past.length > 200) this.past.shift();
      this.future = [];
    }
    return undo;
  }

  run(ops) {
    const undo = ops.map((op) => this.apply(op)).filter(Boolean).reverse();
    this.index();
    return undo;
  }

  undo() {
    return this.step(this.past, this.future);
  }

  redo() {
    return this.step(this.future, this.past);
  }

  step(from, to) {
    const ops = from.pop();
    if (!ops) return null;
    to.push(this.run(ops));
    return ops;
  }

  // --- what has to be sent, and what the answer means

  pending() {
    const rows = [...this.rows.values()].filter((row) => this.sendable(row));
    return { rows, deleted: [...this.deleted], reordered: [...this.reordered] };
  }

  sendable(row) {
    if (!row.dirty || row.clash || row.failed === row.rev) return false;
    return row.id !== null || row.sel.some((text) => text.trim() !== "");
  }

  unsaved() {
    const { rows, deleted, reordered } = this.pending();
    return rows.length + deleted.length + reordered.length > 0;
  }

  // Take a row as the server has it; one that is being changed here keeps its own text and its old base.
  refresh(item) {
    const row = this.byId(item.id);
    if (!row) return this.adopt(item);
    if (!row.dirty) Object.assign(row, { sel: item.sel, hitung: item.hitung, base: this.versi, wrong: [] });
    return row;
  }

  // Put the rows of the posisi into the server's order; rows of our own that it does not know keep their place.
  arrange(susunan) {
    let unknown = false;
    for (const group of this.groups) {
      const ids = susunan[group.id] ?? [];
      const known = new Map(group.keys.map((key) => [this.rows.get(key).id, key]));
      const listed = ids.filter((id) => !this.deleted.has(id));
      unknown ||= listed.some((id) => !known.has(id));
      const keep = new Set(ids);
      const fixed = listed.map((id) => known.get(id)).filter(Boolean);
      const gone = new Set();
      group.keys.forEach((key, at) => {
        const row = this.rows.get(key);
        if (row.id === null || (row.dirty && !keep.has(row.id))) fixed.splice(Math.min(at, fixed.length), 0, key);
        else if (!keep.has(row.id)) gone.add(key);
      });
      for (const key of gone) this.rows.delete(key);
      // An order made here and not sent yet stays.
      group.keys = this.reordered.has(group.id) ? group.keys.filter((key) => !gone.has(key)) : fixed;
    }
    this.index();
    return unknown;
  }
}
