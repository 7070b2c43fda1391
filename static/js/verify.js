// The keeper's page: a scan finds its line, serial numbers gather one by one, the button says what it confirms.

// ---- a scan of the camera finds the line at once ------------------------------------------------
const find = document.querySelector("[data-find]");
find?.addEventListener("scanned", () => find.requestSubmit());

// ---- serial numbers ------------------------------------------------------------------------------
const BETWEEN = /[\s,，、;；]+/;
const form = document.querySelector("[data-count]");
const quantity = form?.elements.counted_quantity;

function setUpSerials(box) {
  const scan = box.querySelector("[data-scan-target]");
  const list = box.querySelector("textarea");
  const count = box.querySelector("[data-serial-number]");
  const say = box.querySelector("[data-serial-say]");
  // A range or a list stands for more numbers than it has words: then the keeper says how many.
  const isPlain = () => !/[~～]|至|到/.test(list.value);
  const partNo = box.dataset.partNo.toUpperCase(); // stands on the label beside the serial number
  const split = (text) => text.split(BETWEEN).filter((word) => word && word.toUpperCase() !== partNo);
  const words = () => split(list.value);
  let filled = "";

  function show() {
    const number = words().length;
    count.textContent = number && isPlain() ? `· ${number}` : "";
    if (!quantity || !isPlain() || !(quantity.value === "" || quantity.value === filled)) return;
    filled = number ? String(number) : "";
    quantity.value = filled;
    quantity.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function add(text) {
    const wanted = split(text.trim().toUpperCase());
    const known = new Set(words().map((word) => word.toUpperCase()));
    const twice = wanted.filter((word) => known.has(word));
    scan.value = "";
    say.textContent = twice.length ? box.dataset.twice.replace("%s", twice.join(" ")) : "";
    say.hidden = !twice.length;
    list.value = [...words(), ...wanted.filter((word) => !known.has(word))].join("\n");
    show();
  }

  scan.addEventListener("scanned", () => add(scan.value));
  scan.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // a hand scanner ends with Enter; the next one follows
    add(scan.value);
  });
  list.addEventListener("input", show);
  show();
}

document.querySelectorAll("[data-serials]").forEach(setUpSerials);

// ---- the button says exactly what it confirms -----------------------------------------------------
const button = document.querySelector('.dock [form="count"]');
if (form && button) {
  const plain = button.textContent;
  const echo = () => {
    const number = quantity.value.trim();
    button.textContent = number ? form.dataset.echo.replace("%s", number) : plain;
  };
  quantity.addEventListener("input", echo);
  echo();
}

// ---- what was done says what comes next ------------------------------------------------------------
const adjust = document.querySelector("#adjust");
if (adjust) {
  const next = document.querySelector('.dock [form="adjust"]');
  const plain = next.textContent;
  const tell = () => {
    const isCorrected = adjust.elements.measure.value === "corrected";
    next.textContent = isCorrected ? next.dataset.corrected ?? plain : plain;
  };
  adjust.addEventListener("change", tell);
  tell();
}
