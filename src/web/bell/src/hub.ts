/**
 * Where the hub is, by where this module came from: the part before `/bell/`. The root of the page's own host when it
 * was bundled with the page or lies somewhere else.
 */
export function hubOf(module: string): string {
  const at = module.lastIndexOf('/bell/');
  return /^https?:/.test(module) && at > 0 ? module.slice(0, at) : '/';
}

/**
 * The address of a ticket's page; empty when there is none, or when it is none that a browser would open as a page.
 * @param pattern an address with `{ticket}` in it, absolute or relative to the page
 */
export function ticketAddress(pattern: string | null, ticket: number, base: string): string {
  if (!pattern || !ticket) {
    return '';
  }
  try {
    const url = new URL(pattern.replaceAll('{ticket}', String(ticket)), base);
    return /^https?:$/.test(url.protocol) ? url.href : '';
  } catch {
    return '';
  }
}
