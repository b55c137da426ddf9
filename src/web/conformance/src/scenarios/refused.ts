import type { Scenario } from '../stage.ts';

const WATCHED = 40;

/** The last one: whoever takes a no for a no stays away after it. */
export const refused: Scenario = {
  name: 'refused',
  title: 'every token is refused',
  seconds: 55,
  rules: ['refused-not-circled'],
  async play(stage) {
    const { hub, tape, judge } = stage;
    const { token } = await stage.settled();
    const place = tape.end;
    hub.onCall = () => ({
      status: 401,
      body: { detail: 'User is inactive', code: 'user_inactive' },
      headers: { 'WWW-Authenticate': 'Bearer realm="api"' },
    });
    hub.onHandshake = () => 401;
    hub.tokens.expire(token);
    hub.live().forEach((socket) => socket.close(4401));
    await stage.sleep(WATCHED);
    const asked = tape.from(place, 'call').length + tape.from(place, 'handshake').length;
    judge.say('refused-not-circled', asked <= 12 * stage.clients, `${asked} calls and tries in ${WATCHED} s`);
  },
};
