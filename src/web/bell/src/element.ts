import { createBell, type Bell, type BellItem, type BellSnapshot } from '@camelbell/client';
import { hubOf, ticketAddress } from './hub.js';
import { createSettings } from './settings.js';
import { nameOf, share, type Shared } from './shared.js';
import { sheet } from './sheet.js';
import { tokenFrom, type TokenGiven } from './token.js';
import { createView, type View } from './view.js';
import { languageOf } from './language.js';
import { wordsIn, wordsOf, wordsWith, type Words, type WordsGiven } from './words.js';

const HERE = hubOf(import.meta.url);

const settings = createSettings(() => globalThis.localStorage);

/** What `camelbell-ticket` tells. */
export interface TicketChosen {
  readonly ticket: number;
  readonly item: BellItem;
}

/** Built here, so that it can be imported where there are no elements, such as on a server. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/**
 * The element `<camelbell-bell>`: a button with a badge, and a panel with a person's notifications.
 *
 * @fires camelbell-notification a new one; detail: {@link BellItem}
 * @fires camelbell-ticket somebody goes to a ticket; detail: {@link TicketChosen}; cancelable: then `ticket-href` is not opened
 * @fires camelbell-change detail: {@link BellSnapshot}
 */
export class CamelbellBell extends Base {
  static readonly observedAttributes = ['hub', 'token-url', 'words', 'open', 'muted', 'lang', 'dir', 'ticket-href'];

  #view: View;
  #shared: Shared | undefined;
  #token: TokenGiven | null | undefined;
  #bell: Bell | null | undefined;
  #given: WordsGiven = {};
  /** What the client was made for, so that the same is not made anew. */
  #for: unknown;
  /** The last touch of this element itself. */
  #inside: Event | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet()];
    this.#view = createView({
      element: this,
      root,
      settings,
      words: () => this.#words(),
      href: (ticket) => ticketAddress(this.getAttribute('ticket-href'), ticket, this.baseURI),
      readsBySight: () => this.getAttribute('read-on') !== 'click',
      isMuted: () => this.hasAttribute('muted') || settings.is('muted'),
      setMuted: (on) => {
        settings.set('muted', on);
        if (!on) {
          this.removeAttribute('muted');
        }
      },
      speaks: () => this.#shared?.speaker() === this,
      emit: (name, detail, cancelable = false) => {
        if (name === 'camelbell-change') {
          this.#reflect(detail as BellSnapshot);
        }
        return this.dispatchEvent(new CustomEvent(name, { detail, cancelable, bubbles: true, composed: true }));
      },
      opened: (on) => this.toggleAttribute('open', on),
    });
  }

  /** How to get an access token, or the token itself: another one begins anew. Null when nobody is signed in. */
  get token(): TokenGiven | null | undefined {
    return this.#token;
  }

  set token(token: TokenGiven | null | undefined) {
    this.#token = token;
    this.#connect();
  }

  /** A client of the page's own, which the page starts and stops. */
  get bell(): Bell | null | undefined {
    return this.#bell ?? this.#shared?.bell;
  }

  set bell(bell: Bell | null | undefined) {
    this.#bell = bell;
    this.#connect();
  }

  /** Opens the panel. */
  show(): void {
    this.#view.open(true, true);
  }

  /** Closes the panel. */
  hide(): void {
    this.#view.open(false);
  }

  connectedCallback(): void {
    // Set before the element was known, these hide what the class has.
    for (const name of ['token', 'bell'] as const) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        (this as Record<string, unknown>)[name] = value;
      }
    }
    document.addEventListener('pointerdown', this);
    addEventListener('resize', this);
    addEventListener('scroll', this, { capture: true, passive: true });
    this.addEventListener('keydown', this);
    this.addEventListener('pointerdown', this);
    this.#connect();
    this.#view.update();
    if (this.hasAttribute('open')) {
      this.#view.open(true);
    }
  }

  disconnectedCallback(): void {
    document.removeEventListener('pointerdown', this);
    removeEventListener('resize', this);
    removeEventListener('scroll', this, { capture: true });
    // One that is only moved is back at once, and keeps its connection.
    queueMicrotask(() => this.isConnected || this.#leave());
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) {
      return;
    }
    if (name === 'open') {
      this.#view.open(now !== null);
    } else if (name === 'words') {
      void this.#readWords(now ?? '{}');
    } else if (name === 'hub' || name === 'token-url') {
      this.#connect();
    }
    this.#view.update();
  }

  /** @internal */
  handleEvent(event: Event): void {
    if (event.type === 'keydown') {
      if ((event as KeyboardEvent).key === 'Escape' && this.hasAttribute('open') && !event.defaultPrevented) {
        event.stopPropagation();
        // A dialog around it stays open.
        event.preventDefault();
        this.#view.open(false, true);
      }
    } else if (event.type === 'pointerdown') {
      // The document is not shown the way of an event through a closed shadow root around this.
      if (event.currentTarget === this) {
        this.#inside = event;
      } else if (event !== this.#inside) {
        this.#view.open(false);
      }
    } else if (this.hasAttribute('open')) {
      this.#view.update();
    }
  }

  #words(): Words {
    return wordsWith(wordsOf(languageOf(this)), this.#given);
  }

  async #readWords(given: string): Promise<void> {
    try {
      const text = given.trimStart().startsWith('{') ? given : await (await fetch(new URL(given, this.baseURI))).text();
      if (this.getAttribute('words') === given || given === '{}') {
        this.#given = wordsIn(text);
        this.#view.update();
      }
    } catch (error) {
      console.warn(`camelbell-bell: attribute words is neither JSON nor the address of a JSON file: ${given}`, error);
    }
  }

  #reflect({ status, unread }: BellSnapshot): void {
    this.setAttribute('status', status);
    unread === null ? this.removeAttribute('unread') : this.setAttribute('unread', String(unread));
    // Somebody else has signed in: what was theirs goes, and it begins anew; not at once, since a callback may give one person
    // and then another for ever.
    if (this.#shared && !this.#bell && this.#shared.bell.getSnapshot().problem?.code === 'other-user') {
      const { bell } = this.#shared;
      bell.stop();
      setTimeout(() => this.#shared?.bell === bell && bell.start(), 1_000);
    }
  }

  #connect(): void {
    if (!this.isConnected) {
      return;
    }
    const hub = this.getAttribute('hub') || HERE;
    const address = this.getAttribute('token-url');
    const token = this.#token;
    const person = typeof token === 'function' ? nameOf(token) : token || address;
    const wanted = this.#bell ?? (person && token !== null ? `${hub} ${person}` : null);
    if (wanted && wanted === this.#for) {
      return;
    }
    this.#leave();
    this.#for = wanted;
    const source = typeof token === 'function' ? token : token ? () => token : tokenFrom(address!, this.baseURI);
    this.#shared = wanted ? share(wanted, this, !this.#bell, () => this.#bell ?? createBell({ hub, token: source })) : undefined;
    this.#view.attach(this.#shared?.bell);
  }

  #leave(): void {
    this.#view.disconnect();
    this.#shared?.leave(this);
    this.#shared = undefined;
    this.#for = undefined;
  }
}
