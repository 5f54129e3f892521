import type { Exercise, Question } from '../../exercise/exercise.ts';
import { type Answers, questionLines } from '../../workspace/predictions.ts';

/** The questions of an exercise, one after the other, answered by one letter each. */
export class Questions {
  readonly #questions: readonly Question[];
  readonly #answers: Record<string, string> = {};
  #at = 0;

  constructor({ questions }: Exercise) {
    this.#questions = questions;
  }

  /** What was answered until now. */
  get answers(): Answers {
    return this.#answers;
  }

  /** The lines to ask with; none when all were asked. */
  lines(): string[] {
    const question = this.#questions[this.#at];
    if (question === undefined) return [];
    return [...questionLines(question, this.#at + 1), `   ${this.#letters()}, or s to skip it:`];
  }

  /** Takes an answer; nothing leaves the question open. @returns false when it is none of the choices. */
  answer(text: string): boolean {
    const question = this.#questions[this.#at];
    if (question === undefined) return false;
    if (text !== '') {
      if (!Object.hasOwn(question.choices, text)) return false;
      this.#answers[question.id] = text;
    }
    this.#at += 1;
    return true;
  }

  /** What to say about an answer that was none. */
  refusal(text: string): string {
    return `   "${text}" is none of the answers: ${this.#letters()}, or s to skip it`;
  }

  #letters(): string {
    return Object.keys(this.#questions[this.#at]?.choices ?? {}).join(', ');
  }
}
