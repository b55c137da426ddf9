/** A value that is replaced, never changed, and those who want to know. */
export interface Store<T> {
  get(): T;
  /** Tells nobody when nothing differs. */
  set(changes: Partial<T>): void;
  subscribe(changed: () => void): () => void;
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial;
  const listeners = createListeners<void>();
  return {
    get: () => value,
    set(changes) {
      if (Object.entries(changes).some(([key, now]) => value[key as keyof T] !== now)) {
        value = { ...value, ...changes };
        listeners.tell();
      }
    },
    subscribe: listeners.add,
  };
}

/** Those who want to know. The same function may be added twice and is called twice. */
export function createListeners<T>() {
  const all = new Set<{ call: (news: T) => void }>();
  return {
    add(call: (news: T) => void): () => void {
      const entry = { call };
      all.add(entry);
      return () => void all.delete(entry);
    },
    tell(news: T): void {
      for (const entry of [...all]) {
        try {
          entry.call(news);
        } catch (error) {
          // Reported as uncaught; it is the page's fault, and keeps nobody else from hearing.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
