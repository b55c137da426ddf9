import { h, type Kid } from '../dom.js';
import { isEverything } from '../order.js';
import type { Act, Shown } from '../shown.js';
import { badgeOf, isolated, kindOf, unreadOf } from '../words.js';
import { bell, checks, cross, device, loud, quiet } from './icons.js';
import { list } from './list.js';
import { problemBox } from './states.js';

export function button({ words, snapshot, isOpen }: Shown, act: Act): Kid {
  const { unread, status } = snapshot;
  const label = [words.title, unread !== null && unreadOf(words, unread), status !== 'live' && words.status[status]];
  return (
    <button
      part="button"
      key="bell"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-controls="panel"
      aria-label={label.filter(Boolean).join(', ')}
      onclick={act.toggle}
    >
      {bell}
      {!!unread && (
        <span key="badge" part="badge" aria-hidden="true">
          {badgeOf(unread)}
        </span>
      )}
      {(status === 'offline' || status === 'refused') && <span key="lost" class="lost dot" />}
    </button>
  );
}

/** A button that shows an icon; its label is also what appears when the mouse rests on it. */
function iconButton(key: string, label: string, icon: Kid, onclick: () => void, isOn?: boolean): Kid {
  return (
    <button key={key} class="icon" aria-pressed={isOn} tip={label} onclick={onclick}>
      {icon}
    </button>
  );
}

function header({ words, snapshot, desktop, isMuted }: Shown, act: Act): Kid {
  const { status } = snapshot;
  return (
    <div key="header" part="header">
      <div>
        <h2 id="title">{words.title}</h2>
        <p part="status" class="small" data-status={status}>
          <i class="dot" />
          {words.status[status]}
        </p>
      </div>
      {iconButton('sound', words.mute, isMuted ? quiet : loud, act.mute, !isMuted)}
      {desktop && iconButton('desktop', words.desktop, device, act.askDesktop, desktop === 'on')}
      {iconButton('close', words.close, cross, act.close)}
    </div>
  );
}

function choice(key: 'kind' | 'ticket', label: string, every: string, value: unknown, options: [unknown, string][], act: Act): Kid {
  return (
    <select
      key={key}
      aria-label={label}
      value={`${value}`}
      onchange={({ target }: { target: HTMLSelectElement }) => act.filter({ [key]: key === 'kind' ? target.value : +target.value })}
    >
      <option value={key === 'kind' ? '' : 0}>{every}</option>
      {options.map(([one, text]) => (
        <option key={`o${one}`} value={one}>
          {text}
        </option>
      ))}
    </select>
  );
}

function filters({ words, filter, choices, snapshot }: Shown, act: Act): Kid {
  const { kinds, tickets } = choices;
  const side = (unread: boolean, text: string) => (
    <button key={unread ? 'unread' : 'all'} aria-pressed={filter.unread === unread} onclick={() => act.filter({ unread })}>
      {text}
    </button>
  );
  return (
    <div key="filters" part="filters" class="medium">
      <div class="segments">
        {side(false, words.all)}
        {side(true, words.onlyUnread)}
      </div>
      {choice('kind', words.kind, words.everyKind, filter.kind, kinds.map((kind) => [kind, kindOf(words, kind)]), act)}
      {choice('ticket', words.ticket, words.everyTicket, filter.ticket, [...tickets].map(([id, title]) => [id, `#${id} ${isolated(title)}`]), act)}
      {!!snapshot.unread && (
        <button key="mark-all" class="text-button" onclick={() => act.markAll()}>
          {checks}
          {isEverything({ ...filter, unread: false }) ? words.markAll : words.markThese}
        </button>
      )}
    </div>
  );
}

/** Always there, for the button names it; with something in it when it is open. */
export function panel(shown: Shown, act: Act): Kid {
  const { words, isOpen, snapshot, notMarked, desktop, problem } = shown;
  return (
    <div
      key="panel"
      id="panel"
      part="panel"
      class={isOpen ? 'open' : ''}
      popover="manual"
      role="dialog"
      aria-labelledby="title"
      tabindex="-1"
      lang={words.lang}
    >
      {isOpen && [
        header(shown, act),
        snapshot.items.length > 0 && filters(shown, act),
        problem && problemBox(shown, act),
        notMarked && (
          <p key="note" class="note medium">
            {words.notMarked} {notMarked}
          </p>
        ),
        desktop === 'denied' && (
          <p key="denied" class="note medium mild">
            {words.desktopDenied}
          </p>
        ),
        list(shown, act),
      ]}
    </div>
  );
}
