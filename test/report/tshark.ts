import { execa } from 'execa';

const { exitCode } = await execa('tshark', ['--version'], { reject: false });

/** Whether to compare with tshark: where it is installed, and in CI in any case. */
export const comparable = exitCode === 0 || process.env.CI !== undefined;

/** For the names of tests that are skipped. */
export const needs = '(needs tshark)';

const FLAGS = [
  'tcp.analysis.retransmission',
  'tcp.analysis.fast_retransmission',
  'tcp.analysis.spurious_retransmission',
  'tcp.analysis.out_of_order',
  'tcp.analysis.duplicate_ack',
  'tcp.analysis.keep_alive',
  'tcp.analysis.zero_window_probe',
] as const;
const NUMBERS = ['tcp.flags.reset', 'tcp.stream', 'tcp.completeness'] as const;

/** What there is to say of a segment, in tshark's words: the flags that are set, and the numbers. */
export interface Said {
  readonly flags: readonly string[];
  readonly reset: boolean;
  readonly stream: number;
  readonly completeness: number;
}

/** Has tshark read a capture twice. @returns what it says, a segment each. */
export async function tsharkSays(file: string): Promise<Said[]> {
  const fields = [...FLAGS, ...NUMBERS].flatMap((field) => ['-e', field]);
  const { stdout } = await execa(
    'tshark',
    ['-2', '-r', file, '-T', 'fields', '-E', 'occurrence=f', ...fields],
    {
      stripFinalNewline: false,
    },
  );
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const values = line.split('\t');
      const [reset, stream, completeness] = values.slice(FLAGS.length).map(Number);
      return {
        flags: FLAGS.filter((_, n) => values[n] !== '').map((field) => field.slice('tcp.analysis.'.length)),
        reset: reset === 1,
        stream: stream ?? -1,
        completeness: completeness ?? -1,
      };
    });
}
