import type { Rules } from '../gate/rules.ts';
import type { Attendant, Attended } from '../host/host.ts';
import type { KnobName } from '../host/knobs.ts';
import type { Observer, Sight } from './observer.ts';
import { runOn } from './running-timer.ts';
import type { SocketRecord } from './sock-diag.ts';
import { arrivedSegment } from './tap.ts';
import type { Report } from './telling.ts';

/** Observes a host by its attendant, observer-program.ts, which does in the host's network namespace what a local observer does here. */
export class RemoteObserver implements Observer {
  readonly rules: Rules;
  readonly #attendant: Attendant;
  readonly #sight: Sight;
  /** The rows as they were told, and when. */
  readonly #rows = new Map<string, { readonly row: SocketRecord; readonly atNs: bigint }>();

  constructor({ attendant }: Attended, sight: Sight) {
    this.#attendant = attendant;
    this.#sight = sight;
    this.rules = {
      run: async (commands) => BigInt((await attendant.call('rules', commands)) as string),
      json: async (commands) => await attendant.call('askRules', commands),
    };
    attendant.listen({
      told: (report) => this.#hear(report as Report),
      failed: (error) => sight.failed(error),
    });
  }

  async look(): Promise<void> {
    await this.#attendant.call('look');
  }

  /** An attendant that cannot be told so has failed, and its witness knows. */
  keepLooking(on: boolean): void {
    this.#attendant.call('keepLooking', on).catch(() => {});
  }

  async lost(): Promise<number> {
    return (await this.#attendant.call('lost')) as number;
  }

  async hasRawTcpSocket(): Promise<boolean> {
    return (await this.#attendant.call('hasRawTcpSocket')) as boolean;
  }

  async counters(): Promise<ReadonlyMap<string, number>> {
    return new Map((await this.#attendant.call('counters')) as [string, number][]);
  }

  async sysctl(name: KnobName): Promise<number | undefined> {
    return ((await this.#attendant.call('sysctl', name)) as number | null) ?? undefined;
  }

  async close(): Promise<number> {
    return (await this.#attendant.call('close')) as number;
  }

  #hear({ segments = [], look }: Report): void {
    for (const [atNs, packet, length, interfaceIndex] of segments) {
      const bytes = new Uint8Array(Buffer.from(packet, 'base64'));
      const arrived = arrivedSegment({ atNs: BigInt(atNs), bytes, length, interfaceIndex });
      if (arrived !== undefined) this.#sight.segment(arrived);
    }
    if (look === undefined) return;
    const { rows = [], gone = [] } = look;
    const atNs = BigInt(look.atNs);
    for (const row of rows) this.#rows.set(row.cookie, { row, atNs });
    for (const cookie of gone) this.#rows.delete(cookie);
    this.#sight.looked(
      atNs,
      [...this.#rows.values()].map((told) => runOn(told.row, told.atNs, atNs)),
      BigInt(look.beganNs),
    );
  }
}
