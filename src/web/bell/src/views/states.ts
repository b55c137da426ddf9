import { html, nothing, type TemplateResult } from 'lit-html';
import { isEverything, EVERYTHING } from '../order.js';
import type { Act, Shown } from '../shown.js';
import type { Words } from '../words.js';
import { tray, warning } from './icons.js';

export const loading = (words: Words) =>
  html`<div class="wait" part="loading"><span class="hidden">${words.loading}</span><i></i><i></i><i></i><i></i></div>`;

/** Why there is nothing to be seen. */
export function nothingThere(shown: Shown, act: Act): TemplateResult | typeof nothing {
  const { words, filter, snapshot } = shown;
  if (!isEverything(filter) && snapshot.items.length) {
    const onlyUnread = filter.unread && isEverything({ ...filter, unread: false });
    return html`<div part="empty">
        ${tray}<strong>${onlyUnread ? words.caughtUp : words.nothingFits}</strong>
        ${onlyUnread ? html`<p>${words.caughtUpHint}</p>` : nothing}
        <button type="button" data-key="everything" @click=${() => act.filter(EVERYTHING)}>${words.clearFilters}</button>
      </div>
      ${tail(shown, act)}`;
  }
  // Where something is wrong, it says so itself: that nothing has come would be more than is known.
  return shown.problem && snapshot.unread === null
    ? nothing
    : html`<div part="empty">${tray}<strong>${words.empty}</strong><p>${words.emptyHint}</p></div>`;
}

/** What stands below the last item: more on its way, or why there is none. */
export function tail({ words, snapshot, stopped, count }: Shown, act: Act): TemplateResult {
  return html`<div class="tail">
    ${stopped
      ? html`${stopped === 'failed' ? html`<p>${words.moreFailed}</p>` : nothing}
          <button type="button" data-key="older" @click=${act.older}>${stopped === 'failed' ? words.retry : words.older}</button>`
      : snapshot.hasMore
        ? words.loading
        : count
          ? words.end
          : nothing}
  </div>`;
}

/** What is wrong, in words that help whoever reads them, and what was found for whoever builds the page. */
export function problem({ words, problem, snapshot }: Shown, act: Act): TemplateResult | typeof nothing {
  const texts: Readonly<Record<string, string>> = words.problems;
  const worksAnyway = snapshot.status === 'live' || snapshot.status === 'polling';
  return problem
    ? html`<div part="error" class=${worksAnyway ? 'mild' : ''}>
        ${warning}
        <div>
          <p>${texts[problem] ?? texts.unexpected}</p>
          ${snapshot.problem && snapshot.problem.message !== problem
            ? html`<details>
                <summary data-key="details">${words.details}</summary>
                <code dir="auto">${snapshot.problem.message}</code>
              </details>`
            : nothing}
          ${problem === 'no-token'
            ? nothing
            : html`<button type="button" data-key="retry" @click=${act.retry}>${words.retry}</button>`}
        </div>
      </div>`
    : nothing;
}
