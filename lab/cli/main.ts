import { constants, release } from 'node:os';
import packageJson from '../../package.json' with { type: 'json' };
import { EnterError, enterLab, holdLifeline, insideLab } from '../host/namespaces/enter.ts';
import { keptTrace } from '../host/namespaces/kept-trace.ts';
import { isMeasuredOutside } from './bench/outside.ts';
import { type Command, EnvironmentError, EXIT, UsageError } from './command.ts';
import { VERBS, verbNamed } from './commands.ts';
import { isEngineThere } from './engine-there.ts';
import { wantedBackend } from './options.ts';
import { goBy } from './own-name.ts';
import { printed } from './stdout.ts';
import { wantedTrace } from './wanted-trace.ts';
import { withEngine } from './with-engine.ts';

/**
 * The entry of every verb. A verb that needs hosts runs twice: outside, where this process only waits and passes
 * interruptions on, and inside fresh namespaces, where the work is done.
 */
async function main(args: readonly string[]): Promise<number> {
  const inside = insideLab();
  if (inside) holdLifeline(showCursor);
  if (keptTrace() !== undefined) await (await import('../observe/trace-share.ts')).loadTrace();
  const [verb, ...rest] = args;
  if (verb === undefined && (await import('./watch/is-wanted.ts')).isWatchWanted())
    return await main(['watch']);
  if (verb === undefined || verb === '--help' || verb === '-h') return printVerbs();
  if (verb === 'help')
    return rest[0] === undefined ? printVerbs() : printHelp(await verbNamed(rest[0]).load());
  if (verb === '--version' || verb === 'version') return printVersion();
  const { needsHosts, load } = verbNamed(verb);
  const own = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (own.includes('--help') || own.includes('-h')) return printHelp(await load());
  const verbItself = async (): Promise<number> => await (await load()).run(rest);
  if (!needsHosts || inside || (verb === 'bench' && own.some(isMeasuredOutside))) return await verbItself();
  // What is measured on Docker is measured beside the lab's namespaces, not inside.
  const wanted = verb === 'bench' && own.includes('docker') ? 'docker' : wantedBackend(own);
  if (wanted === 'docker') return await runWithEngine(verb, verbItself);
  try {
    return await runInside(args);
  } catch (error) {
    if (wanted !== undefined || !(error instanceof EnterError) || !(await isEngineThere())) throw error;
    console.error(
      `tcplab: ${error.reason}, so there are no namespaces here. Going on with --backend docker.`,
    );
    process.env.TCPLAB_BACKEND = 'docker';
    return await runWithEngine(verb, verbItself);
  }
}

async function runWithEngine(name: string, verb: () => Promise<number>): Promise<number> {
  // These take keys one at a time; even a SIGKILL is to leave the terminal as it was.
  const restore = ['shell', 'watch'].includes(name)
    ? (await import('./watch/guard-terminal.ts')).guardTerminal()
    : undefined;
  try {
    return await withEngine(verb, showCursor);
  } finally {
    await restore?.();
  }
}

async function runInside(args: readonly string[]): Promise<number> {
  const restore =
    args[0] === 'watch' ? (await import('./watch/guard-terminal.ts')).guardTerminal() : undefined;
  try {
    const code = await enterLab(import.meta.filename, args, await wantedTrace(args), {
      sharesInterrupts: args[0] === 'shell',
    });
    if (code === EXIT.interrupted) console.error('tcplab: interrupted. Everything it had made is gone.');
    return code;
  } finally {
    await restore?.();
  }
}

function printVerbs(): number {
  const width = Math.max(...VERBS.map((name) => name.length));
  const lines = VERBS.map((name) => `  ${name.padEnd(width)}  ${verbNamed(name).summary}`);
  console.log(
    [
      'tcplab: small programs make a real Linux kernel enter, hold and leave every TCP state.',
      '',
      'Usage: ./tcplab VERB [options]',
      '',
      ...lines,
      '',
      './tcplab VERB --help says more about one verb. Start with: ./tcplab tour, and then: ./tcplab list',
    ].join('\n'),
  );
  return EXIT.passed;
}

function printVersion(): number {
  console.log(`tcplab ${packageJson.version}, Node ${process.version}, Linux ${release()}`);
  return EXIT.passed;
}

function printHelp(command: Command): number {
  console.log(command.help.trim());
  return EXIT.passed;
}

function showCursor(): void {
  if (process.stderr.isTTY) process.stderr.write('\x1b[?25h');
}

/** Known errors are one line; the stack of an unknown one is for us. TCPLAB_DEBUG shows the stack of any. */
function report(error: unknown): number {
  if (process.env.TCPLAB_DEBUG !== undefined) console.error(error);
  if (
    error instanceof UsageError ||
    hasCode(error, 'unknown-gate', 'unknown-knob', 'refused-knob', 'unknown-exercise') ||
    isParseArgsError(error)
  ) {
    console.error(`tcplab: ${error.message}`);
    return EXIT.usage;
  }
  if (
    error instanceof EnvironmentError ||
    error instanceof EnterError ||
    (error instanceof Error && error.name === 'QueueError') ||
    hasCode(
      error,
      'tool',
      'missing-library',
      'inside-ended',
      'engine',
      'container-ended',
      'sandbox',
      'slot',
      'runner',
    )
  ) {
    console.error(`tcplab: ${error.message}`);
    return EXIT.environment;
  }
  if (hasCode(error, 'ERR_MODULE_NOT_FOUND') && error.message.startsWith('Cannot find package')) {
    console.error(`tcplab: a package is missing. ./tcplab doctor says what to do (${error.message})`);
    return EXIT.environment;
  }
  console.error('tcplab: this is a mistake in the lab itself, please report it.');
  console.error(error);
  return EXIT.broken;
}

function hasCode(error: unknown, ...codes: string[]): error is Error {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function isParseArgsError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

// Whoever read our output has gone, as `head` does: there is nobody left to do this for.
process.stdout.on('error', () => process.exit(128 + constants.signals.SIGPIPE));

// What goes wrong outside of any await is no verdict on anybody's program either.
process.on('uncaughtException', (error) => process.exit(report(error)));

goBy();
const code = await main(process.argv.slice(2)).catch(report);
await printed();
process.exit(code);
