// What a page does by itself. Every page works without it.

// A focused summary of errors is read out first.
document.querySelector("[data-focus]")?.focus();

// Day and night change in place: a page that is half filled in is not read anew for it.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-choice]")) return;
  event.preventDefault();
  const theme = event.submitter.value;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
  if (answer.type !== "opaqueredirect" && !answer.ok) return;
  document.documentElement.dataset.theme = theme;
  document.querySelector("meta[name=color-scheme]").content = theme === "night" ? "dark" : "light";
  form.querySelector(`[value="${theme === "night" ? "day" : "night"}"]`).focus();
});

// A countdown: <time datetime="…" data-countdown>. When it is over, its button rests.
const clocks = () => document.querySelectorAll("time[data-countdown]");

function countDown() {
  for (const clock of clocks()) {
    const left = Math.max(0, Math.round((new Date(clock.dateTime) - Date.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left === 0) {
      clock.removeAttribute("data-countdown");
      clock.closest("button")?.setAttribute("disabled", "");
    }
  }
}

countDown();
setInterval(countDown, 1000);
document.addEventListener("htmx:afterSettle", countDown);

// Nothing moves under a finger: a list that refreshes itself waits while somebody is choosing, typing or pressing in it.
// Who opened a menu and went away is not waited for: after two minutes the list goes on.
let pressed = null;
let touched = 0;
const refreshesItself = (region) => region?.getAttribute?.("hx-trigger")?.includes("every");
const inUse = (region) => region.querySelector("details[open], input:focus, select:focus, textarea:focus") && Date.now() - touched < 120_000;
const busy = (region) => (pressed && region.contains(pressed)) || inUse(region);

document.addEventListener("pointerdown", (event) => { pressed = event.target; });
for (const sign of ["pointerdown", "keydown", "input"]) document.addEventListener(sign, () => { touched = Date.now(); });
// A tap ends with its click; only then may what was under it be drawn anew.
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(() => { pressed = null; }, 400));

document.addEventListener("htmx:beforeRequest", (event) => {
  const region = event.detail.elt;
  if (refreshesItself(region) && busy(region)) event.preventDefault();
});

// A region comes anew under a finger: what has focus stays where it is on the screen, and keeps the focus (htmx gives it
// back to the control with the same id). When that control is gone, its region takes it.
let held = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  // A refusal says where it wants to stand: it is shown like any answer, not dropped as an error.
  if (event.detail.xhr.getResponseHeader("HX-Retarget")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  const region = event.detail.target;
  // It was asked for before somebody began to choose in it: this once it stays as it is.
  if (event.detail.requestConfig.elt === region && refreshesItself(region) && busy(region)) {
    event.detail.shouldSwap = false;
    return;
  }
  // What somebody points at keeps its place, as what has focus does.
  const at = region.querySelector("[id]:is(a, button, summary):hover") ?? document.activeElement;
  const there = at && at !== document.body;
  held = {
    region: region.id,
    within: region.contains(document.activeElement),
    scrolled: region.scrollTop,
    control: there ? at.id : "",
    top: there ? at.getBoundingClientRect().top : 0,
  };
});

document.addEventListener("htmx:afterSwap", () => {
  const region = held?.region && document.getElementById(held.region);
  if (!region) return;
  region.scrollTop = held.scrolled;
  const control = held.control && document.getElementById(held.control);
  if (!control) return;
  const moved = control.getBoundingClientRect().top - held.top;
  const scrolls = region.contains(control) && region.scrollHeight > region.clientHeight;
  (scrolls ? region : window).scrollBy(0, moved);
});

document.addEventListener("htmx:afterSettle", () => {
  const region = held?.within && document.getElementById(held.region);
  held = null;
  if (!region || (document.activeElement && document.activeElement !== document.body)) return;
  region.tabIndex = -1;
  region.focus({ preventScroll: true });
});

// Escape closes an open menu and gives focus back to what opened it. A tap elsewhere closes it too.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.activeElement?.closest("details.menu[open], details.reasons[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.menu[open], details.reasons--over[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
