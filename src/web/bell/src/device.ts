import type { BellItem } from '@camelbell/client';
import type { Settings } from './settings.js';
import type { Desktop } from './shown.js';

/** Notifications of the device, for when the page is not looked at. */
export interface Device {
  /** As last looked at: asking the browser takes milliseconds. */
  state(): Desktop;
  /** Looks again: people change it in the browser's settings. */
  look(): void;
  /** On a click only: asks whether it may, or switches between on and off. */
  toggle(): Promise<void>;
  show(item: BellItem, title: string, clicked: () => void): void;
}

export function createDevice(settings: Settings): Device {
  let known: Desktop | undefined;
  const look = (): Desktop => {
    // Without HTTPS browsers never allow it; asking would only confuse.
    if (typeof Notification === 'undefined' || !isSecureContext) {
      return '';
    }
    const wanted = settings.is('desktop');
    return Notification.permission === 'granted' ? (wanted ? 'on' : 'off') : Notification.permission === 'denied' ? (wanted ? 'denied' : 'ask') : 'ask';
  };
  const state = () => (known ??= look());
  return {
    state,
    look() {
      known = undefined;
    },
    async toggle() {
      const now = state();
      settings.set('desktop', now !== 'on' && now !== 'denied');
      if (now === 'ask') {
        await Notification.requestPermission();
      }
      known = undefined;
    },
    show(item, title, clicked) {
      if (state() === 'on' && document.visibilityState === 'hidden') {
        try {
          // The newest of a ticket replaces the one before.
          const shown = new Notification(title, { body: item.message, tag: `ticket-${item.ticket}` });
          shown.onclick = () => {
            focus();
            shown.close();
            clicked();
          };
        } catch {
          // Android knows only those of a service worker.
        }
      }
    },
  };
}
