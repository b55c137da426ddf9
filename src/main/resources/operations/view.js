// Small helpers: elements out of text (never out of markup), numbers and times as people read them.

/** An element; children are elements or text, null is left out. Properties that start with "on" are listeners. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined).map((child) =>
    child instanceof Node ? child : String(child)));
  return element;
}

/** Puts these in place of what the element held; what its reader has focused, opened and scrolled stays so. */
export function fill(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement.id : "";
  const opened = new Map([...element.querySelectorAll("details")].map((one) => [one.id, one.open]));
  const scrolled = new Map([...element.querySelectorAll(".scroll")].map((one) => [one.ariaLabel, one.scrollLeft]));
  element.replaceChildren(...children.flat().filter(Boolean));
  element.querySelectorAll("details").forEach((one) => {
    one.open = opened.get(one.id) ?? one.open;
  });
  element.querySelectorAll(".scroll").forEach((one) => {
    one.scrollLeft = scrolled.get(one.ariaLabel) ?? 0;
  });
  if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

/** A table that scrolls by itself on narrow screens; rows are arrays of cells, or {cells, state}. */
export function table(caption, heads, rows, empty) {
  if (rows.length === 0) {
    return el("p", { class: "empty" }, empty);
  }
  return el("div", { class: "scroll", id: "scroll-" + caption.toLowerCase().replaceAll(" ", "-"), tabindex: "0", role: "region", "aria-label": caption },
    el("table", {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, rows.map((row) => {
        const cells = row.cells ?? row;
        return el("tr", { class: row.state }, cells.map((cell, index) =>
          index === 0 ? el("th", { scope: "row" }, cell) : el("td", {}, cell)));
      }))));
}

const NUMBER = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

export const number = (value) => NUMBER.format(value);

/** "3 minutes ago", with the exact time behind it. */
export function ago(iso) {
  const seconds = (Date.parse(iso) - Date.now()) / 1000;
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? STEPS[3];
  return el("time", { datetime: iso, title: new Date(iso).toLocaleString() },
    RELATIVE.format(Math.round(seconds / size), unit));
}

/** A length of time of so many seconds. */
export function lasting(seconds) {
  const [unit, size] = STEPS.find(([, length]) => seconds >= length) ?? STEPS[3];
  return number(seconds / size) + " " + unit[0];
}
