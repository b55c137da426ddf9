// What people read for what events, channels and statuses are called.

export const STEPS = {
  ticket_created: "Create", ticket_opened: "Open", ticket_assigned: "Assign", work_started: "Start work",
  work_finished: "Finish work", ticket_approved: "Approve", ticket_rejected: "Reject",
};

export const HAPPENED = {
  ticket_created: "Created", ticket_opened: "Opened", ticket_assigned: "Assigned", work_started: "Work started",
  work_finished: "Work finished", ticket_approved: "Approved", ticket_rejected: "Rejected",
};

export const CHANNELS = { EMAIL: "E-mail", WHATSAPP: "WhatsApp", SYSTEM: "Bell" };

/** IN_PROGRESS as "In progress". */
export const spoken = (value) => value.charAt(0) + value.slice(1).toLowerCase().replaceAll("_", " ");

/** Seconds from now, as somebody would say it who looks at a watch. */
export function inWords(iso) {
  const seconds = Math.round((Date.parse(iso) - Date.now()) / 1000);
  return seconds <= 0 ? "now" : seconds < 90 ? `in ${seconds} s` : `in ${Math.round(seconds / 60)} min`;
}
