import { tooOld } from '../../host/docker/oldest-api.ts';
import type { Finding, Step } from './check.ts';
import type { EngineFacts, NoEngine } from './docker-engine.ts';
import type { LabOnEngine } from './docker-lab.ts';
import { type Installing, installSteps } from './install.ts';
import type { Machine } from './machine.ts';
import { list } from './verdict.ts';

/** What was found of Docker. */
export interface DockerFacts {
  /** Undefined when no client is installed. */
  readonly client: string | undefined;
  /** Where the engine was looked for. */
  readonly address: string;
  readonly engine: EngineFacts | NoEngine;
  /** What the engine has of the lab, or why that is not known; undefined when it was not asked. */
  readonly lab?: LabOnEngine | NoEngine | undefined;
}

type Facts = Installing & Pick<Machine, 'user' | 'systemd' | 'container' | 'kernel'>;

/** What to say of Docker: it works when hosts can be containers here and now. */
export function dockerFinding(facts: DockerFacts, machine: Facts): Finding {
  const { client, engine } = facts;
  return 'failure' in engine
    ? absentFinding(facts, engine.failure, machine)
    : engineFinding(
        `engine ${engine.version}, ${client === undefined ? 'no client' : `client ${client}`}`,
        engine,
        facts.lab,
        machine,
      );
}

/** No engine that answers. */
function absentFinding({ client, address }: DockerFacts, failure: string, machine: Facts): Finding {
  const adds = 'hosts can be containers as well';
  switch (failure) {
    case 'ENOENT':
      return client === undefined
        ? {
            status: 'optional',
            detail: `not installed; with it ${adds}`,
            remedy: installSteps(['docker'], machine),
          }
        : {
            status: 'optional',
            detail: `client ${client}, no engine at ${address}; with one ${adds}`,
            ...start(machine),
          };
    case 'ECONNREFUSED':
      return {
        status: 'optional',
        detail: `the engine at ${address} is not running; with it ${adds}`,
        ...start(machine),
      };
    case 'EACCES':
    case 'EPERM':
      return {
        status: 'optional',
        detail: `there is an engine, but user ${machine.user} has no access to ${address}; with it ${adds}`,
        remedy: [
          'Add yourself to its group, which is as good as root, then log out and in again:',
          { run: `sudo usermod -aG docker ${machine.user}` },
        ],
      };
    default:
      return { status: 'optional', detail: `no answer from ${address}: ${failure}; with it ${adds}` };
  }
}

const BUILD: readonly Step[] = [
  { run: 'docker compose build' },
  'Or, where that finds no base image or no packages, on Debian as root:',
  { run: 'docker/engine.sh' },
];

/** An engine, and what it has of the lab. */
function engineFinding(
  who: string,
  { version, api, kernel }: EngineFacts,
  lab: DockerFacts['lab'],
  machine: Facts,
): Finding {
  const old = tooOld(version, api);
  if (old !== undefined) return { status: 'optional', detail: old };
  if (kernel !== machine.kernel)
    return {
      status: 'optional',
      detail: `${who}, on another machine (Linux ${kernel}); the lab has to run there as well`,
      remedy: [{ run: 'docker compose run --rm lab tour' }],
    };
  if (lab === undefined) return { status: 'optional', detail: `${who}; packages first` };
  if ('failure' in lab) return { status: 'optional', detail: `${who}, which cannot be used: ${lab.failure}` };
  const { image, state, left } = lab;
  if (state === 'none')
    return {
      status: 'optional',
      detail: `${who}, no image ${image} yet; with it hosts can be containers as well`,
      remedy: [...BUILD, ...tidy(left)],
    };
  if (state === 'stale')
    return {
      status: 'optional',
      detail: `${who}; the image ${image} is of other files than this checkout, so no hosts can be made of it`,
      remedy: [...BUILD, ...tidy(left)],
    };
  return {
    status: 'works',
    detail: `${who}, image ${image} of this checkout: hosts can be containers (--backend docker)`,
    ...(left.length === 0 ? {} : { remedy: tidy(left) }),
  };
}

/** What dead runs have left goes with the next run on Docker. This is for whoever does not want to wait for that. */
function tidy(left: LabOnEngine['left']): readonly Step[] {
  if (left.length === 0) return [];
  return [
    `Runs that have died left ${counted(left)} there. To remove them:`,
    { run: './tcplab doctor --fix' },
  ];
}

/** `1 container and 2 networks`. */
function counted(left: LabOnEngine['left']): string {
  const kinds = Map.groupBy(left, ({ kind }) => kind);
  return list([...kinds].map(([kind, { length }]) => `${length} ${kind}${length === 1 ? '' : 's'}`));
}

function start({ sudo, systemd, container }: Facts): { remedy?: readonly Step[] } {
  if (container !== undefined) return {};
  return { remedy: [{ run: `${sudo}${systemd ? 'systemctl start docker' : 'service docker start'}` }] };
}
