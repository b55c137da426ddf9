import { placeOf } from './place.js';

/** Shows or hides in the browser's top layer, where nothing of the page lies above or cuts off; without one, in the page. */
function layer(element: HTMLElement, on: boolean): void {
  if (element.isConnected && 'showPopover' in element && element.matches(':popover-open') !== on) {
    on ? element.showPopover() : element.hidePopover();
  }
}

export function showPanel(panel: HTMLElement, button: HTMLElement, on: boolean): void {
  layer(panel, on);
  if (on) {
    const isRtl = getComputedStyle(button).direction === 'rtl';
    const wanted = parseFloat(getComputedStyle(panel).getPropertyValue('--camelbell-panel-width')) || 400;
    const { left, width, top, bottom, room } = placeOf(
      button.getBoundingClientRect(),
      wanted,
      { width: document.documentElement.clientWidth, height: innerHeight },
      isRtl,
    );
    const at = (value: number | undefined) => (value === undefined ? 'auto' : `${value}px`);
    // The object model's way: a policy of the page that forbids inline styles does not concern it.
    Object.assign(panel.style, { left: at(left), width: at(width), top: at(top), bottom: at(bottom), maxHeight: at(room) });
  }
}

export function showToasts(toasts: HTMLElement, on: boolean): void {
  layer(toasts, on);
}

/** Colours of whoever has declared them: the page's `color-scheme`; where nobody has, the device's. */
export function followsDevice(host: HTMLElement): boolean {
  return getComputedStyle(host).colorScheme === 'normal';
}
