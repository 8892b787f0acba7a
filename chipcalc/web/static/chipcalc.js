"use strict";
// Pages work without this file. It adds: a slider over the days, tooltips, answers as one types,
// names to choose from, copying of the command, and files that are dropped anywhere on the page.

const WAIT = 350;
let asked = 0;

async function fetched(address) {
  const mine = ++asked;
  document.body.classList.add("asking");
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    const text = await answer.text();
    return mine === asked ? new DOMParser().parseFromString(text, "text/html") : null;
  } finally {
    document.body.classList.remove("asking");
  }
}

// The whole of a page in the place of this one, with its address; the browser's back button works.
async function turnTo(address, focus) {
  if (location.protocol === "file:") {
    location.href = address; // a page that lies in a folder cannot be fetched, only visited
    return;
  }
  const found = await fetched(address);
  if (!found) return;
  history.pushState({ turned: true }, "", address);
  put(found);
  const again = focus && document.querySelector(focus);
  if (again) again.focus({ preventScroll: true });
}

function put(found) {
  document.title = found.title;
  document.querySelector("main").replaceWith(found.querySelector("main"));
  document.querySelector(".mast").replaceWith(found.querySelector(".mast"));
  ready();
}

window.addEventListener("popstate", async () => {
  const found = await fetched(location.href);
  if (found) put(found);
});

// Days: a slider over the same links, which stay.
function slider() {
  for (const list of document.querySelectorAll("[data-slider]")) {
    const links = [...list.querySelectorAll("a")];
    if (links.length < 2 || list.previousElementSibling?.classList.contains("slide")) continue;
    const range = document.createElement("input");
    const at = links.findIndex((each) => each.hasAttribute("aria-current"));
    Object.assign(range, { type: "range", min: 0, max: links.length - 1, step: 1, value: Math.max(at, 0) });
    range.className = "slide";
    range.setAttribute("aria-label", list.dataset.slider);
    range.setAttribute("aria-valuetext", links[range.value].querySelector("b").textContent);
    range.addEventListener("change", () => turnTo(links[range.value].href, ".slide"));
    list.before(range);
    links.forEach((link) =>
      link.addEventListener("click", (event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        turnTo(link.href, ".slide");
      })
    );
  }
}

// Tooltips: what a mark of a picture is, beside the pointer or the focus.
const tip = document.createElement("div");
tip.className = "tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;

function show(event) {
  const mark = event.target.closest?.("figure svg [aria-label]");
  const says = mark && mark.tagName !== "svg" ? mark.getAttribute("aria-label") : "";
  tip.hidden = !says;
  if (!says) return;
  tip.textContent = says.replaceAll(" · ", "\n");
  const box = mark.getBoundingClientRect();
  const room = document.documentElement.clientWidth;
  document.body.append(tip);
  const left = Math.min(box.right + 8, room - tip.offsetWidth - 8);
  tip.style.left = `${Math.max(left, 8) + scrollX}px`;
  tip.style.top = `${box.bottom + 6 + scrollY}px`;
}

document.addEventListener("pointerover", show);
document.addEventListener("focusin", show);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") tip.hidden = true;
});

// Answers as one types: the form stays, what stands around it is new.
function live() {
  for (const form of document.querySelectorAll("form.live")) {
    if (form.dataset.ready) continue;
    form.dataset.ready = "1";
    let waiting = 0;
    form.addEventListener("input", (event) => {
      if (event.target.name === "chip") return; // a name is no name before it is whole
      clearTimeout(waiting);
      waiting = setTimeout(() => answer(form), WAIT);
    });
  }
}

async function answer(form) {
  const said = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const address = `${form.action}?${said}`;
  const found = await fetched(address);
  if (!found) return;
  for (const part of document.querySelectorAll("[data-live]")) {
    const other = found.getElementById(part.id);
    if (other) part.replaceChildren(...other.childNodes);
  }
  document.title = found.title;
  history.replaceState(null, "", address);
  copies();
}

// Names to choose from, once somebody begins to write one.
async function names(field) {
  if (document.getElementById("chips")) return;
  const list = document.createElement("datalist");
  list.id = "chips";
  document.body.append(list);
  const answer = await fetch("/names.json");
  for (const [id, name] of await answer.json()) list.append(new Option(name, id));
  field.setAttribute("list", "chips");
}

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("[data-names]")) names(event.target);
});

// The command of a page, copied.
function copies() {
  for (const button of document.querySelectorAll("[data-copies]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.onclick = async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
      const words = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => (button.textContent = words), 1500);
    };
  }
}

// A table that is dropped on its page is sent as if it had been chosen.
document.addEventListener("dragover", (event) => {
  if (document.querySelector("form [type=file]")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const field = document.querySelector("form [type=file]");
  if (!field || !event.dataTransfer?.files.length) return;
  event.preventDefault();
  field.files = event.dataTransfer.files;
  field.form.requestSubmit();
});

function ready() {
  tip.hidden = true;
  slider();
  live();
  copies();
}

ready();
