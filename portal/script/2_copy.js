// Copies the texts that buttons carry, shares the page and prints it.

// take puts a text where it can be pasted from; false where the browser does not let it.
const take = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

// offer shows a text beside a button, to be copied by hand where nothing else is allowed; it
// tells whether it was copied all the same.
const offer = (button, text) => {
  const field = button.parentElement.querySelector("textarea") ?? button.parentElement.appendChild(document.createElement("textarea"));
  field.readOnly = true;
  field.setAttribute("aria-label", document.getElementById("said").dataset.field);
  field.value = text;
  field.select();
  if (!document.execCommand("copy")) return false;
  field.remove();
  button.focus();
  return true;
};

document.documentElement.classList.toggle("shares", "share" in navigator);

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button[data-copy], button[data-share], button[data-print]");
  if (!button) return;
  const { copy, share } = button.dataset;
  if (share !== undefined) return void navigator.share({ title: document.title, url: location.href }).catch(() => {});
  if (copy === undefined) return void print();
  const done = (await take(copy)) || offer(button, copy);
  const status = document.getElementById("said"), texts = status.dataset;
  status.textContent = filled(done ? texts.done : texts.selected, button.textContent);
  if (!done) return;
  button.dataset.said = texts.copied;
  setTimeout(() => delete button.dataset.said, 2000);
});

// Paper shows what stands behind a summary.
addEventListener("beforeprint", () => {
  for (const more of document.querySelectorAll(".part details:not([open])")) more.toggleAttribute("open", more.dataset.shut = true);
});
addEventListener("afterprint", () => {
  for (const more of document.querySelectorAll("[data-shut]")) {
    delete more.dataset.shut;
    more.open = false;
  }
});
