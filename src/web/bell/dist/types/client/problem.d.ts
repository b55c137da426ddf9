/**
 * What can be wrong, and what to do.
 * - `token-callback`: the token callback failed, or gave no token; the message has its error
 * - `refused`: the hub refuses the token, and a fresh one too (401, 4401): log in
 * - `other-user`: the token callback gives tokens of somebody else than before: stop this bell, create another
 * - `forbidden`: the hub, or a gateway before it, answered 403
 * - `wrong-address`: something answers at this address, but no hub: correct `hub`
 * - `origin-refused`: the address answers, but not to pages from here: have the page's origin allowed
 *   (`camelbell.http.allowed-origins`), if it is a hub
 * - `unreachable`: nothing answers at this address: correct `hub`, or wait
 * - `offline`: the device says that it has no network
 * - `throttled`: too many calls (429, 4429)
 * - `unavailable`: the hub cannot answer now (5xx)
 * - `too-many-connections`: the person has as many sockets as one may have (4409): close tabs, or leave `shareTabs` on
 * - `no-socket`: REST works, WebSocket does not: a proxy or a policy of the page stops it, or its origin is not allowed
 * - `not-found`: no such notification of this person
 * - `rejected`: the hub did not understand a call
 * - `unexpected`: a fault in here or in what was injected; `cause` has it
 */
export type ProblemCode = 'token-callback' | 'refused' | 'other-user' | 'forbidden' | 'wrong-address' | 'origin-refused' | 'unreachable' | 'offline' | 'throttled' | 'unavailable' | 'too-many-connections' | 'no-socket' | 'not-found' | 'rejected' | 'unexpected';
/** What is wrong. The code is for programs and says what to tell people; the message is for whoever builds the page. */
export interface BellProblem {
    readonly code: ProblemCode;
    /** The code and what was found, such as `wrong-address: 404 https://example.org/api/notifications/`. Holds no token. */
    readonly message: string;
}
/** Why a call failed. */
export declare class BellError extends Error implements BellProblem {
    readonly code: ProblemCode;
    /** Milliseconds that the hub asked to wait; 0 when it did not. */
    readonly retryAfter: number;
}
/** Whatever was thrown, as a problem. Also what nobody foresaw: it must not end the tries. */
export declare function problemOf(error: unknown): BellError;
/** The hub has said no; asking again by itself would only be a storm. */
export declare function isFinal(code: ProblemCode): boolean;
