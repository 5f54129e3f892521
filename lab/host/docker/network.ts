import type Docker from 'dockerode';
import { hardwareAddress, hostAddress, hostAddress6 } from '../addresses.ts';
import type { Network, NetworkPlan } from '../host.ts';
import { checkNames } from '../host-names.ts';
import { KnobError, type KnobName } from '../knobs.ts';
import { knobsOf } from '../plan-knobs.ts';
import type { Limits } from '../sandbox/limits.ts';
import { cageOptions } from './cage.ts';
import { AnsweringContainer } from './container.ts';
import { DockerHost, refused, sysctlName } from './docker-host.ts';
import { engine, IMAGE } from './engine.ts';
import { EngineError, engineSays } from './engine-error.ts';
import { type Labels, newRun } from './labels.ts';
import { removeLeftovers } from './leftovers.ts';
import { type Phase, phase } from './phases.ts';
import { unlessGone } from './removal.ts';
import { freeNetwork } from './subnet.ts';

const LIBEXEC = '/usr/local/libexec/tcplab';
const LAUNCHER = '/tcplab/lab/host/docker/launcher.ts';
const OBSERVER = '/tcplab/lab/observe/observer-program.ts';

/** What a host's container may use at most. */
const MEMORY_BYTES = 512 << 20;
const PROCESSES = 256;

/** The runs of this process that are not removed yet. */
const open = new Set<Run>();
let ready: Promise<Docker> | undefined;
/** No more runs are to begin. */
let over = false;

/**
 * Hosts in containers of the Docker engine, on an internal network made for them: from it nothing leads anywhere else. Each has an
 * observer's container beside it, in its network namespace. What runs of the past have left is removed first.
 * @throws EngineError, KnobError.
 */
export async function dockerNetwork(plan: NetworkPlan): Promise<Network<DockerHost>> {
  if (plan.confinement !== undefined && !('limits' in plan.confinement))
    throw new RangeError(
      'a sandbox is for hosts that are namespaces; in containers the engine confines programs, by limits',
    );
  checkNames(plan.hosts);
  const docker = await phase('engine', readyEngine);
  if (over) throw new Error('no more hosts are made: everything is being removed');
  const run = new Run(docker, plan);
  open.add(run);
  try {
    return await run.make();
  } catch (error) {
    await run.close();
    throw run.explained(error);
  }
}

/**
 * Finds the engine, and removes there what dead runs have left: once for this process. Whoever will need it may call this early, while
 * something else is being loaded. @throws EngineError.
 */
export async function readyEngine(): Promise<Docker> {
  ready ??= engine().then(async ({ docker }) => {
    await removeLeftovers(docker);
    return docker;
  });
  return await ready;
}

/** Ends every run of this process, and has no other begin: for one that was interrupted. */
export async function closeDockerNetworks(): Promise<void> {
  over = true;
  await Promise.allSettled([...open].map((run) => run.close()));
}

/** What one network is made of, while it is made and until it is removed. */
class Run {
  readonly #docker: Docker;
  readonly #plan: NetworkPlan;
  readonly #id: string;
  readonly #labels: Labels;
  readonly #containers: AnsweringContainer[] = [];
  readonly #hosts: DockerHost[] = [];
  #network: Docker.Network | undefined;
  #subnet = 0;
  #making: Promise<Network<DockerHost>> | undefined;
  #closed: Promise<void> | undefined;
  #passed = 0;

  constructor(docker: Docker, plan: NetworkPlan) {
    this.#docker = docker;
    this.#plan = plan;
    const { id, labels } = newRun();
    this.#id = id;
    this.#labels = labels;
  }

  /** @throws whatever kept it from being made; `close` then removes what there is of it. */
  async make(): Promise<Network<DockerHost>> {
    this.#making = this.#make();
    return await this.#making;
  }

