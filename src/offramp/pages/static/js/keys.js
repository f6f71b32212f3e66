// Keys for lists: j and k go down and up, Enter opens, x picks, / goes to the search. They can be turned off (WCAG 2.1.4).
//
// A list says <… data-keys>, its rows hold one link each (and a check box to pick), the search field says data-search.
// The switch is <button data-keys-switch data-on="…" data-off="…">; it is hidden where scripts are off.

const OFF = /(?:^|; )keys=off/;
const off = () => OFF.test(document.cookie);

function rows() {
  return [...document.querySelectorAll("[data-keys] a[data-row], [data-keys] th a")];
}

function move(step) {
  const links = rows();
  if (!links.length) return;
  const row = document.activeElement?.closest("tr, li");
  const at = links.findIndex((link) => row?.contains(link));
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
  links[next].focus();
}

function pick() {
  document.activeElement?.closest("[data-keys] tr, [data-keys] li")?.querySelector("input[type=checkbox]")?.click();
}

const DEEDS = {
  j: () => move(1),
  k: () => move(-1),
  x: pick,
  "/": () => document.querySelector("[data-search]")?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (off() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]")) return;
  const deed = DEEDS[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
});

function say(button) {
  button.textContent = off() ? button.dataset.off : button.dataset.on;
  button.setAttribute("aria-pressed", String(!off()));
}

for (const button of document.querySelectorAll("[data-keys-switch]")) {
  button.closest("[hidden]")?.removeAttribute("hidden");
  say(button);
  button.addEventListener("click", () => {
    document.cookie = `keys=${off() ? "on" : "off"}; path=/; max-age=31536000; samesite=lax`;
    say(button);
  });
}
