import { QueueError } from './queue-error.ts';

/** Where a Redis is. */
export interface RedisAddress {
  /** For people, without the password: `Redis at 127.0.0.1:6379`. */
  readonly place: string;
  /** What ioredis takes. */
  readonly options:
    | { readonly path: string }
    | {
        readonly host: string;
        readonly port: number;
        readonly username?: string;
        readonly password?: string;
        readonly db?: number;
        readonly tls?: Record<string, never>;
      };
}

const FORMS =
  'redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE], the same with rediss:// for TLS, or /PATH/OF/SOCKET';

/**
 * The address in a word: `redis://` or `rediss://` and so on, or the path of a Unix socket.
 * @throws QueueError `address`
 */
export function redisAddress(word: string): RedisAddress {
  if (word.startsWith('/')) return { place: `Redis at ${word}`, options: { path: word } };
  let url: URL;
  try {
    url = new URL(word);
  } catch {
    throw wrong();
  }
  const { protocol, hostname, port, username, password, pathname } = url;
  const database = /^\/?(\d*)$/.exec(pathname)?.[1];
  if (!['redis:', 'rediss:'].includes(protocol) || hostname === '' || database === undefined) throw wrong();
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const portNumber = port === '' ? 6379 : Number(port);
  return {
    place: `Redis at ${hostname}:${portNumber}`,
    options: {
      host,
      port: portNumber,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(database === '' ? {} : { db: Number(database) }),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    },
  };
}

/** The word itself is not repeated: it may have a password in it. */
function wrong(): QueueError {
  return new QueueError('address', `This is no address of a Redis. Write ${FORMS}.`);
}