  async #make(): Promise<Network<DockerHost>> {
    const name = `tcplab-${this.#id}`;
    const { network, subnet } = await phase('network', () =>
      freeNetwork(this.#docker, this.#plan, name, this.#labels),
    );
    this.#network = network;
    this.#subnet = subnet;
    const made = await Promise.allSettled(this.#plan.hosts.map((name, n) => this.#host(name, n + 1)));
    for (const result of made) {
      if (result.status === 'rejected') throw result.reason;
      this.#hosts.push(result.value);
    }
    const byName = new Map(this.#hosts.map((host) => [host.name, host]));
    const close = (): Promise<void> => this.close();
    return {
      hosts: byName,
      host(name) {
        const host = byName.get(name);
        if (host === undefined)
          throw new Error(`no host "${name}"; the hosts are: ${[...byName.keys()].join(', ')}`);
        return host;
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  }

  close(): Promise<void> {
    this.#closed ??= phase('end', () => this.#end());
    return this.#closed;
  }

  /** What went wrong on the engine, in a sentence with its remedy, where there is one. */
  explained(error: unknown): unknown {
    const says = engineSays(error);
    if (!(error instanceof Error) || error instanceof EngineError || error instanceof KnobError) return error;
    if (/no such image/i.test(says))
      return new EngineError(`there is no image "${IMAGE}" yet. Build it: docker compose build`, error);
    if (/no space left on device/i.test(says))
      return new EngineError(
        'the disk on which Docker keeps its containers is full. See what takes the room: docker system df',
        error,
      );
    if ('statusCode' in error) return new EngineError(`the Docker engine refused: ${says}`, error);
    return error;
  }

  /** What programs on a host may use that nobody trusts; undefined for a host that has none. */
  #limits(host: string): Limits | undefined {
    const { confinement } = this.#plan;
    if (confinement === undefined || !('limits' in confinement) || !confinement.hosts.includes(host))
      return undefined;
    const { limits, wallMs = limits.wallMs } = confinement;
    return { ...limits, wallMs };
  }

  async #host(name: string, n: number): Promise<DockerHost> {
    const limits = this.#limits(name);
    const knobs = knobsOf(this.#plan, name);
    const address = hostAddress(n, this.#subnet);
    const address6 = this.#plan.ipv6 === true ? hostAddress6(n, this.#subnet) : undefined;
    const launcher = await this.#container('create', `the launcher of ${name}`, {
      name: `tcplab-${this.#id}-${name}`,
      Hostname: name,
      Entrypoint: [`${LIBEXEC}/with-net-raw`, ...granting('net_raw'), 'node', LAUNCHER],
      MacAddress: colons(n),
      HostConfig: {
        NetworkMode: `tcplab-${this.#id}`,
        CapDrop: ['ALL'],
        CapAdd: ['NET_RAW'],
        ReadonlyRootfs: true,
        Tmpfs: { '/programs': OWN_FOLDER, '/tmp': OWN_FOLDER },
        Memory: MEMORY_BYTES,
        PidsLimit: PROCESSES,
        // Not the machine's: engines before 23.0.11 ask those that are on its loopback for whoever is on an internal network.
        ...(limits === undefined ? {} : { Dns: [address] }),
        Sysctls: { ...sysctls(knobs), 'net.ipv6.conf.all.disable_ipv6': address6 === undefined ? '1' : '0' },
      },
      NetworkingConfig: {
        EndpointsConfig: {
          [`tcplab-${this.#id}`]: {
            MacAddress: colons(n),
            IPAMConfig: {
              IPv4Address: address,
              ...(address6 === undefined ? {} : { IPv6Address: address6 }),
            },
          },
        },
      },
    });
    const started = phase('start', () => launcher.start()).catch((error: unknown) => {
      throw refused(name, knobs, error) ?? error;
    });
    started.catch(() => {});
    const observer = await this.#container('observers', `the observer of ${name}`, {
      name: `tcplab-${this.#id}-${name}-observer`,
      Entrypoint: [`${LIBEXEC}/with-net-admin`, ...granting('net_raw', 'net_admin'), 'node', OBSERVER],
      HostConfig: {
        NetworkMode: `container:${launcher.id}`,
        CapDrop: ['ALL'],
        CapAdd: ['NET_RAW', 'NET_ADMIN'],
        ReadonlyRootfs: true,
        // For whoever looks around by hand: tcpdump -w /tmp/…
        Tmpfs: { '/tmp': OWN_FOLDER },
      },
    });
    const cage =
      limits &&
      (await this.#container('observers', `the cage on ${name}`, {
        name: `tcplab-${this.#id}-${name}-cage`,
        ...cageOptions(launcher.id, limits),
      }));
    await started;
    await phase('observers', () => Promise.all([observer.start(), cage?.start()])).catch(
      async (error: unknown) => {
        // There is nothing to be beside when the host has ended. Then the host knows why.
        await launcher.hello();
        throw error;
      },
    );
    await phase('hello', () => Promise.all([launcher.hello(), observer.hello(), cage?.hello()]));
    const prepare = [this.#neighbours(n), this.#plan.queuePackets ?? null];
    await phase('prepare', () => observer.call('prepare', ...prepare));
    return new DockerHost({
      name,
      address,
      address6,
      knobs,
      launcher,
      observer,
      cage: cage && limits && { launcher: cage, limits },
      passBy: (own) => this.#passBy(name, launcher.id, own),
    });
  }

  async #container(
    during: Phase,
    who: string,
    options: Docker.ContainerCreateOptions,
  ): Promise<AnsweringContainer> {
    const all = { Image: IMAGE, Labels: this.#labels, ...options };
    const container = await phase(during, () => AnsweringContainer.create(this.#docker, who, all));
    this.#containers.push(container);
    return container;
  }

  /** The other hosts, so that no host ever has to ask for one. */
  #neighbours(of: number): { address: string; hardware: number[] }[] {
    return this.#plan.hosts.flatMap((_, at) => {
      const n = at + 1;
      if (n === of) return [];
      const hardware = [...hardwareAddress(n)];
      const address = { address: hostAddress(n, this.#subnet), hardware };
      return this.#plan.ipv6 === true
        ? [address, { address: hostAddress6(n, this.#subnet), hardware }]
        : [address];
    });
  }

  async #passBy(host: string, id: string, own: Readonly<Record<string, string>>): Promise<void> {
    this.#passed += 1;
    const container = await this.#docker.createContainer({
      name: `tcplab-${this.#id}-${host}-knob-${this.#passed}`,
      Image: IMAGE,
      Labels: { ...this.#labels },
      Entrypoint: ['true'],
      HostConfig: { NetworkMode: `container:${id}`, CapDrop: ['ALL'], Sysctls: { ...own } },
    });
    try {
      await container.start();
    } finally {
      await container.remove({ force: true });
    }
  }

  /** What is still being made is made first: only then is it known what has to go. */
  async #end(): Promise<void> {
    await Promise.allSettled([this.#making]);
    await Promise.all(this.#hosts.map((host) => host.stop()));
    const leftByAll = this.#leave();
    const ends = await Promise.allSettled(this.#containers.map((container) => container.end()));
    await leftByAll;
    open.delete(this);
    const stuck = ends.find((end) => end.status === 'rejected');
    if (stuck !== undefined) throw stuck.reason;
    await this.#network?.remove().catch(unlessGone);
  }

  /** Empties and removes the network while its containers end, which saves a tenth of a second. What fails is done after them. */
  async #leave(): Promise<void> {
    const network = this.#network;
    if (network === undefined) return;
    const leave = async ({ id }: DockerHost): Promise<void> => {
      await network.disconnect({ Container: id, Force: true });
    };
    await Promise.allSettled(this.#hosts.map(leave));
    await network.remove().catch(() => {});
  }
}

/** A folder in memory that belongs to the image's ordinary user. */
const OWN_FOLDER = 'rw,nosuid,nodev,size=16m,uid=1000,gid=1000,mode=755';

function granting(...capabilities: readonly string[]): string[] {
  const all = capabilities.map((name) => `+${name}`).join(',');
  return ['--no-new-privs', `--inh-caps=${all}`, `--ambient-caps=${all}`];
}

function sysctls(knobs: ReadonlyMap<KnobName, string>): Record<string, string> {
  return Object.fromEntries([...knobs].map(([name, value]) => [sysctlName(name), value]));
}

function colons(n: number): string {
  return [...hardwareAddress(n)].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
