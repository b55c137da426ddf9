/** Intervals and patience. Unit: milliseconds. */
export interface Timing {
    /** Between two pings on an open socket. One that has stayed silent since the ping before is dead. Default 25,000, as the hub's own. */
    readonly heartbeat: number;
    /** For an answer to the ping sent when the page is shown or online again, and for the tab that owns the socket. Default 5,000. */
    readonly answer: number;
    /** From opening a socket to its greeting. Default 10,000. */
    readonly connect: number;
    /** For a REST call. Default 15,000. */
    readonly request: number;
    /** The window for the first new try; each one after has twice as much. The moment in it is random. Default 2,000. */
    readonly firstRetry: number;
    /** The largest window; while sockets cannot be had it is polled about twice in it. Default 60,000. */
    readonly lastRetry: number;
    /** How long a connection has to last for the next loss to count as the first one. Default 10,000. */
    readonly stable: number;
    /** How long marks and counts may differ before it is asked what another device has read. Default 1,000. */
    readonly doubt: number;
}
export declare const DEFAULT_TIMING: Timing;
