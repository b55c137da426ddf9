import { isTry, s, type Scenario } from '../stage.ts';

const AWAY = 60;

/** Nothing answers for a minute, neither REST nor the socket. */
export const outage: Scenario = {
  name: 'outage',
  title: `the hub is away for ${AWAY} s`,
  seconds: AWAY + 40,
  rules: ['backs-off', 'comes-back'],
  async play(stage) {
    const { hub, tape, judge, clock } = stage;
    await stage.settled();
    const place = tape.end;
    const lost = clock.now();
    hub.onCall = () => 'cut';
    hub.onHandshake = () => 'cut';
    hub.live().forEach((socket) => socket.cut());
    await stage.sleep(AWAY);
    const handshakes = tape.from(place, 'handshake');
    const tries = (handshakes.length ? handshakes : tape.events.slice(place).filter(isTry)).map(({ at }) => at - lost);
    const early = tries.filter((at) => at < AWAY / 2).length;
    const late = tries.length - early;
    judge.say(
      'backs-off',
      // One may fall on either side by chance.
      late <= Math.max(early * 0.75, stage.clients),
      `${early} tries in the first half of ${AWAY} s, ${late} in the second (${tries.slice(0, 12).map(s).join(', ')})`,
    );
    const back = tape.end;
    hub.behave();
    const shake = await tape.untilKind(back, 90, 'handshake', ({ status }) => status === 101);
    judge.say(
      'comes-back',
      !!shake,
      shake ? `back ${s(shake.at - lost - AWAY)} after the hub was` : 'not back within 90 s',
    );
  },
};
