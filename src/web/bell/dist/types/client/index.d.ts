export { createBell } from './bell.js';
export { BellError } from './problem.js';
export type { BellProblem, ProblemCode } from './problem.js';
export type { ChannelLike, Environment, LocksLike, SocketLike } from './environment.js';
export type { Timing } from './timing.js';
export type { Bell, BellItem, BellOptions, BellSnapshot, BellStatus, Page, PageQuery, TokenSource, } from './types.js';
