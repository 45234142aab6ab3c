// The map of posisi. The server says where every box stands; this draws the boxes that are in sight, and moves the view.

const peta = document.getElementById("peta");
const FAR = 0.32; // below this scale boxes are too small to read and are painted as plain rectangles
const KINDS = { kosong: "▼", kurang: "▼", lebih: "▲", sesuai: "✓", tanpa: "–" };
const ON_RAIL = 1, CLOSED = 2, OPEN = 4, KRITIS = 8, NOT_ACTIVE = 16;
const SVG = "http://www.w3.org/2000/svg";
const figure = new Intl.NumberFormat("id", { maximumFractionDigits: 2 });

const text = (name, parts = {}) => (peta.dataset[`teks${name}`] || "").replace(/\{(\w+)\}/g, (_all, key) => parts[key] ?? "");
const element = (name, attributes, content = "") => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (content !== "") made.textContent = content;
  return made;
};
const between = (low, value, high) => Math.min(Math.max(value, low), high);

function start() {
  const field = peta.querySelector(".peta-bidang"), drawing = peta.querySelector(".peta-gambar");
  const world = drawing.querySelector("[data-dunia]"), layer = drawing.querySelector("[data-kotak]");
  const lines = drawing.querySelector(".peta-garis"), far = peta.querySelector(".peta-jauh"), small = peta.querySelector(".peta-kecil");
  const note = peta.querySelector(".peta-catatan"), slider = document.getElementById("peta-tahun");
  const told = document.getElementById("peta-ucap"), forecast = document.getElementById("peta-ramalan");
  const view = { x: 0, y: 0, k: 1 };
  const drawn = new Map(), words = new Map(), asked = new Set();
  const address = new URLSearchParams(location.search);
  const ids = (name) => new Set((address.get(name) || "").split(",").filter(Boolean).map(Number));
  const state = { dalam: address.get("dalam") || "", buka: ids("buka"), tutup: ids("tutup"), year: 0, focus: -1 };
  let plan = null, node = null, place = new Map(), children = [], found = new Map(), colours = {}, background = null;
  let frame = 0, waiting = 0, lit = -1, routes = null;

  // ---- data
  const query = (more = {}) => {
    const params = new URLSearchParams();
    if (peta.dataset.unit) params.set("unit", peta.dataset.unit);
    for (const [key, value] of Object.entries(more)) if (value) params.set(key, value);
    return params;
  };
  const opened = () => ({ dalam: state.dalam, buka: [...state.buka].join(","), tutup: [...state.tutup].join(",") });
  async function fetched(url, params) {
    const answer = await fetch(`${url}?${params}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    return answer.json();
  }
  async function load({ keep = null, focus = null, fit = false, fokus = "" } = {}) {
    const anchor = keep === null ? null : { ...screen(keep), id: node.id[keep] };
    const focused = focus ?? (state.focus >= 0 ? node.id[state.focus] : null);
    drawing.setAttribute("aria-busy", "true");
    try { plan = await fetched(peta.dataset.denah, query({ ...opened(), fokus })); } catch {
      told.textContent = text("Gagal");
      peta.querySelector(".peta-tampak").textContent = text("Gagal");
      return;
    }
    node = plan.simpul;
    for (const id of plan.dibuka) { state.buka.add(id); state.tutup.delete(id); }
    for (const [id, written] of Object.entries(plan.isi)) words.set(Number(id), written);
    place = new Map(node.id.map((id, index) => [id, index]));
    children = node.id.map(() => []);
    node.p.forEach((above, index) => { if (above >= 0) children[above].push(index); });
    state.focus = place.get(focused) ?? (node.id.length ? 0 : -1);
    background = routes = null;
    clear();
    if (anchor && place.has(anchor.id)) {
      const index = place.get(anchor.id);
      view.x = anchor.x - node.x[index] * view.k;
      view.y = anchor.y - node.y[index] * view.k;
    } else if (fit) start_view();
    if (focus !== null && place.has(focus)) centre(place.get(focus));
    remember();
    forecasting();
    drawing.removeAttribute("aria-busy");
    peta.querySelector(".peta-tampak").textContent = text("Tampak", { n: figure.format(node.id.length), total: figure.format(plan.total) });
    paint();
  }
  function remember() {
    const params = query(opened());
    history.replaceState(null, "", params.size ? `?${params}` : location.pathname);
  }
  async function findings() {
    try {
      const answer = await fetched(peta.dataset.temuan, query());
      found = new Map(Object.entries(answer).map(([id, what]) => [Number(id), what]));
    } catch { return; }
    clear();
    paint();
  }
  async function ask() {
    const wanted = [...asked].slice(0, 400);
    asked.clear();
    if (!wanted.length) return;
    try {
      const answer = await fetched(peta.dataset.isi, query({ id: wanted.join(",") }));
      for (const [id, written] of Object.entries(answer)) words.set(Number(id), written);
    } catch { return; }
    for (const id of wanted) forget(id);
    paint();
  }

  // ---- figures of a year
  const left = (index) => {
    const gone = plan.keluar[index];
    return gone ? Math.max(node.b[index] - gone.slice(0, state.year).reduce((sum, n) => sum + n, 0), 0) : node.b[index];
  };
  const kind = (index) => {
    const b = left(index), k = node.k[index];
    if (k === null) return "tanpa";
    if (k > 0 && b === 0) return "kosong";
    return b < k ? "kurang" : b > k ? "lebih" : "sesuai";
  };
  const gap = (index) => {
    if (node.k[index] === null) return "–";
    const d = Math.round((left(index) - node.k[index]) * 100) / 100;
    return `${KINDS[kind(index)]} ${d > 0 ? "+" : d < 0 ? "−" : ""}${figure.format(Math.abs(d))}`;
  };
  function forecasting() {
    const sums = plan.jumlah, t = state.year;
    const parts = { tahun: plan.tahun + t, b: figure.format(sums.b[t]), k: figure.format(sums.k[0]), kurang: figure.format(sums.kurang[t]), kosong: figure.format(sums.kosong[t]) };
    forecast.textContent = text(t ? "Tahun" : "Kini", parts);
    slider.setAttribute("aria-valuetext", String(plan.tahun + t));
  }

  // ---- view
  const size = () => ({ w: field.clientWidth, h: field.clientHeight });
  const screen = (index) => ({ x: node.x[index] * view.k + view.x, y: node.y[index] * view.k + view.y });
  function start_view() {
    const { w, h } = size();
    const whole = Math.min((w - 40) / plan.lebar, (h - 40) / plan.tinggi, 1);
    view.k = Math.max(whole, 0.82); // readable before complete
    const top = node.id.length ? node.x[0] + plan.kotak[0] / 2 : 0;
    view.x = whole >= view.k ? (w - plan.lebar * view.k) / 2 : w / 2 - top * view.k;
    view.y = 20;
  }
  function fit() {
    const { w, h } = size();
    view.k = between(0.02, Math.min((w - 24) / plan.lebar, (h - 24) / plan.tinggi), 1);
    view.x = (w - plan.lebar * view.k) / 2;
    view.y = (h - plan.tinggi * view.k) / 2;
    paint();
  }
  function zoom(factor, x = size().w / 2, y = size().h / 2) {
    const k = between(0.02, view.k * factor, 2.5);
    view.x = x - ((x - view.x) * k) / view.k;
    view.y = y - ((y - view.y) * k) / view.k;
    view.k = k;
    paint();
  }
  function centre(index) {
    const { w, h } = size();
    view.k = Math.max(view.k, 0.7);
    view.x = w / 2 - (node.x[index] + plan.kotak[0] / 2) * view.k;
    view.y = h / 2 - (node.y[index] + plan.kotak[1] / 2) * view.k;
  }
  function into_sight(index) {
    if (view.k < FAR) return centre(index);
    const { w, h } = size(), at = screen(index), [bw, bh] = plan.kotak;
    view.x += Math.max(16 - at.x, 0) - Math.max(at.x + bw * view.k + 16 - w, 0);
    view.y += Math.max(16 - at.y, 0) - Math.max(at.y + bh * view.k + 28 - h, 0);
  }

  // ---- drawing
  function paint() {
    if (!frame && plan) frame = requestAnimationFrame(() => { frame = 0; draw(); });
  }
  function clear() {
    for (const box of drawn.values()) box.remove();
    drawn.clear();
  }
  function forget(id) {
    drawn.get(id)?.remove();
    drawn.delete(id);
  }
  function draw() {
    const { w, h } = size(), [bw, bh] = plan.kotak, away = view.k < FAR;
    world.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.k})`);
    const x0 = -view.x / view.k - 60, y0 = -view.y / view.k - 60, x1 = x0 + w / view.k + 120, y1 = y0 + h / view.k + 120;
    const seen = new Set();
    let path = "";
    for (let i = 0; i < node.id.length; i += 1) {
      const x = node.x[i], y = node.y[i], above = node.p[i];
      if (!away && x + bw >= x0 && x <= x1 && y + bh >= y0 && y <= y1) seen.add(i);
      if (above < 0 || away) continue;
      const px = node.x[above] + bw / 2, py = node.y[above] + bh;
      if (Math.max(x + bw, px) < x0 || Math.min(x - 20, px, plan.batang[i] ?? px) > x1 || y + bh < y0 || py > y1) continue;
      path += line(i, above, px, py, bw, bh);
    }
    if (state.focus >= 0) seen.add(state.focus); // what has the focus exists, even out of sight
    for (const [id, box] of drawn) if (!seen.has(place.get(id))) { box.remove(); drawn.delete(id); }
    for (const index of seen) if (!drawn.has(node.id[index])) put(index);
    lines.setAttribute("d", path);
    layer.setAttribute("visibility", away ? "hidden" : "visible");
    paint_far(away, w, h);
    paint_small(w, h);
    show_note();
    if (asked.size) { clearTimeout(waiting); waiting = setTimeout(ask, 90); }
  }
  function line(i, above, px, py, bw, bh) {
    const x = node.x[i], y = node.y[i];
    if (node.f[i] & ON_RAIL) {
      const rail = x - 14, own = node.x[above];
      const from = rail > own && rail < own + bw ? `M${rail} ${py}` : `M${px} ${py}V${py + 22}H${rail}`;
      return `${from}V${y + bh / 2}H${x}`;
    }
    const trunk = plan.batang[i];
    if (trunk !== undefined) return `M${px} ${py}V${py + 22}H${trunk}V${y - 22}H${x + bw / 2}V${y}`;
    return `M${px} ${py}V${y - 22}H${x + bw / 2}V${y}`;
  }
  function put(index) {
    const id = node.id[index], [w, h] = plan.kotak, flags = node.f[index], what = kind(index);
    const box = element("g", { class: `kotak k-${what}`, role: "treeitem", id: `k${id}`, "data-id": id, transform: `translate(${node.x[index]} ${node.y[index]})`, "aria-level": level(index) });
    if (flags & KRITIS) box.classList.add("kritis");
    if (flags & NOT_ACTIVE) box.classList.add("tidak-aktif");
    if (index === state.focus) box.classList.add("fokus");
    if (id === lit) box.classList.add("disorot");
    if (flags & (OPEN | CLOSED)) box.setAttribute("aria-expanded", String(Boolean(flags & OPEN)));
    box.append(element("rect", { class: "dasar", width: w, height: h, rx: 6 }), element("rect", { class: "pita", width: 5, height: h - 12, x: 0, y: 6, rx: 2 }));
    const written = words.get(id);
    if (flags & (OPEN | CLOSED)) box.append(handle(index, w, h));
    if (written) write(box, index, written, w, h);
    else asked.add(id);
    layer.append(box);
    drawn.set(id, box);
  }
  function write(box, index, [kode, name, unit, kelas, plt, whole], w, h) {
    const jabatan = whole || name.join(" ");
    name.forEach((part, row) => box.append(element("text", { class: "nama", x: 12, y: 18 + row * 15 }, part)));
    if (unit && name.length < 3) box.append(element("text", { class: "unit", x: 12, y: 18 + name.length * 15 }, unit));
    box.append(element("rect", { class: "sekat", x: 12, y: h - 31, width: w - 24, height: 1 }));
    const b = figure.format(left(index)), k = node.k[index] === null ? "–" : figure.format(node.k[index]);
    const base = h - 14;
    box.append(element("text", { class: "angka", x: 12, y: base }, `${text("Kelas")} ${kelas ?? "–"}`));
    box.append(element("text", { class: "angka", x: 62, y: base }, `B ${b}`), element("text", { class: "angka", x: 100, y: base }, `K ${k}`));
    box.append(element("text", { class: "tanda", x: w - 10, y: base, "text-anchor": "end" }, gap(index)));
    if (plt) box.append(element("text", { class: "unit", x: w - 10, y: h - 36, "text-anchor": "end" }, `${text("Plt")} ${plt}`));
    const wrong = found.get(node.id[index]);
    if (wrong) {
      const badge = element("g", { class: `lencana ${wrong[0]}`, transform: `translate(${w - 4} 4)` });
      badge.append(element("circle", { r: 9 }), element("text", { "text-anchor": "middle", y: 4 }, "!"), element("title", {}, wrong[1].join(", ")));
      box.append(badge);
    }
    // The tooltip is also the name: all that is seen, in that order, the name unshortened, then what only colour and sign say.
    const what = kind(index), parts = [`${kode} · ${jabatan}`, unit, `${text("Kelas")} ${kelas ?? "–"}`, `B ${b}`, `K ${k}`, gap(index)];
    if (plt) parts.push(`${text("Plt")} ${plt}`);
    parts.push(text(what[0].toUpperCase() + what.slice(1)));
    if (wrong) parts.push(text("Temuan", { n: wrong[1].length }));
    box.prepend(element("title", {}, parts.filter(Boolean).join(", ")));
  }
  function handle(index, w, h) {
    const closed = node.f[index] & CLOSED, n = plan.bawah[index];
    const label = closed ? `+${figure.format(n)}` : "−", wide = 16 + label.length * 7;
    const button = element("g", { class: "buka", "data-buka-tutup": "", "aria-hidden": "true", transform: `translate(${w / 2} ${h})` });
    button.append(element("rect", { x: -wide / 2, y: -9, width: wide, height: 18, rx: 9 }), element("text", { "text-anchor": "middle", y: 4 }, label));
    button.append(element("title", {}, closed ? text("Buka", { n: figure.format(n) }) : text("Tutup")));
    return button;
  }
  function level(index) {
    let depth = 1;
    for (let up = node.p[index]; up >= 0; up = node.p[up]) depth += 1;
    return depth;
  }
  function palette() {
    const style = getComputedStyle(document.documentElement), read = (name) => style.getPropertyValue(name).trim();
    colours = { kosong: read("--kurang"), kurang: read("--kurang"), lebih: read("--lebih"), sesuai: read("--sesuai"), tanpa: read("--redup"), garis: read("--garis"), fokus: read("--fokus"), muka: read("--muka") };
  }
  function canvas(target, w, h) {
    const ratio = window.devicePixelRatio || 1;
    if (target.width !== Math.round(w * ratio) || target.height !== Math.round(h * ratio)) {
      target.width = Math.round(w * ratio);
      target.height = Math.round(h * ratio);
    }
    const pen = target.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, w, h);
    return pen;
  }
  function rectangles(pen, k, x, y, least) {
    const [bw, bh] = plan.kotak;
    pen.font = "700 10px sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (let i = 0; i < node.id.length; i += 1) {
      pen.fillStyle = colours[kind(i)];
      pen.fillRect(node.x[i] * k + x, node.y[i] * k + y, Math.max(bw * k, least), Math.max(bh * k, least));
      if (bh * k < 11) continue; // where there is room the sign stands beside the colour
      pen.fillStyle = colours.muka;
      pen.fillText(KINDS[kind(i)], (node.x[i] + bw / 2) * k + x, (node.y[i] + bh / 2) * k + y);
    }
  }
  function far_lines() {
    if (routes === null) {
      const [bw, bh] = plan.kotak;
      routes = "";
      node.p.forEach((above, i) => { if (above >= 0) routes += line(i, above, node.x[above] + bw / 2, node.y[above] + bh, bw, bh); });
    }
    return routes;
  }
  function paint_far(away, w, h) {
    far.hidden = !away;
    if (!away) return;
    const pen = canvas(far, w, h), [bw, bh] = plan.kotak;
    const route = new Path2D();
    route.addPath(new Path2D(far_lines()), new DOMMatrix([view.k, 0, 0, view.k, view.x, view.y]));
    pen.strokeStyle = colours.garis;
    pen.lineWidth = 1;
    pen.stroke(route);
    rectangles(pen, view.k, view.x, view.y, 1);
    if (state.focus >= 0) {
      const at = screen(state.focus);
      pen.strokeStyle = colours.fokus;
      pen.lineWidth = 3;
      pen.strokeRect(at.x - 2, at.y - 2, bw * view.k + 4, bh * view.k + 4);
    }
  }
  function small_scale() {
    const w = small.clientWidth, h = small.clientHeight;
    const k = Math.min((w - 8) / plan.lebar, (h - 8) / plan.tinggi);
    return { w, h, k, x: (w - plan.lebar * k) / 2, y: (h - plan.tinggi * k) / 2 };
  }
  function paint_small(w, h) {
    const map = small_scale(), pen = canvas(small, map.w, map.h);
    if (!background) {
      background = document.createElement("canvas");
      rectangles(canvas(background, map.w, map.h), map.k, map.x, map.y, 1);
    }
    pen.drawImage(background, 0, 0, map.w, map.h);
    pen.strokeStyle = colours.fokus;
    pen.lineWidth = 2;
    pen.strokeRect((-view.x / view.k) * map.k + map.x, (-view.y / view.k) * map.k + map.y, (w / view.k) * map.k, (h / view.k) * map.k);
  }

  // ---- focus, opening, closing
  function show_note() {
    const wrong = state.focus >= 0 && found.get(node.id[state.focus]);
    if (!wrong || view.k < FAR || note.dataset.id !== String(node.id[state.focus])) { note.hidden = true; return; }
    const at = screen(state.focus), wide = plan.kotak[0] * view.k;
    const right = at.x + wide + 10, fits = right + 290 < size().w;
    note.hidden = false;
    note.style.transform = `translate(${Math.max(fits ? right : at.x - 292, 4)}px, ${between(4, at.y, Math.max(size().h - note.offsetHeight - 4, 4))}px)`;
  }
  function focus(index, { quiet = false } = {}) {
    if (index < 0 || index === undefined) return;
    const old = state.focus;
    state.focus = index;
    if (!quiet) into_sight(index);
    if (old >= 0) drawn.get(node.id[old])?.classList.remove("fokus");
    drawn.get(node.id[index])?.classList.add("fokus");
    drawing.setAttribute("aria-activedescendant", `k${node.id[index]}`);
    const id = node.id[index];
    note.dataset.id = "";
    if (found.has(id) && words.has(id)) {
      htmx.ajax("GET", page(id, "temuan/"), { target: "#peta-catatan", swap: "innerHTML" }).then(() => {
        if (node.id[state.focus] === id) { note.dataset.id = String(id); paint(); }
      });
    }
    draw();
    told.textContent = drawn.get(id)?.querySelector(":scope > title")?.textContent || "";
  }
  const page = (id, rest) => peta.dataset.posisi.replace("KODE", encodeURIComponent(words.get(id)[0]).replaceAll("%2F", "/")) + rest;
  function details(index) {
    const id = node.id[index];
    if (words.has(id)) htmx.ajax("GET", page(id, "ringkas/"), { target: "#laci", swap: "innerHTML" });
  }
  function toggle(index) {
    const id = node.id[index], flags = node.f[index];
    if (!(flags & (OPEN | CLOSED))) return undefined;
    if (flags & OPEN) { state.buka.delete(id); state.tutup.add(id); } else { state.tutup.delete(id); state.buka.add(id); }
    state.focus = index;
    return load({ keep: index });
  }
  function reveal(id, above) {
    for (const up of above) { state.buka.add(up); state.tutup.delete(up); }
    lit = id;
    return load({ focus: id });
  }
  function beside(index, step) {
    const up = node.p[index];
    const row = (up >= 0 ? children[up] : node.id.map((_id, i) => i).filter((i) => node.p[i] < 0));
    const order = [...row].sort((a, b) => node.x[a] - node.x[b] || node.y[a] - node.y[b]);
    return order[order.indexOf(index) + step];
  }
  const does = {
    perkecil: () => zoom(1 / 1.3),
    perbesar: () => zoom(1.3),
    paskan: fit,
    buka: () => { state.dalam = "99"; state.buka.clear(); state.tutup.clear(); return load().then(fit); },
    tutup: () => { state.dalam = "2"; state.buka.clear(); state.tutup.clear(); return load({ fit: true }); },
  };
  const keys = {
    ArrowUp: (i) => focus(node.p[i]),
    ArrowDown: (i) => (node.f[i] & CLOSED ? toggle(i) : focus(children[i][0])),
    ArrowLeft: (i) => focus(beside(i, -1)),
    ArrowRight: (i) => focus(beside(i, 1)),
    Home: () => focus(0),
    Enter: details,
    " ": toggle,
    "+": () => zoom(1.3),
    "=": () => zoom(1.3),
    "-": () => zoom(1 / 1.3),
    0: fit,
  };

  // ---- hands
  drawing.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key] || state.focus < 0) return;
    event.preventDefault();
    keys[event.key](state.focus);
  });
  peta.addEventListener("click", (event) => {
    const button = event.target.closest("[data-lakukan]");
    if (button && plan) does[button.dataset.lakukan]();
    const hit = event.target.closest("[data-temu]");
    if (hit && plan) {
      event.preventDefault();
      document.getElementById("peta-hasil").replaceChildren();
      reveal(Number(hit.dataset.temu), hit.dataset.atas.split(",").filter(Boolean).map(Number)).then(() => drawing.focus());
    }
  });
  slider.addEventListener("input", () => {
    state.year = Number(slider.value);
    background = null;
    clear();
    forecasting();
    paint();
  });
  const touches = new Map();
  let moved = 0;
  drawing.addEventListener("pointerdown", (event) => {
    drawing.setPointerCapture(event.pointerId);
    touches.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (touches.size === 1) moved = 0;
  });
  drawing.addEventListener("pointermove", (event) => {
    const last = touches.get(event.pointerId);
    if (!last) return;
    const frameBox = drawing.getBoundingClientRect(), now = { x: event.clientX - frameBox.left, y: event.clientY - frameBox.top };
    if (touches.size === 2) {
      const other = [...touches].find(([key]) => key !== event.pointerId)[1];
      const before = Math.hypot(last.x - other.x, last.y - other.y) || 1, after = Math.hypot(now.x - other.x, now.y - other.y);
      zoom(after / before, (now.x + other.x) / 2, (now.y + other.y) / 2);
    } else {
      view.x += now.x - last.x;
      view.y += now.y - last.y;
      drawing.classList.add("menyeret");
      paint();
    }
    moved += Math.abs(now.x - last.x) + Math.abs(now.y - last.y);
    touches.set(event.pointerId, now);
  });
  const lifted = (event) => {
    const single = touches.size === 1 && touches.delete(event.pointerId);
    touches.delete(event.pointerId);
    drawing.classList.remove("menyeret");
    if (!single || moved > 5 || event.type === "pointercancel" || !plan) return;
    const at = document.elementFromPoint(event.clientX, event.clientY);
    const box = at?.closest(".kotak");
    drawing.focus({ preventScroll: true });
    if (box) pressed(place.get(Number(box.dataset.id)), Boolean(at.closest("[data-buka-tutup]")));
    else if (view.k < FAR) zoom(0.7 / view.k, event.offsetX, event.offsetY);
  };
  function pressed(index, onHandle) {
    if (onHandle) toggle(index);
    else { focus(index, { quiet: true }); details(index); }
  }
  drawing.addEventListener("pointerup", lifted);
  drawing.addEventListener("pointercancel", lifted);
  drawing.addEventListener("wheel", (event) => {
    event.preventDefault();
    if (event.shiftKey || (event.deltaX && !event.ctrlKey)) {
      view.x -= event.deltaX || event.deltaY;
      view.y -= event.deltaX ? event.deltaY : 0;
      paint();
    } else zoom(Math.exp(-event.deltaY * 0.0016), event.offsetX, event.offsetY);
  }, { passive: false });
  const travel = (event) => {
    if (!plan || (event.type === "pointermove" && !event.buttons)) return;
    const map = small_scale(), { w, h } = size();
    view.x = w / 2 - ((event.offsetX - map.x) / map.k) * view.k;
    view.y = h / 2 - ((event.offsetY - map.y) / map.k) * view.k;
    paint();
  };
  small.addEventListener("pointerdown", travel);
  small.addEventListener("pointermove", travel);
  let wide = field.clientWidth;
  new ResizeObserver(() => {
    view.x += (field.clientWidth - wide) / 2; // what is in the middle stays there when a phone is turned
    wide = field.clientWidth;
    background = null;
    paint();
  }).observe(field);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { palette(); background = null; paint(); });

  palette();
  lit = Number(address.get("fokus")) || -1;
  load({ fit: true, fokus: lit > 0 ? lit : "" }).then(() => {
    if (!plan) return;
    findings();
    if (place.has(lit)) { centre(place.get(lit)); focus(place.get(lit), { quiet: true }); }
  });
}

if (peta) start();
