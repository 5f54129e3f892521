import { dirname, join, normalize } from 'node:path/posix';
import { parseSync } from 'oxc-parser';

/** The rooms of lab/, in their order: each may import from those before it. */
const rooms = [
  'tcp',
  'sys',
  'host',
  'gate',
  'raw',
  'observe',
  'exercise',
  'exercises',
  'atlas',
  'claims',
  'survey',
  'grade',
  'report',
  'workspace',
  'dashboard',
  'cli',
];

/** The two teaching modules, all that a program may import beside Node itself. */
const teachingModules = ['#lab/socket', '#lab/raw'];

/** The "imports" of package.json: `#lab/*` → `./lab/*`. */
export type Aliases = Record<string, string>;

/**
 * Judges one file.
 *
 * @param file its path in the repository, as `lab/tcp/states.ts`
 * @returns a sentence for each import that is out of order
 */
export function misplacedImports(file: string, source: string, aliases: Aliases): string[] {
  return importsOf(file, source).flatMap((specifier) => {
    const target = resolve(file, specifier, aliases);
    const because = objection(file, specifier, target);
    return because === undefined ? [] : [`${file} imports ${target}: ${because}`];
  });
}

function objection(file: string, specifier: string, target: string): string | undefined {
  const [place] = file.split('/');
  if (place === 'lab' && !isStudents(file)) return objectionInLab(file, target);
  if (place === 'test') {
    return isProgram(target) ? 'a test starts programs, it never imports them' : undefined;
  }
  const allowed = specifier.startsWith('node:') || teachingModules.includes(specifier);
  return allowed ? undefined : `programs may import only node:*, ${teachingModules.join(' and ')}`;
}

function objectionInLab(file: string, target: string): string | undefined {
  const room = roomOf(file);
  const here = rooms.indexOf(room);
  if (here === -1) return `${room} is not a room, see the list in test/house/rooms.ts`;
  if (target === 'koffi' || target.startsWith('koffi/'))
    return room === 'sys' ? undefined : 'only lab/sys may';
  if (isProgram(target) || target.startsWith('test/')) return 'the lab stands without programs and tests';
  if (!target.startsWith('lab/')) return undefined;

  const there = rooms.indexOf(roomOf(target));
  if (there !== -1 && there <= here) return undefined;
  return here === 0 ? `${room} may see nothing` : `${room} may see only ${rooms.slice(0, here).join(', ')}`;
}

function roomOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function isProgram(path: string): boolean {
  return /^(servers|clients)\//.test(path) || isStudents(path);
}

/** What students begin with, or go wrong with: programs, though they live beside their exercise. */
function isStudents(path: string): boolean {
  return /^lab\/exercises\/[^/]+\/(starter|wrong)\//.test(path);
}

/** A relative or aliased import as a path in the repository; a package or a module of Node as it is. */
function resolve(file: string, specifier: string, aliases: Aliases): string {
  if (specifier.startsWith('.')) return join(dirname(file), specifier);
  const exact = aliases[specifier];
  if (exact !== undefined) return normalize(exact);
  for (const [pattern, path] of Object.entries(aliases)) {
    const prefix = pattern.replace(/\*$/, '');
    if (prefix !== pattern && specifier.startsWith(prefix)) {
      return normalize(path.replace('*', specifier.slice(prefix.length)));
    }
  }
  return specifier;
}

/** Every module a file names: import, export from, import(), require(), and types in the form import('…'). */
function importsOf(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  const found = new Set<string>();
  visit(program, (node) => {
    const from = isRequire(node) ? firstArgument(node) : node.source;
    if (isNode(from)) found.add(typeof from.value === 'string' ? from.value : 'a computed name');
  });
  return [...found];
}

type SyntaxNode = { type: string } & Record<string, unknown>;

function visit(value: unknown, look: (node: SyntaxNode) => void): void {
  if (isNode(value)) look(value);
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) visit(part, look);
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isRequire(node: SyntaxNode): boolean {
  return node.type === 'CallExpression' && isNode(node.callee) && node.callee.name === 'require';
}

function firstArgument(node: SyntaxNode): unknown {
  return Array.isArray(node.arguments) ? node.arguments[0] : undefined;
}
