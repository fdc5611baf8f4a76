// Keys, and the box of the value that is looked at. Everything works without this file as well.
"use strict";

const scan = document.getElementById("scan");
const entries = [...document.querySelectorAll(".entry")];
const rows = [...document.querySelectorAll("a.row")];

// Draws another page of the document.
function turnTo(page) {
  const link = document.querySelector(`a.number[data-page="${page}"]`);
  if (!link || page === scan.dataset.page) return;
  const { width, height } = link.dataset;
  const picture = document.getElementById("picture");
  scan.setAttribute("viewBox", `0 0 ${width} ${height}`);
  scan.dataset.page = page;
  picture.setAttribute("width", width);
  picture.setAttribute("height", height);
  picture.setAttribute("href", `/pages/${scan.dataset.file}/${page}`);
  document.querySelector("a.number[aria-current]")?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "page");
}

// Shows where a value stands.
function show(entry) {
  document.querySelector(".entry.current")?.classList.remove("current");
  entry.classList.add("current");
  if (!scan || !entry.dataset.page) return;
  turnTo(entry.dataset.page);
  const box = document.getElementById("box");
  const [x0, y0, x1, y1] = (entry.dataset.box ?? "0 0 0 0").split(" ").map(Number);
  const margin = x1 > x0 ? 8 : 0;
  const edges = { x: x0 - margin, y: y0 - margin, width: x1 - x0 + 2 * margin, height: y1 - y0 + 2 * margin };
  for (const [name, value] of Object.entries(edges)) box.setAttribute(name, value);
  const frame = document.querySelector(".page");
  const middle = box.getBoundingClientRect();
  const seen = frame.getBoundingClientRect();
  frame.scrollTop += middle.top + middle.height / 2 - (seen.top + seen.height / 2);
}

function goTo(entry) {
  entry.closest("details")?.setAttribute("open", "");
  entry.focus({ preventScroll: true });
  entry.scrollIntoView({ block: "center" });
  show(entry);
}

function step(list, current, direction) {
  const all = direction > 0 ? list : [...list].reverse();
  const after = (one) => current === null || (direction > 0
    ? current.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING
    : current.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING);
  return all.find((one) => one !== current && after(one));
}

function press(code) {
  const current = document.querySelector(".entry.current");
  if (code === "KeyN") return document.getElementById("after")?.click();
  if (code === "KeyP") return document.getElementById("before")?.click();
  if (code === "KeyY") return current?.querySelector("button.confirm")?.click();
  if (code === "KeyE") {
    const field = current?.querySelector("form.correct input[name=value]:not([type=hidden]), form.correct select");
    field?.focus();
    return field?.select?.();
  }
  const direction = code === "KeyJ" ? 1 : code === "KeyK" ? -1 : 0;
  if (!direction) return;
  if (rows.length) return step(rows, rows.find((row) => row === document.activeElement) ?? null, direction)?.focus();
  const next = step(entries.filter((entry) => entry.matches(".doubtful")), current, direction);
  if (next) goTo(next);
}

// By the place of the key, not by its letter, which is another one on a Thai keyboard.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = event.target.matches("input, select, textarea");
  if (event.code === "Escape" && typing) event.target.blur();
  if (typing || !/^Key[JKNPYE]$/.test(event.code)) return;
  event.preventDefault();
  press(event.code);
});

// Whoever has typed another value must not confirm the one that stood there.
function holdBack(entry, field) {
  const asShown = field.matches("select") ? field.selectedOptions[0].defaultSelected : field.value === field.defaultValue;
  const confirm = entry.querySelector("button.confirm");
  if (confirm) confirm.disabled = !asShown;
}

for (const entry of entries) {
  entry.addEventListener("focusin", () => show(entry));
  entry.addEventListener("input", (event) => holdBack(entry, event.target));
  entry.querySelector("a.see")?.addEventListener("click", (event) => {
    event.preventDefault();
    goTo(entry);
  });
}

const current = document.querySelector(".entry.current");
if (current) goTo(current);
for (const form of document.querySelectorAll("form.publication")) {
  form.addEventListener("submit", () => { form.querySelector("button").textContent = "กำลังส่งออก…"; });
}
