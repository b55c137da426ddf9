import { WebSocket } from 'ws';

/**
 * A browser's WebSocket: what a handler throws is reported, and the page goes on.
 * @param report what was thrown
 */
export function browserSocket(report: (error: unknown) => void) {
  return class {
    static readonly OPEN = WebSocket.OPEN;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onclose: ((event: { code: number }) => void) | null = null;
    onerror: ((event: unknown) => void) | null = null;
    private readonly ws: WebSocket;

    constructor(url: string) {
      this.ws = new WebSocket(url);
      this.ws.onopen = () => this.run(() => this.onopen?.());
      this.ws.onmessage = ({ data }) => this.run(() => this.onmessage?.({ data }));
      this.ws.onclose = ({ code }) => this.run(() => this.onclose?.({ code }));
      this.ws.onerror = (event) => this.run(() => this.onerror?.(event));
    }

    get readyState(): number {
      return this.ws.readyState;
    }

    send(text: string): void {
      this.ws.send(text);
    }

    close(): void {
      this.ws.readyState === WebSocket.CONNECTING ? this.ws.terminate() : this.ws.close();
    }

    private run(handler: () => void): void {
      try {
        handler();
      } catch (error) {
        report(error);
      }
    }
  };
}
