import type { Scenario } from '../stage.ts';
import { closes } from './closes.ts';
import { frames } from './frames.ts';
import { hello } from './hello.ts';

/** In the order in which they are played: the last ones leave clients behind that have given up. */
export const SCENARIOS: readonly Scenario[] = [hello, frames, closes];
