// Saves the reloading of pages that are complete without it: a form that is marked
// so is sent in the background as its lists change, and what comes back takes the
// place of what is there.
"use strict";

let running = null;

// filled is a text that the server has put beside what it is about, with values in the place of {0} and so on.
const filled = (text, ...values) => text.replace(/\{(\d)\}/g, (_, at) => values[at]);

// fields are what people write into, by their ids.
const fields = (main) => new Map([...main.querySelectorAll("input[id]:not([type=checkbox])")].map((field) => [field.id, field]));

// keep carries over what was written since the values were taken, and where.
const keep = (values, from, to) => {
  for (const [id, field] of fields(to)) {
    const old = from.get(id);
    if (old && old.value !== values.get(id)) field.value = old.value;
  }
};

// show takes the main part of another page into this one.
const show = async (address) => {
  running?.abort();
  running = new AbortController();
  const values = new Map([...fields(document)].map(([id, { value }]) => [id, value]));
  const answer = await fetch(address, { signal: running.signal, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.getElementById("main");
  if (!main) throw new Error("the answer is no page of this site");
  keep(values, fields(document), main);
  const { id, selectionStart, selectionEnd } = document.activeElement;
  for (const part of ["header", "footer", "#main"]) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  document.getElementById("said").textContent = document.title = page.title;
  const focused = id && document.getElementById(id);
  if (!focused) return;
  focused.focus();
  if (Number.isInteger(selectionStart)) focused.setSelectionRange?.(selectionStart, selectionEnd); // not of every field
};

// address is the page that a form asks for, without what is empty and without the fields
// that another choice, which names them, has made pointless.
const address = (form, pointless = []) => {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim() && !pointless.includes(name)) query.append(name, value);
  return `${form.getAttribute("action")}?${query}`;
};

const go = (to, replace) => show(to).then(
  () => history[replace ? "replaceState" : "pushState"](null, "", to),
  (failure) => { if (failure.name !== "AbortError") location.assign(to); },
);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-live]")) return;
  event.preventDefault();
  go(address(form));
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (event.target.matches("[data-reload]") && form?.matches("form[data-live]")) go(address(form, event.target.dataset.reload.split(" ")), true);
});

// Whoever goes to a field that decides about others writes another choice.
document.addEventListener("focusin", ({ target }) => { if (target.matches("input[list][data-reload]")) target.select(); });

addEventListener("popstate", () => show(location.href).catch(() => location.reload()));
