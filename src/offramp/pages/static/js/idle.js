// Locks a screen that nobody is at. Two minutes before, it says so; one key or one tap keeps the page.
//
// <div hidden data-idle
//      data-minutes="15"            how long nobody may be there
//      data-warn="2"                how many minutes before the end it says so
//      data-extend="/…/"            a POST that keeps the session; anything but 2xx means: already locked
//      data-lock="/…/"              where to go once locked
//      class="idle-warning">words, and <time data-left></time></div>
//
// On locking it first sends `offramp:locking` on the document, with every form that holds something typed in
// event.detail.forms, so that drafts are kept; event.detail.wait(promise) delays leaving (3 s at most), never the blanking.

const box = document.querySelector("[data-idle]");
const minutes = (name) => Number(box.dataset[name]) * 60_000;

function idle() {
  const limit = minutes("minutes");
  const warnAt = limit - minutes("warn");
  const others = "BroadcastChannel" in window ? new BroadcastChannel("offramp-idle") : null;
  let touched = Date.now();
  let told = Date.now();
  let locked = false;

  function touch() {
    if (locked) return;
    const warned = !box.hidden;
    touched = Date.now();
    box.hidden = true;
    others?.postMessage(touched);
    // Somebody who types for a quarter of an hour sends nothing: tell the server now and then that they are here.
    if (warned || touched - told > limit / 5) extend();
  }

  async function extend() {
    told = Date.now();
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    const answer = await fetch(box.dataset.extend, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => null);
    // Without a network nobody is locked out of what they are typing; the server decides at the next request.
    if (answer && !answer.ok) lock();
  }

  function typedIn(form) {
    return [...form.elements].some((field) =>
      field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : "defaultValue" in field && field.value !== field.defaultValue,
    );
  }

  async function lock() {
    if (locked) return;
    locked = true;
    const waits = [];
    const forms = [...document.forms].filter((form) => form.method === "post" && typedIn(form));
    document.dispatchEvent(new CustomEvent("offramp:locking", { detail: { forms, wait: (promise) => waits.push(promise) } }));
    document.body.replaceChildren();
    document.title = "Offramp";
    await Promise.race([Promise.allSettled(waits), new Promise((done) => setTimeout(done, 3000))]);
    const back = encodeURIComponent(location.pathname + location.search);
    location.replace(`${box.dataset.lock}?next=${back}`);
  }

  function look() {
    if (locked) return;
    const still = Date.now() - touched;
    if (still >= limit) return void lock();
    box.hidden = still < warnAt;
    const left = Math.ceil((limit - still) / 1000);
    const words = box.querySelector("[data-left]");
    // The seconds are for eyes; a screen reader hears the sentence once, when the box appears.
    if (words && !box.hidden) words.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }

  others?.addEventListener("message", (event) => {
    touched = Math.max(touched, event.data);
    box.hidden = true;
  });
  for (const sign of ["keydown", "pointerdown", "input"]) addEventListener(sign, touch, { capture: true, passive: true });
  // The server says so too: a list that refreshes itself was answered "locked".
  document.addEventListener("locked", lock);
  // A laptop that was closed has missed its ticks: look at the clock as soon as it wakes.
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
}

if (box) idle();
