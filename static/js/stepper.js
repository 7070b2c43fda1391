// Minus and plus beside a number. Fires input and change, as typing does.

for (const stepper of document.querySelectorAll("[data-stepper]")) {
  const input = stepper.querySelector("input");
  stepper.classList.add("is-live");
  stepper.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button || input.disabled || input.readOnly) return;
    const now = Number(input.value.replace(",", ".")) || 0;
    // Steps of one on decimals too: 1.5 and plus is 2.5; three places are all that a count has.
    input.value = String(Math.max(0, Math.round((now + Number(button.dataset.step)) * 1000) / 1000));
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
