import { CamelbellBell } from './element.js';

export { BellError, createBell } from '@camelbell/client';
export type * from '@camelbell/client';
export { CamelbellBell } from './element.js';
export type { TicketChosen } from './element.js';
export type { TokenGiven } from './token.js';

declare global {
  interface HTMLElementTagNameMap {
    'camelbell-bell': CamelbellBell;
  }
}

// A page that loads two versions keeps the first one.
if (globalThis.customElements && !customElements.get('camelbell-bell')) {
  customElements.define('camelbell-bell', CamelbellBell);
}
