/** `must`: people miss or see wrong things where it is broken, or the hub suffers. `should`: the same, but rarely. */
export type Level = 'must' | 'should';

export interface Rule {
  readonly level: Level;
  /** What a good client does. */
  readonly good: string;
  /** The part of the page that says how. */
  readonly part: string;
}

const must = (part: string, good: string): Rule => ({ level: 'must', good, part });
const should = (part: string, good: string): Rule => ({ level: 'should', good, part });

/** Every rule by its id, which never changes. */
export const RULES = {
  connects: must('the-sequence-of-calls', 'opens one WebSocket at /ws/notifications/ when it is started'),
  'loads-first': must('the-sequence-of-calls', 'asks by REST for what happened before it came'),
  'one-socket': must('the-sequence-of-calls', 'has one socket at a time'),
  'token-not-in-address': should(
    'tokens-and-tickets',
    'opens the socket with a one-time ticket, or with a header: addresses stand in logs',
  ),
  'ticket-once': must('tokens-and-tickets', 'fetches a new ticket for every try'),
  'frames-valid': must('what-a-client-sends', 'sends only JSON objects of a type that the hub knows, below 8 KiB'),
  'few-frames': must('what-a-client-sends', 'sends far fewer than 50 frames a second'),
  'answers-pings': must('heartbeat', "answers the hub's ping with a pong (WebSocket libraries do)"),
  'sends-heartbeat': should('heartbeat', 'sends a ping now and then, and so notices a dead line'),
  'one-heartbeat': must('heartbeat', 'has one heartbeat timer, however often it reconnected'),
  'notices-silence': must(
    'heartbeat',
    'opens another socket when nothing has come for a minute or two, not even a pong',
  ),
  'notices-no-greeting': should('heartbeat', 'gives up on a socket that does not greet it'),
  'quiet-when-live': should('polling', 'does not poll while its socket is open'),
  'burst-not-asked': must(
    'what-each-frame-means',
    'takes the badge from the frame, and asks nothing for each notification',
  ),
  'ignores-unknown': must(
    'what-each-frame-means',
    'ignores types and fields that it does not know, and stays connected',
  ),
  'survives-garbage': must('what-each-frame-means', 'stays connected and goes on when a frame is no JSON object'),
  'takes-large': must('what-each-frame-means', 'takes a notification of 100 KB'),
  'each-once': must('gaps-and-resync', 'shows a notification once, however often it comes'),
  'list-complete': must('gaps-and-resync', 'shows what it missed'),
  badge: must('badge', "shows the number of the hub's last word, and counts nothing by itself"),
  'badge-counts-events': should('badge', 'shows unread events (by_type.SYSTEM), not rows: one event is up to three'),
  'asks-after-gap': must('gaps-and-resync', 'asks for what is missing (resume, or REST) when seq jumps'),
  'place-behind-gap': must('gaps-and-resync', 'comes back with the last seq before a gap, not with the newest'),
  'out-of-order': must('gaps-and-resync', 'takes frames that change places as they are, without a new socket'),
  'resync-loads': must('gaps-and-resync', 'loads by REST after resync'),
  since: should('gaps-and-resync', 'comes back with since (or sends resume), and exactly where it was'),
  'close-1001': must('close-codes', 'comes back after 1001 (no sign of life) and fetches what it missed'),
  'close-1006': must('close-codes', 'comes back after 1006 (the line was cut) and fetches what it missed'),
  'close-1011': must('close-codes', 'comes back after 1011 (a fault of the hub) and fetches what it missed'),
  'close-1012': must('close-codes', 'comes back after 1012 (the node stops) and fetches what it missed'),
  'close-4401': must('close-codes', 'comes back after 4401 with a fresh token'),
  'close-4408': must('close-codes', 'comes back after 4408 (read too slowly) and fetches what it missed'),
  'close-4409': should(
    'close-codes',
    'comes back rarely after 4409 (too many connections): at most four times in half a minute',
  ),
  'close-4429': should(
    'close-codes',
    'comes back rarely after 4429 (too many frames): at most four times in half a minute',
  ),
  'close-unknown': should('close-codes', 'takes a code that it does not know as 1006'),
  spread: must('reconnecting', 'comes back at a random moment, or all clients come back in one'),
  'crowd-spread': must('reconnecting', 'does not come back at the same moment as the others'),
  'backs-off': must('reconnecting', 'tries less often the longer the hub is away'),
  'no-storm': must('reconnecting', 'never tries ten times in ten seconds'),
  'comes-back': must('reconnecting', 'comes back by itself after an outage of a minute, within another'),
  patient: should('reconnecting', 'waits for a slow answer instead of asking again beside it'),
  'retry-after': must('reconnecting', 'asks nothing before Retry-After is over'),
  'rest-401': must('tokens-and-tickets', 'asks once more with a fresh token when REST answers 401'),
  'refresh-in-band': should('tokens-and-tickets', 'sends a fresh token on the open socket before the old one ends'),
  'refused-not-circled': must('tokens-and-tickets', 'does not ask in a circle when fresh tokens are refused too'),
  polls: should('polling', 'polls by REST where no socket can be had'),
  'polls-gently': must('polling', 'polls at most every few seconds'),
  'back-to-socket': must('polling', 'goes back to a socket when one can be had'),
  'rest-retried': must('gaps-and-resync', 'asks again, a little later, when REST fails in the middle'),
  'marks-one': must('marking-as-read', 'marks the id of the notification that the person read'),
  'marks-event': should('marking-as-read', "marks the same event's other rows with it (?event=1)"),
  'marks-up-to': should('marking-as-read', 'marks all only up to what the person has seen (?up_to=)'),
  'mark-taken-back': must('marking-as-read', 'shows as unread again what the hub refused to mark'),
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;
