// Three people side by side, each with the bell that any page gets with two lines of HTML.

import { el } from "/operations/view.js";
import { spoken } from "./words.js";

const place = document.getElementById("people");
const STATUS = {
  stopped: "not started", connecting: "connecting …", live: "live", polling: "live, by polling", offline: "offline", refused: "refused",
};

/** Made once: a bell keeps its connection. */
export function showPeople(people, go) {
  place.replaceChildren(...people.map((person) => card(person, go)));
}

function card(person, go) {
  const bell = el("camelbell-bell", {
    id: `bell-${person.id}`, hub: person.hub, "token-url": `/token/${person.id}`, "ticket-href": `${location.origin}/tickets/{ticket}`,
    muted: true, "aria-label": `${person.name}'s bell`,
  }, el("span", { class: "empty" }, "The bell has not been loaded from the hub."));
  bell.addEventListener("camelbell-ticket", (event) => {
    event.preventDefault();
    go(Number(event.detail.ticket));
  });
  const seen = el("p", { class: "seen", id: `seen-${person.id}` }, "");
  const look = () => {
    const status = bell.getAttribute("status");
    const unread = bell.getAttribute("unread"); // null: the hub has not said it yet
    seen.textContent = status ? `${STATUS[status] ?? status}${unread === null ? "" : ` · ${unread} unread`}` : "";
    seen.dataset.status = status ?? "";
  };
  new MutationObserver(look).observe(bell, { attributes: true, attributeFilter: ["status", "unread"] });
  look();
  const initials = person.name.split(" ").map((word) => word[0]).join("").slice(0, 2);
  return el("section", { class: "person", "aria-labelledby": `person-${person.id}` },
    el("span", { class: "avatar", "aria-hidden": "true" }, initials),
    el("div", {},
      el("h2", { id: `person-${person.id}` }, person.name),
      el("p", { class: "role" }, spoken(person.role)),
      seen),
    bell);
}
