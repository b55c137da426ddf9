import { h, type Kid } from '../dom.js';
import { EVERYTHING, isEverything } from '../order.js';
import type { Act, Shown } from '../shown.js';
import type { Words } from '../words.js';
import { bell, warning } from './icons.js';

export function loading(words: Words): Kid {
  return (
    <div key="wait" part="loading">
      <span class="hidden">{words.loading}</span>
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}

/** Why there is nothing to be seen. */
export function nothingThere(shown: Shown, act: Act): Kid {
  const { words, filter, snapshot, problem } = shown;
  const isFiltered = !isEverything(filter) && snapshot.items.length > 0;
  const isUnread = filter.unread && isEverything({ ...filter, unread: false });
  return isFiltered
    ? [
        <div key="none" part="empty">
          {bell}
          <strong>{isUnread ? words.caughtUp : words.nothingFits}</strong>
          <button class="text-button" key="everything" onclick={() => act.filter(EVERYTHING)}>
            {words.all}
          </button>
        </div>,
        tail(shown, act),
      ]
    : // Where something is wrong, that is said: that nothing has come would be more than is known.
      !(problem && snapshot.unread === null) && (
        <div key="empty" part="empty">
          {bell}
          <strong>{words.empty}</strong>
          <p>{words.emptyHint}</p>
        </div>
      );
}

/** What stands below the last item: more on its way, or a way to more. */
export function tail({ words, snapshot, stopped }: Shown, act: Act): Kid {
  return (
    <div key="tail" class="tail medium">
      {stopped
        ? [
            stopped === 'failed' && <p key="failed">{words.moreFailed}</p>,
            <button class="text-button" key="older" onclick={act.older}>
              {stopped === 'failed' ? words.retry : words.older}
            </button>,
          ]
        : snapshot.hasMore && words.loading}
    </div>
  );
}

/** What is wrong, in words that help whoever reads them, and what was found for whoever builds the page. */
export function problemBox({ words, problem, snapshot }: Shown, act: Act): Kid {
  const { status, problem: found } = snapshot;
  const texts: Readonly<Record<string, string>> = words.problems;
  const worksAnyway = status === 'live' || status === 'polling';
  return (
    <div key="error" part="error" class={worksAnyway ? 'mild medium' : 'medium'}>
      {warning}
      <div>
        <p>{texts[problem] ?? texts.unexpected}</p>
        {found && found.message !== problem && (
          <details key="more" class="small">
            <summary key="details">{words.details}</summary>
            <code dir="auto">{found.message}</code>
          </details>
        )}
        {found && (
          <button key="retry" class="text-button" onclick={act.retry}>
            {words.retry}
          </button>
        )}
      </div>
    </div>
  );
}
