import type { Hub } from '../../src/hub.ts';
import type { RuleId } from '../../src/rules.ts';
import type { Habit } from '../support/ours.ts';

/** Bad habits, each with the scenario that finds it and the rules that it breaks: those, and no other. */
export interface Case {
  readonly what: string;
  readonly scenario: string;
  readonly breaks: readonly RuleId[];
  readonly habit: Habit;
}

export const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
/** Whatever is asked for: nothing. */
export const EMPTY = { results: [], next: null, count: 0, by_type: { EMAIL: 0, WHATSAPP: 0, SYSTEM: 0 } };
export const isGet = (init: RequestInit) => (init.method ?? 'GET') === 'GET';

/** Says nothing of what it shows, so that nothing is judged by that. */
export const quiet = (habit: Habit): Habit => ({ state: null, ...habit });

/** A call of its own. */
export const asks = async (hub: Hub, path: string) => {
  await fetch(`${hub.url}/api/notifications/${path}`, { headers: { Authorization: `Bearer ${hub.token}` } }).catch(
    () => {},
  );
};
