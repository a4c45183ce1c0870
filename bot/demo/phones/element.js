// Making parts of the page: elements, icons and text, never markup from a message.
// Everything a person or the bot wrote reaches the page through text nodes and plain attributes only.

const SVG = "http://www.w3.org/2000/svg";

/** A new element; `attributes` are set as plain attributes, strings among `children` become text. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) assign(node, name, value);
  node.append(...children);
  return node;
}

/** Sets an attribute only when it changes (so nothing is announced twice); null, false and undefined remove it. */
export function assign(node, name, value) {
  if (name === "style" || name.startsWith("on")) throw new Error(`${name} must not be set as an attribute`);
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value === true ? "" : String(value));
}

/** Replaces the text of a node when it differs. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** An icon of index.html by its name, invisible to screen readers. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  drawing.append(use);
  return drawing;
}

/** A round button that shows an icon and is called `label` by screen readers. */
export function iconButton(name, label, press, attributes = {}) {
  const plain = { type: "button", class: "round", "aria-label": label, title: label };
  const button = element("button", { ...plain, ...attributes });
  button.append(icon(name));
  button.addEventListener("click", press);
  return button;
}

/** Moves the focus among the buttons of `container` with the arrow keys, Home and End. Returns whether it did. */
export function rove(container, event) {
  const buttons = [...container.querySelectorAll("button:not([hidden])")];
  const here = buttons.indexOf(document.activeElement);
  const next = here + 1;
  const previous = here - 1;
  const arrows = { ArrowDown: next, ArrowRight: next, ArrowUp: previous, ArrowLeft: previous };
  const steps = { ...arrows, Home: 0, End: -1 };
  if (!(event.key in steps) || buttons.length === 0) return false;
  event.preventDefault();
  buttons.at(steps[event.key] % buttons.length).focus();
  return true;
}
