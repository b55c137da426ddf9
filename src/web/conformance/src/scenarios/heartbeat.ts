import { s, type Scenario } from '../stage.ts';
import type { Beat, Frame } from '../tape.ts';

const LOSSES = 4;
const WATCHED = 65;

/** Timers that are set with each connection and never cleared pile up; it shows after some reconnects. */
export const heartbeat: Scenario = {
  name: 'heartbeat',
  title: `pings after ${LOSSES} reconnects`,
  seconds: WATCHED + LOSSES * 15,
  rules: ['sends-heartbeat', 'one-heartbeat'],
  async play(stage) {
    const { hub, tape, judge, clock } = stage;
    for (let i = 0; i < LOSSES; i++) {
      await stage.settled();
      hub.live().forEach((socket) => socket.close(1012));
      await stage.sleep(0.5);
    }
    await stage.connected();
    const place = tape.end;
    const begin = clock.now();
    await stage.sleep(WATCHED);
    const isBeat = (event: Frame | Beat) =>
      event.kind === 'ping' || (event.kind === 'frame' && event.frame?.type === 'ping');
    const beats = [...tape.from(place, 'frame', isBeat), ...tape.from(place, 'ping')].map(({ at }) => at - begin);
    const seen = `${beats.length} pings in ${WATCHED} s${beats.length ? `, at ${beats.slice(0, 12).map(s).join(', ')}` : ''}`;
    judge.say('sends-heartbeat', beats.length > 0, seen);
    beats.length
      ? judge.say('one-heartbeat', beats.length <= 7 * stage.clients, seen)
      : judge.unseen('one-heartbeat', seen);
  },
};
