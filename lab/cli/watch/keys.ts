import { createInterface } from 'node:readline';

/** What can be asked of a watch. `answer` is anything else, for the questions before the first run. */
export type Key =
  | {
      readonly kind: 'next' | 'hint' | 'list' | 'predict' | 'again' | 'skip' | 'quit' | 'interrupt' | 'enter';
    }
  | { readonly kind: 'answer'; readonly text: string };

const WORDS: Readonly<Record<string, Exclude<Key['kind'], 'answer'>>> = {
  // Out of habit after a key that needs none: it must not skip the question that came up meanwhile.
  '': 'enter',
  s: 'skip',
  skip: 'skip',
  n: 'next',
  next: 'next',
  h: 'hint',
  hint: 'hint',
  l: 'list',
  list: 'list',
  p: 'predict',
  predict: 'predict',
  r: 'again',
  run: 'again',
  q: 'quit',
  quit: 'quit',
  exit: 'quit',
};

const CTRL_C = '\x03';
const CTRL_D = '\x04';

/**
 * Keys from a terminal, one at a time and without Enter; from anything else words, a line each. The end of the lines is not the
 * end of the watch.
 * @returns what gives the terminal back as it was.
 */
export function readKeys(pressed: (key: Key) => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) {
    const lines = createInterface({ input: stdin });
    lines.on('line', (line) => pressed(keyOf(line)));
    stdin.on('error', () => {});
    return () => lines.close();
  }
  stdin.setRawMode(true);
  const back = (): void => void stdin.setRawMode(false);
  process.once('exit', back);
  stdin.setEncoding('utf8').on('data', (text: string) => {
    // Arrow keys and their like come as one piece that begins so.
    if (text.startsWith('\x1b')) return;
    for (const character of text) pressed(keyOf(character));
  });
  return () => {
    back();
    stdin.pause();
  };
}

function keyOf(typed: string): Key {
  if (typed === CTRL_C || typed === CTRL_D) return { kind: 'interrupt' };
  const word = typed.trim().toLowerCase();
  const kind = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  return kind === undefined ? { kind: 'answer', text: word } : { kind };
}
