import { html, nothing, type TemplateResult } from 'lit-html';
import { isEverything } from '../order.js';
import type { Act, Shown } from '../shown.js';
import { badgeOf, counted, isolated, kindOf } from '../words.js';
import { bell, checks, cross, device, loud, quiet } from './icons.js';
import { list } from './list.js';
import { problem } from './states.js';

export function button({ words, snapshot, isOpen }: Shown, act: Act): TemplateResult {
  const { unread, status } = snapshot;
  const parts = [words.title, unread === null ? '' : counted(words, 'unread', unread), status === 'live' ? '' : words.status[status]];
  return html`<button
    part="button"
    type="button"
    data-key="bell"
    aria-haspopup="dialog"
    aria-expanded=${isOpen}
    aria-controls="panel"
    aria-label=${parts.filter(Boolean).join(', ')}
    @click=${act.toggle}
  >
    ${bell}${unread ? html`<span part="badge" aria-hidden="true">${badgeOf(unread)}</span>` : nothing}${status === 'offline' || status === 'refused'
      ? html`<span class="lost" aria-hidden="true"></span>`
      : nothing}
  </button>`;
}

interface Toggle {
  readonly key: string;
  readonly label: string;
  readonly isOn: boolean;
  readonly icon: TemplateResult;
  readonly act: () => void;
}

const toggle = ({ key, label, isOn, icon, act }: Toggle) =>
  html`<button class="icon" type="button" data-key=${key} aria-pressed=${isOn} aria-label=${label} title=${label} @click=${act}>${icon}</button>`;

function header(shown: Shown, act: Act): TemplateResult {
  const { words, snapshot, desktop, isMuted } = shown;
  return html`<div part="header">
    <div>
      <h2 id="title">${words.title}</h2>
      <p part="status" data-status=${snapshot.status}><i></i>${words.status[snapshot.status]}</p>
    </div>
    ${toggle({ key: 'sound', label: words.mute, isOn: !isMuted, icon: isMuted ? quiet : loud, act: act.mute })}
    ${desktop === 'none' ? nothing : toggle({ key: 'desktop', label: words.desktop, isOn: desktop === 'on', icon: device, act: act.askDesktop })}
    <button class="icon" type="button" data-key="close" aria-label=${words.close} title=${words.close} @click=${act.close}>${cross}</button>
  </div>`;
}

function filters(shown: Shown, act: Act): TemplateResult {
  const { words, filter, choices, snapshot } = shown;
  const chosen = (event: Event) => (event.target as HTMLSelectElement).value;
  return html`<div part="filters" role="group" aria-label=${words.show}>
    <div class="segments">
      ${[false, true].map(
        (unread) =>
          html`<button type="button" data-key=${unread ? 'unread' : 'all'} aria-pressed=${filter.unread === unread} @click=${() => act.filter({ unread })}>
            ${unread ? words.onlyUnread : words.all}
          </button>`,
      )}
    </div>
    <select data-key="kind" aria-label=${words.kind} .value=${filter.kind} @change=${(event: Event) => act.filter({ kind: chosen(event) })}>
      <option value="">${words.everyKind}</option>
      ${choices.kinds.map((kind) => html`<option value=${kind} ?selected=${kind === filter.kind}>${kindOf(words, kind)}</option>`)}
    </select>
    <select data-key="ticket" aria-label=${words.ticket} @change=${(event: Event) => act.filter({ ticket: Number(chosen(event)) })}>
      <option value="0">${words.everyTicket}</option>
      ${[...choices.tickets].map(
        ([ticket, title]) => html`<option value=${ticket} ?selected=${ticket === filter.ticket}>#${ticket} ${isolated(title)}</option>`,
      )}
    </select>
    ${snapshot.unread
      ? html`<button class="all" type="button" data-key="mark-all" @click=${() => act.markAll()}>
          ${checks}${isEverything({ ...filter, unread: false }) ? words.markAll : words.markThese}
        </button>`
      : nothing}
  </div>`;
}

/** Always there, for the button names it; with something in it when it is open. */
export function panel(shown: Shown, act: Act): TemplateResult {
  const { words, isOpen, snapshot, notMarked, desktop } = shown;
  return html`<div
    id="panel"
    part="panel"
    class=${isOpen ? 'open' : ''}
    popover="manual"
    role="dialog"
    aria-labelledby="title"
    tabindex="-1"
    lang=${words.lang}
  >
    ${isOpen
      ? html`${header(shown, act)}${snapshot.items.length ? filters(shown, act) : nothing}${problem(shown, act)}
        ${notMarked ? html`<p class="note">${words.notMarked} ${notMarked}</p>` : nothing}
        ${desktop === 'denied' ? html`<p class="note quiet">${words.desktopDenied}</p>` : nothing}
        ${list(shown, act)}`
      : nothing}
  </div>`;
}
