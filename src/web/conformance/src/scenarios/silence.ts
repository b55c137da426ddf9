import { s, type Scenario } from '../stage.ts';

/** A line that is dead and does not say so, as after sleep or on another network. */
export const silence: Scenario = {
  name: 'silence',
  title: 'the line goes dead without a word, and a socket does not greet',
  seconds: 70,
  rules: ['notices-silence', 'notices-no-greeting'],
  async play(stage) {
    const { hub, tape, judge, clock } = stage;
    await stage.settled();
    let place = tape.end;
    let since = clock.now();
    // The next one is accepted and says nothing.
    hub.greets = false;
    const frozen = hub.live();
    frozen.forEach((socket) => socket.freeze());
    const another = await tape.untilKind(place, 130, 'handshake');
    judge.say(
      'notices-silence',
      !!another,
      another ? `another socket after ${s(another.at - since)}` : 'no other socket within 130 s',
    );
    if (!another) {
      judge.unseen('notices-no-greeting', 'it did not open another socket');
      // Nobody else would.
      frozen.forEach((socket) => socket.cut());
      return;
    }
    place = tape.end;
    since = clock.now();
    const yet = await tape.untilKind(place, 70, 'handshake');
    judge.say(
      'notices-no-greeting',
      !!yet,
      yet ? `another try after ${s(yet.at - since)}` : 'still waits for a greeting after 70 s',
    );
    hub.behave();
    hub.sockets.filter((socket) => socket.isOpen && !socket.isLive).forEach((socket) => socket.cut());
  },
};
