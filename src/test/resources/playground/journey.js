// What became of each event of the ticket, for each person over each channel: asked of the hub until nothing more can come.

import { el, fill } from "/operations/view.js";
import { CHANNELS, HAPPENED, inWords } from "./words.js";

const place = document.querySelector("#journey > div");
const A_MOMENT = 700; // until the hub has surely read it
const settled = new Map(); // by event id, what the hub has said for good

const OPEN = { EMAIL: ["PENDING"], WHATSAPP: ["PENDING", "SENT", "DELIVERED"], SYSTEM: ["PENDING"] };
const WORDS = { PENDING: "waits", SENT: "sent", DELIVERED: "delivered", READ: "read", FAILED: "failed", SKIPPED: "skipped" };

/**
 * @param events of the ticket, newest first: source, id, type, at
 * @returns for each {event, told}; told is null while the hub has not taken it
 */
export async function ask(call, events) {
  return Promise.all(events.map(async (event) => {
    if (settled.has(event.id) || Date.now() - Date.parse(event.at) < A_MOMENT) {
      return { event, told: settled.get(event.id) ?? null };
    }
    const told = await call("explain/?" + new URLSearchParams({ source: event.source, id: event.id })).catch((problem) => {
      if (problem.status !== 404) {
        throw problem;
      }
      return null; // Kafka has it, the hub has not read it yet
    });
    if (told && Date.now() - Date.parse(told.event.received_at) > 3000 && told.people.every(isSettled)) {
      settled.set(event.id, told);
    }
    return { event, told };
  }));
}

const isSettled = (person) => person.outcome !== "TO_BE_WRITTEN"
  && person.notifications.every((one) => !(OPEN[one.channel] ?? []).includes(one.status));

/** By channel, when the first of those that wait is tried again. */
export function nextTries(journey) {
  const next = {};
  journey.flatMap(({ told }) => told?.people ?? []).flatMap((person) => person.notifications)
    .filter((one) => one.status === "PENDING" && one.next_attempt_at)
    .forEach((one) => {
      next[one.channel] = !next[one.channel] || one.next_attempt_at < next[one.channel] ? one.next_attempt_at : next[one.channel];
    });
  return next;
}

export function showJourney(journey, names) {
  fill(place, journey.length === 0 ? el("p", { class: "empty" }, "Nothing has happened to this ticket yet.")
    : el("ol", { class: "journey" }, journey.map(({ event, told }) => el("li", {},
      el("h3", {}, HAPPENED[event.type] ?? event.type, " ", el("time", { datetime: event.at }, new Date(event.at).toLocaleTimeString())),
      told ? people(told, names) : el("p", { class: "empty" }, "Kafka has it; the hub has not read it yet.")))));
}

function people(told, names) {
  if (told.people.length === 0) {
    return el("p", { class: "empty" }, "Nobody is told of this.");
  }
  return el("ul", {}, told.people.map((person) => el("li", {},
    el("span", { class: "name" }, names[person.user] ?? `Person ${person.user}`),
    person.notifications.length === 0 ? el("span", { class: "chip" }, person.outcome.toLowerCase().replaceAll("_", " "))
      : el("ul", { class: "chips" }, person.notifications.map(chip)))));
}

function chip(one) {
  const tries = one.attempts.length;
  const why = one.status === "PENDING" ? one.held ?? one.attempts[tries - 1]?.reason : one.status === "SENT" ? "" : one.reason;
  const waits = one.status === "PENDING" && (tries > 0 || one.held);
  const text = [
    CHANNELS[one.channel] ?? one.channel,
    one.status === "PENDING" && !waits ? "on its way" : WORDS[one.status] ?? one.status.toLowerCase(),
    waits && tries ? `${tries} ${tries > 1 ? "tries" : "try"}` : one.status !== "PENDING" && tries > 1 ? `at try ${tries}` : "",
    waits && one.next_attempt_at ? `next ${inWords(one.next_attempt_at)}` : "",
    why ?? "",
  ];
  return el("li", { class: `chip ${waits ? "waits" : one.status.toLowerCase()}` }, text.filter(Boolean).join(" · "));
}
