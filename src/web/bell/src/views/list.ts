import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Piece } from '../rows.js';
import type { Act, Shown } from '../shown.js';
import { checks } from './icons.js';
import { itemRow } from './item.js';
import { counted } from '../words.js';
import { loading, nothingThere, tail } from './states.js';

const gap = (height: number) => html`<div .style=${`height:${height}px`}></div>`;

function group(piece: Piece, isFirst: boolean, shown: Shown, act: Act): TemplateResult {
  const { key, ticket, title, items, isNew } = piece.group;
  const { words, snapshot } = shown;
  return html`${piece.leads ? html`<h3 class="part" data-row=${isNew ? 'sn' : 'se'}>${isNew ? words.new : words.earlier}</h3>` : nothing}
    <div part="group" role="group" aria-labelledby="g${key}">
      <div class="ticket" data-row="g${key}">
        <h4 id="g${key}"><bdi dir="auto">${title || words.ticket}</bdi>${ticket ? html` <span dir="ltr">#${ticket}</span>` : nothing}</h4>
        ${isNew && items.some((item) => !item.read)
          ? html`<button
              class="icon"
              type="button"
              data-key="t${key}"
              aria-label=${`${words.markTicket}: #${ticket}`}
              title=${words.markTicket}
              @click=${() => act.markAll(ticket)}
            >
              ${checks}
            </button>`
          : nothing}
      </div>
      ${isFirst && shown.inside ? gap(shown.inside) : nothing}
      <ul role="list">
        ${repeat(
          items.slice(piece.from, piece.to),
          ({ id }) => id,
          (item, at) => itemRow(item, shown, act, piece.from + at + 1, snapshot.hasMore ? -1 : items.length),
        )}
      </ul>
    </div>`;
}

/** The list, of which only what is near the visible part is drawn: it may have ten thousand items. */
export function list(shown: Shown, act: Act): TemplateResult {
  const { pieces, snapshot, words, held } = shown;
  const isWaiting = snapshot.loading || snapshot.status === 'connecting';
  return html`${held
      ? html`<button class="pill" type="button" data-key="held" @click=${act.showHeld}>${counted(words, 'arrived', held)}</button>`
      : nothing}
    <div
      part="list"
      tabindex="-1"
      aria-busy=${snapshot.loading}
      @scroll=${{ handleEvent: act.scrolled, passive: true }}
      @keydown=${act.key}
    >
      ${shown.count
        ? html`${gap(shown.above)}${repeat(
            pieces,
            (piece) => piece.group.key,
            (piece, at) => group(piece, at === 0, shown, act),
          )}${gap(shown.below)}${tail(shown, act)}`
        : isWaiting && !snapshot.items.length
          ? loading(words)
          : nothingThere(shown, act)}
    </div>`;
}
