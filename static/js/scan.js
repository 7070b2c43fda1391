// The camera reads a bar code or QR into a field and fires change. The browser's own reader where
// there is one, else ZXing, which is fetched only then. Typing and hand scanners work without.

const SOME_MS = 200;

function loadZxing(url) {
  if (window.ZXingBrowser) return Promise.resolve(window.ZXingBrowser);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.addEventListener("load", () => resolve(window.ZXingBrowser));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

async function readWithBrowser(video, found, isOpen) {
  const detector = new BarcodeDetector();
  while (isOpen()) {
    const codes = video.readyState >= 2 ? await detector.detect(video) : [];
    if (codes.length && isOpen()) found(codes[0].rawValue);
    await new Promise((resolve) => setTimeout(resolve, SOME_MS));
  }
}

async function readWithZxing(video, stream, found, url) {
  const { BrowserMultiFormatReader } = await loadZxing(url);
  const reader = new BrowserMultiFormatReader();
  return reader.decodeFromStream(stream, video, (result) => {
    if (result) found(result.getText());
  });
}

function setUp(bar) {
  const target = bar.querySelector("[data-scan-target]");
  const view = bar.querySelector("[data-scan-view]");
  const video = view.querySelector("video");
  const say = bar.querySelector("[data-scan-say]");
  let stream = null;
  let controls = null;

  function tell(words) {
    say.textContent = words;
    say.hidden = !words;
  }

  function close() {
    controls?.stop();
    stream?.getTracks().forEach((track) => track.stop());
    stream = controls = null;
    video.srcObject = null;
    view.hidden = true;
  }

  function found(text) {
    if (!stream) return;
    close();
    target.value = text.trim();
    navigator.vibrate?.(60);
    target.dispatchEvent(new Event("input", { bubbles: true }));
    target.dispatchEvent(new Event("change", { bubbles: true }));
    target.dispatchEvent(new CustomEvent("scanned", { bubbles: true })); // by the camera, not typed
    target.focus();
  }

  async function open() {
    tell("");
    if (!navigator.mediaDevices?.getUserMedia) {
      tell(bar.dataset.sayInsecure);
      target.focus();
      return;
    }
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      view.hidden = false;
      video.srcObject = stream;
      await video.play();
      if ("BarcodeDetector" in window) await readWithBrowser(video, found, () => stream !== null);
      else controls = await readWithZxing(video, stream, found, bar.dataset.zxing);
    } catch (error) {
      close();
      const isRefused = error.name === "NotAllowedError" || error.name === "SecurityError";
      tell(isRefused ? bar.dataset.sayRefused : bar.dataset.sayNone);
      target.focus();
    }
  }

  bar.querySelector("[data-scan-open]").addEventListener("click", () => (stream ? close() : open()));
  bar.querySelector("[data-scan-close]").addEventListener("click", close);
  window.addEventListener("pagehide", close);
}

document.querySelectorAll("[data-scan]").forEach(setUp);
