// Draws the route files by their numbers: what comes from outside on the left, each stage right of the one that calls it.

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 222;
const HEIGHT = 54;
const GAP_X = 64;
const GAP_Y = 16;

/** @param rates exchanges a second, failures and exchanges under way, by stage name */
export function flow(stages, rates, chosen, choose) {
  const columns = layout(stages);
  const places = new Map();
  columns.forEach((column, x) => column.forEach((stage, y) =>
    places.set(stage.name, { x: x * (WIDTH + GAP_X), y: y * (HEIGHT + GAP_Y) })));
  const height = Math.max(...columns.map((column) => column.length)) * (HEIGHT + GAP_Y);
  const svg = node("svg", {
    viewBox: `-4 -4 ${columns.length * (WIDTH + GAP_X)} ${height + 4}`, role: "group", "aria-label": "The route files",
  });
  for (const stage of stages) {
    for (const called of stage.calls) {
      svg.append(arrow(places.get(stage.name), places.get(called), rates.get(called)?.perSecond > 0 && rates.get(stage.name)?.perSecond > 0));
    }
  }
  for (const stage of stages) {
    svg.append(box(stage, places.get(stage.name), rates.get(stage.name), stage.name === chosen, choose));
  }
  return svg;
}

/** A stage stands one column right of the last that calls it; calls go to higher numbers, so one pass is enough. */
function layout(stages) {
  const column = new Map(stages.map((stage) => [stage.name, 0]));
  for (const stage of stages) {
    for (const called of stage.calls) {
      column.set(called, Math.max(column.get(called) ?? 0, column.get(stage.name) + 1));
    }
  }
  const columns = Array.from({ length: Math.max(...column.values()) + 1 }, () => []);
  stages.forEach((stage) => columns[column.get(stage.name)].push(stage));
  return columns;
}

function arrow(from, to, busy) {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
  const bend = Math.max(30, (x2 - x1) / 2);
  return node("path", {
    d: `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`, class: busy ? "call busy" : "call",
  });
}

function box(stage, place, rate = { perSecond: 0, failed: 0, inflight: 0 }, isChosen, choose) {
  const now = `${rate.perSecond}/s` + (rate.inflight ? ` · ${rate.inflight} under way` : "") + (rate.failed ? ` · ${rate.failed} failed` : "");
  const group = node("g", {
    id: "stage-" + stage.name, class: "stage" + (rate.failed ? " failed" : rate.perSecond ? " busy" : ""), tabindex: "0",
    role: "button", "aria-pressed": String(isChosen), "aria-label": `${stage.name} ${now}. ${stage.purpose}`, transform: `translate(${place.x} ${place.y})`,
  });
  group.append(
    node("title", {}, stage.purpose),
    node("rect", { width: WIDTH, height: HEIGHT, rx: 6 }),
    node("text", { x: 10, y: 21, class: "name" }, stage.name),
    " ", // drawn nowhere; parts the words of what is seen
    node("text", { x: 10, y: 42 }, now));
  group.addEventListener("click", () => choose(stage.name));
  group.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(stage.name);
    }
  });
  return group;
}

function node(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  if (text) {
    element.textContent = text;
  }
  return element;
}
