// A signature as SVG path data, "M12 34L13 36…": whole numbers in a box of 300 x 112.
// Mouse, finger and pen alike; the path goes into a hidden field.

const WIDTH = 300;
const HEIGHT = 112;
const NEAR = 2; // points closer than this add nothing

const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
const drawn = (strokes) => strokes.map((points) => `M${points.join("L")}`).join("");

function read(path) {
  return path.split("M").filter(Boolean).map((stroke) => stroke.split("L"));
}

function setUp(box) {
  const pad = box.querySelector("[data-signature-pad]");
  const svg = pad.querySelector("svg");
  const path = svg.querySelector("path");
  const field = box.querySelector('input[type="hidden"]');
  const ghost = box.querySelector("[data-signature-ghost]");
  const undo = box.querySelector("[data-signature-undo]");
  const clear = box.querySelector("[data-signature-clear]");
  let strokes = read(field.value);
  let stroke = null;
  pad.classList.add("is-live");

  function point(event) {
    const frame = svg.getBoundingClientRect();
    const x = ((event.clientX - frame.left) / frame.width) * WIDTH;
    const y = ((event.clientY - frame.top) / frame.height) * HEIGHT;
    return [within(x, WIDTH), within(y, HEIGHT)];
  }

  function show() {
    path.setAttribute("d", drawn(strokes));
    undo.hidden = clear.hidden = !strokes.length;
  }

  function keep() {
    field.value = drawn(strokes);
    show();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function add(event) {
    const [x, y] = point(event);
    const [lastX, lastY] = (stroke.at(-1) ?? "-9 -9").split(" ").map(Number);
    if (Math.abs(x - lastX) + Math.abs(y - lastY) >= NEAR) stroke.push(`${x} ${y}`);
  }

  pad.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    document.activeElement?.blur(); // a field just typed in reports its change before, not after
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    stroke = [];
    strokes.push(stroke);
    add(event);
    show();
  });
  pad.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) add(each);
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    pad.addEventListener(end, () => {
      if (!stroke) return;
      if (stroke.length === 1) stroke.push(stroke[0]); // a dot
      stroke = null;
      keep();
    });
  }
  undo.addEventListener("click", () => {
    strokes.pop();
    keep();
  });
  clear.addEventListener("click", () => {
    strokes = [];
    keep();
  });
  // A photograph instead of strokes: its name stands where it was asked for.
  const photo = box.querySelector('input[type="file"]');
  const asked = box.querySelector("[data-signature-photo]");
  photo?.addEventListener("change", () => {
    asked.dataset.words ??= asked.textContent;
    asked.textContent = photo.files[0]?.name ?? asked.dataset.words;
  });
  // What was signed is what stands above: when that changes, the signature falls.
  const words = box.dataset.clearOnChange;
  if (words && field.form) {
    field.form.addEventListener("change", (event) => {
      if (!strokes.length || box.contains(event.target)) return;
      strokes = [];
      ghost.textContent = words;
      keep();
    });
  }
  show();
}

document.querySelectorAll("[data-signature]").forEach(setUp);
