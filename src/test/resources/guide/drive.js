// Uses the guide's NotificationService as an application would, and reports what came of it. Runs in a browser and in
// Node, after the lines that define "test" (addresses, token) and the class itself.
const said = [];
const log = console.log;
console.log = (...words) => { said.push(words.join(' ')); log(...words); };

// Half a minute between heartbeats is long for a test.
const patient = globalThis.setInterval;
globalThis.setInterval = (action, wait) => patient(action, wait / 300);

// The class is written for browsers, where there is a window.
globalThis.window ??= globalThis;

const report = (step, result) =>
  fetch(test.report, { method: 'POST', body: JSON.stringify({ step, result: result ?? null }) });

const until = async (condition) => {
  while (!condition()) {
    await new Promise((resume) => setTimeout(resume, 10));
  }
};

const drive = async () => {
  const service = new NotificationService(test.apiUrl, test.wsUrl, test.token);
  const received = [];
  const pongs = [];
  service.subscribe((notification) => received.push(notification));
  service.connect();
  service.ws.addEventListener('message', (event) => {
    const frame = JSON.parse(event.data);
    if (frame.type === 'pong') {
      pongs.push(frame.timestamp);
    }
  });
  await until(() => said.some((line) => line.startsWith('User ID:')));
  await report('connected');
  await until(() => received.length > 0 && pongs.length > 0);
  await report('done', {
    said,
    received,
    pongs,
    now: Date.now(),
    all: await service.getNotifications(),
    filtered: await service.getNotifications({ is_read: false, notification_type: 'SYSTEM', page_size: 5 }),
    before: await service.getUnreadCount(),
    marked: await service.markAsRead(received[0].id),
    between: await service.getUnreadCount(),
    markedAll: await service.markAllAsRead(),
    after: await service.getUnreadCount(),
  });
};

drive().catch((failure) => report('failed', String(failure && failure.stack)));
