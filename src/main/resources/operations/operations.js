// The page for operators. Everything it shows and orders goes through /api/admin/; the token lives in this module only.

import { ago, el, fill, lasting, number, table } from "./view.js";
import { flow } from "./flow.js";

const LOOK_EVERY = 2000;
const EVENTS_EVERY = 6000;

let token = "";
let before = null; // the overview before the last one, for rates
let chosen = "";
let timers = [];

const part = (id) => document.querySelector(`#${id} > div`);
const content = document.getElementById("content");
const signIn = document.getElementById("sign-in");
const state = document.getElementById("state");
const trouble = document.getElementById("trouble");

class Refused extends Error {}

/** Calls the API. Errors: {Refused} when the token will not do, Error with a sentence for everything else. */
async function call(method, path) {
  let answer;
  try {
    answer = await fetch("/api/admin/" + path, {
      method, headers: { Authorization: "Bearer " + token, Accept: "application/json" }, cache: "no-store",
    });
  } catch {
    throw new Error("The hub does not answer; it is asked again.");
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.status === 401) {
    throw new Refused("The token is not accepted: " + (body.detail ?? "it may have expired") + " Give another one.");
  }
  if (answer.status === 403) {
    throw new Refused("This page is for administrators, and the token is not one's. Give another one.");
  }
  if (!answer.ok) {
    throw new Error(body.detail ?? Object.entries(body).map(([name, why]) => `${name}: ${why}`).join(" ")
      ?? `The hub answered ${answer.status}.`);
  }
  return body;
}

function complain(problem, from) {
  trouble.dataset.from = from;
  trouble.textContent = problem.message;
  trouble.hidden = false;
  if (problem instanceof Refused) {
    leave();
  }
}

/**
 * Runs something that asks the hub; what goes wrong is said. What a look said is taken back by the next one that works, what
 * an order said by the next order.
 */
async function attempt(work, from = "order") {
  try {
    await work();
    if (trouble.dataset.from === from) {
      trouble.hidden = true;
    }
    return true;
  } catch (problem) {
    complain(problem, from);
    return false;
  }
}

function leave() {
  token = "";
  before = null;
  timers.forEach(clearInterval);
  timers = [];
  content.hidden = true;
  signIn.hidden = false;
  say("Not connected");
}

function enter(given) {
  token = given.trim();
  if (!token) {
    return;
  }
  signIn.hidden = true;
  signIn.reset();
  trouble.hidden = true;
  content.hidden = false;
  say("Connecting …");
  every(LOOK_EVERY, look);
  every(EVENTS_EVERY, () => attempt(showEvents, "look"));
  attempt(() => showFailures());
  attempt(() => showDeadLetters());
}

/** Now and then again, but not while nobody looks, nor twice at once. */
function every(millis, work) {
  let busy = false;
  const run = async () => {
    if (!busy && !document.hidden && token) {
      busy = true;
      await work();
      busy = false;
    }
  };
  timers.push(setInterval(run, millis));
  run();
}

async function look() {
  const seen = await attempt(async () => show(await call("GET", "overview/")), "look");
  if (!seen && token) {
    say("The hub does not answer", "bad");
  }
}

/** In the line that screen readers read out: only what is new. */
function say(sentence, kind = "") {
  if (state.textContent !== sentence) {
    state.textContent = sentence;
  }
  state.className = kind;
}

function show(now) {
  const up = now.health.status === "UP";
  say(`${now.health.status} · node ${now.node} · ${number(now.sockets)} open sockets`, up ? "good" : "bad");
  const parts = Object.entries(now.health.components ?? {});
  fill(part("health"),
    el("ul", { class: "parts" }, parts.map(([name, one]) =>
      el("li", { class: one.status === "UP" ? "good" : "bad" }, `${name} ${one.status}`))),
    parts.filter(([name, one]) => name !== "channels" && Object.keys(one.details ?? {}).length > 0)
      .map(([name, one]) => el("details", { open: one.status !== "UP", id: "health-" + name },
        el("summary", {}, name), details(one.details))));
  showChannels(now.health.components?.channels?.details ?? {});
  showTraffic(now);
  before = now;
}

function details(values) {
  return el("dl", {}, Object.entries(values).flatMap(([name, value]) => [
    el("dt", {}, name),
    el("dd", {}, value !== null && typeof value === "object" ? details(value) : value),
  ]));
}

function showChannels(channels) {
  const rows = Object.entries(channels).filter(([, one]) => typeof one === "object").map(([code, one]) => ({
    state: one.breaker === "closed" ? "" : one.breaker === "half-open" ? "warn" : "bad",
    cells: [code, one.breaker ?? "–", one.pending ?? "–", one.due ?? "–",
      typeof one.oldest_seconds === "number" ? lasting(one.oldest_seconds) : one.oldest_seconds ?? "–", one.unknown ?? "–",
      one.reason ?? ""],
  }));
  fill(part("channels"), table("Channels",
    ["channel", "breaker", "pending", "due", "oldest", "unknown", "reason"], rows, "No channel is set up."));
}

