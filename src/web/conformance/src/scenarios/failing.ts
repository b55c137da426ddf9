import { isList, s, type Scenario, type Stage } from '../stage.ts';
import type { WireEvent } from '../tape.ts';

/** REST fails where it is needed, or takes its time. */
export const failing: Scenario = {
  name: 'failing',
  title: 'REST fails in the middle, or is slow; the greeting is slow',
  seconds: 50,
  rules: ['rest-retried', 'patient', 'list-complete'],
  async play(stage) {
    await failed(stage);
    await slow(stage);
  },
};

async function failed(stage: Stage): Promise<void> {
  const { hub, tape, judge } = stage;
  await stage.settled();
  const place = tape.end;
  let left = 3;
  let last = 0;
  hub.onCall = ({ method }) => {
    if (method !== 'GET' || left === 0) {
      return undefined;
    }
    left--;
    last = tape.end;
    return left === 2
      ? { status: 503, body: { detail: 'The database is away.', code: 'unavailable' } }
      : left === 1
        ? 'cut'
        : { status: 200, body: '<html>An error page of a proxy</html>' };
  };
  hub.rows.record();
  hub.say({ type: 'resync' });
  const asked = await tape.until(place, 20, (event) => event.kind === 'call' && event.method === 'GET');
  if (!asked) {
    judge.unseen('rest-retried', 'asked nothing by REST after resync');
    return;
  }
  // The third of them looks like a good one.
  const isGood = (event: WireEvent) => left === 0 && isList(event) && tape.events.indexOf(event) > last;
  const good = await tape.until(place, 60, isGood);
  const calls = tape.from(place, 'call').length;
  judge.say(
    'rest-retried',
    !!good && calls <= 20 * stage.clients,
    good
      ? `the list after ${s(good.at - asked.at)} and ${calls} calls`
      : `no list within 60 s of three failures; ${calls} calls`,
  );
  await stage.showsAll('what was there while REST failed', () => [hub.rows.ids()[0]]);
}

async function slow(stage: Stage): Promise<void> {
  const { hub, tape, judge } = stage;
  await stage.settled();
  hub.behave();
  const place = tape.end;
  hub.greetsAfter = 8;
  hub.answersAfter = 3;
  hub.live().forEach((socket) => socket.cut());
  const shake = await tape.untilKind(place, 90, 'handshake', ({ status }) => status === 101);
  if (!shake) {
    judge.unseen('patient', 'did not come back');
    return;
  }
  await stage.sleep(18);
  const more = tape.from(place, 'handshake').length - stage.clients;
  const same = doubled(
    tape.from(place, 'call').map((call) => [`${call.method} ${call.path}?${call.query}`, call.at]),
    3,
  );
  judge.say(
    'patient',
    more <= 0 && !same,
    more > 0
      ? `${more} more tries while the greeting took 8 s`
      : same
        ? `${same} was asked again beside itself`
        : 'waited',
  );
}

/** A call that was made again within so many seconds. */
function doubled(calls: (readonly [string, number])[], seconds: number): string | undefined {
  return calls.find(([what, at], i) =>
    calls.slice(i + 1).some(([other, later]) => other === what && later - at < seconds),
  )?.[0];
}
