import type { Hub } from './hub.ts';
import type { Judge } from './judge.ts';
import { s } from './stage.ts';
import type { WireEvent } from './tape.ts';

const FRAME_TYPES = ['ping', 'resume', 'refresh'];

/** Judges what holds all the time, whatever the script does. */
export function watch(hub: Hub, judge: Judge, clients: number): void {
  const tries: number[] = [];
  const frames: number[] = [];
  const within = (times: number[], at: number, seconds: number) => {
    times.push(at);
    while (times[0]! < at - seconds) {
      times.shift();
    }
    return times.length;
  };

  function look(event: WireEvent): void {
    if (event.kind === 'handshake') {
      const inTen = within(tries, event.at, 10);
      judge.say(
        'no-storm',
        inTen < 10 * clients,
        `at most ${9 * clients} tries in ten seconds, ${inTen} at ${s(event.at)}`,
      );
      judge.say(
        'token-not-in-address',
        event.by !== 'query',
        event.by === 'query' ? 'the token stands in the address' : `by ${event.by}`,
      );
      if (event.by === 'ticket') {
        judge.say(
          'ticket-once',
          !event.isTicketUsed,
          event.isTicketUsed ? 'a ticket was used twice' : 'each ticket once',
        );
      }
      if (event.socket) {
        const open = hub.sockets.filter((socket) => socket.isOpen).length;
        judge.say('one-socket', open <= clients, `${open} open at ${s(event.at)}`);
      }
    } else if (event.kind === 'call') {
      // Whatever it is asked for: not even REST is sent a token in the address.
      judge.say(
        'token-not-in-address',
        !event.query.has('token'),
        event.query.has('token') ? 'the token stands in a REST address' : 'not in REST',
      );
    } else if (event.kind === 'frame') {
      const { frame, bytes } = event;
      const isGood = frame !== null && FRAME_TYPES.includes(String(frame.type)) && bytes <= 8192 && isComplete(frame);
      judge.say(
        'frames-valid',
        isGood,
        isGood ? 'all so far' : `sent: ${frame ? describe(frame) : 'no JSON object'}, ${bytes} bytes`,
      );
      // In real time: the hub's limit is not hurried.
      const inOne = within(frames, event.at, hub.clock.speed);
      judge.say('few-frames', inOne <= 50 * clients, `at most 50 in a second, ${inOne} at ${s(event.at)}`);
    }
  }
  hub.tape.listen(look);
}

function isComplete(frame: Record<string, unknown>): boolean {
  return (
    frame.type === 'ping' ||
    (frame.type === 'resume' && Number.isInteger(frame.seq)) ||
    (frame.type === 'refresh' && typeof frame.token === 'string')
  );
}

/** Without values: one may be a token. */
function describe(frame: Record<string, unknown>): string {
  return `{${Object.keys(frame).join(', ')}} of type ${JSON.stringify(frame.type)?.slice(0, 40)}`;
}