/** Exchanges a second since the look before, per route. */
function rates(now) {
  const seconds = before ? (Date.parse(now.at) - Date.parse(before.at)) / 1000 : 0;
  const earlier = new Map((before?.routes ?? []).map((one) => [one.route, one]));
  return new Map(now.routes.map((one) => {
    const last = earlier.get(one.route);
    const grown = last && seconds > 0 && one.exchanges >= last.exchanges;
    return [one.route, {
      ...one, perSecond: grown ? Math.round(10 * (one.exchanges - last.exchanges) / seconds) / 10 : 0,
      failedNow: last ? Math.max(0, one.failed - last.failed) : 0,
    }];
  }));
}

function showTraffic(now) {
  const routes = rates(now);
  const stages = new Map(now.stages.map((stage) => {
    const mine = stage.routes.map((id) => routes.get(id)).filter(Boolean);
    const sum = (field) => mine.reduce((all, one) => all + one[field], 0);
    return [stage.name, { perSecond: Math.round(10 * Math.max(0, ...mine.map((one) => one.perSecond))) / 10,
      failed: sum("failedNow"), inflight: sum("inflight") }];
  }));
  fill(part("flow"), flow(now.stages, stages, chosen, (name) => {
    chosen = chosen === name ? "" : name;
    showTraffic(now);
  }));
  const shown = now.stages.filter((stage) => !chosen || stage.name === chosen);
  fill(part("routes"),
    el("p", {}, chosen ? `Of ${chosen}: ${shown[0]?.purpose}. ` : "Of all files that have done something. ",
      chosen ? el("button", { type: "button", id: "all-routes", onclick: () => {
        chosen = "";
        showTraffic(now);
      } }, "Show all") : null),
    table("Routes", ["route", "a second", "exchanges", "failed", "under way", "mean", "95 % within"],
      shown.flatMap((stage) => stage.routes).map((id) => routes.get(id))
        .filter((one) => one && (chosen || one.exchanges > 0))
        .map((one) => ({
          state: one.failedNow ? "bad" : "",
          cells: [one.route, number(one.perSecond), number(one.exchanges), number(one.failed), number(one.inflight),
            one.exchanges ? number(one.mean_ms) + " ms" : "–", one.exchanges ? number(one.p95_ms) + " ms" : "–"],
        })), "No exchange yet."));
}

async function showEvents() {
  const page = await call("GET", "events/");
  fill(part("events"), table("Last events", ["event", "type", "ticket", "received", "notifications", ""],
    page.results.map((event) => ({
      state: event.notifications.FAILED ? "warn" : "",
      cells: [event.id, event.type, `${event.ticket} ${event.title}`, ago(event.received_at),
        Object.entries(event.notifications).map(([status, count]) => `${count} ${status}`).join(", ") || "none",
        el("button", { type: "button", id: "explain-" + event.source + "-" + event.id,
          onclick: () => attempt(() => explain(event)) }, "Explain")],
    })), "No event has come yet."));
}

async function explain(event) {
  const told = await call("GET", "explain/?" + new URLSearchParams({ source: event.source, id: event.id }));
  const rule = told.rule ? `${told.rule.type}: tell ${told.rule.tell.join(", ")}, over ${told.rule.over.join(", ")}` : "not kept";
  open(`Event ${told.event.id}`,
    details({ source: told.event.source, type: told.event.type, ticket: `${told.event.ticket} ${told.event.ticket_title}`,
      received: new Date(told.event.received_at).toLocaleString(), rule }),
    table("People", ["person", "because", "outcome", "channel", "status", "reason", "attempts"],
      told.people.flatMap((one) => (one.notifications.length ? one.notifications : [null]).map((sent, index) => [
        index ? "" : one.user, index ? "" : one.because.join(", "), index ? "" : one.outcome, sent?.channel ?? "",
        sent?.status ?? "", sent?.reason ?? sent?.held ?? "",
        (sent?.attempts ?? []).map((tried) => tried.outcome + (tried.reason ? ` (${tried.reason})` : "")).join(" → "),
      ])), "The rule names nobody."),
    told.next ? el("p", {}, "There are more people; the API has them page by page.") : null);
}

