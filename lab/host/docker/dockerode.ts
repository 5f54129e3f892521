import { createRequire } from 'node:module';
import type Dockerode from 'dockerode';

const require = createRequire(import.meta.url);

/**
 * The client of Docker engines, without its sessions: those are for builds, which the lab leaves to `docker build`, and to load what they
 * stand on (gRPC, Protocol Buffers) takes longer than everything else of it.
 */
export const Docker = withoutSessions();

function withoutSessions(): typeof Dockerode {
  const file = require.resolve('dockerode/lib/session.js');
  require.cache[file] = { id: file, filename: file, loaded: true, exports: {} } as NodeJS.Module;
  return require('dockerode') as typeof Dockerode;
}
