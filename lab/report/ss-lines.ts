import type { EvidenceLine } from '../exercise/result.ts';

/** So many lines of one host in one state are shown; of more than that, only the first few. */
const MANY = 6;
const FEW = 3;

/**
 * The lines of `ss`, each behind its host. Fifty sockets in the same state say no more than three and a number: the rest is
 * in the saved result.
 */
export function ssLinesBriefly(lines: readonly EvidenceLine[]): string[] {
  const shown = new Map<string, number>();
  const all = Map.groupBy(lines, stateAndHost);
  return lines.flatMap((line) => {
    const key = stateAndHost(line);
    const many = all.get(key)?.length ?? 0;
    const n = (shown.get(key) ?? 0) + 1;
    shown.set(key, n);
    const text = `${line.host}  ${line.text === '' ? '(no socket)' : line.text}`;
    if (many <= MANY || n <= FEW) return [text];
    return n === many ? [`${line.host}  ${stateOf(line)} … and ${many - FEW} more`] : [];
  });
}

function stateAndHost(line: EvidenceLine): string {
  return `${line.host} ${stateOf(line)}`;
}

function stateOf({ text }: EvidenceLine): string {
  return text.split(' ')[0] ?? '';
}
