// Puts the parts together: looks every moment, and acts on what is pressed.

import { operator, post, remove, state } from "./server.js";
import { showTicket } from "./ticket.js";
import { showBreaks } from "./breaks.js";
import { showPeople } from "./people.js";
import { showMails, showPhone } from "./channels.js";
import { ask, nextTries, showJourney } from "./journey.js";
import { showMap } from "./map.js";
import { HAPPENED } from "./words.js";

const LOOK_EVERY = 1500;

const line = document.getElementById("state");
const trouble = document.getElementById("trouble");
const before = new Map(); // by part, what it was last drawn of
let call = null;
let channels = {};
let journey = [];
let looking = Promise.resolve();
let next = null; // the look after this one
let blind = ""; // what the last look complained of
let foreign = []; // events of a ticket that was not opened here

const wanted = () => Number(location.pathname.match(/^\/tickets\/(\d{1,15})$/)?.[1] ?? 0);

/** In the line that screen readers read out: only what is new. */
function say(sentence) {
  if (line.textContent !== sentence) {
    line.textContent = sentence;
  }
}

function complain(sentence) {
  if (trouble.textContent !== sentence) {
    trouble.textContent = sentence;
  }
  trouble.hidden = !sentence;
}

/** Draws a part only when what it shows has changed, so that nobody loses a place in it. */
function draw(part, of, show) {
  const key = JSON.stringify(of);
  if (before.get(part) !== key) {
    before.set(part, key);
    show();
  }
}

const acts = {
  go(ticket) {
    history.pushState(null, "", `/tickets/${ticket}`);
    look();
    document.getElementById("ticket").scrollIntoView({ block: "nearest" });
  },
  async press(type) {
    await attempt(async () => {
      const after = await post(`/tickets/${wanted() || shown.ticket.id}/${type}`);
      say(`${HAPPENED[type]}: the event is in Kafka.`);
      if (!wanted()) {
        history.replaceState(null, "", `/tickets/${after.id}`);
      }
    });
  },
  async open(title) {
    await attempt(async () => {
      const ticket = await post("/tickets", { title });
      say(`Ticket ${ticket.id} is ready; nobody knows of it yet.`);
      history.pushState(null, "", `/tickets/${ticket.id}`);
    });
  },
  async turn(name, broken) {
    await attempt(async () => {
      await (broken ? post : remove)(`/breaks/${name}`);
      say(broken ? "Broken." : "Mended.");
      if (!broken && name.startsWith("connection-")) {
        setTimeout(() => dispatchEvent(new Event("online")), 200); // as browsers say it when a network is back
      }
    });
  },
};

async function attempt(work) {
  try {
    await work();
    complain("");
  } catch (problem) {
    complain(problem.message);
  }
  await look();
}

let shown = null;

/** One look at a time; who asks meanwhile gets the next one. */
function look() {
  next ??= looking.then(() => {
    looking = next;
    next = null;
    return once();
  });
  return next;
}

async function once() {
  try {
    const now = await state(wanted());
    shown = now;
    draw("people", now.people, () => showPeople(now.people, acts.go));
    draw("links", [now.mailbox], () => {
      document.getElementById("mailbox-link").href = now.mailbox;
    });
    if (now.ticket || foreign[0]?.ticket !== wanted()) {
      foreign = [];
    }
    ticket(now);
    draw("mails", now.mails, () => showMails(now));
    draw("phone", now.messages, () => showPhone(now));
    breaks(now);
    const admin = now.people.find((one) => one.role === "ADMIN");
    call ??= operator(now.hub, admin.id);
    if (!now.ticket) {
      foreign = (await call("events/")).results.filter((one) => one.ticket === wanted());
      ticket(now);
    }
    const events = now.ticket ? now.ticket.happened.map((one) => ({ source: now.source, ...one })).reverse()
      : foreign.map((one) => ({ ...one, at: one.received_at }));
    const [overview, told] = await Promise.all([call("overview/"), ask(call, events)]);
    channels = overview.health.components?.channels?.details ?? {};
    journey = told;
    showMap(overview);
    draw("journey", [told, now.names, waiting() ? Date.now() : 0], () => showJourney(told, now.names));
    breaks(now);
    if (trouble.textContent === blind) {
      complain(""); // what a button complained of stays until one is pressed again
    }
    if (line.textContent === "Connecting …") {
      say("Press the ticket's buttons, and watch.");
    }
  } catch (problem) {
    blind = problem.message;
    complain(blind);
  }
}

function ticket(now) {
  draw("ticket", [wanted(), now.ticket, now.tickets, now.names, foreign[0]?.title],
    () => showTicket(now, wanted(), foreign[0]?.title, acts));
}

const waiting = () => Object.keys(nextTries(journey)).length > 0;

function breaks(now) {
  draw("breaks", [now.breaks, channels, nextTries(journey), waiting() ? Date.now() : 0],
    () => showBreaks(now, channels, nextTries(journey), acts.turn));
}

async function forever() {
  for (;;) {
    if (!document.hidden) {
      await look();
    }
    await new Promise((done) => setTimeout(done, LOOK_EVERY));
  }
}

addEventListener("popstate", () => look());
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) {
    look();
  }
});
forever();
