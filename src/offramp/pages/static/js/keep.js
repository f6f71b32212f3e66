// Before a screen goes blank, what was typed on it is handed in, to be kept sealed for the one who typed it.
// idle.js says when: `offramp:locking`, with the forms that hold something. Passwords are never handed in.

const KEEP = "/account/keep/";

function handIn(form) {
  const typed = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") typed.append(name, value);
  }
  const body = new URLSearchParams({
    typed: typed.toString(),
    page: location.pathname + location.search,
    send_to: new URL(form.action, location.href).pathname,
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken?.value ?? "",
  });
  return fetch(KEEP, { method: "POST", body });
}

document.addEventListener("offramp:locking", (event) => {
  for (const form of event.detail.forms) {
    if (!form.querySelector('input[type="password"]')) event.detail.wait(handIn(form));
  }
});
