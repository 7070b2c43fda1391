// Counting right or not: fields on trouble, the running sum, and what is still to do.

const number = (input) => Number(input.value.trim().replace(",", ".")) || 0;
const tidy = (value) => String(Math.round(value * 1000) / 1000);
const answer = (line) => line.querySelector('input[type="radio"]:checked')?.value ?? "";
const lines = [...document.querySelectorAll(".count-line")];

function parts(line) {
  return [...line.querySelectorAll(".split-entry input[data-part]")];
}

function showSum(line) {
  const check = line.querySelector("[data-sum-check]");
  if (!check) return true;
  const { total, unit, short, over } = check.dataset;
  const values = parts(line).map(number);
  const sum = values.reduce((all, value) => all + value, 0);
  const off = Math.round((sum - Number(total)) * 1000) / 1000;
  const wrong = check.querySelector("[data-wrong]");
  check.querySelector("[data-sum]").textContent =
    `${values.map(tidy).join(" + ")} = ${tidy(sum)} ${unit}`;
  wrong.querySelector("b").textContent =
    (off < 0 ? short : over).replace("%s", `${tidy(Math.abs(off))} ${unit}`);
  wrong.hidden = off === 0;
  check.querySelector("[data-right]").hidden = off !== 0;
  return off === 0;
}

// How much of a line is damaged: its kind is asked for only then.
function damagedIn(line) {
  const fates = [...line.querySelectorAll(".fate-list select")];
  const entry = parts(line).find((input) => input.dataset.part === "damaged");
  return fates.some((fate) => fate.value === "damaged") || (entry && number(entry) > 0);
}

function lacksKind(line) {
  const kind = line.querySelector("[data-when-damaged] select");
  return Boolean(kind && damagedIn(line) && !kind.value);
}

// Of trouble with goods: which piece, how many, a word or a picture of it.
function isTold(line) {
  if (!line.querySelector(".fate-list, .split-entry")) return true;
  const fates = [...line.querySelectorAll(".fate-list select")];
  return (
    fates.some((fate) => fate.value !== "sound") ||
    parts(line).some((input) => input.dataset.part !== "sound" && number(input) > 0) ||
    [...line.querySelectorAll('input[name^="remark"]')].some((input) => input.value.trim()) ||
    [...line.querySelectorAll('input[type="file"]')].some((input) => input.files.length)
  );
}

function isDone(item) {
  if (item.matches("[hidden] *")) return true; // belongs to an answer that was not given
  if (document.getElementById(item.dataset.or)?.files?.length) return true; // a photo does instead
  if (!item.matches(".count-line")) return item.value.trim() !== "";
  if (answer(item) === "same") return true;
  return answer(item) === "different" && showSum(item) && isTold(item) && !lacksKind(item);
}

// What the driver or customer has said so far: of a line that is right, all counts as sound; a
// line of serial numbers counts by what was chosen for each.
function tally(part) {
  return lines.reduce((sum, line) => {
    const fates = [...line.querySelectorAll(".fate-list select")];
    const check = line.querySelector("[data-sum-check]");
    const total = fates.length || Number(check?.dataset.total ?? 0);
    if (answer(line) === "same") return sum + (part === "sound" ? total : 0);
    if (answer(line) !== "different") return sum;
    if (fates.length) return sum + fates.filter((fate) => fate.value === part).length;
    const entry = parts(line).find((input) => input.dataset.part === part);
    return entry ? sum + number(entry) : sum;
  }, 0);
}

function refresh() {
  for (const line of lines) {
    const more = line.querySelector(".when-different");
    if (more) more.hidden = answer(line) !== "different";
    for (const kind of line.querySelectorAll("[data-when-damaged]")) kind.hidden = !damagedIn(line);
    showSum(line);
  }
  // With trouble the customer reports, else signs.
  const inTrouble = lines.some((line) => answer(line) === "different");
  for (const place of document.querySelectorAll("[data-when-trouble]")) place.hidden = !inTrouble;
  for (const place of document.querySelectorAll("[data-when-sound]")) place.hidden = inTrouble;
  for (const place of document.querySelectorAll("[data-sum-of]")) {
    place.textContent = tidy(tally(place.dataset.sumOf));
  }
  for (const words of document.querySelectorAll("[data-tally]")) words.hidden = false;
  const say = document.querySelector("[data-missing]");
  if (!say) return;
  const missing = [...document.querySelectorAll("[data-need]")]
    .filter((item) => !isDone(item))
    .map((item) => item.dataset.need);
  const { text, separator, ready } = say.dataset;
  say.textContent = missing.length ? text.replace("%s", missing.join(separator)) : ready;
}

document.addEventListener("input", refresh);
document.addEventListener("change", refresh);
window.addEventListener("pageshow", refresh);
refresh();
