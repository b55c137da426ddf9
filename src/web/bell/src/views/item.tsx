import type { BellItem } from '@camelbell/client';
import { h, type Kid } from '../dom.js';
import type { Act, Shown } from '../shown.js';
import { timeAgo, timeInFull } from '../times.js';
import { kindOf } from '../words.js';

export function isUrgent({ priority }: BellItem): boolean {
  return priority === 'HIGH' || priority === 'CRITICAL';
}

/** What an item says, in a list and in a toast. Its message is what somebody typed somewhere. */
export function itemText(item: BellItem, { words, now }: Shown): Kid {
  const { priority, createdAt } = item;
  return [
    <span class="line">
      <b>{kindOf(words, item.eventType)}</b>
      {isUrgent(item) && [
        ' ',
        <span class="priority mild small strong" data-priority={priority}>
          {words[priority as 'HIGH']}
        </span>,
      ]}{' '}
      <time part="time" datetime={createdAt} title={timeInFull(createdAt, words.lang)}>
        {timeAgo(createdAt, now, words.lang)}
      </time>
    </span>,
    ' ',
    <bdi class="text medium">{item.message}</bdi>,
  ];
}

/** What takes one to the ticket: a link where there is a page for it. */
export function ticketLink(item: BellItem, { href }: Shown, act: Act, part: string, tab: number, content: Kid): Kid {
  const address = href(item.ticket) || undefined;
  const tag = address ? 'a' : 'button';
  const props = {
    part,
    class: 'go',
    href: address,
    tabindex: tab,
    key: part === 'toast-text' ? 'go' : item.id,
    onclick: (event: MouseEvent) => act.choose(item, event),
  };
  return h(tag, props, content);
}

/** @param at place in the group, counted from 1 */
export function itemRow(item: BellItem, shown: Shown, act: Act, at: number, of: number): Kid {
  const { words, active } = shown;
  const { id, read } = item;
  const tab = id === active ? 0 : -1;
  return (
    <li key={`l${id}`} data-row={`i${id}`} class={read ? 'row' : 'row unread'} aria-setsize={of} aria-posinset={at}>
      {ticketLink(item, shown, act, read ? 'item' : 'item unread', tab, [
        !read && (
          <span key="new" class="hidden">
            {words.onlyUnread}:{' '}
          </span>
        ),
        itemText(item, shown),
      ])}
      {!read && (
        <button
          class="icon mark"
          tabindex={tab}
          key={`m${id}`}
          tip={words.markOne}
          onclick={() => act.markOne(item)}
        >
          <i class="dot" />
        </button>
      )}
    </li>
  );
}
