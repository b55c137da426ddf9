// The ticket: what it is now, the seven things that may happen to it, and the way to the next one.

import { el, fill } from "/operations/view.js";
import { HAPPENED, STEPS, spoken } from "./words.js";

const place = document.getElementById("ticket");

/**
 * @param title of a ticket that was not opened here, as the hub knows it
 * @param acts {press(type), open(title), go(ticket)}
 */
export function showTicket(now, wanted, title, acts) {
  const typed = place.querySelector("input")?.value ?? "";
  const { ticket } = now;
  fill(place,
    ticket ? head(ticket, now) : unknown(wanted, title),
    ticket ? steps(ticket, now, acts) : null,
    next(typed, acts),
    others(now, wanted, acts));
}

function head(ticket, now) {
  const chips = [
    ["status", spoken(ticket.status)], [`priority ${ticket.priority}`, spoken(ticket.priority)],
    ["", spoken(ticket.category)], ["", ticket.project],
    ["", ticket.assignees.length ? `for ${ticket.assignees.map((id) => now.names[id] ?? id).join(", ")}` : "nobody's yet"],
  ];
  return el("div", { class: "ticket-head" },
    el("p", { class: "number" }, `Ticket ${ticket.id}`),
    el("h2", { id: "ticket-title" }, ticket.title),
    el("ul", { class: "chips" }, chips.map(([kind, text]) => el("li", { class: `chip ${kind}` }, text))));
}

function unknown(wanted, title) {
  return el("div", { class: "ticket-head" },
    el("p", { class: "number" }, `Ticket ${wanted}`),
    el("h2", { id: "ticket-title" }, title ?? "Not one of this page"),
    el("p", { class: "empty" }, title ? "It was not opened here, so that its events are not buttons; what became of them is below."
      : "It was not opened here, and the hub has heard nothing of it lately."));
}

function steps(ticket, now, acts) {
  const times = new Map();
  ticket.happened.forEach((one) => times.set(one.type, (times.get(one.type) ?? 0) + 1));
  const actor = (role) => now.people.find((one) => one.role === role)?.name.split(" ")[0] ?? "";
  return el("ol", { class: "steps", "aria-label": "What happens to the ticket" }, now.steps.map((step) => {
    const isNext = ticket.next.includes(step.type);
    const done = times.get(step.type) ?? 0;
    return el("li", {}, el("button", {
      type: "button", id: step.type, class: isNext ? "step next" : "step",
      onclick: () => acts.press(step.type),
    },
    el("span", { class: "mark", "aria-hidden": "true" }, done ? "✓" : isNext ? "→" : ""),
    el("span", { class: "what" }, STEPS[step.type]),
    el("span", { class: "who" }, done ? `${HAPPENED[step.type].toLowerCase()}${done > 1 ? ` ${done} times` : ""}` : `as ${actor(step.role)}`)));
  }));
}

function next(typed, acts) {
  const title = el("input", { id: "new-title", maxlength: "300", autocomplete: "off", placeholder: "A title, or none for a sample" });
  title.value = typed;
  return el("form", { class: "new", onsubmit: (event) => {
    event.preventDefault();
    const wanted = title.value;
    title.value = "";
    acts.open(wanted);
  } },
  el("label", { for: "new-title" }, "The next ticket"),
  title,
  el("button", { id: "new-ticket" }, "New ticket"));
}

function others(now, wanted, acts) {
  const shown = now.ticket?.id ?? wanted;
  const rest = now.tickets.filter((one) => one.id !== shown);
  return rest.length === 0 ? null : el("p", { class: "others" }, "Others: ", rest.map((one) => [
    el("a", { id: `ticket-${one.id}`, href: `/tickets/${one.id}`, title: one.title, onclick: (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        acts.go(one.id);
      }
    } }, String(one.id)), " "]).flat());
}
