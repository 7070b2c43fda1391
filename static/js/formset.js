// Adds a row to a formset's table from its template.

for (const box of document.querySelectorAll("[data-formset]")) {
  const prefix = box.dataset.formset;
  const total = box.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const most = Number(box.querySelector(`[name="${prefix}-MAX_NUM_FORMS"]`).value);
  const body = box.querySelector("tbody");
  const button = box.querySelector("[data-add-row]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const index = Number(total.value);
    if (index >= most) return;
    body.insertAdjacentHTML(
      "beforeend",
      box.querySelector("template").innerHTML.replaceAll("__prefix__", String(index)),
    );
    total.value = String(index + 1);
    body.querySelector(`[name^="${prefix}-${index}-"]`)?.focus();
    button.disabled = index + 1 >= most;
  });
}
