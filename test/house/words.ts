/** Wrong programs are wrong, and starters are unfinished: the rules are not for them. */
const lab = /^lab\/(?!exercises\/[^/]+\/(starter|wrong)\/)/;
const program = /^(servers|clients)\//;
const source = /\.(ts|tsx)$/;
const document = /\.md$/;

/** Each takes a file and its text, and returns what is wrong with it, if something is. */
const rules: { applies: (path: string) => boolean; objection: (text: string) => string | undefined }[] = [
  {
    applies: (path) => (lab.test(path) || program.test(path)) && source.test(path),
    objection: (text) => {
      const sleep = /setTimeout\(\s*(resolve|res|done|r)\b|timers\/promises|Atomics\.wait\(/.exec(text);
      return sleep
        ? `${atLine(text, sleep.index)} sleeps (${sleep[0]}): wait for an event, with a deadline`
        : undefined;
    },
  },
  {
    applies: (path) => program.test(path) && source.test(path),
    objection: (text) => {
      const [first, second] = text.split('\n');
      const isComment = (line = '') => /^\/\/ \S/.test(line);
      return isComment(first) && isComment(second)
        ? undefined
        : 'does not begin with two lines of // comment';
    },
  },
  { applies: (path) => program.test(path) && source.test(path), objection: longerThan(60) },
  {
    applies: (path) => lab.test(path) && /\.(ts|tsx|css|html|md|sh)$/.test(path),
    objection: longerThan(350),
  },
  {
    applies: (path) => document.test(path),
    objection: (text) => {
      // `./work/01-hello` is a student's own folder; only a path from the root betrays a machine.
      const path = /(?<![\w.~}-])\/(home|root|work|tmp)\/[\w.-]+/.exec(text);
      return path ? `${atLine(text, path.index)} names ${path[0]}, a path of one machine` : undefined;
    },
  },
];

/** A sentence for each thing in a file that the house rules out. */
export function wrongWords(path: string, text: string): string[] {
  return rules
    .filter(({ applies }) => applies(path))
    .map(({ objection }) => objection(text))
    .filter((because) => because !== undefined)
    .map((because) => `${path} ${because}`);
}

function longerThan(most: number) {
  return (text: string) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > most ? `has ${lines} lines, ${most} is the most: split it` : undefined;
  };
}

function atLine(text: string, index: number): string {
  return `line ${text.slice(0, index).split('\n').length}`;
}
