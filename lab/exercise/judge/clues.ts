import { basename } from 'node:path';
import type { ProgramEvent } from '../../observe/timeline.ts';
import { formatEndpoint } from '../../tcp/address.ts';
import type { State } from '../../tcp/states.ts';
import type { Exercise } from '../exercise.ts';
import type { Plan } from '../plan.ts';
import type { Evidence } from './evidence.ts';
import { type Life, stayIn } from './life.ts';

/**
 * What else the run shows that may explain a failed check: a program that ended, a socket in the wrong place, a state on the
 * wrong host. Sentences for people; they never change a verdict.
 */
export function clues(
  exercise: Exercise,
  evidence: Evidence,
  plan: Plan,
  missing: State | undefined,
): string[] {
  return [
    ...new Set(
      endedPrograms(exercise, evidence)
        .filter(({ because = '' }) => !exercise.mayEndWith?.some((error) => because.includes(error)))
        .flatMap(endSentences),
    ),
    ...strayListeners(exercise, evidence, plan),
    ...strayClients(exercise, evidence, plan),
    ...(missing === undefined ? [] : wrongHost(exercise, evidence, missing)),
    ...boasts(exercise, evidence),
  ];
}

/** The ends of the student's programs that ended before the lab stopped them. */
export function endedPrograms(exercise: Exercise, evidence: Evidence): ProgramEvent[] {
  const provided = providedPrograms(exercise);
  return evidence
    .programs()
    .filter(
      ({ action, because, program }) => action === 'ended' && because !== undefined && !provided.has(program),
    );
}

/** A program of the lab that failed before anything of its host was seen: whatever is missing then is not the student's. */
export function brokenProvided(exercise: Exercise, evidence: Evidence): ProgramEvent | undefined {
  const provided = providedPrograms(exercise);
  return evidence.programs().find(({ action, because, how, host, program }) => {
    if (action !== 'ended' || because === undefined || how === 'exit code 0' || !provided.has(program))
      return false;
    return evidence.lives(host).length === 0 && evidence.segments({ from: host }).length === 0;
  });
}

/** How a program ended, as sentences; what to do about it only for one that failed. */
function endSentences({ because, advice, how }: ProgramEvent): string[] {
  const failed = how !== 'exit code 0';
  return [`${because}.`, ...(failed && advice !== undefined ? [advice] : [])];
}

/** The names of the programs that the lab provides. */
function providedPrograms({ cast }: Exercise): ReadonlySet<string> {
  return new Set(
    Object.values(cast).flatMap((role) => ('provided' in role ? [basename(role.provided)] : [])),
  );
}

/** The hosts on which a student's program runs. */
export function studentHosts({ cast }: Exercise): string[] {
  return [
    ...new Set(
      Object.values(cast).flatMap((role) =>
        'student' in role && role.answers === undefined ? [role.host] : [],
      ),
    ),
  ];
}

/** The addresses of a listener that takes whatever comes to its host. */
const ANY = ['0.0.0.0', '::'];

/** Listeners of a student's host that are not where they should be. */
function strayListeners(exercise: Exercise, evidence: Evidence, plan: Plan): string[] {
  // Beside a program that the lab provides, nobody knows whose listener it is.
  const shared = new Set(
    Object.values(exercise.cast).flatMap((role) => ('provided' in role ? [role.host] : [])),
  );
  const own = studentHosts(exercise).filter((host) => !shared.has(host));
  return own.flatMap((host) => {
    const listeners = evidence.listeners(host);
    const isMeant = (address: string): boolean => ANY.includes(address) || evidence.isAt(host, address);
    if (listeners.some(({ local }) => local.port === plan.port && isMeant(local.address))) return [];
    return listeners.slice(0, 2).map(({ local }) => `The ${host} listened on ${formatEndpoint(local)}.`);
  });
}

/** Connections of a student's host that lead somewhere else. */
function strayClients(exercise: Exercise, evidence: Evidence, plan: Plan): string[] {
  return studentHosts(exercise).flatMap((host) => {
    const others = evidence.hosts.filter((other) => other !== host);
    const stray = evidence
      .lives(host)
      .find((life) =>
        leadsAstray(life, host, others, evidence, [plan.port, ...(exercise.ports?.(plan) ?? [])]),
      );
    if (stray === undefined) return [];
    const { remote } = stray;
    const where = formatEndpoint(remote);
    if (remote.address.startsWith('127.') || remote.address === '::1' || evidence.isAt(host, remote.address))
      return [`The ${host} has a connection to ${where}, which is the ${host} itself.`];
    return [`The ${host} tried to reach ${where}; nothing of this exercise is there.`];
  });
}

function leadsAstray(
  life: Life,
  host: string,
  others: readonly string[],
  evidence: Evidence,
  ports: readonly number[],
): boolean {
  if (life.remote.port === 0) return false;
  const { address, port } = life.remote;
  if (others.some((other) => evidence.isAt(other, address) && evidence.listeners(other, port).length > 0))
    return false;
  const outside = !others.some((other) => evidence.isAt(other, life.remote.address));
  const active =
    stayIn(life, 'SYN_SENT') !== undefined || evidence.listeners(host, life.local.port).length === 0;
  return (
    outside ||
    (active && !ports.includes(life.remote.port) && !ports.includes(life.local.port) && host === 'client')
  );
}

/** The state that was missed on one host was there on another. */
function wrongHost(exercise: Exercise, evidence: Evidence, missing: State): string[] {
  const wanted = Object.entries(exercise.paths).flatMap(([host, path]) =>
    path.includes(missing) ? [host] : [],
  );
  return evidence.hosts
    .filter((host) => !wanted.includes(host))
    .filter((host) => evidence.lives(host).some((life) => stayIn(life, missing) !== undefined))
    .map((host) => `It was the ${host} that showed ${missing}.`);
}

/** A program that prints its own verdict: worth saying that nobody reads it. */
function boasts(exercise: Exercise, evidence: Evidence): string[] {
  const proud = studentHosts(exercise)
    .flatMap((host) => evidence.output(host))
    .find(({ text, stream }) => stream === 'stdout' && /\b(pass(ed)?|success|all checks)\b/i.test(text));
  return proud === undefined
    ? []
    : [`What a program prints is not looked at ("${proud.text.slice(0, 40)}"): only the kernel is asked.`];
}
