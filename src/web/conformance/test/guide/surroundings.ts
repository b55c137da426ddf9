import type { Hub } from '../../src/hub.ts';
import { chance } from '../support/ours.ts';
import { browserSocket } from './browser-socket.ts';

type Run = () => void;

/** Each page has a chance of its own. */
let seed = 7;

/**
 * What a class written for a page finds there, in the script's time. After the hub's end nothing is set any more.
 * @param text the class; it is not changed
 * @param name its name
 */
export function classIn<T>(hub: Hub, text: string, name: string): T {
  const { clock } = hub;
  const sockets = new Set<{ close(): void }>();
  const Socket = browserSocket(() => {});
  const set = (run: Run, ms = 0) => (hub.isOver ? () => {} : clock.after(ms / 1000, run));
  const clear = (handle?: Run) => handle?.();
  const repeat = (run: Run, ms: number) => {
    let forget = set(again, ms);
    function again(): void {
      forget = set(again, ms);
      run();
    }
    return () => forget();
  };
  const surroundings = {
    WebSocket: class extends Socket {
      constructor(url: string) {
        super(url);
        sockets.add(this);
      }
    },
    setTimeout: set,
    clearTimeout: clear,
    setInterval: repeat,
    clearInterval: clear,
    Date: { now: () => clock.wall() },
    Math: Object.create(Math, { random: { value: chance(seed++) } }),
    window: {},
    console: { log() {}, error() {} },
  };
  hub.onClose(() => sockets.forEach((socket) => socket.close()));
  return new Function(...Object.keys(surroundings), `${text}; return ${name}`)(...Object.values(surroundings)) as T;
}
