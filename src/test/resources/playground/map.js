// The route files with what flows through each, as the operations page draws them.

import { el } from "/operations/view.js";
import { flow } from "/operations/flow.js";
import { traffic } from "/operations/traffic.js";

const place = document.querySelector("#flow > div");
let before = null;
let chosen = "";

export function showMap(now) {
  if (now.stages.length === 0) {
    place.replaceChildren(el("p", { class: "empty" }, "The hub cannot read its route files."));
    return;
  }
  draw(now, traffic(now, before).stages);
  before = now;
}

function draw(now, stages) {
  const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
  const choose = (name) => {
    chosen = chosen === name ? "" : name;
    draw(now, stages);
  };
  const one = now.stages.find((stage) => stage.name === chosen);
  const picture = flow(now.stages, stages, chosen, choose);
  place.replaceChildren(...[picture, one ? el("p", { id: "stage-said" }, `${one.name}: ${one.purpose}.`) : null].filter(Boolean));
  if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}
