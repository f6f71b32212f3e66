// Small things on the officer's pages. Nothing needs them, and their buttons are hidden where scripts are off.

// <button hidden data-copy="id">: puts the text of a field on the clipboard.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // a plain address has no clipboard of its own
    }
    button.textContent = button.dataset.done;
  });
}

// A scanner types into the field that has the focus. The field comes and goes with its form, so the page listens.
// And what opens at the foot of the page opens above the bar of buttons.
document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches("details.scan[open]")) event.target.querySelector("textarea").focus();
    if (event.target.matches("details.reasons[open]")) event.target.scrollIntoView({ block: "nearest" });
  },
  true,
);

// <button data-here="id">: asks the device where it is, with a tap, and keeps only a coarse cell of about five kilometres.
// The exact place never leaves the device. The cell is a geohash of five letters.
const LETTERS = "0123456789bcdefghjkmnpqrstuvwxyz";

function cellOf(latitude, longitude) {
  const spans = [[-180, 180], [-90, 90]];
  const at = [longitude, latitude];
  let cell = "";
  for (let turn = 0; cell.length < 5; ) {
    let letter = 0;
    for (let bit = 16; bit >= 1; bit >>= 1, turn ^= 1) {
      const half = (spans[turn][0] + spans[turn][1]) / 2;
      const above = at[turn] >= half;
      spans[turn][above ? 0 : 1] = half;
      if (above) letter |= bit;
    }
    cell += LETTERS[letter];
  }
  return cell;
}

for (const button of document.querySelectorAll("[data-here]")) {
  if (!navigator.geolocation) continue;
  button.closest("[hidden]").hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const field = document.getElementById(button.dataset.here);
        field.value = cellOf(coords.latitude, coords.longitude);
        button.textContent = button.dataset.done;
        field.dispatchEvent(new Event("change", { bubbles: true }));
      },
      () => (button.textContent = button.dataset.none),
      { timeout: 8000, maximumAge: 300000 },
    );
  });
}
