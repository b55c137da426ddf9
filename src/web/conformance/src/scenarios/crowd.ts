import { isTry, s, type Scenario } from '../stage.ts';

/** A node stops, and all its clients come back: each at a moment of its own, or the next node has them all in one. */
export const crowd: Scenario = {
  name: 'crowd',
  title: 'all clients at once are closed with 1012',
  seconds: 20,
  clients: 4,
  rules: ['crowd-spread'],
  async play(stage) {
    const { hub, tape, judge, clock } = stage;
    await stage.settled();
    const place = tape.end;
    const lost = clock.now();
    hub.live().forEach((socket) => socket.close(1012));
    await stage.connected();
    const kind = tape.from(place, 'handshake', ({ by }) => by === 'ticket').length ? 'call' : 'handshake';
    const tries = tape.events
      .slice(place)
      .filter((event) => isTry(event) && event.kind === kind)
      .map(({ at }) => at - lost)
      .slice(0, stage.clients);
    const spread = tries.at(-1)! - tries[0]!;
    judge.say('crowd-spread', spread >= 0.3, `${tries.length} came back over ${s(spread)}: ${tries.map(s).join(', ')}`);
  },
};
