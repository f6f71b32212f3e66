// Keys for lists: j and k go down and up, Enter opens, x picks, / goes to the search. They can be turned off (WCAG 2.1.4).
//
// A list says <… data-keys>. Each row (tr or li) holds a link, or else the button of the next thing to do with it, and may
// hold a check box to pick; the search field says data-search. The hint names only the keys that do something here.
// The switch is <button data-keys-switch data-on="…" data-off="…">; it is hidden where scripts are off.

const OFF = /(?:^|; )keys=off/;
const off = () => OFF.test(document.cookie);

function rows() {
  const links = [...document.querySelectorAll("[data-keys] :is(tr, li)")].map((row) => row.querySelector("a[data-row], th a, button"));
  return links.filter((link) => link && !link.closest("details:not([open]) > :not(summary)"));
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

const DOES = { x: "[data-keys] input[type=checkbox]", "/": "[data-search]" };
for (const hint of document.querySelectorAll("[data-key]")) hint.hidden = !document.querySelector(DOES[hint.dataset.key]);

for (const button of document.querySelectorAll("[data-keys-switch]")) {
  button.closest("[hidden]")?.removeAttribute("hidden");
  say(button);
  button.addEventListener("click", () => {
    document.cookie = `keys=${off() ? "on" : "off"}; path=/; max-age=31536000; samesite=lax`;
    say(button);
  });
}
