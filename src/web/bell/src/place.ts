/** A rectangle in the window. Unit: CSS pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Between the panel and the button, and between the panel and the window's edges. */
const GAP = 8;

/** Below this width of the window the panel takes all of it. */
export const NARROW = 480;

/**
 * Where the panel opens: below the button, or above where there is more room; with the edge of the button at which a line
 * of text ends, as long as that keeps it in the window.
 */
export function placeOf(button: Box, width: number, window: { width: number; height: number }, isRtl: boolean) {
  const below = window.height - button.bottom - 2 * GAP;
  const above = button.top - 2 * GAP;
  const isBelow = below >= 360 || below >= above;
  const most = window.width - 2 * GAP;
  const taken = window.width < NARROW ? most : Math.min(width, most);
  return {
    left: Math.max(GAP, Math.min(isRtl ? button.left : button.right - taken, most + GAP - taken)),
    width: taken,
    top: isBelow ? button.bottom + GAP : undefined,
    bottom: isBelow ? undefined : window.height - button.top + GAP,
    room: Math.max(160, isBelow ? below : above),
  };
}
