"use strict";
const form = document.querySelector("#filter");
const rows = Array.from(document.querySelectorAll("#wrong tbody tr"));
const count = document.querySelector("#count");
function apply() {
  const wanted = new FormData(form);
  const words = wanted.get("words").trim().toLowerCase();
  let shown = 0;
  for (const row of rows) {
    const fits = ["system", "kind", "voice", "topic"].every(
      (key) => !wanted.get(key) || row.dataset[key] === wanted.get(key)
    ) && row.textContent.toLowerCase().includes(words);
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  count.textContent = `${shown} of ${rows.length} shown`;
}
form.hidden = false;
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
apply();
