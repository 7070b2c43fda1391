// While a note is typed: quantity times price, and what the part is called. The server works both
// out for itself.

const number = (input) => {
  const text = (input?.value ?? "").normalize("NFKC").replace(/(?<=\d),(?=\d{3}(?!\d))/g, "").trim();
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
};

function show(row) {
  const output = row.querySelector("[data-amount]");
  if (!output) return;
  const quantity = number(row.querySelector('[name$="-quantity"]'));
  const price = number(row.querySelector('[name$="-unit_price"]'));
  const amount = quantity === null || price === null ? null : quantity * price;
  output.textContent =
    amount === null
      ? ""
      : amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

// What the part is called, from the list of suggestions.
function name(row) {
  const words = row.querySelector("[data-goods]");
  const input = row.querySelector('[name$="-part_no"]');
  if (!words || !input) return;
  const part = input.value.trim();
  const option = [...(input.list?.options ?? [])].find((each) => each.value === part);
  words.textContent = option ? option.label || option.textContent : "";
}

for (const box of document.querySelectorAll("[data-amounts]")) {
  // With the script rows are added one by one; the button that asks the server is not needed.
  const more = box.querySelector("[data-more-lines]");
  if (more) more.hidden = true;
  box.addEventListener("input", (event) => {
    const row = event.target.closest("tr");
    if (!row) return;
    show(row);
    if (event.target.name.endsWith("-part_no")) name(row);
  });
}

// The list of suggestions was fetched anew: a part typed meanwhile may now have its name.
document.body.addEventListener("htmx:afterSwap", () => {
  for (const row of document.querySelectorAll("[data-amounts] tr")) {
    if (row.querySelector("[data-goods]")?.textContent === "") name(row);
  }
});
