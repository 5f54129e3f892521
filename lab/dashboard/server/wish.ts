import { EXERCISES } from '../../exercises/catalog.ts';
import { GATE_NAMES } from '../../gate/kinds.ts';
import { FieldError, Fields } from '../../observe/fields.ts';
import type { From, Wish } from '../protocol.ts';

/** What a page has sent is no wish. The sentence says which member is wrong. */
export class WishError extends Error {
  override readonly name = 'WishError';
  readonly code = 'wish';
}

const FROM: readonly From[] = ['work', 'reference'];
const HOSTS = 16;

/** What the body of a POST asks for. Nothing in it is believed: numbers are of exercises that are, gates of the list, hosts are names. @throws WishError. */
export function wishFrom(body: unknown): Wish {
  try {
    return read(new Fields(body));
  } catch (error) {
    if (error instanceof FieldError) throw new WishError(error.message);
    throw error;
  }
}

function read(fields: Fields): Wish {
  const wanted = fields.text('do');
  switch (wanted) {
    case 'check':
      return { do: wanted, number: exercise(fields), from: fields.oneOf('from', FROM) };
    case 'hands-on':
    case 'begin':
    case 'hint':
      return { do: wanted, number: exercise(fields) };
    case 'end':
      return { do: wanted };
    case 'start':
      return {
        ...{ do: wanted, host: host(fields), program: fields.text('program') },
        ...(fields.has('to') ? { to: host(fields, 'to') } : {}),
      };
    case 'stop':
      return { do: wanted, pid: fields.count('pid') };
    case 'gate':
      return {
        do: wanted,
        host: host(fields),
        gate: fields.oneOf('gate', GATE_NAMES),
        closed: fields.truth('closed'),
      };
    case 'wire':
      return { do: wanted, host: host(fields), held: fields.truth('held') };
    case 'predict':
      return { do: wanted, number: exercise(fields), answers: fields.dictionary('answers') };
    default:
      throw new WishError(`there is nothing called "${wanted}" to do`);
  }
}

function exercise(fields: Fields): number {
  const number = fields.count('number');
  if (EXERCISES.some((each) => each.number === number)) return number;
  throw new WishError(`there is no exercise ${number}`);
}

function host(fields: Fields, member: 'host' | 'to' = 'host'): string {
  const name = fields.text(member);
  if (/^[a-z][a-z0-9-]*$/.test(name) && name.length <= HOSTS) return name;
  throw new WishError(`"${name}" is no host`);
}
