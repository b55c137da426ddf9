// The mailbox and the phone, as they fill.

import { el, fill } from "/operations/view.js";

const mails = document.querySelector("#mailbox > div");
const phone = document.querySelector("#phone > div");
const TICKS = {
  "": ["✓", "sent"], delivered: ["✓✓", "delivered"], read: ["✓✓", "read"], failed: ["!", "not delivered"],
};

export function showMails(now) {
  const { count, newest } = now.mails;
  fill(mails,
    newest.length === 0 ? el("p", { class: "empty" }, "No e-mail has come yet.") : el("ul", { class: "mails" }, newest.map((mail) =>
      el("li", {}, el("a", { id: `mail-${mail.id}`, href: `${now.mailbox}/messages/${mail.id}`, target: "camelbell-mailbox" },
        el("span", { class: "subject" }, mail.subject || "(no subject)"),
        el("span", { class: "to" }, mail.to),
        el("span", { class: "when" }, time(mail.date)))))),
    count > newest.length ? el("p", { class: "empty" }, "Older ones are in ",
      el("a", { id: "all-mails", href: now.mailbox, target: "camelbell-mailbox" }, "the mailbox"), ".") : null);
}

export function showPhone(now) {
  const atEnd = phone.scrollHeight - phone.scrollTop - phone.clientHeight < 40;
  fill(phone, now.messages.length === 0 ? el("p", { class: "empty" }, "No message has come yet.") : now.messages.map((message) => {
    const [ticks, said] = TICKS[message.receipt] ?? TICKS[""];
    return el("div", { class: "bubble" },
      el("p", { class: "to" }, message.to),
      el("p", {}, message.text),
      el("p", { class: `ticks ${message.receipt || "sent"}` }, time(message.at), " ",
        el("span", { role: "img", "aria-label": said }, ticks)));
  }));
  if (atEnd) {
    phone.scrollTop = phone.scrollHeight;
  }
}

function time(written) {
  const date = new Date(written);
  return Number.isNaN(date.getTime()) ? written : date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
