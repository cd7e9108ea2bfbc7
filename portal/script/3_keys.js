// A stroke leads to the search field of a page, or without one to the question on the first page; Escape leaves it.
document.addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey } = event;
  const [at] = event.composedPath();
  const field = document.querySelector("main input[type=search]");
  if (key === "Escape" && at === field) field.blur();
  if (key !== "/" || ctrlKey || metaKey || altKey || event.defaultPrevented) return;
  if (at.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  event.preventDefault();
  if (!field) return location.assign("/");
  field.focus();
  field.select();
});
