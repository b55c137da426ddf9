import { isList, type Scenario } from '../stage.ts';

const WATCHED = 90;

/** A proxy stops WebSockets; REST works. */
export const polling: Scenario = {
  name: 'polling',
  title: 'no socket can be had, REST works; then one can',
  seconds: 150,
  rules: ['polls', 'polls-gently', 'back-to-socket'],
  async play(stage) {
    const { hub, tape, judge } = stage;
    await stage.settled();
    const place = tape.end;
    hub.onHandshake = () => 403;
    hub.live().forEach((socket) => socket.cut());
    await stage.sleep(WATCHED);
    const polls = tape.from(place, 'call', (event) => isList(event) || event.path === 'unread_count/');
    judge.say('polls', polls.length > 0, `${polls.length} calls by REST for list or count in ${WATCHED} s`);
    polls.length
      ? judge.say(
          'polls-gently',
          polls.length <= (WATCHED / 3) * stage.clients,
          `${polls.length} calls for list or count in ${WATCHED} s`,
        )
      : judge.unseen('polls-gently', 'does not poll');
    const back = tape.end;
    hub.behave();
    const shake = await tape.untilKind(back, 90, 'handshake', ({ status }) => status === 101);
    judge.say('back-to-socket', !!shake, shake ? 'back' : 'no socket within 90 s after one could be had');
  },
};
