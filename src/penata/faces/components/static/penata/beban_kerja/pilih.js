// Where one is in the grid, what is selected, and the one editor that opens in a cell.

export class Cursor {
  constructor(picture, model, edited) {
    this.picture = picture;
    this.model = model;
    this.edited = edited; // (key, col, text) when an edit is taken over
    this.at = null; // {key, col}; col 1.. as in the table
    this.anchor = null;
    this.editor = null;
    this.marked = [];
  }

  cell(at = this.at) {
    return at ? this.picture.lines.get(at.key)?.children[at.col] : null;
  }

  get typed() {
    return this.at !== null && this.at.col >= 1 && this.at.col <= this.picture.columns.length;
  }

  go(key, col, { extend = false, focus = true } = {}) {
    if (!this.picture.lines.has(key)) return;
    this.commit();
    this.cell()?.setAttribute("tabindex", "-1");
    this.at = { key, col: Math.max(1, Math.min(this.picture.last, col)) };
    if (!extend || !this.anchor) this.anchor = { ...this.at };
    const cell = this.cell();
    cell.setAttribute("tabindex", "0");
    this.paint();
    if (focus) {
      cell.focus({ preventScroll: true });
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  // The next row up or down that can be seen (rows of a folded posisi are skipped).
  step(rows, cols, extend = false) {
    const { order, place } = this.model;
    let at = place.get(this.at.key) + rows;
    const way = Math.sign(rows);
    while (way && order[at] !== undefined && this.picture.lines.get(order[at]).hidden) at += way;
    const key = order[Math.max(0, Math.min(order.length - 1, at))];
    if (key !== undefined && !this.picture.lines.get(key).hidden) this.go(key, this.at.col + cols, { extend });
  }

  area() {
    const { place, order } = this.model;
    if (!this.at) return { keys: [], from: 1, to: 1 };
    const other = this.anchor && place.has(this.anchor.key) ? this.anchor : this.at;
    const [first, last] = [place.get(this.at.key), place.get(other.key)].sort((a, b) => a - b);
    const [from, to] = [this.at.col, other.col].sort((a, b) => a - b);
    return { keys: order.slice(first, last + 1), from, to };
  }

  paint() {
    for (const cell of this.marked) {
      cell.classList.remove("terpilih");
      cell.removeAttribute("aria-selected");
    }
    this.marked = [];
    const { keys, from, to } = this.area();
    for (const key of keys) {
      for (let col = from; col <= to; col += 1) {
        const cell = this.picture.lines.get(key).children[col];
        cell.classList.add("terpilih");
        cell.setAttribute("aria-selected", "true");
        this.marked.push(cell);
      }
    }
  }

  edit(start = null) {
    if (!this.typed || this.editor) return;
    const { key, col } = this.at;
    const column = this.picture.columns[col - 1];
    const cell = this.cell();
    const editor = document.createElement(column.nama === "tugas" ? "textarea" : "input");
    editor.value = start ?? this.model.rows.get(key).sel[col - 1];
    editor.setAttribute("aria-label", column.penuh);
    if (column.kata) editor.setAttribute("list", `kata-${col - 1}`);
    if (column.angka) editor.inputMode = "decimal";
    if (editor.rows) editor.rows = Math.max(1, Math.ceil(cell.offsetHeight / 26));
    cell.replaceChildren(editor);
    cell.classList.add("diubah");
    this.editor = { editor, cell, key, col };
    editor.addEventListener("blur", () => this.commit());
    editor.focus();
    if (start === null) editor.select();
    else editor.setSelectionRange(start.length, start.length);
  }

  close() {
    const { editor, cell, key, col } = this.editor;
    this.editor = null;
    cell.classList.remove("diubah");
    const text = editor.value.replace(/\s+/g, " ").trim();
    cell.replaceChildren();
    cell.textContent = this.model.rows.get(key)?.sel[col - 1] ?? "";
    return { key, col: col - 1, text };
  }

  commit() {
    if (!this.editor) return;
    const { key, col, text } = this.close();
    if (this.model.rows.has(key) && this.model.rows.get(key).sel[col] !== text) this.edited(key, col, text);
  }

  cancel() {
    if (!this.editor) return;
    this.close();
    this.cell()?.focus();
  }
}
