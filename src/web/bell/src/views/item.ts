import type { BellItem } from '@camelbell/client';
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Act, Shown } from '../shown.js';
import { timeAgo, timeInFull } from '../times.js';
import { kindOf, type Words } from '../words.js';
import { check } from './icons.js';

export const isUrgent = ({ priority }: BellItem) => priority === 'HIGH' || priority === 'CRITICAL';

/** What an item says, in a list and in a toast. All of it is text that somebody typed somewhere. */
export function itemText(item: BellItem, words: Words, now: number): TemplateResult {
  const { priority } = item;
  return html`<span class="line"
      ><b>${kindOf(words, item.eventType)}</b>${isUrgent(item)
        ? html` <span class="priority" data-priority=${priority!}>${words[priority as 'HIGH' | 'CRITICAL']}</span>`
        : nothing}<time part="time" datetime=${item.createdAt} title=${timeInFull(item.createdAt, words.lang)}
        >${timeAgo(item.createdAt, now, words.lang)}</time
      ></span
    ><bdi class="text" dir="auto">${item.message}</bdi>`;
}

/** What takes one to the ticket: a link where there is a page for it. */
export function ticketLink(item: BellItem, { href }: Shown, act: Act, content: unknown, more: { tab: number; part: string }): TemplateResult {
  const address = href(item.ticket);
  const click = (event: MouseEvent) => act.choose(item, event);
  return address
    ? html`<a class="go" part=${more.part} href=${address} tabindex=${more.tab} data-key=${item.id} @click=${click}>${content}</a>`
    : html`<button class="go" part=${more.part} type="button" tabindex=${more.tab} data-key=${item.id} @click=${click}>${content}</button>`;
}

export function itemRow(item: BellItem, shown: Shown, act: Act, at: number, of: number): TemplateResult {
  const { words, now, active } = shown;
  const tab = item.id === active ? 0 : -1;
  const content = html`${item.read ? nothing : html`<span class="hidden">${words.onlyUnread}: </span>`}${itemText(item, words, now)}`;
  return html`<li
    data-row="i${item.id}"
    class=${item.read ? 'row' : 'row unread'}
    aria-setsize=${shown.snapshot.hasMore ? -1 : of}
    aria-posinset=${at}
  >
    ${ticketLink(item, shown, act, content, { tab, part: item.read ? 'item' : 'item unread' })}${item.read
      ? nothing
      : html`<button
          class="icon mark"
          type="button"
          tabindex=${tab}
          data-key="m${item.id}"
          aria-label=${words.markOne}
          title=${words.markOne}
          @click=${() => act.markOne(item)}
        >
          <i></i>${check}
        </button>`}
  </li>`;
}
