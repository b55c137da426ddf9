// Renews the list as mail comes, without touching what is being read, and gives each mail the height that it needs.

const RENEW_EVERY = 2000;

const list = document.querySelector("nav ul");
const count = document.getElementById("count");
const frame = document.querySelector("iframe");
const here = Number(list.dataset.here);

/** What stays is not made anew: focus and scrolling stay with it. */
function show(mails) {
  const rows = new Map([...list.children].map((row) => [row.dataset.id, row]));
  const wanted = new Set(mails.map((mail) => String(mail.id)));
  rows.forEach((row, id) => {
    if (!wanted.has(id)) {
      row.remove();
    }
  });
  mails.forEach((mail, index) => {
    const row = rows.get(String(mail.id)) ?? made(mail);
    if (list.children[index] !== row) {
      list.insertBefore(row, list.children[index] ?? null);
    }
  });
  document.querySelector("nav .empty").hidden = mails.length > 0;
}

function made(mail) {
  const row = document.createElement("li");
  row.dataset.id = mail.id;
  const link = row.appendChild(document.createElement("a"));
  link.href = `/messages/${mail.id}`;
  if (mail.id === here) {
    link.setAttribute("aria-current", "page");
  }
  [["span", "subject", mail.subject || "(no subject)"], ["span", "to", mail.to], ["time", "", mail.date]].forEach(([tag, name, text]) => {
    const part = link.appendChild(document.createElement(tag));
    part.className = name;
    part.textContent = text;
  });
  local(row);
  return row;
}

function local(place) {
  place.querySelectorAll("time").forEach((one) => {
    const date = new Date(one.textContent);
    if (!Number.isNaN(date.getTime())) {
      one.title = one.textContent;
      one.dateTime = date.toISOString();
      one.textContent = date.toDateString() === new Date().toDateString()
        ? date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) : date.toLocaleDateString();
    }
  });
}

async function renew() {
  if (!document.hidden) {
    try {
      const answer = await fetch("/messages", { headers: { Accept: "application/json" } });
      const { messages, newest } = await answer.json();
      show(newest);
      count.textContent = `${messages} came`;
    } catch {
      count.textContent = "The mailbox does not answer; it is asked again.";
    }
  }
  setTimeout(renew, RENEW_EVERY);
}

/** No script runs in it, so that it can be let on this page's origin and measured. */
function fit() {
  const inside = frame.contentDocument?.documentElement;
  if (inside) {
    frame.style.height = "0"; // a document is never less high than its frame
    frame.style.height = `${inside.scrollHeight + 4}px`;
  }
}

if (frame) {
  let width = 0;
  frame.addEventListener("load", fit);
  addEventListener("resize", () => {
    if (frame.clientWidth !== width) {
      width = frame.clientWidth;
      fit();
    }
  });
  fit();
}
local(list);
renew();
