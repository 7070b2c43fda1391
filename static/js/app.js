// Every page: "/" reaches the search box, a form goes out once, a changed form asks before it is left.

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// ---- a menu closes when it is left ------------------------------------------------------------
const menus = [...document.querySelectorAll("details[data-menu]")];
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus.filter((each) => each.open)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// ---- unsaved changes ----------------------------------------------------------------------------
const changed = new Set();
for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  form.addEventListener("input", () => changed.add(form));
}
window.addEventListener("beforeunload", (event) => {
  if (changed.size) event.preventDefault();
});

// ---- a submit button works once, until the page is shown again -----------------------------------
const asleep = new Set();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  changed.delete(form);
  if ("resubmit" in form.dataset) return; // answers with a file: the page stays
  // Only after the browser has collected the fields, or the pressed button's own value is lost.
  setTimeout(() => {
    for (const button of form.elements) {
      if (button.type !== "submit" || button.disabled) continue;
      button.disabled = true;
      button.setAttribute("aria-busy", "true");
      asleep.add(button);
    }
  });
});
window.addEventListener("pageshow", () => {
  for (const button of asleep) {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }
  asleep.clear();
});

// ---- after a refusal, what to do is where the eye and the keyboard are ----------------------------
document.querySelector("[data-errors]")?.focus();
