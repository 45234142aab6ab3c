// Saving: a moment after the last change everything that changed goes out in one request; the answer brings all totals.

const PAUSE = 700; // ms after the last change
const RETRY = 5000; // ms after a lost connection
const CHECK = 1500; // ms after the last saving, for the plausibility flags

export class Sender {
  constructor(root, model, told) {
    this.root = root;
    this.model = model;
    this.told = told; // {state(name, n), saved(answer), closed(text), flags(list)}
    this.timer = null;
    this.busy = false;
    this.closed = false;
  }

  soon(delay = PAUSE) {
    if (this.closed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), delay);
    if (!this.busy) this.told.state(this.model.unsaved() ? "menunggu" : "tersimpan");
  }

  async post(url, body) {
    return fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.root.dataset.csrf },
      body: JSON.stringify(body),
      credentials: "same-origin",
    });
  }

  async send() {
    if (this.busy || this.closed || !this.model.unsaved()) return;
    const { rows, deleted, reordered } = this.model.pending();
    const sent = new Map(rows.map((row) => [row.key, row.rev]));
    const body = {
      versi: this.model.versi,
      ubah: rows.map((row) => ({ kunci: row.key, id: row.id, posisi: row.posisi, versi: row.base, sel: row.sel })),
      hapus: deleted.map(([id, versi]) => ({ id, versi })),
      urutan: Object.fromEntries(reordered.map((id) => [id, this.orderOf(id)])),
    };
    for (const [id] of deleted) this.model.deleted.delete(id);
    for (const id of reordered) this.model.reordered.delete(id);
    this.busy = true;
    this.told.state("menyimpan");
    try {
      const response = await this.post(this.root.dataset.simpan, body);
      const answer = await response.json();
      this.busy = false;
      if (!response.ok) return this.refuse(answer.pesan);
      this.settle(answer, sent);
      if (this.model.unsaved()) this.soon();
      this.checkSoon();
    } catch {
      this.busy = false;
      for (const [id, versi] of deleted) this.model.deleted.set(id, versi);
      for (const id of reordered) this.model.reordered.add(id);
      this.told.state("putus");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), RETRY);
    }
  }

  orderOf(id) {
    return this.model.byGroup.get(id).keys.map((key) => {
      const row = this.model.rows.get(key);
      return row.id === null ? row.key : String(row.id);
    });
  }

  refuse(text) {
    this.closed = true;
    this.told.closed(text);
  }

  settle(answer, sent) {
    const { model } = this;
    const before = model.versi;
    model.versi = answer.versi;
    const texts = new Map(answer.tersimpan.map((item) => [item.id, item]));
    for (const [key, id] of Object.entries(answer.baris)) {
      const row = model.rows.get(key);
      if (!row) {
        model.deleted.set(id, answer.versi); // deleted here while it was on its way
        continue;
      }
      row.id = id;
      row.base = answer.versi;
      const item = texts.get(id);
      if (row.rev === sent.get(key)) {
        row.dirty = false;
        row.wrong = [];
        if (item) Object.assign(row, { sel: item.sel, hitung: item.hitung });
      }
    }
    for (const [key, wrong] of Object.entries(answer.salah)) {
      const row = model.rows.get(key);
      if (row) Object.assign(row, { wrong, failed: sent.get(key) });
    }
    const kept = [];
    for (const clash of answer.konflik) {
      const row = model.rows.get(clash.kunci);
      if (row) row.clash = clash;
      else if (clash.sel) kept.push(clash); // we wanted it gone, somebody else had changed it: it stays
    }
    const others = (answer.lain ?? []).map((item) => model.refresh(item));
    const unknown = answer.susunan ? model.arrange(answer.susunan) : false;
    model.index();
    this.told.saved(answer, { others, kept, reload: unknown || kept.length > 0, moved: before !== answer.versi });
  }

  checkSoon(delay = CHECK) {
    clearTimeout(this.checking);
    this.checking = setTimeout(() => this.check(), delay);
  }

  async check() {
    if (this.busy) return this.checkSoon();
    try {
      const response = await this.post(this.root.dataset.periksa, {});
      if (response.ok) this.told.flags((await response.json()).tanda);
    } catch {
      // The flags are advice; the next saving asks for them again.
    }
  }

  // Understand a pasted block; {kolom, baris} or {salah}.
  async read(text, column) {
    const response = await this.post(this.root.dataset.baca, { teks: text, kolom: column });
    return response.json();
  }
}
