/** How much faster the script goes in tests. Above it, a busy machine's own delays would look like those of a client. */
export const SPEED = Number(process.env.SPEED ?? 30);

/** How many scripts are played beside each other, for the same reason. */
export const BESIDE = 16;
