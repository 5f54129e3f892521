import { differenceSentence } from '../atlas/events/differences.ts';
import type { EventCell } from '../atlas/events/events.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Gives every different note a letter, in the order in which they are met, and keeps the differences apart from the rest. */
export class EventNotes {
  readonly #letters = new Map<string, { readonly letter: string; readonly differs: boolean }>();

  /** The letter of a cell's note; empty when there is nothing to say of it. */
  letter(cell: EventCell): string {
    const differs = cell.agrees === false;
    const text = differs ? differenceSentence(cell) : cell.note;
    if (text === undefined) return '';
    const known = this.#letters.get(text);
    if (known !== undefined) return known.letter;
    const letter = LETTERS[this.#letters.size] ?? '*';
    this.#letters.set(text, { letter, differs });
    return letter;
  }

  differences(): string[] {
    return this.#lines(true);
  }

  others(): string[] {
    return this.#lines(false);
  }

  #lines(wanted: boolean): string[] {
    return [...this.#letters].flatMap(([text, { letter, differs }]) =>
      differs === wanted ? [`${letter}  ${text}`] : [],
    );
  }
}
