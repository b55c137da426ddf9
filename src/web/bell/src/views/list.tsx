import { h, type Kid } from '../dom.js';
import type { Piece } from '../rows.js';
import type { Act, Shown } from '../shown.js';
import { counted } from '../words.js';
import { checks } from './icons.js';
import { itemRow } from './item.js';
import { loading, nothingThere, tail } from './states.js';

function group({ group, leads, from, to }: Piece, isFirst: boolean, shown: Shown, act: Act): Kid {
  const { key, ticket, title, items, isNew } = group;
  const { words, snapshot } = shown;
  return [
    leads && (
      <h3 key={`s${key}`} class="part small strong" data-row={isNew ? 'sn' : 'se'}>
        {isNew ? words.new : words.earlier}
      </h3>
    ),
    <div key={key} part="group" role="group" aria-labelledby={`g${key}`}>
      <div class="ticket" data-row={`g${key}`}>
        <h3 id={`g${key}`} class="name medium strong">
          <bdi class="cut">{title || words.ticket}</bdi> <span dir="ltr">#{ticket}</span>
        </h3>
        {isNew && items.some(({ read }) => !read) && (
          <button
            class="icon"
            key={`t${key}`}
            tip={`${words.markThese}: #${ticket}`}
            onclick={() => act.markAll(ticket)}
          >
            {checks}
          </button>
        )}
      </div>
      <div key="gap" height={isFirst ? shown.inside : 0} />
      {to > from && (
        <ul key="items" role="list">
          {items.slice(from, to).map((item, at) => itemRow(item, shown, act, from + at + 1, snapshot.hasMore ? -1 : items.length))}
        </ul>
      )}
    </div>,
  ];
}

/** The list, of which only what is near the visible part is drawn: it may have ten thousand items. */
export function list(shown: Shown, act: Act): Kid {
  const { pieces, snapshot, words, held } = shown;
  const { items, loading: isLoading, status } = snapshot;
  return [
    held > 0 && (
      <button key="held" class="pill medium strong" onclick={act.showHeld}>
        {counted(words, 'arrived', held)}
      </button>
    ),
    <div key="list" part="list" tabindex="-1" aria-busy={isLoading} onscroll={act.scrolled} onkeydown={act.key}>
      {pieces.length
        ? [
            <div key="above" height={shown.above} />,
            pieces.map((piece, at) => group(piece, at === 0, shown, act)),
            <div key="below" height={shown.below} />,
            tail(shown, act),
          ]
        : (isLoading || status === 'connecting') && !items.length
          ? loading(words)
          : nothingThere(shown, act)}
    </div>,
  ];
}
