import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Access tokens and one-time tickets as the hub knows them. Nobody can tell them from real ones but by the signature. */
export class Tokens {
  private readonly ends = new Map<string, number>();
  private readonly tickets = new Map<string, string>();
  private readonly used = new Set<string>();

  constructor(private readonly clock: Clock) {}

  /** @param seconds until it ends */
  issue(user: number, seconds: number): string {
    const now = this.clock.wall() / 1000;
    // Whole seconds, as tokens have them, where a second is long.
    const whole = (time: number) => (this.clock.speed === 1 ? Math.floor(time) : time);
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      token_type: 'access',
      iat: whole(now),
      exp: whole(now + seconds),
      jti: randomBytes(8).toString('hex'),
      user_id: user,
    };
    const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${randomBytes(32).toString('base64url')}`;
    this.ends.set(token, now + seconds);
    return token;
  }

  /** Ends it now. */
  expire(token: string): void {
    if (this.ends.has(token)) {
      this.ends.set(token, 0);
    }
  }

  /** Lets it be good again, for a client that has no other. */
  revive(token: string): void {
    this.ends.set(token, this.clock.wall() / 1000 + 24 * 3600);
  }

  knows(token: string): boolean {
    return this.ends.has(token);
  }

  isGood(token: string): boolean {
    return this.remaining(token) > 0;
  }

  /** Seconds until it ends; negative when it has, or is none. */
  remaining(token: string): number {
    return (this.ends.get(token) ?? 0) - this.clock.wall() / 1000;
  }

  ticket(token: string): string {
    const ticket = randomBytes(24).toString('base64url');
    this.tickets.set(ticket, token);
    return ticket;
  }

  /** The token that it was had with; undefined when it is none. */
  ofTicket(ticket: string): string | undefined {
    return this.tickets.get(ticket);
  }

  /** True the first time. */
  use(ticket: string): boolean {
    const isFirst = this.tickets.has(ticket) && !this.used.has(ticket);
    this.used.add(ticket);
    return isFirst;
  }
}
