// Bounded: 100 times, 12 s.
const count = Number(process.env.COUNT ?? 0);
const since = Number(process.env.SINCE ?? Date.now());
if (count < 100 && Date.now() - since < 12_000)
  process.execve?.(process.execPath, [process.execPath, import.meta.filename], {
    ...process.env,
    COUNT: String(count + 1),
    SINCE: String(since),
  } as NodeJS.ProcessEnv);
