import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Hub } from './hub.ts';
import type { Json } from './tape.ts';

/** One connection as the hub sees it. It answers as a hub does, until the script has it do otherwise. */
export class HubSocket {
  /** Whether the client is to be counted on: greeted, and neither closed nor closing nor frozen. */
  isLive = false;
  /** From its opening until the client or the script ends it. */
  isOpen = true;
  greetedAt = Infinity;
  private isFrozen = false;
  private endedByHub = false;
  private forget = () => {};

  constructor(
    private readonly hub: Hub,
    private readonly line: WebSocket,
    private readonly wire: Socket,
    public token: string,
    readonly since: number,
  ) {
    line.on('message', (data, isBinary) => this.heard(String(data), isBinary));
    line.on('ping', () => hub.tape.add({ kind: 'ping', socket: this }));
    line.on('pong', () => hub.tape.add({ kind: 'pong', socket: this }));
    line.on('error', () => {});
    line.on('close', (code) => {
      this.forget();
      this.isOpen = this.isLive = false;
      hub.tape.add({ kind: 'closed', socket: this, code, byHub: this.endedByHub });
    });
    this.watchToken();
  }

  greet(): void {
    const { rows, clock } = this.hub;
    this.send({
      type: 'connection_established',
      message: 'Connected successfully as ada',
      user_id: 1,
      seq: rows.seq,
      ...rows.counts(),
    });
    this.isLive = this.isOpen;
    this.greetedAt = clock.now();
    if (this.since >= 0) {
      this.replay(this.since);
    }
  }

  send(frame: unknown): void {
    const { seq } = Object(frame) as Json;
    if (typeof seq === 'number' && (this.hub.told === 0 || !('type' in Object(frame)))) {
      this.hub.told = Math.max(this.hub.told, seq);
    }
    this.line.send(typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame));
  }

  /** A ping of the protocol. */
  ping(): void {
    this.line.ping();
  }

  close(code: number): void {
    this.ending();
    this.line.close(code);
  }

  /** As when a cable is cut: no close frame. */
  cut(): void {
    this.ending();
    this.line.terminate();
  }

  /** As when the network has gone and nobody was told: nothing comes, nothing is taken, no ping is answered. */
  freeze(): void {
    this.ending();
    this.isFrozen = true;
    this.wire.pause();
  }

  private ending(): void {
    this.isOpen = this.isLive = false;
    this.endedByHub = true;
  }

  private watchToken(): void {
    this.forget();
    const left = Math.max(0, this.hub.tokens.remaining(this.token));
    this.forget = this.hub.clock.after(left, () => this.close(4401));
  }

  private replay(since: number): void {
    const frames = this.hub.rows.after(since);
    frames ? frames.forEach((frame) => this.send(frame)) : this.send({ type: 'resync' });
  }

  private heard(text: string, isBinary: boolean): void {
    let frame: Json | null = null;
    try {
      const parsed: unknown = JSON.parse(text);
      frame = !isBinary && parsed && typeof parsed === 'object' && !Array.isArray(parsed) ? (parsed as Json) : null;
    } catch {}
    this.hub.tape.add({ kind: 'frame', socket: this, frame, bytes: Buffer.byteLength(text) });
    if (!this.isFrozen) {
      this.answer(frame);
    }
  }

  private answer(frame: Json | null): void {
    if (!frame) {
      this.send({ type: 'error', code: 'invalid_frame', message: 'A frame is one JSON object.' });
    } else if (frame.type === 'ping') {
      this.send({ type: 'pong', timestamp: frame.timestamp ?? null });
    } else if (frame.type === 'resume' && typeof frame.seq === 'number' && this.hub.replays) {
      this.replay(frame.seq);
    } else if (frame.type === 'refresh') {
      const token = String(frame.token);
      if (this.hub.tokens.isGood(token)) {
        this.token = token;
        this.watchToken();
      } else {
        this.send({ type: 'error', code: 'token_not_valid', message: 'The token is not good.' });
      }
    }
  }
}
