import { readFileSync } from 'node:fs';
import type { Exercise } from '../../exercise/exercise.ts';
import { Evidence } from '../../exercise/judge/evidence.ts';
import type { Life, Stay } from '../../exercise/judge/life.ts';
import { referenceProgram } from '../../exercise/programs.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import { formatEndpoint, sameEndpoint } from '../../tcp/address.ts';
import { ACK } from '../../tcp/flags.ts';
import type { State } from '../../tcp/states.ts';

/** States that a socket has only when its peer has acknowledged its SYN. RFC 9293, section 3.3.2. */
const SYNCHRONIZED: ReadonlySet<State> = new Set<State>([
  ...(['ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSE_WAIT'] as const),
  ...(['CLOSING', 'LAST_ACK', 'TIME_WAIT'] as const),
]);

/** A socket that was there for less may have been missed between two looks, on a busy machine. */
const SEEN_MS = 500;

/** A program that uses the raw peer. */
const RAW = /['"]#lab\/raw['"]/;

/**
 * Where the three witnesses of a connection do not agree, a sentence each: what a host's kernel says of its socket, what arrived
 * there, and what the peer's kernel says of its own. The checks ask them one by one; here each socket is held against both others.
 */
export function disagreements(exercise: Exercise, timeline: TimelineData): string[] {
  const evidence = new Evidence(timeline);
  const kernels = ownKernelHosts(exercise);
  return evidence.hosts.flatMap((host) =>
    evidence.lives(host).flatMap((life) => {
      const stay = life.stays.find(({ state }) => SYNCHRONIZED.has(state));
      const peer = evidence.hosts.find(
        (other) => other !== host && evidence.isAt(other, life.remote.address),
      );
      if (stay === undefined || peer === undefined) return [];
      const claim = `The ${host}'s kernel shows ${stay.state} for ${formatEndpoint(life.local)} with ${formatEndpoint(life.remote)}`;
      if (!wasAnswered(evidence, life, peer))
        return [`${claim}, but nothing came from the ${peer} that acknowledges it.`];
      return !kernels.has(peer) || !lasted(life) || hasPeer(evidence, life, peer)
        ? []
        : [`${claim}, but the ${peer}'s kernel never had a socket for it.`];
    }),
  );
}

/** Whether a segment with an ACK came over the link, from the peer to the socket. */
function wasAnswered(evidence: Evidence, { host, local, remote }: Life, peer: string): boolean {
  return evidence
    .segments({ from: peer, to: host })
    .some(
      ({ loopback, segment: { source, destination, flags } }) =>
        loopback !== true &&
        (flags & ACK) !== 0 &&
        sameEndpoint(source, remote) &&
        sameEndpoint(destination, local),
    );
}

/** Whether it was ESTABLISHED, with nothing heard of an end, long enough for the peer's socket to be seen. */
function lasted({ stays }: Life): boolean {
  return stays.some(
    ({ state, fromMs, seenToMs }: Stay) => state === 'ESTABLISHED' && seenToMs - fromMs >= SEEN_MS,
  );
}

/** A listener counts, too: with a SYN cookie, or with a full queue, its kernel answers and remembers nothing. tcp(7), tcp_syncookies. */
function hasPeer(evidence: Evidence, { local, remote }: Life, peer: string): boolean {
  return (
    evidence.listeners(peer, remote.port).length > 0 ||
    evidence.lives(peer).some((life) => sameEndpoint(life.local, remote) && sameEndpoint(life.remote, local))
  );
}

/** The hosts of the student's programs, but for those where the reference makes its segments itself: there the kernel has no part in it. */
function ownKernelHosts({ cast }: Exercise): ReadonlySet<string> {
  return new Set(
    Object.values(cast).flatMap((role) =>
      'student' in role && !RAW.test(readFileSync(referenceProgram(role.reference), 'utf8'))
        ? [role.host]
        : [],
    ),
  );
}
