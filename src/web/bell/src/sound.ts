/** Notes of a chime: hertz, and seconds from its beginning. */
const HIGH: readonly (readonly [hertz: number, at: number])[] = [
  [659, 0],
  [880, 0.14],
];

/** The same twice, higher: it must not be taken for the other. */
const CRITICAL = [0, 0.45].flatMap((later) => HIGH.map(([hertz, at]) => [hertz * 1.335, at + later] as const));

export interface Sound {
  play(priority: string | null): void;
}

/**
 * Plays a chime for high and critical priority. Browsers allow sounds once somebody has touched the page, so it is made
 * ready then; before, it stays silent.
 */
export function createSound(): Sound {
  let context: AudioContext | undefined;
  let last = -1;
  const allow = () => {
    if (typeof AudioContext !== 'undefined') {
      context ??= new AudioContext();
      void context.resume();
    }
  };
  ['pointerdown', 'keydown'].forEach((type) => addEventListener(type, allow, { once: true, capture: true }));
  return {
    play(priority) {
      const notes = priority === 'CRITICAL' ? CRITICAL : priority === 'HIGH' ? HIGH : [];
      // Of several at once, such as those missed while away, one is heard.
      if (context?.state === 'running' && notes.length && context.currentTime > last + 1) {
        last = context.currentTime;
        notes.forEach(([hertz, at]) => note(context!, hertz, at));
      }
    },
  };
}

function note(context: AudioContext, hertz: number, at: number): void {
  const start = context.currentTime + at;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(0.12, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.4);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + 0.4);
}
