import type { SocketRecord } from '../observe/sock-diag.ts';
import { countPeers, countStates, type Peer, type StateCounts } from './counts.ts';
import { growingWords } from './growing-words.ts';
import { type Listener, Listeners } from './listeners.ts';
import type { Look } from './look.ts';
import { type Growth, growing, type History, remember } from './piles.ts';
import { portUse } from './ports.ts';
import { counterWarnings, queueWarnings } from './queue-warnings.ts';
import { type Selected, select, type Unattributed, type Wanted } from './selection.ts';
import { portWarnings, timeWaitWarnings } from './time-wait-warnings.ts';
import type { Warning } from './warning.ts';

/** What there is to say after a look. */
export interface Survey {
  /** 1 for the first look. */
  readonly look: number;
  /** When it was taken, in milliseconds since 1970. */
  readonly at: number;
  readonly sockets: number;
  readonly states: StateCounts;
  readonly peers: readonly Peer[];
  readonly listeners: readonly Listener[];
  /** For a process only. */
  readonly unattributed: Unattributed | undefined;
  readonly warnings: readonly Warning[];
}

/** What a survey remembers of the looks before. */
export interface Memory {
  readonly looks: number;
  readonly history: History;
  /** The latest, the oldest first: what the kernel has counted is told for the time that they span. */
  readonly recent: readonly Look[];
}

export const NOTHING_YET: Memory = { looks: 0, history: new Map(), recent: [] };

const MOST_RECENT = 10;

/** Draws the conclusions of a look, and of those before it. @returns them, and what is to be remembered for the next. */
export function survey(look: Look, wanted: Wanted, memory: Memory): { survey: Survey; memory: Memory } {
  const { sockets, unattributed }: Selected = select(look, wanted);
  const listeners = new Listeners(sockets, look.limits);
  const history = remember(memory.history, sockets, listeners, memory.looks);
  // Without the rows of the table, which may be many: only what is counted is compared.
  const recent = [...memory.recent, { ...look, sockets: [] }].slice(-MOST_RECENT);
  const states = countStates(sockets);
  return {
    survey: {
      look: memory.looks + 1,
      at: look.at,
      sockets: sockets.length,
      states,
      peers: countPeers(sockets),
      listeners: listeners.all,
      unattributed,
      warnings: [
        ...growing(history).map((growth) => growthWarning(growth, look)),
        ...queueWarnings(listeners.all, look),
        ...portWarnings(portUse(sockets, listenersOfAll(look, sockets, listeners), look.limits), look.limits),
        ...timeWaitWarnings(countStates(look.sockets).TIME_WAIT ?? 0, look.limits),
        ...(recent[0] === undefined ? [] : counterWarnings(recent[0], look)),
      ],
    },
    memory: { looks: memory.looks + 1, history, recent },
  };
}

/** A port on which somebody listens is none that connect(2) has chosen, whoever's sockets are looked at. */
function listenersOfAll(look: Look, selected: readonly SocketRecord[], listeners: Listeners): Listeners {
  return selected === look.sockets ? listeners : new Listeners(look.sockets, look.limits);
}

function growthWarning({ pile, count, grown, looks }: Growth, { limits }: Look): Warning {
  const { state, why, next } = growingWords(pile.name, limits.finTimeoutS);
  const where = pile.where === undefined ? '' : ` ${pile.where.startsWith('to ') ? '' : 'at '}${pile.where}`;
  return {
    code: 'growing',
    state,
    where: pile.where,
    count,
    limit: undefined,
    text: `${state} grows${where}: ${count} now, ${grown} more than ${looks - 1} looks ago, and they stay`,
    why,
    next,
    inodes: pile.inodes.size === 0 ? undefined : pile.inodes,
  };
}
