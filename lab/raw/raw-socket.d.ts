/** The part of the npm package raw-socket 1.8 that this lab uses. */
declare module 'raw-socket' {
  import type { EventEmitter } from 'node:events';

  interface SocketEvents {
    message: [bytes: Buffer, source: string];
    error: [error: Error];
    close: [];
  }

  export interface Socket extends EventEmitter<SocketEvents> {
    /** Sends as soon as the socket is writable. */
    send(
      bytes: Uint8Array,
      offset: number,
      length: number,
      address: string,
      sent: (error: Error | null, bytes: number) => void,
    ): this;
    setOption(level: number, option: number, value: Uint8Array | number, length?: number): void;
    pauseRecv(): this;
    close(): this;
    /** The socket below, without the queue: its `send` is one sendto(2) at once. */
    readonly wrap: {
      send(
        bytes: Uint8Array,
        offset: number,
        length: number,
        address: string,
        sent: (bytes: number) => void,
      ): void;
    };
  }

  const raw: {
    createSocket(options: { protocol: number; addressFamily: number; bufferSize?: number }): Socket;
    readonly AddressFamily: { readonly IPv4: number; readonly IPv6: number };
    readonly Protocol: { readonly TCP: number };
  };
  export default raw;
}
