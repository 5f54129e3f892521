import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './command.ts';

/** The options that every verb has. `--backend` is checked where hosts are made, and means nothing elsewhere. */
export const COMMON = {
  backend: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const satisfies ParseArgsOptionsConfig;

/** Reads a verb's arguments. @throws UsageError that names the options there are, or says that there are too many words. */
export function verbArguments<T extends ParseArgsOptionsConfig>(
  verb: string,
  args: readonly string[],
  options: T,
  most = 1,
) {
  const parsed = parseOrExplain(verb, args, options);
  const surplus = parsed.positionals[most];
  if (surplus !== undefined) throw new UsageError(`${verb} does not know what to do with "${surplus}"`);
  return parsed;
}

function parseOrExplain<T extends ParseArgsOptionsConfig>(verb: string, args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    const unknown = /^Unknown option '([^']+)'/.exec(error.message)?.[1];
    const all = Object.keys(options).map((name) => `--${name}`);
    throw new UsageError(
      unknown === undefined
        ? (error.message.split('\n')[0] ?? '')
        : `no option "${unknown}". The options of ${verb} are: ${all.join(', ')}`,
      { cause: error },
    );
  }
}

/** Prints a document as JSON, and nothing else. */
export function printJson(document: object): void {
  console.log(JSON.stringify(document, null, 2));
}