async function showFailures(filter = {}) {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
  const query = new URLSearchParams(given);
  const page = await call("GET", "deliveries/?" + query);
  const some = Object.keys(given).length > 0;
  const field = (name, hint) => el("label", {}, name.replace("_", " "),
    el("input", { name, value: filter[name] ?? "", placeholder: hint, id: "failures-" + name }));
  const form = el("form", { onsubmit: (event) => {
    event.preventDefault();
    attempt(() => showFailures(Object.fromEntries(new FormData(form))));
  } },
  field("channel", "EMAIL"), field("reason", "SMTP 550"), field("type", "ticket_created"), field("older_than", "2h"),
  el("button", { id: "failures-find" }, "Find"),
  el("button", { type: "button", id: "failures-retry", class: "order", disabled: !some, onclick: () =>
    order("Try again all failed deliveries that this filter means?", "deliveries/retry/?" + query, () => showFailures(filter)) },
  "Retry all"),
  el("button", { type: "button", id: "failures-cancel", class: "order", disabled: !some, onclick: () =>
    order("End all waiting deliveries that this filter means, as FAILED? Nobody is told then.", "deliveries/cancel/?" + query,
      () => showFailures(filter)) }, "Cancel waiting"));
  fill(part("failures"), form, some ? null : el("p", { class: "empty" }, "To retry or cancel many, find some first."),
    table("Failed deliveries", ["delivery", "channel", "person", "event", "ticket", "reason", "recorded", ""],
      page.results.map((one) => [one.id, one.channel, one.recipient, one.type, one.ticket, one.reason ?? "", ago(one.created_at),
        el("button", { type: "button", id: "retry-" + one.id, class: "order", onclick: () =>
          order(`Try delivery ${one.id} again?`, `deliveries/${one.id}/retry/`, () => showFailures(filter)) }, "Retry")]),
      "Nothing has failed in the last seven days."));
}

async function showDeadLetters(filter = {}) {
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
  const query = new URLSearchParams(given);
  const page = await call("GET", "dead-letters/?" + query);
  const some = Object.keys(given).length > 0;
  const form = el("form", { onsubmit: (event) => {
    event.preventDefault();
    attempt(() => showDeadLetters(Object.fromEntries(new FormData(form))));
  } },
  el("label", {}, "code", el("input", { name: "code", value: filter.code ?? "", placeholder: "UNKNOWN_TYPE", id: "letters-code" })),
  el("label", {}, "topic", el("input", { name: "topic", value: filter.topic ?? "", id: "letters-topic" })),
  el("button", { id: "letters-find" }, "Find"),
  el("button", { type: "button", id: "letters-replay", class: "order", disabled: !some, onclick: () =>
    order("Post again all dead letters that this filter means?", "dead-letters/replay/?" + query, () => showDeadLetters(filter)) },
  "Replay all"));
  fill(part("dead-letters"), form,
    table("Dead letters", ["letter", "code", "why", "put aside", "replayed", ""], page.results.map((one) => [
      one.id, one.code, [one.pointer, one.detail].filter(Boolean).join(" "), ago(one.at),
      one.replayed_at ? ago(one.replayed_at) : "no",
      [el("button", { type: "button", id: "letter-" + one.id, onclick: () => attempt(async () => {
        const whole = await call("GET", `dead-letters/${encodeURIComponent(one.id)}/`);
        open(`Dead letter ${one.id}`, details({ code: whole.code, pointer: whole.pointer, why: whole.detail, key: whole.key ?? "none",
          bytes: whole.size }), el("pre", {}, whole.value ?? whole.value_base64 ?? ""));
      }) }, "Show"), " ",
      el("button", { type: "button", id: "replay-" + one.id, class: "order", onclick: () =>
        order(`Post dead letter ${one.id} again?`, `dead-letters/${encodeURIComponent(one.id)}/replay/`,
          () => showDeadLetters(filter)) }, "Replay")],
    ]), "Nothing was put aside in the last seven days."));
}

/** Asks first, since orders cannot be taken back; they are written to the audit log. */
function order(question, path, then) {
  const carryOut = el("button", { type: "button", class: "order", id: "carry-out", onclick: async () => {
    const dialog = document.getElementById("detail");
    let done = null;
    await attempt(async () => {
      done = await call("POST", path);
      await then();
    });
    dialog.close(); // what went wrong is said behind it
    if (done) {
      open("Done", el("p", {}, `${number(done.count)} changed${done.more ? "; there are more: order it again" : ""}.`));
    }
  } }, "Do it");
  open(question, el("p", {}, "It is written to the audit log with your id."), carryOut);
}

function open(title, ...body) {
  const dialog = document.getElementById("detail");
  document.getElementById("detail-title").textContent = title;
  fill(dialog.querySelector("div"), ...body);
  if (!dialog.open) {
    dialog.showModal();
  }
}

document.getElementById("close").addEventListener("click", () => document.getElementById("detail").close());

signIn.addEventListener("submit", (event) => {
  event.preventDefault();
  enter(document.getElementById("token").value);
});

// The embedded stack prints a link that carries a token behind the #, which no server ever sees; it leaves the address at once.
const carried = new URLSearchParams(location.hash.slice(1)).get("token");
if (carried) {
  history.replaceState(null, "", location.pathname);
  enter(carried);
}
