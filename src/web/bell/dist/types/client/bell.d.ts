import type { Bell, BellOptions } from './types.js';
/**
 * A bell for one person: connected by `start()`, to be read by `getSnapshot()` and `subscribe()`. It never throws for what
 * the hub, the network or the token callback do: `problem` says what is wrong, and it goes on trying. For another person,
 * stop it and create another one.
 */
export declare function createBell(options: BellOptions): Bell;
