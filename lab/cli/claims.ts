import { existsSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { TOPICS } from '../claims/catalog.ts';
import type { Claim } from '../claims/claim.ts';
import { CLAIM_JOBS, type SettleOptions, settleClaims } from '../claims/settle.ts';
import { LANGUAGES, type Language } from '../exercise/exercise-words.ts';
import { claimsMarkdown } from '../report/claims-markdown.ts';
import { claimsPage } from '../report/claims-page.ts';
import { type ClaimRole, claimsLines } from '../report/claims-text.ts';
import type { ToldClaims } from '../report/claims-words.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { backend, wholeNumber } from './options.ts';
import { paint } from './paint.ts';

const HELP = `
Usage: ./tcplab claims [ID …] [--lang en|zh] [--html FILE] [--markdown FILE] [--json] [options]

Settles what is said about TCP on this machine's kernel: each claim is true, false, or depends on something that its note names.
Every verdict comes from runs, by what socket tables, segments, counters and system calls show; none is written down beforehand.
All claims together take a little over a minute, because TIME_WAIT does. Claims that are named (H7 C4) take only their own runs,
and are told with their evidence.

  --lang L         the language of claims and notes: en (the default) or zh
  --html FILE      also writes a page that can be put anywhere as it is
  --markdown FILE  also writes Markdown
  --json           one JSON document on standard output, and nothing else
  --seed WORD      other ports and addresses
  --jobs N         how many runs may go on at the same time (${CLAIM_JOBS})
  --backend B      where the hosts are made: namespaces (the default where they work), or docker

Exit code 0: every claim is settled. 1: the runs did not show what it takes for some; the reason stands in the note.
`;

export const claims: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments(
      'claims',
      args,
      {
        ...COMMON,
        html: { type: 'string' },
        jobs: { type: 'string', default: String(CLAIM_JOBS) },
        lang: { type: 'string', default: 'en' },
        markdown: { type: 'string' },
        seed: { type: 'string', default: 'tcplab' },
      },
      Number.POSITIVE_INFINITY,
    );
    const where = backend(values.backend);
    const jobs = wholeNumber('--jobs', values.jobs, 1, 64);
    const language = languageOf(values.lang);
    const named = positionals.map(claimNamed);
    for (const file of [values.html, values.markdown]) mustBeWritable(file);
    const progress = progressLine();
    const results = await settleClaims(named.length === 0 ? TOPICS.flatMap((topic) => topic.claims) : named, {
      seed: values.seed,
      backend: where,
      jobs,
      ...progress.told,
    });
    progress.done();
    const topics = TOPICS.map(({ title, claims: all }) => ({
      title,
      claims: all.flatMap((claim) => results.find(({ id }) => id === claim.id) ?? []),
    })).filter((topic) => topic.claims.length > 0);
    const told: ToldClaims = { kernel: release(), topics };
    if (values.html !== undefined) writeFileSync(values.html, claimsPage(told, language));
    if (values.markdown !== undefined) writeFileSync(values.markdown, claimsMarkdown(told, language));
    if (values.json) printJson(documentOf(told, language));
    else console.log(claimsLines(told, { language, evidence: named.length > 0, paint: painted }).join('\n'));
    return results.some(({ verdict }) => verdict === 'unsettled') ? EXIT.failed : EXIT.passed;
  },
};

/** What `--json` prints: `text` and `note` in one language, and `said` in each. */
function documentOf({ kernel, topics }: ToldClaims, language: Language): object {
  const all = topics.flatMap((topic) => topic.claims);
  return {
    schema: 'tcplab/claims/1',
    kernel,
    language,
    claims: all.map(({ id, text, verdict, evidence, note, exercises }) => ({
      id,
      text: text[language],
      verdict,
      evidence,
      note: note[language],
      exercises,
      said: Object.fromEntries(LANGUAGES.map((each) => [each, { text: text[each], note: note[each] }])),
    })),
  };
}

/** Better now than when a minute has passed. @throws UsageError when there is no folder to write the file into. */
function mustBeWritable(file: string | undefined): void {
  if (file !== undefined && !existsSync(dirname(resolve(file))))
    throw new UsageError(`there is no folder ${dirname(file)} to write ${basename(file)} into`);
}

/** @throws UsageError naming the languages there are. */
function languageOf(text: string): Language {
  const known = LANGUAGES.find((language) => language === text);
  if (known === undefined)
    throw new UsageError(`no language "${text}". The languages are: ${LANGUAGES.join(', ')}`);
  return known;
}

/** @throws UsageError naming the claims there are. */
function claimNamed(text: string): Claim {
  const all = TOPICS.flatMap((topic) => topic.claims);
  const found = all.find(({ id }) => id === text.toUpperCase());
  if (found === undefined)
    throw new UsageError(`no claim "${text}". The claims are: ${all.map(({ id }) => id).join(', ')}`);
  return found;
}

/** What goes on, on stderr: what begins, what is done again, and, for who watches, how far it is, in a line that is written over. */
function progressLine(): { told: Pick<SettleOptions, 'begins' | 'ran' | 'again'>; done: () => void } {
  const watched = process.stderr.isTTY;
  return {
    told: {
      begins: (runs, longestMs) =>
        console.error(`tcplab: ${runs} runs; the longest takes up to ${Math.ceil(longestMs / 1_000)} s ...`),
      ran: (ended, all) => {
        if (watched) process.stderr.write(`\r${ended} of ${all} runs are over `);
      },
      again: (runs) =>
        console.error(
          `\ntcplab: this machine was too busy to look at ${runs} of them, which are done again ...`,
        ),
    },
    done: () => {
      if (watched) process.stderr.write('\r\x1b[K');
    },
  };
}

const COLOURS = {
  true: 'green',
  false: 'red',
  depends: 'yellow',
  unsettled: 'yellow',
  heading: 'bold',
  note: 'dim',
} as const;

function painted(role: ClaimRole, text: string): string {
  return paint(COLOURS[role], text);
}
