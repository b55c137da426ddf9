import { WebSocket } from 'ws';
import type { Environment } from '../../../client/src/index.ts';

type Frame = Record<string, any>;

/** What is changed about a connection. */
export interface Changes {
  readonly address?: (url: URL) => void;
  readonly wsOptions?: object;
  readonly opened?: (line: Line, url: URL) => void;
  /** What comes from the hub; null: the client does not get it. A text where it is no JSON object. */
  readonly comes?: (frame: Frame | string, line: Line) => unknown;
  /** What goes to the hub; null: it does not. */
  readonly goes?: (frame: Frame, line: Line) => Frame | null;
  readonly closes?: (code: number) => number;
}

/** A connection that is not quite what the client takes it for. */
export class Line {
  onopen: ((event: any) => void) | null = null;
  onmessage: ((event: any) => void) | null = null;
  onclose: ((event: any) => void) | null = null;
  onerror: ((event: any) => void) | null = null;
  readonly ws: WebSocket;

  constructor(
    url: string,
    private readonly changes: Changes,
  ) {
    const address = new URL(url);
    changes.address?.(address);
    this.ws = new WebSocket(address.href, changes.wsOptions);
    this.ws.onopen = () => changes.opened?.(this, address);
    this.ws.onerror = () => this.onerror?.({});
    this.ws.onclose = ({ code }) => this.onclose?.({ code: changes.closes?.(code) ?? code });
    this.ws.onmessage = ({ data }) => {
      let frame: Frame | string = String(data);
      try {
        const parsed = JSON.parse(frame);
        frame = parsed && typeof parsed === 'object' ? parsed : frame;
      } catch {}
      const changed = changes.comes ? changes.comes(frame, this) : frame;
      if (changed !== null) {
        this.onmessage?.({ data: typeof changed === 'string' ? changed : JSON.stringify(changed) });
      }
    };
  }

  send(text: string): void {
    const frame = this.changes.goes ? this.changes.goes(JSON.parse(text), this) : JSON.parse(text);
    if (frame && this.ws.readyState === WebSocket.OPEN) {
      this.ws.send(JSON.stringify(frame));
    }
  }

  close(code?: number): void {
    this.ws.close(code);
  }
}

export function lineWith(changes: Changes): NonNullable<Environment['WebSocket']> {
  return class extends Line {
    constructor(url: string) {
      super(url, changes);
    }
  };
}
