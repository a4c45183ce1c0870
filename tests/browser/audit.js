// Measures the page as eyes and fingers meet it. Each function returns a list of sentences; an empty one is good news.

(() => {
  const TEXT_RATIO = 4.5; // WCAG 2.2, 1.4.3
  const SHAPE_RATIO = 3; // 1.4.11
  const SMALLEST = 24; // 2.5.8, CSS pixels
  const CONTROLS = "button, select, input, textarea, a[href], [role=menuitem]";
  const COLOURS = /(?:rgba?|hsla?|color|oklab|oklch|lab|lch)\([^()]*\)/g;
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  const seen = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const called = (node) =>
    node.getAttribute("aria-label") || node.textContent.trim().slice(0, 30) || node.id || node.className || node.tagName;

  function channels(colour) {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return { rgb: [red, green, blue], alpha: alpha / 255 };
  }

  const over = ({ rgb, alpha }, behind) => rgb.map((part, place) => part * alpha + behind[place] * (1 - alpha));

  function luminance(rgb) {
    const linear = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  }

  function ratio(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  function ancestors(node) {
    return node === null ? [] : [...ancestors(node.parentElement), node];
  }

  /** Every colour that may lie behind a node: a gradient counts with each of its colours. */
  function backgrounds(node) {
    let found = [[255, 255, 255]];
    for (const part of ancestors(node)) {
      const style = getComputedStyle(part);
      found = found.map((behind) => over(channels(style.backgroundColor), behind));
      const stops = style.backgroundImage.match(COLOURS);
      if (stops) found = found.flatMap((behind) => stops.map((stop) => over(channels(stop), behind)));
    }
    return found;
  }

  function worst(node, colour) {
    const opacity = ancestors(node).reduce((product, part) => product * getComputedStyle(part).opacity, 1);
    const ink = channels(colour);
    ink.alpha *= opacity;
    return Math.min(...backgrounds(node).map((behind) => ratio(over(ink, behind), behind)));
  }

  function judge(node, colour, wanted, what) {
    const found = worst(node, colour);
    return found >= wanted ? [] : [`${what}: contrast ${found.toFixed(2)}, wanted ${wanted}`];
  }

  function texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const nodes = new Set();
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (/[\p{L}\p{N}]/u.test(walker.currentNode.data) && !parent.matches("option, script") && seen(parent)) nodes.add(parent);
    }
    return [...nodes];
  }

  function contrast() {
    const written = texts().flatMap((node) => judge(node, getComputedStyle(node).color, TEXT_RATIO, called(node)));
    const fields = [...document.querySelectorAll("input, textarea, select")].filter(seen).flatMap((node) => [
      ...judge(node, getComputedStyle(node).color, TEXT_RATIO, `what is typed in ${called(node)}`),
      ...(node.placeholder
        ? judge(node, getComputedStyle(node, "::placeholder").color, TEXT_RATIO, `the hint in ${called(node)}`)
        : []),
    ]);
    const drawn = [...document.querySelectorAll("button .icon")].filter(seen).flatMap((node) =>
      judge(node.parentElement, getComputedStyle(node).color, SHAPE_RATIO, `the icon of ${called(node.closest("button"))}`),
    );
    return [...written, ...fields, ...drawn];
  }

  function targets() {
    return [...document.querySelectorAll(CONTROLS)].filter(seen).flatMap((node) => {
      const { width, height } = node.getBoundingClientRect();
      return Math.min(width, height) >= SMALLEST ? [] : [`${called(node)} is ${width} by ${height} pixels`];
    });
  }

  function structure() {
    const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((node) => seen(node) && !node.closest("[inert]"));
    const levels = headings.map((node) => Number(node.tagName[1]));
    const names = ["aria-labelledby", "aria-describedby", "aria-controls", "for"];
    const pointed = names.flatMap((name) => [...document.querySelectorAll(`[${name}]`)].map((node) => node.getAttribute(name)));
    return [
      ...ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `two parts are called ${id}`),
      ...pointed.flatMap((list) => list.split(/\s+/)).filter((id) => !ids.includes(id)).map((id) => `nothing is called ${id}`),
      ...levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1).map((level) => `a heading leaps to ${level}`),
      ...["h1", "main"].filter((tag) => document.querySelectorAll(tag).length !== 1).map((tag) => `not exactly one ${tag}`),
      ...(document.title && document.documentElement.lang ? [] : ["the page has no title or no language"]),
    ];
  }

  /** What must be scrolled sideways, and what sticks out of the window. The row of names may be scrolled. */
  function sideways() {
    const wide = [document.scrollingElement, ...document.querySelectorAll(".log, .screen, .rows, .commands, .window")]
      .filter((node) => seen(node) && node.scrollWidth > node.clientWidth)
      .map((node) => `${node.className || "the page"} is ${node.scrollWidth} wide in ${node.clientWidth}`);
    const outside = [...document.querySelectorAll(`${CONTROLS}, .text`)]
      .filter((node) => seen(node) && !node.closest("#switcher"))
      .filter((node) => node.getBoundingClientRect().left < 0 || node.getBoundingClientRect().right > innerWidth)
      .map((node) => `${called(node)} sticks out of the window`);
    return [...wide, ...outside];
  }

  /** Labels of which only a beginning can be read. */
  function cut() {
    const labels = [...document.querySelectorAll(".key-text")].filter((node) => seen(node) && node.scrollWidth > node.clientWidth);
    return labels.map((node) => `${called(node)} is cut off`);
  }

  /** Whether somebody who types can see where she is. */
  function focus() {
    const node = document.activeElement;
    if (node === null || node === document.body) return ["the focus is nowhere"];
    const ring = node.matches(".field textarea") ? node.closest(".field") : node;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(ring);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return [`${called(node)} shows no ring`];
    const { left, top, right, bottom } = node.getBoundingClientRect();
    const middle = [(left + right) / 2, (top + bottom) / 2];
    const points = [middle, [middle[0], top + 2], [middle[0], bottom - 2], [left + 2, middle[1]], [right - 2, middle[1]]];
    const hits = points.map(([x, y]) => document.elementFromPoint(x, y)).filter((hit) => hit !== null);
    const covered = !hits.some((hit) => node.contains(hit) || hit.contains(node));
    return [
      ...(covered ? [`${called(node)} has the focus where nobody sees it`] : []),
      ...judge(ring.parentElement, outlineColor, SHAPE_RATIO, `the ring around ${called(node)}`),
    ];
  }

  return { contrast, targets, structure, sideways, cut, focus };
})()
