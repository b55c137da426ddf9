import { h, type Kid } from '../dom.js';
import type { Act, Shown, Toast } from '../shown.js';
import { counted } from '../words.js';
import { bell, cross } from './icons.js';
import { isUrgent, itemText, ticketLink } from './item.js';

function toast(one: Toast, shown: Shown, act: Act): Kid {
  const { words } = shown;
  const { item, key, count } = one;
  return (
    <div key={`toast${key}`} part="toast" class={item && isUrgent(item) ? 'urgent' : ''}>
      {bell}
      {item ? (
        ticketLink(item, shown, act, 'toast-text', 0, itemText(item, shown))
      ) : (
        <button key="many" class="go" onclick={act.toggle}>
          <b>{counted(words, 'arrived', count)}</b>
        </button>
      )}
      <button key="x" class="icon" tip={words.close} onclick={() => act.dismiss(one)}>
        {cross}
      </button>
    </div>
  );
}

/** Notes of what is new; a screen reader hears of it in the live region instead. */
export function toastList(shown: Shown, act: Act): Kid {
  return (
    <div
      key="toasts"
      class={shown.toasts.length ? 'toasts open' : 'toasts'}
      popover="manual"
      lang={shown.words.lang}
      onpointerenter={() => act.hold(true)}
      onpointerleave={() => act.hold(false)}
    >
      {shown.toasts.map((one) => toast(one, shown, act))}
    </div>
  );
}
