import { isList, isResume, type Scenario, type Stage } from '../stage.ts';

/** Frames as they come where hubs change places: twice, in another order, some not at all. */
export const order: Scenario = {
  name: 'order',
  title: 'frames twice, out of order, missing; resync',
  seconds: 55,
  rules: ['each-once', 'out-of-order', 'asks-after-gap', 'place-behind-gap', 'resync-loads', 'list-complete', 'badge'],
  async play(stage) {
    const { hub, tape, judge } = stage;
    await twice(stage);
    await changed(stage);
    await lacking(stage);
    await lackingAndLost(stage);

    await stage.settled();
    const place = tape.end;
    // Told by no frame: only REST brings it.
    hub.rows.record();
    hub.say({ type: 'resync' });
    const loaded = await tape.until(place, 20, isList);
    judge.say('resync-loads', !!loaded, loaded ? 'the list was loaded' : 'no list was loaded within 20 s of resync');
    await stage.sleep(2);
    await stage.showsAll('what came before resync', () => [hub.rows.ids()[0]]);
    await stage.showsBadge('after resync');
  },
};

async function twice(stage: Stage): Promise<void> {
  const { hub } = stage;
  await stage.connected();
  const frame = hub.happen();
  await stage.sleep(2);
  hub.say(frame);
  await stage.shows(
    'each-once',
    'one that came twice once',
    ({ ids }) => !ids || ids.filter((id) => id === frame.id).length === 1,
  );
  await stage.showsBadge('after one that came twice');
}

async function changed(stage: Stage): Promise<void> {
  const { hub, tape, judge } = stage;
  await stage.connected();
  const place = tape.end;
  const [first, second, third] = [hub.rows.record(), hub.rows.record(), hub.rows.record()];
  [third, first, second].forEach((frame) => hub.say(frame));
  await stage.sleep(8);
  const ended = tape.from(place, 'closed').length;
  judge.say('out-of-order', !ended, ended ? 'the client closed its socket' : 'still connected');
  await stage.showsAll('all three that changed places', () =>
    [first, second, third].map((frame) => frame.id as number),
  );
}

/** A hole in the middle of a connection: to be asked for by resume, or loaded. */
async function lacking(stage: Stage): Promise<void> {
  const { hub, tape, judge } = stage;
  await stage.connected();
  const place = tape.end;
  const had = hub.rows.seq;
  hub.rows.record();
  hub.happen();
  const asked = await tape.until(place, 20, (event) => isResume(event) || isList(event));
  const seq = asked?.kind === 'frame' ? Number(asked.frame?.seq) : undefined;
  judge.say(
    'asks-after-gap',
    !!asked && (seq === undefined || seq <= had),
    !asked
      ? 'asked nothing within 20 s'
      : seq === undefined
        ? 'the list was loaded'
        : `resume from ${seq}, where it had ${had}`,
  );
  await stage.showsAll('what was missing', () => [hub.rows.ids()[1]]);
}

/** The same, and the line is cut before anything could fill it. */
async function lackingAndLost(stage: Stage): Promise<void> {
  const { hub, tape, judge } = stage;
  await stage.settled();
  const had = hub.rows.seq;
  const place = tape.end;
  hub.replays = false;
  hub.rows.record();
  hub.happen();
  await stage.sleep(1);
  hub.live().forEach((socket) => socket.cut());
  const shake = await tape.untilKind(place, 90, 'handshake', ({ status }) => status === 101);
  const loaded = tape.from(place, 'call', (event) => isList(event)).length > 0;
  if (!shake) {
    judge.unseen('place-behind-gap', 'it did not come back');
  } else if (shake.since < 0) {
    const asked = loaded || (await tape.until(place, 10, (event) => isList(event) || isResume(event)));
    judge.say('place-behind-gap', !!asked, asked ? 'without since, and asked' : 'without since, and asked for nothing');
  } else {
    const isKept = shake.since <= had || loaded;
    judge.say(
      'place-behind-gap',
      isKept,
      `since=${shake.since}, where it had ${had} without a gap${loaded ? ', and the list was loaded' : ''}`,
    );
  }
  await stage.showsAll('what was missing when the line was cut', () => [hub.rows.ids()[1]]);
}
