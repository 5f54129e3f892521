/** What kind of container a process is in, as far as it changes what to do. */
export type Container = 'docker' | 'podman' | 'kubernetes' | 'lxc' | 'other';

/** What gives a container away. */
export interface ContainerTraces {
  /** /.dockerenv is there. A machine whose disk was made from an image may have it too. */
  readonly dockerFile: boolean;
  /** This process has a PID namespace of its own, or a root made of layers. */
  readonly apart: boolean;
  /** /run/.containerenv is there. */
  readonly podmanFile: boolean;
  /** The variable `container`, of PID 1 or of this process; systemd, LXC and Podman set it. */
  readonly variable: string | undefined;
  /** KUBERNETES_SERVICE_HOST is set. */
  readonly kubernetes: boolean;
}

/** The kind of container, or undefined for a whole machine. */
export function containerOf(traces: ContainerTraces): Container | undefined {
  if (traces.kubernetes) return 'kubernetes';
  if (traces.dockerFile && traces.apart) return 'docker';
  if (traces.podmanFile || traces.variable === 'podman') return 'podman';
  if (traces.variable === 'lxc') return 'lxc';
  return traces.variable === undefined || traces.variable === '' ? undefined : 'other';
}
