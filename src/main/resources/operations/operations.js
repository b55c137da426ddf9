// The page for operators. Everything it shows and orders goes through /api/admin/; the token lives in this module only.

import { ago, el, fill, lasting, number, table } from "./view.js";
import { flow } from "./flow.js";
import { traffic } from "./traffic.js";

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
  if (answer.status === 503) {
    throw new Error("The hub answers, but cannot do this now: " + (body.detail ?? "")
      + " Its database may be away; the health on its management port says what is.");
  }
  if (!answer.ok) {
    throw new Error(body.detail ?? Object.entries(body).map(([name, why]) => `${name}: ${why}`).join(" ")
      ?? `The hub answered ${answer.status}.`);
  }
  return body;
}

/**
 * Runs something that asks the hub. What goes wrong is said where it belongs, in the section or above all, and taken back by
 * the next time there that works; what is shown there stays, as of before.
 */
async function attempt(work, section = "") {
  const place = section ? document.querySelector(`#${section} .trouble`) : trouble;
  try {
    await work();
    place.hidden = true;
    return true;
  } catch (problem) {
    const where = problem instanceof Refused ? trouble : place;
    if (where.textContent !== problem.message) {
      where.textContent = problem.message;
    }
    where.hidden = false;
    if (problem instanceof Refused) {
      leave();
    }
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
  every(EVENTS_EVERY, () => attempt(showEvents, "events"));
  attempt(() => showFailures(), "failures");
  attempt(() => showDeadLetters(), "dead-letters");
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
  const seen = await attempt(async () => show(await call("GET", "overview/")), "health");
  content.classList.toggle("old", !seen);
  if (!seen && token) {
    say(before ? `Not seen since ${new Date(before.at).toLocaleTimeString()}; what is shown is of then` : "Not seen yet", "bad");
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
        el("summary", { id: "summary-" + name }, name), details(one.details))));
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

function showTraffic(now) {
  const { routes, stages } = traffic(now, before);
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
          onclick: () => attempt(() => explain(event), "events") }, "Explain")],
    })), "No event has come yet."), more(page));
}

/** Says that a list is not all. */
function more(page) {
  return page.next ? el("p", { class: "empty" }, `The newest ${page.results.length} are shown; the API has the others.`) : null;
}

async function explain(event) {
  const told = await call("GET", "explain/?" + new URLSearchParams({ source: event.source, id: event.id }));
  const rule = !told.rule ? "not kept" : told.rule.tell.length === 0 ? "none counted"
    : `tell ${told.rule.tell.join(", ")}, over ${told.rule.over.join(", ")}`;
  open(`Event ${told.event.id}`,
    details({ source: told.event.source, type: told.event.type, ticket: `${told.event.ticket} ${told.event.ticket_title}`,
      received: new Date(told.event.received_at).toLocaleString(), rule }),
    told.rules?.length ? table("Rules", ["rule", "tell", "over", "when", "outcome", "error"], told.rules.map((one) =>
      [one.rule, one.tell.join(", "), one.over.join(", "), one.when ?? "", one.outcome, one.error ?? ""]), "") : null,
    table("People", ["person", "because", "outcome", "channel", "status", "reason", "attempts"],
      told.people.flatMap((one) => (one.notifications.length ? one.notifications : [null]).map((sent, index) => [
        index ? "" : one.user, index ? "" : one.because.join(", "),
        index ? "" : [one.outcome, ...(one.rules ?? []).map((meant) => `rule ${meant.rule}: ${meant.audience} ${meant.outcome}`)].join("; "), sent?.channel ?? "",
        sent?.status ?? "", sent?.reason ?? sent?.held ?? "",
        (sent?.attempts ?? []).map((tried) => tried.outcome + (tried.reason ? ` (${tried.reason})` : "")).join(" → "),
      ])), "Nobody was meant."),
    told.next ? el("p", {}, "There are more people; the API has them page by page.") : null);
}

/** What a form's fields say, without the empty ones. */
const said = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => value));

const inWords = (filter) => Object.entries(filter).map(([name, value]) => `${name.replace("_", " ")} ${value}`).join(", ");

