import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hubOf, ticketAddress } from '../src/hub.ts';
import { placeOf } from '../src/place.ts';
import { createSettings } from '../src/settings.ts';
import { nameOf, share } from '../src/shared.ts';
import { tokenFrom } from '../src/token.ts';

test('the hub is where the module came from', () => {
  assert.equal(hubOf('https://hub.example.org/bell/camelbell-bell.js'), 'https://hub.example.org');
  assert.equal(hubOf('https://example.org/hub/bell/1.0.0/camelbell-bell.js'), 'https://example.org/hub');
  assert.equal(hubOf('https://example.org/assets/main.js'), '/', 'bundled');
  assert.equal(hubOf('file:///src/bell/dist/x.js'), '/', 'on no server');
});

test('a ticket has an address when the page names one that can be opened', () => {
  const base = 'https://app.example.org/start';
  assert.equal(ticketAddress('/tickets/{ticket}', 5, base), 'https://app.example.org/tickets/5');
  assert.equal(ticketAddress('https://x.example/?t={ticket}&again={ticket}', 5, base), 'https://x.example/?t=5&again=5');
  assert.equal(ticketAddress(null, 5, base), '');
  assert.equal(ticketAddress('/tickets/{ticket}', 0, base), '');
  assert.equal(ticketAddress('javascript:alert({ticket})', 5, base), '');
  assert.equal(ticketAddress('http://[', 5, base), '');
});

const answering = (body: string, status = 200) => {
  const calls: string[] = [];
  const get = async (url: string) => {
    calls.push(url);
    return new Response(body, { status });
  };
  return { calls, get };
};

for (const body of ['{"access":"a.b.c"}', '{"token":"a.b.c"}', '"a.b.c"', ' a.b.c\n']) {
  test(`a token is found in ${body.trim()}`, async () => {
    const { calls, get } = answering(body);
    assert.equal(await tokenFrom('/token', 'https://app.example.org/x', get)(false), 'a.b.c');
    assert.deepEqual(calls, ['https://app.example.org/token']);
  });
}

test('a fresh token is asked for as such', async () => {
  const { calls, get } = answering('t');
  await tokenFrom('/token?a=b', 'https://app.example.org/', get)(true);
  assert.deepEqual(calls, ['https://app.example.org/token?a=b&fresh=1']);
});

for (const body of ['<!doctype html><title>Log in</title>', '{}', 'null', '{"access":5}', '']) {
  test(`there is no token in ${body || 'nothing'}`, async () => {
    await assert.rejects(async () => tokenFrom('/token', 'https://app.example.org/', answering(body).get)(false), /200 .*\/token has no token/);
  });
}

test('an address that never answers is given up, and the next try asks anew', async () => {
  let signal: AbortSignal | null | undefined;
  await tokenFrom('/token', 'https://app.example.org/', async (_, init) => {
    signal = init.signal;
    return new Response('t');
  })(false);
  assert.equal(signal?.aborted, false);
});

test('an answer that is an error says which one, without what was asked with it', async () => {
  await assert.rejects(async () => tokenFrom('/token?key=secret', 'https://app.example.org/', answering('', 401).get)(false), {
    message: '401 https://app.example.org/token',
  });
});

test('elements that ask for the same share one client, and the last one ends it', () => {
  const done: string[] = [];
  const make = () => ({ start: () => done.push('start'), stop: () => done.push('stop') }) as never;
  const [one, two] = [{}, {}];
  const first = share('key', one, true, make);
  assert.equal(share('key', two, true, make), first);
  assert.deepEqual([...first.users], [one, two]);
  first.leave(one);
  first.leave(one);
  assert.equal(done.includes('stop'), false);
  first.leave(two);
  assert.equal(done.at(-1), 'stop');
  assert.notEqual(share('key', one, true, make), first);
});

test('of several the first that can be seen speaks, and where none can, the first', () => {
  const user = (boxes: number) => ({ getClientRects: () => ({ length: boxes }) });
  const [hidden, narrow, wide] = [user(0), user(0), user(1)];
  const shared = share('speaker', hidden, false, () => ({}) as never);
  share('speaker', narrow, false, () => assert.fail());
  assert.equal(shared.speaker(), hidden);
  share('speaker', wide, false, () => assert.fail());
  assert.equal(shared.speaker(), wide);
});

test("a client of the page's own is neither started nor stopped", () => {
  const never = () => assert.fail();
  const bell = { start: never, stop: never } as never;
  share(bell, bell, false, () => bell).leave(bell);
});

test('the same callback has the same name', () => {
  const [one, two] = [() => 'a', () => 'a'];
  assert.equal(nameOf(one), nameOf(one));
  assert.notEqual(nameOf(one), nameOf(two));
});

test('what is remembered survives, and where nothing may be stored it holds for the page', () => {
  const stored = new Map<string, string>();
  const storage = { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value) } as Storage;
  createSettings(() => storage).set('muted', true);
  assert.equal(createSettings(() => storage).is('muted'), true);
  const forbidden = createSettings(() => {
    throw new Error('SecurityError');
  });
  assert.equal(forbidden.is('muted'), false);
  forbidden.set('muted', true);
  assert.equal(forbidden.is('muted'), true);
});

test('the panel stays in the window, below the button or where there is more room', () => {
  const box = (left: number, top: number) => ({ left, right: left + 40, top, bottom: top + 40 });
  const desktop = { width: 1280, height: 800 };
  assert.deepEqual(placeOf(box(1230, 8), 400, desktop, false), { left: 870, width: 400, top: 56, bottom: undefined, room: 736 });
  assert.equal(placeOf(box(10, 8), 400, desktop, false).left, 8, 'not beyond the start');
  assert.equal(placeOf(box(10, 8), 400, desktop, true).left, 10, 'right to left');
  assert.deepEqual(placeOf(box(10, 740), 400, desktop, false).bottom, 68, 'above');
  assert.deepEqual(placeOf(box(270, 8), 400, { width: 320, height: 640 }, false).width, 304);
});
