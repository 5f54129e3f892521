/**
 * The environment of a program under test: where Node keeps compiled code, a path to tools, and nothing of the caller's.
 * The compile cache halves a program's start.
 */
export function programEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'NODE_COMPILE_CACHE'] as const;
  const environment: NodeJS.ProcessEnv = {};
  for (const name of kept) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}
