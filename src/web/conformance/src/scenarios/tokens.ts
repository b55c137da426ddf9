import { isTry, s, type Scenario, type Stage } from '../stage.ts';

/** Tokens end: on the open socket, between two REST calls, and with a word of warning. */
export const tokens: Scenario = {
  name: 'tokens',
  title: 'tokens end',
  seconds: 60,
  rules: ['close-4401', 'rest-401', 'refresh-in-band'],
  async play(stage) {
    await ended(stage);
    await refusedByRest(stage);
    await endsSoon(stage);
  },
};

async function ended(stage: Stage): Promise<void> {
  const { hub, tape, judge } = stage;
  const { token } = await stage.settled();
  const place = tape.end;
  hub.tokens.expire(token);
  hub.live().forEach((socket) => socket.close(4401));
  const shake = await tape.untilKind(
    place,
    60,
    'handshake',
    (event) => event.status === 101 && hub.tokens.isGood(event.token),
  );
  const old = tape.events
    .slice(place)
    .filter((event) => isTry(event) && 'token' in event && event.token === token).length;
  judge.say(
    'close-4401',
    !!shake && old <= 3 * stage.clients,
    shake
      ? `back with a fresh token, after ${old} tries with the old one`
      : `not back with a fresh token within 60 s; ${old} tries with the old one`,
  );
  if (!shake) {
    // So that what follows can be played at all.
    hub.tokens.revive(token);
  }
}

async function refusedByRest(stage: Stage): Promise<void> {
  const { hub, tape, judge } = stage;
  const socket = await stage.settled();
  const { token } = socket;
  const place = tape.end;
  hub.tokens.expire(token);
  hub.say({ type: 'resync' });
  const refused = await tape.untilKind(place, 20, 'call', ({ status }) => status === 401);
  if (!refused) {
    judge.unseen('rest-401', 'asked nothing by REST after resync');
    hub.tokens.revive(token);
    return;
  }
  const again = await tape.untilKind(place, 30, 'call', ({ status }) => status === 200);
  const old = tape.from(place, 'call', ({ status }) => status === 401).length;
  judge.say(
    'rest-401',
    !!again && old <= 4 * stage.clients,
    again
      ? `asked again with a fresh token, after ${old} times 401`
      : `${old} times 401 in 30 s, and no call with a fresh token`,
  );
  if (!again) {
    hub.tokens.revive(token);
  }
}

async function endsSoon(stage: Stage): Promise<void> {
  const { hub, tape, judge, clock } = stage;
  const before = await stage.settled();
  // The next one is short; the one after it is not.
  hub.tokenLife = 45;
  const place = tape.end;
  hub.tokens.expire(before.token);
  hub.live().forEach((socket) => socket.close(4401));
  const shake = await tape.untilKind(
    place,
    30,
    'handshake',
    (event) => event.status === 101 && hub.tokens.isGood(event.token),
  );
  hub.tokenLife = 3600;
  if (!shake?.socket) {
    judge.unseen('refresh-in-band', 'did not come back with a fresh token');
    hub.tokens.revive(before.token);
    return;
  }
  const begin = clock.now();
  const said = await tape.until(tape.end, 60, (event) => {
    return (
      (event.kind === 'frame' && event.frame?.type === 'refresh') ||
      (event.kind === 'closed' && event.socket === shake.socket)
    );
  });
  judge.say(
    'refresh-in-band',
    said?.kind === 'frame',
    said?.kind === 'frame'
      ? `a fresh token after ${s(said.at - begin)}, of 45 s`
      : 'the token ended, and with it the connection',
  );
}
