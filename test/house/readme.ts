import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STAGES, type Stage, stagePrograms } from '../../lab/exercise/tour/stages.ts';
import { ROOT } from '../support/tcplab.ts';

/** The lines between `<!-- name … -->` and `<!-- /name -->`, without a code fence. */
export function readmePart(readme: string, name: string): string {
  const part = new RegExp(`<!-- ${name}\\b[^>]*-->\\n([\\s\\S]*?)\\n?<!-- /${name} -->`).exec(readme)?.[1];
  if (part === undefined) throw new Error(`the README has no part "${name}"`);
  return part.replaceAll(/^```\n?/gm, '').trimEnd();
}

/** The README with one of its parts replaced. */
function withPart(readme: string, name: string, text: string): string {
  return readme.replace(
    new RegExp(`(<!-- ${name}\\b[^>]*-->\\n)[\\s\\S]*?(<!-- /${name} -->)`),
    (_, begin: string, end: string) => `${begin}${text}\n${end}`,
  );
}

/** A Markdown table: each state, where it is, the two programs, and what holds it. */
export function pairsTable(): string {
  return [
    '| state | on the | server | client | held by |',
    '| --- | --- | --- | --- | --- |',
    ...STAGES.map(pairRow),
  ].join('\n');
}

function pairRow({ state, host, server, client, release, gates }: Stage): string {
  const started = release.by === 'start' ? release : undefined;
  const programs = {
    server: server ?? (started?.host === 'server' ? `${code(started.program)} (for the release)` : '–'),
    client: client ?? '–',
  };
  const gate = gates?.find((each) => each.gate !== 'own-rst');
  const holder = [server, client].find((program) => program !== undefined && /withhold|cross/.test(program));
  const how =
    gate !== undefined
      ? `the gate \`${gate.gate}\` at the ${gate.host}`
      : holder !== undefined
        ? `${code(holder)}, which withholds a segment`
        : nature(state);
  return `| ${state} | ${host} | ${code(programs.server)} | ${code(programs.client)} | ${how} |`;
}

function nature(state: string): string {
  if (state === 'TIME_WAIT') return 'the kernel, for 60 s';
  return state === 'CLOSED' ? 'nobody listens' : 'the programs, which do nothing more';
}

function code(program: string): string {
  return /^(servers|clients)\/\S+$/.test(program) ? `[\`${program}\`](${program})` : program;
}

/** A Markdown list of the programs that the tour does not use, each with the first line of its comment. */
export function otherPrograms(): string {
  const used = new Set(stagePrograms());
  return ['servers', 'clients']
    .flatMap((folder) => readdirSync(join(ROOT, folder)).map((file) => `${folder}/${file}`))
    .filter((program) => !used.has(program))
    .sort()
    .map((program) => `- ${code(program)}: ${firstLine(program)}`)
    .join('\n');
}

function firstLine(program: string): string {
  const line = readFileSync(join(ROOT, program), 'utf8').split('\n')[0] ?? '';
  return line.replace(/^\/\/ /, '').replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());
}

/** What a tour printed, with what changes from run to run left out. */
export function tourShape(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) =>
      line
        .replace(/held +\d+ ms/, 'held N ms')
        .replace(/in \d+\.\d+ s, Linux .*?\. /, 'in N s. ')
        .replace(/timer:\((\w+),[^)]*\)/, 'timer:($1)')
        .replace(/sk:[0-9a-f]+/, 'sk:N')
        // A FIN counts as one byte to read until the program has come round to reading it.
        .replace(/(CLOSE-WAIT|CLOSING) [01] /, '$1 N ')
        .replaceAll(/(198\.18\.0\.1:)\d+/g, '$1PORT')
        .replace(/→ (FIN_WAIT_1|FIN_WAIT_2|TIME_WAIT|CLOSED|LAST_ACK) +/, '→ NEXT  '),
    );
}

/** Writes the generated parts of the README anew. `sample` is what the tour printed. */
export function freshReadme(sample: string): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const parts = { pairs: pairsTable(), others: otherPrograms(), sample: `\`\`\`\n${sample.trim()}\n\`\`\`` };
  return Object.entries(parts).reduce((text, [name, part]) => withPart(text, name, part), readme);
}
