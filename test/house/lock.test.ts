import { expect, test } from 'vitest';
import { read } from './files.ts';

interface Lock {
  packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>;
}

const remedy = 'run `npm run lock`';

test.each(['package-lock.json', 'setup/node/x64/package-lock.json', 'setup/node/arm64/package-lock.json'])(
  '%s names no registry, so that everybody can use their own',
  async (file) => {
    const { packages } = JSON.parse(await read(file)) as Lock;
    const bound = Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined);
    expect(bound, remedy).toEqual([]);
  },
);

test('package-lock.json has the packages of all platforms, or `npm ci` refuses it', async () => {
  const { packages } = JSON.parse(await read('package-lock.json')) as Lock;
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) => !(`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing, remedy).toEqual([]);
});

test('the Node of the launcher is the same on both kinds of machine, and new enough for the lab', async () => {
  const versions = ['x64', 'arm64'].map(async (machine) => {
    const { dependencies } = JSON.parse(await read(`setup/node/${machine}/package.json`)) as {
      dependencies: Record<string, string>;
    };
    return dependencies[`node-linux-${machine}`];
  });
  const [version, other] = await Promise.all(versions);
  expect(version).toMatch(/^24\.(1[2-9]|[2-9]\d)\.\d+$/);
  expect(other).toBe(version);
});
