// Switches that break something, and what waits because of it.

import { el, fill } from "/operations/view.js";
import { inWords } from "./words.js";

const place = document.querySelector("#breaks > ul");

const FIXED = {
  mail: ["Mail server away", "EMAIL", "e-mail", "The hub reaches no mail server."],
  whatsapp: ["WhatsApp answers 429", "WHATSAPP", "WhatsApp message", "Meta wants less: every message is refused for now."],
};

/**
 * @param channels the hub's word on its channels, by code
 * @param nextTry by channel, when the next attempt is due
 * @param turn called with name and whether it is to be broken
 */
export function showBreaks(now, channels, nextTry, turn) {
  const rows = Object.entries(FIXED).map(([name, [label, channel, what, means]]) =>
    row(name, label, now.breaks[name], said(now.breaks[name], means, what, channels[channel], nextTry[channel]), turn));
  now.people.forEach((person) => {
    const name = `connection-${person.id}`;
    const first = person.name.split(" ")[0];
    rows.push(row(name, `${first}'s connection cut`, now.breaks[name],
      now.breaks[name] ? `${first}'s page does not reach the hub. What comes meanwhile comes afterwards.` : "", turn));
  });
  fill(place, rows);
}

function said(broken, means, what, channel, due) {
  const waiting = channel?.pending ?? 0;
  const waits = waiting ? `${waiting} ${what}${waiting > 1 ? "s wait" : " waits"}`
    + (channel.breaker && channel.breaker !== "closed" ? `, the breaker is ${channel.breaker}` : "")
    + (due ? `; next try ${inWords(due)}.` : ".") : "";
  return [broken ? means : "", waits].filter(Boolean).join(" ");
}

function row(name, label, broken, sentence, turn) {
  return el("li", { class: broken ? "broken" : "" },
    el("button", {
      type: "button", id: `break-${name}`, class: "switch", role: "switch", "aria-checked": String(broken),
      "aria-describedby": `said-${name}`, onclick: () => turn(name, !broken),
    }, el("span", { class: "track", "aria-hidden": "true" }), label),
    el("p", { id: `said-${name}`, class: "said" }, sentence));
}
