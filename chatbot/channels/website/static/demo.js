// Writes the script tag for this server, and shows what its attributes do.
const shown = document.getElementById("tag");
const form = document.getElementById("options");
const usual = { theme: "auto", language: "auto", position: "right", accent: "#0b6b5d" };

/** Returns the attributes that differ from the usual ones. */
function chosen() {
  return [...new FormData(form)].filter(([name, value]) => value !== usual[name]);
}

function writeTag() {
  const { file, integrity } = shown.dataset;
  const attributes = [
    `src="${location.origin}/${file}"`,
    `integrity="${integrity}"`,
    'crossorigin="anonymous"',
    "async",
    ...chosen().map(([name, value]) => `data-${name}="${value}"`),
  ];
  shown.textContent = `<script ${attributes.join("\n  ")}></script>`;
}

/** The widget follows the attributes of its tag. */
function dressWidget() {
  const { dataset } = document.getElementById("widget");
  for (const name of Object.keys(usual)) delete dataset[name];
  for (const [name, value] of chosen()) dataset[name] = value;
}

form.addEventListener("change", () => {
  writeTag();
  dressWidget();
});

/** Asks the widget; at once, or when its script has come. */
function ask(question) {
  if (window.CareersChat) window.CareersChat.ask(question);
  else document.getElementById("widget").addEventListener("load", () => ask(question), { once: true });
}

for (const button of document.querySelectorAll("[data-ask]")) {
  button.addEventListener("click", () => ask(button.dataset.ask));
}

document.getElementById("copy").addEventListener("click", async () => {
  const told = document.getElementById("copied");
  try {
    await navigator.clipboard.writeText(shown.textContent);
    told.textContent = "Copied.";
  } catch {
    told.textContent = "Please select the line and copy it.";
  }
});

writeTag();
