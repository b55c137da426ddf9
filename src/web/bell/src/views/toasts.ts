import { html, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Act, Shown, Toast } from '../shown.js';
import { counted } from '../words.js';
import { bell, cross } from './icons.js';
import { isUrgent, itemText, ticketLink } from './item.js';

function toast(one: Toast, shown: Shown, act: Act): TemplateResult {
  const { words, now } = shown;
  const { item, key } = one;
  return html`<div part="toast" class=${item && isUrgent(item) ? 'urgent' : ''}>
    ${bell}
    ${item
      ? ticketLink(item, shown, act, html`${itemText(item, words, now)}<bdi class="where" dir="auto">${item.ticketTitle}</bdi>`, { tab: 0, part: 'toast-text' })
      : html`<button class="go" type="button" data-key="toast${key}" @click=${act.toggle}><b>${counted(words, 'arrived', one.count)}</b></button>`}
    <button class="icon" type="button" data-key="x${key}" aria-label=${words.close} title=${words.close} @click=${() => act.dismiss(one)}>${cross}</button>
  </div>`;
}

/** Notes of what is new; a screen reader hears of it in the live region instead. */
export function toasts(shown: Shown, act: Act): TemplateResult {
  return html`<div
    class="toasts"
    popover="manual"
    lang=${shown.words.lang}
    @pointerenter=${() => act.hold(true)}
    @pointerleave=${() => act.hold(false)}
    @focusin=${() => act.hold(true)}
    @focusout=${() => act.hold(false)}
  >
    ${repeat(shown.toasts, ({ key }) => key, (one) => toast(one, shown, act))}
  </div>`;
}
