// Two small things on the officer's pages. Both are hidden where scripts are off, and nothing needs them.

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
