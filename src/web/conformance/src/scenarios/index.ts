import type { Scenario } from '../stage.ts';
import { closes } from './closes.ts';
import { crowd } from './crowd.ts';
import { failing } from './failing.ts';
import { frames } from './frames.ts';
import { heartbeat } from './heartbeat.ts';
import { hello } from './hello.ts';
import { limits } from './limits.ts';
import { marks } from './marks.ts';
import { order } from './order.ts';
import { outage } from './outage.ts';
import { polling } from './polling.ts';
import { refused } from './refused.ts';
import { silence } from './silence.ts';
import { tokens } from './tokens.ts';

/** In the order in which they are played: the last ones leave clients behind that have given up. */
export const SCENARIOS: readonly Scenario[] = [
  hello,
  frames,
  order,
  closes,
  heartbeat,
  silence,
  outage,
  polling,
  failing,
  marks,
  limits,
  crowd,
  tokens,
  refused,
];
