// Passkeys: the browser's ceremony around a plain form. Needs webauthn-json.js, which ships with django-allauth.
//
// <form method="post" data-passkey="sign-in|get|create" hidden>
//   <input type="hidden" name="credential"> <button>…</button> <p data-says role="status"></p>
// </form>
// sign-in asks its options at data-options; the others find theirs in #passkey-data. The button may stand elsewhere on
// the page, as <button form="…">; it shows when this browser can do it.

const form = document.querySelector("form[data-passkey]");
const given = () => JSON.parse(document.getElementById("passkey-data").textContent);

// A phone or computer with a lock of its own signs in alone; an older key without one still serves as the second step.
async function create() {
  const asked = given().creation_options;
  const picks = asked.publicKey.authenticatorSelection ?? {};
  const alone = { ...picks, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  try {
    return await webauthnJSON.create({ publicKey: { ...asked.publicKey, authenticatorSelection: alone } });
  } catch (problem) {
    if (!["ConstraintError", "NotSupportedError"].includes(problem.name)) throw problem;
    form.elements.passwordless?.remove();
    return webauthnJSON.create(asked);
  }
}

async function signIn() {
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  return webauthnJSON.get((await answer.json()).request_options);
}

const ceremonies = { create, "sign-in": signIn, get: () => webauthnJSON.get(given().request_options) };

async function go(event) {
  event.preventDefault();
  const says = form.querySelector("[data-says]");
  says.textContent = "";
  try {
    form.elements.credential.value = JSON.stringify(await ceremonies[form.dataset.passkey]());
    form.submit();
  } catch {
    // Cancelled, timed out, or none on this device: the browser has said which.
    says.textContent = form.dataset.passkey === "create" ? says.dataset.notMade : says.dataset.notFound;
  }
}

if (form && window.PublicKeyCredential && window.webauthnJSON) {
  form.hidden = false;
  document.querySelector(`button[form="${form.id}"]`)?.removeAttribute("hidden");
  form.addEventListener("submit", go);
} else if (form?.dataset.passkey === "create") {
  document.querySelector("[data-no-passkey]")?.removeAttribute("hidden");
}
