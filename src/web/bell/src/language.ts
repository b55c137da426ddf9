/** The language that holds where an element stands: the nearest `lang`, through shadow roots; else the browser's. */
export function languageOf(element: Element): string {
  for (let at: Element | null = element; at; ) {
    const near: Element | null = at.closest('[lang]');
    if (near) {
      return near.getAttribute('lang') || 'en';
    }
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}
