import { svg, html, type TemplateResult } from 'lit-html';

const draw = (path: TemplateResult) =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${path}</svg>`;

export const bell = draw(svg`<path d="M18 9a6 6 0 0 0-12 0c0 6-2.5 7.5-2.5 7.5h17S18 15 18 9M10 20a2.3 2.3 0 0 0 4 0"/>`);
export const check = draw(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`);
export const checks = draw(svg`<path d="m2 12.5 4.5 4.5L15 8.5M11.5 16l1 1L22 7.5"/>`);
export const cross = draw(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const loud = draw(svg`<path d="M11 5 6.5 9H3v6h3.500L11 19zM15 9a4.500 4.500 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11"/>`);
export const quiet = draw(svg`<path d="M11 5 6.5 9H3v6h3.500L11 19zM16 9.500l5 5M21 9.500l-5 5"/>`);
export const device = draw(svg`<path d="M4 5h16v11H4zM9 20h6M12 16v4"/>`);
export const warning = draw(svg`<path d="M12 4 2.500 20h19zM12 10v4.500M12 17.200v.1"/>`);
export const tray = draw(svg`<path d="M4 13 6.500 5h11L20 13v6H4zM4 13h4.500l1.500 2.500h4L15.500 13H20"/>`);
