import type { Exercise } from '../../exercise/exercise.ts';
import { isStarted } from '../../workspace/folder.ts';
import { workFiles } from '../../workspace/place.ts';
import { Saves } from '../../workspace/saves.ts';

/** Watches the student's files of the exercises that pages have opened. */
export class WatchedFiles implements Disposable {
  readonly #saves = new Map<number, Saves>();
  readonly #saved: (number: number) => void;

  /** @param saved is told the number of an exercise of which a file was saved, with its final content in place */
  constructor(saved: (number: number) => void) {
    this.#saved = saved;
  }

  /** Watches an exercise from now on, if it has files. */
  watch(exercise: Exercise): void {
    const { number } = exercise;
    if (this.#saves.has(number) || !isStarted(exercise)) return;
    this.#saves.set(number, new Saves(workFiles(exercise), () => this.#saved(number)));
  }

  [Symbol.dispose](): void {
    for (const saves of this.#saves.values()) saves[Symbol.dispose]();
    this.#saves.clear();
  }
}
