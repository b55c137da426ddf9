import { ASKING } from './asking.ts';
import type { Case } from './case.ts';
import { COMING_BACK } from './coming-back.ts';
import { CONNECTING } from './connecting.ts';
import { LASTING } from './lasting.ts';

export const CASES: readonly Case[] = [...CONNECTING, ...COMING_BACK, ...LASTING, ...ASKING];
