import type { Environment } from './environment.js';
import type { BellProblem } from './problem.js';
import type { Timing } from './timing.js';
/** One event that a person was told of: a row of type SYSTEM of the hub. Never changed in place; a change makes a new object. */
export interface BellItem {
    /** The hub's number of the notification; what marks and de-duplicates it. */
    readonly id: number;
    /** The event that it tells of, as the upstream system named it; empty when the hub does not say. */
    readonly eventId: string;
    /** Kind of event, such as `ticket_created`; empty when the hub does not say. */
    readonly eventType: string;
    readonly ticket: number;
    /** What somebody typed somewhere: show it as text, never as HTML. */
    readonly ticketTitle: string;
    /** As {@link ticketTitle}: text, never HTML. */
    readonly message: string;
    /** Null for one that came over the socket and was not loaded since. */
    readonly subject: string | null;
    /** `LOW`, `MEDIUM`, `HIGH` or `CRITICAL`; null for one that was only loaded: lists do not say it. */
    readonly priority: string | null;
    /** ISO 8601, UTC. */
    readonly createdAt: string;
    /** Also true while the hub has yet to confirm it. */
    readonly read: boolean;
    /** ISO 8601, UTC; null while unread, and when it was read elsewhere and not loaded since. */
    readonly readAt: string | null;
}
/**
 * How the bell stands to the hub.
 * - `stopped`: not started, or stopped; nothing is known
 * - `connecting`: no socket yet, or not any more; it is being tried
 * - `live`: what happens is here at once
 * - `polling`: no socket can be had; REST is asked again and again, and a socket tried each time
 * - `offline`: nothing can be reached; it is tried again
 * - `refused`: the hub does not want this person; it is tried again only on `retry()`, and when the page is shown or online
 */
export type BellStatus = 'stopped' | 'connecting' | 'live' | 'polling' | 'offline' | 'refused';
/** All there is to show. Immutable: the same object until something changes. */
export interface BellSnapshot {
    readonly status: BellStatus;
    /** What is wrong, null when nothing is. It may stand beside any status: polling has its cause, too. */
    readonly problem: BellProblem | null;
    /** The badge: unread events as the hub counts them, never counted here. Null until the hub has said it. */
    readonly unread: number | null;
    /** Newest first, each event once. */
    readonly items: readonly BellItem[];
    /** Whether `loadMore()` has older ones; true until the end was seen. */
    readonly hasMore: boolean;
    /** Whether a list is on its way. */
    readonly loading: boolean;
    /** Whether this is the tab that owns the socket: the one to make a sound or a browser notification. */
    readonly leader: boolean;
}
/**
 * Gives an access token.
 * @param fresh true: the token given last was refused or ends soon; fetch another one. False: a kept one will do.
 */
export type TokenSource = (fresh: boolean) => string | Promise<string>;
/** What to list. All are optional and narrow the list. */
export interface PageQuery {
    readonly ticket?: number;
    /** Unread ones only. */
    readonly unread?: boolean;
    /** Where to go on, from {@link Page.cursor}; left out: the newest. */
    readonly cursor?: string;
    /** Items a page, 1 to 100. */
    readonly size?: number;
}
/** A stretch of a list. */
export interface Page {
    readonly items: readonly BellItem[];
    /** Where older ones go on; null at the end. */
    readonly cursor: string | null;
}
/** @see createBell */
export interface BellOptions {
    /** Where the hub is: `https://hub.example.org`, or a path on the page's own host. A path is kept: `/hub` has `/hub/api/…`. */
    readonly hub: string | URL;
    readonly token: TokenSource;
    /** Items that the list begins with and that `loadMore()` adds, 1 to 100. Default 30. */
    readonly pageSize?: number;
    /** Whether the tabs of one person share one socket. Default true, where Web Locks and BroadcastChannel exist. */
    readonly shareTabs?: boolean;
    /** Intervals and patience; those left out keep their defaults. */
    readonly timing?: Partial<Timing>;
    /** What is taken from the surroundings; for tests, and for places that lack something (Node 20: `WebSocket`). */
    readonly environment?: Partial<Environment>;
}
/** @see createBell */
export interface Bell {
    /** Connects. Has no effect when started. */
    start(): void;
    /** Closes the connection and forgets everything: the person logs out. `start()` begins anew. */
    stop(): void;
    /** Tries now, instead of when its time comes; also after `refused`. At most once a second, and not before the hub's `Retry-After`. */
    retry(): void;
    /** The newest snapshot. Needs no `this`. */
    getSnapshot(): BellSnapshot;
    /** Calls back after each change, synchronously, until the returned function is called. Needs no `this`. */
    subscribe(changed: () => void): () => void;
    /**
     * Calls back once for each notification that is new since the list was first loaded, also for those missed while
     * away (`createdAt` tells), in every tab (`leader` tells). Not after an absence so long that the list begins anew.
     */
    onNotification(arrived: (item: BellItem) => void): () => void;
    /**
     * Marks one event as read, at once in the snapshot and taken back when that is refused.
     * @throws {@link BellError} `not-found` when there is no such notification, or why the hub could not be asked
     */
    markRead(id: number): Promise<void>;
    /**
     * Marks as read what is listed, or of it what belongs to a ticket; what arrives meanwhile stays unread. At once in the
     * snapshot and taken back when that is refused.
     * @throws {@link BellError} why the hub could not be asked
     */
    markAllRead(of?: {
        readonly ticket?: number;
    }): Promise<void>;
    /**
     * Adds older items to the snapshot; has no effect at the end or while more are on their way.
     * @throws {@link BellError} why the hub could not be asked
     */
    loadMore(): Promise<void>;
    /**
     * Lists something else, such as one ticket, beside the snapshot and without changing it.
     * @throws {@link BellError} why the hub could not be asked
     */
    list(query?: PageQuery): Promise<Page>;
}