/** A form whose orders mean what stands in it when they are given, and nothing as long as that is not what is listed. */
function finder(section, filter, fields, orders, show) {
  const form = el("form", { onsubmit: (event) => {
    event.preventDefault();
    attempt(() => show(said(form)), section);
  }, oninput: () => buttons.forEach((one) => {
    one.disabled = true;
  }) },
  fields.map(([name, hint]) => el("label", {}, name.replace("_", " "),
    el("input", { name, value: filter[name] ?? "", placeholder: hint, id: `${section}-${name}` }))),
  el("button", { id: section + "-find" }, "Find"));
  const buttons = orders.map(([name, question, path]) => el("button", {
    type: "button", class: "order", id: `${section}-${name}`, disabled: Object.keys(filter).length === 0,
    onclick: () => order(`${question} ${inWords(filter)}?`, path + new URLSearchParams(filter), () => show(filter), section),
  }, name));
  form.append(...buttons);
  return form;
}

const asOf = () => el("p", { class: "empty" }, `As of ${new Date().toLocaleTimeString()}; Find looks again. To order something for many, `
  + "find some of them first.");

async function showFailures(filter = {}) {
  const page = await call("GET", "deliveries/?" + new URLSearchParams(filter));
  fill(part("failures"),
    finder("failures", filter,
      [["channel", "EMAIL"], ["reason", "SMTP 550"], ["type", "ticket_created"], ["older_than", "2h"]],
      [["Retry all", "Try again all failed deliveries with", "deliveries/retry/?"],
        ["Cancel waiting", "End all deliveries that still wait (not those listed here) as FAILED, with", "deliveries/cancel/?"]],
      showFailures),
    asOf(),
    table("Failed deliveries", ["delivery", "channel", "person", "event", "ticket", "reason", "recorded", ""],
      page.results.map((one) => [one.id, one.channel, one.recipient, one.type, one.ticket, one.reason ?? "", ago(one.created_at),
        el("button", { type: "button", id: "retry-" + one.id, class: "order", onclick: () =>
          order(`Try delivery ${one.id} again?`, `deliveries/${one.id}/retry/`, () => showFailures(filter), "failures") }, "Retry")]),
      "Nothing has failed in the last seven days."),
    more(page));
}

async function showDeadLetters(filter = {}) {
  const page = await call("GET", "dead-letters/?" + new URLSearchParams(filter));
  const path = (one) => `dead-letters/${encodeURIComponent(one.id)}/`;
  fill(part("dead-letters"),
    finder("dead-letters", filter, [["code", "UNKNOWN_TYPE"], ["topic", ""]],
      [["Replay all", "Post again all dead letters with", "dead-letters/replay/?"]], showDeadLetters),
    asOf(),
    table("Dead letters", ["dead letter", "code", "why", "put aside", "replayed", ""], page.results.map((one) => [
      one.id, one.code, [one.pointer, one.detail].filter(Boolean).join(" "), ago(one.at),
      one.replayed_at ? ago(one.replayed_at) : "no",
      [el("button", { type: "button", id: "dead-letter-" + one.id, onclick: () => attempt(async () => {
        const whole = await call("GET", path(one));
        open(`Dead letter ${one.id}`, details({ code: whole.code, pointer: whole.pointer, why: whole.detail, key: whole.key ?? "none",
          bytes: whole.size }), el("pre", {}, whole.value ?? whole.value_base64 ?? ""));
      }, "dead-letters") }, "Show"), " ",
      el("button", { type: "button", id: "replay-" + one.id, class: "order", onclick: () =>
        order(`Post dead letter ${one.id} again?`, path(one) + "replay/", () => showDeadLetters(filter), "dead-letters") },
      "Replay")],
    ]), "Nothing was put aside in the last seven days."),
    page.results.length >= 100 ? el("p", { class: "empty" }, "The newest 100 are shown.") : null);
}

/** Asks first, since orders cannot be taken back; they are written to the audit log. */
function order(question, path, then, section) {
  const carryOut = el("button", { type: "button", class: "order", id: "carry-out", onclick: async () => {
    carryOut.disabled = true; // once is once, however often it is clicked
    let done = null;
    await attempt(async () => {
      done = await call("POST", path);
      await then();
    }, section);
    document.getElementById("detail").close(); // what went wrong is said in the section
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
function enterByLink() {
  const carried = new URLSearchParams(location.hash.slice(1)).get("token");
  if (carried) {
    history.replaceState(null, "", location.pathname);
    leave();
    enter(carried);
  }
}

window.addEventListener("hashchange", enterByLink); // a new link, pasted over the old one
enterByLink();
