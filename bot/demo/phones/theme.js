// Light or dark: as the computer is set, until somebody chooses here.

const KEY = "theme";

/** Makes `button` switch between light and dark and remembers the choice in this browser. */
export function offerThemes(button) {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const draw = () => button.setAttribute("aria-pressed", String(dark()));
  const kept = remembered();
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  draw();
  system.addEventListener("change", draw);
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    remember(root.dataset.theme);
    draw();
  });
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // this browser keeps nothing: the computer's setting it is
  }
}

function remember(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // This browser keeps nothing: the choice lasts until the page is closed.
  }
}
