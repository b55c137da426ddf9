/** What this browser remembers; where it may not, it is forgotten with the page. */
export interface Settings {
  is(name: 'muted' | 'desktop'): boolean;
  set(name: 'muted' | 'desktop', on: boolean): void;
}

export function createSettings(storage: () => Storage | undefined): Settings {
  const here = new Map<string, boolean>();
  return {
    is(name) {
      try {
        return here.get(name) ?? storage()?.getItem(`camelbell.${name}`) === '1';
      } catch {
        return false;
      }
    },
    set(name, on) {
      here.set(name, on);
      try {
        storage()?.setItem(`camelbell.${name}`, on ? '1' : '0');
      } catch {
        // Full, or forbidden by the browser.
      }
    },
  };
}
