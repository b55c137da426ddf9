import { h } from '../dom.js';

const draw = (path: string) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
);

const SPEAKER = 'M11 5 7 9H3v6h4l4 4z';

export const bell = draw('M18 9A6 6 0 0 0 6 9c0 6-2 7-2 7h16s-2-1-2-7m-8 11a2 2 0 0 0 4 0');
export const checks = draw('m2 12.5 5 4.5 9-9M12 16l1 1 9-9');
export const cross = draw('m6 6 12 12m0-12L6 18');
export const loud = draw(`${SPEAKER}m4 4a5 5 0 0 1 0 6m3-9a9 9 0 0 1 0 12`);
export const quiet = draw(`${SPEAKER}m5 4.5 5 5m0-5-5 5`);
export const device = draw('M4 5h16v11H4zm5 15h6m-3-4v4');
export const warning = draw('M12 4 2 20h20zm0 6v5m0 2v.1');
