// The unit tree by keyboard, as the tree pattern asks: arrows move and open, Home and End jump, letters find, and an
// asterisk opens every branch beside the row.
// Branches that were not sent yet come from the server through the link in front of the name.

const rows = (tree) => [...tree.querySelectorAll('[role="treeitem"]')].filter((row) => row.offsetParent !== null);

function focus(tree, row) {
  if (!row) return;
  for (const other of tree.querySelectorAll('[role="treeitem"][tabindex="0"]')) other.tabIndex = -1;
  row.tabIndex = 0;
  row.focus();
}

function toggle(row, open) {
  if (!row.hasAttribute("aria-expanded")) return;
  const opened = row.getAttribute("aria-expanded") === "true";
  if (opened === open) return;
  if (open && !row.querySelector(':scope > [role="group"]')) {
    row.querySelector(":scope > .unit-baris > .buka").click(); // htmx fetches the branch
    return;
  }
  row.setAttribute("aria-expanded", String(open));
}

// With script one row at a time can be reached by Tab, and the keys do the rest; without it every link can.
function start(tree) {
  for (const link of tree.querySelectorAll("a")) link.tabIndex = -1;
  for (const row of tree.querySelectorAll('[role="treeitem"]:not([tabindex])')) row.tabIndex = -1;
  if (tree.querySelector('[role="treeitem"][tabindex="0"]')) return;
  const first = tree.querySelector('[role="treeitem"]');
  if (first) first.tabIndex = 0;
}

const AT_ONCE = 25; // branches that one asterisk asks the server for

function expandBeside(row) {
  const closed = [...row.parentElement.querySelectorAll(':scope > [role="treeitem"][aria-expanded="false"]')];
  const here = closed.filter((other) => other.querySelector(':scope > [role="group"]'));
  const there = closed.filter((other) => !here.includes(other)).slice(0, AT_ONCE);
  for (const other of [...here, ...there]) toggle(other, true);
}

let standing = ""; // the unit on which the reader stands: its row may be exchanged for its open branch
let typed = "";
let typedAt = 0;

const isTyping = () => Date.now() - typedAt <= 700;

function find(tree, from, letter) {
  typed = isTyping() ? typed + letter : letter;
  typedAt = Date.now();
  const all = rows(tree);
  const at = all.indexOf(from);
  const order = [...all.slice(at + (typed.length === 1 ? 1 : 0)), ...all.slice(0, at + 1)];
  const name = (row) => row.querySelector(".unit-nama").textContent.toLowerCase();
  focus(tree, order.find((row) => name(row).startsWith(typed)));
}

document.addEventListener("keydown", (event) => {
  const row = event.target.closest('[role="treeitem"]');
  const tree = row?.closest("[data-pohon]");
  if (!tree || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = rows(tree);
  const at = all.indexOf(row);
  const open = row.getAttribute("aria-expanded") === "true";
  const moves = {
    ArrowDown: () => focus(tree, all[at + 1]),
    ArrowUp: () => focus(tree, all[at - 1]),
    Home: () => focus(tree, all[0]),
    End: () => focus(tree, all[all.length - 1]),
    ArrowRight: () => (open ? focus(tree, all[at + 1]) : toggle(row, true)),
    ArrowLeft: () => (open ? toggle(row, false) : focus(tree, row.parentElement.closest('[role="treeitem"]'))),
    Enter: () => row.querySelector(":scope > .unit-baris > .unit-nama").click(),
  };
  if (moves[event.key]) {
    event.preventDefault();
    moves[event.key]();
  } else if (event.key === "*") {
    event.preventDefault();
    expandBeside(row);
  } else if (event.key.length === 1 && event.key !== "/" && (event.key !== " " || isTyping())) {
    event.preventDefault(); // a blank inside a name does not scroll
    find(tree, row, event.key.toLowerCase());
  }
});

document.addEventListener("click", (event) => {
  const sign = event.target.closest("[data-pohon] a.buka");
  if (!sign) return;
  const row = sign.closest('[role="treeitem"]');
  if (event.isTrusted) standing = row.dataset.kode;
  if (!row.querySelector(':scope > [role="group"]')) return; // htmx fetches the branch
  event.preventDefault();
  toggle(row, row.getAttribute("aria-expanded") !== "true");
  focus(row.closest("[data-pohon]"), row);
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.('[data-pohon] [role="treeitem"]');
  if (row) standing = row.dataset.kode;
});
document.addEventListener("htmx:afterSettle", () => {
  for (const tree of document.querySelectorAll("[data-pohon]")) {
    if (standing && document.activeElement === document.body) {
      focus(tree, [...tree.querySelectorAll('[role="treeitem"]')].find((one) => one.dataset.kode === standing));
    }
    start(tree);
  }
});
for (const tree of document.querySelectorAll("[data-pohon]")) start(tree);
