import type { Walked } from './walk.ts';

/** Something that may happen one way or another on any backend, as an exercise is made. */
interface Chance {
  readonly why: string;
  /** A part of a way that is as good as another: what is compared has the other. */
  readonly instead?: readonly [part: string, other: string];
  /** By host: ways that are taken or not. */
  readonly perhaps?: Readonly<Record<string, readonly string[]>>;
}

const CLOSE: Chance = {
  why: "The other end's program closes as soon as it has read the end of the stream. When it is quicker than its kernel's own ACK, its FIN carries the ACK: three segments instead of four.",
  instead: ['FIN_WAIT_1 → FIN_WAIT_2 → TIME_WAIT', 'FIN_WAIT_1 → TIME_WAIT'],
};

/** By slug, or by state of the tour. What is not here is the same in every run. */
const CHANCES: Readonly<Record<string, Chance>> = {
  handshake: CLOSE,
  'close-wait-leak': CLOSE,
};

/** Ways with one and the same choice wherever chance chooses. */
export function byChance(name: string, { paths }: Pick<Walked, 'paths'>): Pick<Walked, 'paths'> {
  const { instead: [part, other] = ['', ''], perhaps = {} } = CHANCES[name] ?? {};
  return {
    paths: Object.fromEntries(
      Object.entries(paths).map(([host, ways]) => [
        host,
        ways
          .filter((way) => perhaps[host]?.includes(way) !== true)
          .map((way) => (part === '' ? way : way.replaceAll(part, other))),
      ]),
    ),
  };
}
