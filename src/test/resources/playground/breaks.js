// Switches that break something, and what waits because of it.

import { el } from "/operations/view.js";
import { inWords } from "./words.js";

const place = document.querySelector("#breaks > ul");

const FIXED = {
  mail: ["Mail server away", "EMAIL", "e-mail", "The hub reaches no mail server."],
  whatsapp: ["WhatsApp answers 429", "WHATSAPP", "WhatsApp message", "Meta wants less: every message is refused for now."],
};

const rows = new Map(); // by name: made once, since a button that is replaced while it is pressed is never clicked

/**
 * @param channels the hub's word on its channels, by code
 * @param nextTry by channel, when the next attempt is due
 * @param turn called with name and whether it is to be broken
 */
export function showBreaks(now, channels, nextTry, turn) {
  Object.entries(FIXED).forEach(([name, [label, channel, what, means]]) =>
    show(name, label, now.breaks[name], said(now.breaks[name], means, what, channels[channel], nextTry[channel]), turn));
  now.people.forEach((person) => {
    const name = `connection-${person.id}`;
    const first = person.name.split(" ")[0];
    show(name, `${first}'s connection cut`, now.breaks[name],
      now.breaks[name] ? `${first}'s page does not reach the hub. What comes meanwhile comes afterwards.` : "", turn);
  });
}

function said(broken, means, what, channel, due) {
  const waiting = channel?.pending ?? 0;
  const waits = waiting ? `${waiting} ${what}${waiting > 1 ? "s wait" : " waits"}`
    + (channel.breaker && channel.breaker !== "closed" ? `, the breaker is ${channel.breaker}` : "")
    + (due ? `; next try ${inWords(due)}.` : ".") : "";
  return [broken ? means : "", waits].filter(Boolean).join(" ");
}

function show(name, label, broken, sentence, turn) {
  if (!rows.has(name)) {
    rows.set(name, row(name, label, turn));
    place.append(rows.get(name).item);
  }
  const { button, text } = rows.get(name);
  button.setAttribute("aria-checked", String(broken));
  if (text.textContent !== sentence) {
    text.textContent = sentence;
  }
}

function row(name, label, turn) {
  let turning = false; // a second press meanwhile would ask for the same again
  const button = el("button", {
    type: "button", id: `break-${name}`, class: "switch", role: "switch", "aria-checked": "false", "aria-describedby": `said-${name}`,
    onclick: async () => {
      if (!turning) {
        turning = true;
        await turn(name, button.getAttribute("aria-checked") !== "true").finally(() => {
          turning = false;
        });
      }
    },
  }, el("span", { class: "track", "aria-hidden": "true" }), label);
  const text = el("p", { id: `said-${name}`, class: "said" });
  return { button, text, item: el("li", {}, button, text) };
}
