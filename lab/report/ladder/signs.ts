import type { PictureWords } from '../picture-words.ts';
import type { LadderRow } from './row.ts';

/** What a row may have that is explained beside the ladder. */
export type Sign = keyof Pick<PictureWords['ladder'], 'seen' | 'band' | 'dropped' | 'dashed'>;

/** Which signs there are in a ladder whose rows come, and go again. */
export class Signs {
  readonly #counts = new Map<Sign, number>();

  constructor(rows: readonly LadderRow[] = []) {
    for (const row of rows) this.add(row);
  }

  /** Whether any row has it. */
  has(sign: Sign): boolean {
    return (this.#counts.get(sign) ?? 0) > 0;
  }

  /** Takes note of a row's signs. */
  add(row: LadderRow): void {
    this.#count(row, 1);
  }

  /** Takes away what was added with this row. */
  remove(row: LadderRow): void {
    this.#count(row, -1);
  }

  #count(row: LadderRow, by: number): void {
    for (const sign of signsOf(row)) this.#counts.set(sign, (this.#counts.get(sign) ?? 0) + by);
  }
}

function signsOf(row: LadderRow): Sign[] {
  switch (row.kind) {
    case 'state':
      return ['seen'];
    case 'gate':
      return ['band'];
    case 'segment':
      return [
        ...(row.dropped === undefined ? [] : ['dropped' as const]),
        ...(row.isAgain ? ['dashed' as const] : []),
      ];
    case 'note':
    case 'idle':
      return [];
  }
}
