/** The part of a WebSocket that is used. */
export interface SocketLike {
    onopen: ((event: any) => void) | null;
    onmessage: ((event: any) => void) | null;
    onclose: ((event: any) => void) | null;
    onerror: ((event: any) => void) | null;
    send(text: string): void;
    close(code?: number): void;
}
/** The part of a BroadcastChannel that is used. */
export interface ChannelLike {
    onmessage: ((event: any) => void) | null;
    postMessage(message: unknown): void;
    close(): void;
}
/** The part of the Web Locks API that is used. */
export interface LocksLike {
    request(name: string, options: {
        steal?: boolean;
        signal?: AbortSignal;
    }, held: () => Promise<void>): Promise<unknown>;
}
/** All that the client takes from its surroundings, by default from the page. What is undefined is done without. */
export interface Environment {
    readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
    /** Undefined: it is polled. */
    readonly WebSocket: (new (url: string) => SocketLike) | undefined;
    /** Undefined, this one or `locks`: each tab has its own socket. */
    readonly BroadcastChannel: (new (name: string) => ChannelLike) | undefined;
    readonly locks: LocksLike | undefined;
    /** What a hub without scheme and host is relative to; undefined: it needs both. */
    readonly base: string | undefined;
    /** False only when it is certain that there is no network. */
    readonly isOnline: () => boolean;
    /** Whether nobody can see the page now. */
    readonly isHidden: () => boolean;
    /**
     * Calls back when one of these two may have changed, or the page was restored, and with `pagehide` before the page is
     * put away, until the signal is aborted.
     */
    readonly watch: (changed: (event?: {
        readonly type: string;
    }) => void, options: {
        signal: AbortSignal;
    }) => void;
    readonly setTimeout: (run: () => void, ms: number) => unknown;
    readonly clearTimeout: (handle: any) => void;
    /** Milliseconds since 1970. */
    readonly now: () => number;
    /** From 0 to below 1. */
    readonly random: () => number;
}
/** What is there where this runs, with other things in its place where these are given. */
export declare function environmentWith(others?: Partial<Environment>): Environment;
