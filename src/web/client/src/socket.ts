import { createAlarm } from './alarm.js';
import type { Environment, SocketLike } from './environment.js';
import type { Timing } from './timing.js';
import { parsed, type Json } from './wire.js';

/** One connection, from its opening to its end. */
export interface Socket {
  send(frame: Json): void;
  /** Asks for a sign of life at once, when it may have been lost unnoticed: after sleep, on another network. */
  probe(): void;
  /** Ends it; nothing is told any more. */
  close(): void;
}

interface Listener {
  /** The first frame is always the greeting. */
  frame(frame: Json): void;
  beat(): void;
  /** Once. The code is 1006 when there was none, also when the connection was found dead. */
  closed(code: number): void;
}

/**
 * Opens a connection. Its one timer is first the patience with its greeting, then the heartbeat.
 * @throws whatever the constructor does: the address is bad, or a policy of the page forbids it
 */
export function openSocket(env: Environment, timing: Timing, address: string, on: Listener): Socket {
  const line: SocketLike = new env.WebSocket!(address);
  const alarm = createAlarm(env);
  let greeted = false;
  let asked = false;
  let over = false;

  function end(code?: number): void {
    if (!over) {
      over = true;
      alarm.clear();
      // No waiting for the other side's goodbye: from a dead one it would not come for minutes.
      line.onclose = line.onmessage = null;
      line.close();
      if (code !== undefined) {
        on.closed(code);
      }
    }
  }

  function send(frame: Json): void {
    if (!over && greeted) {
      line.send(JSON.stringify(frame));
    }
  }

  function ping(patience: number): void {
    asked = true;
    send({ type: 'ping', timestamp: env.now() });
    alarm.set(patience, beat);
  }

  function beat(): void {
    if (asked) {
      end(1006);
    } else {
      on.beat();
      ping(timing.heartbeat);
    }
  }

  alarm.set(timing.connect, () => end(1006));
  line.onclose = ({ code }) => end(code || 1006);
  // A close follows; a handler keeps some surroundings (ws for Node) from throwing it.
  line.onerror = () => {};
  line.onmessage = ({ data }) => {
    asked = false;
    const frame = parsed(data);
    if (!greeted) {
      greeted = frame.type === 'connection_established';
      if (!greeted) {
        return;
      }
      alarm.set(timing.heartbeat, beat);
    }
    on.frame(frame);
  };
  return {
    send,
    probe: () => greeted && !over && ping(timing.answer),
    close: () => end(),
  };
}
