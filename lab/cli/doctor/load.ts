/**
 * Loads one native thing in a process of its own, so that a wrong binary can take down nothing else. On failure the last
 * line on standard output is `{ code, message }`, and the exit code is 1.
 */
const LOADERS: Readonly<Record<string, () => Promise<unknown>>> = {
  koffi: () => import('../../sys/libc.ts'),
  'raw-socket': () => import('raw-socket'),
  libnftables: async () => (await import('../../sys/nftables.ts')).loadNftables(),
};

try {
  await LOADERS[process.argv[2] ?? '']?.();
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.log(JSON.stringify({ code: code ?? '', message: message ?? String(error) }));
  process.exitCode = 1;
}
