import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { exerciseFolder } from '../../lab/exercise/casting.ts';
import { folderName } from '../../lab/exercise/exercise.ts';
import { PhraseBook } from '../../lab/exercise/phrases.ts';
import { EXERCISES } from '../../lab/exercises/catalog.ts';
import { phrases as ofAll } from '../../lab/exercises/phrases.zh.ts';
import { phrases as ofEnds } from '../../lab/exercises/program-ends.zh.ts';
import { phrases as ofPrograms } from '../../lab/exercises/programs.zh.ts';
import { chineseSayings } from '../../lab/exercises/sayings.ts';
import { phrases as ofScenes } from '../../lab/exercises/scenes.zh.ts';
import { chinesePhrases } from '../../lab/exercises/words.ts';
import { ROOT } from '../support/tcplab.ts';

/** What stands in a hole of a template here: something that is the same in every language. */
const IN_A_HOLE = '5';
const SAID = ['action', 'expected', 'observed', 'help'];

/** Sentences whose holes hold words, which are phrases themselves: `dev check` sees them in real runs. */
const WITH_WORDS = [
  'when it 5, the program prints 5',
  'the program to print 5 on standard output when it 5',
  'that 5',
  'your program printed "5", and 5',
  '5 in 5',
  'it is "5"5',
  './tcplab shell 28 5 opens a shell on the host of the service.',
];

interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

describe('what judges can say is known in Chinese, with whatever number or name in it', () => {
  test.each(EXERCISES.map((exercise) => [folderName(exercise), exercise] as const))(
    '%s',
    async (_, exercise) => {
      const book = new PhraseBook(await chineseSayings(exercise));
      const folder = exerciseFolder(exercise);
      const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('zh.ts'));
      const said = files.flatMap((name) => sentencesIn(join(folder, name)));
      expect(said.length).toBeGreaterThan(3);
      expect(said.filter((english) => book.say(english) === undefined)).toEqual([]);
    },
  );

  test('an exercise has what it says otherwise than all the others, and nothing twice', async () => {
    const common = { ...ofAll, ...ofScenes, ...ofPrograms, ...ofEnds };
    const own = (await Promise.all(EXERCISES.map(chinesePhrases))).flatMap((phrases) =>
      Object.entries(phrases),
    );
    expect(own.filter(([english, said]) => common[english] === said)).toEqual([]);
  });

  test('the steps and verdicts of every exercise', async () => {
    const book = new PhraseBook(await chineseSayings(EXERCISES[0] as (typeof EXERCISES)[number]));
    const folder = join(ROOT, 'lab/exercise/judge');
    const said = readdirSync(folder).flatMap((name) => sentencesIn(join(folder, name)));
    expect(said.length).toBeGreaterThan(30);
    expect(said.filter((english) => book.say(english) === undefined)).toEqual([]);
  });
});

/** What stands behind `action:`, `expected:`, `observed:`, `help:` and in `step(…)`: every alternative, and constants by their values. */
function sentencesIn(file: string): string[] {
  const { program } = parseSync(file, readFileSync(file, 'utf8'));
  const constants = new Map<string, Node>();
  const values: Node[] = [];
  visit(program, (node) => {
    if (node.type === 'VariableDeclarator' && isNode(node.init) && isNode(node.id))
      constants.set(String(node.id.name), node.init);
    if (node.type === 'Property' && isNode(node.value) && SAID.includes(nameOf(node)))
      values.push(node.value);
    if (node.type === 'CallExpression' && isNode(node.callee) && stepName(node.callee) === 'step')
      values.push(...(node.arguments as Node[]).slice(0, 1));
  });
  const texts = values.flatMap((value) => alternatives(value, constants));
  return [...new Set(texts)].filter((text) => text !== '' && !WITH_WORDS.includes(text));
}

function alternatives(node: Node, constants: ReadonlyMap<string, Node>): string[] {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : [];
  if (node.type === 'TemplateLiteral') {
    const parts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
    const holes = node.expressions as Node[];
    // Beside a hole that may hold half a sentence nothing can be said of the whole.
    if (holes.some(({ type }) => type === 'ConditionalExpression')) return [];
    const fillings = holes.map((hole) => alternatives(hole, constants)[0] ?? IN_A_HOLE);
    return [parts.map((part, n) => `${part}${fillings[n] ?? ''}`).join('')];
  }
  if (node.type === 'ConditionalExpression')
    return [node.consequent, node.alternate].flatMap((each) => alternatives(each as Node, constants));
  if (node.type === 'LogicalExpression')
    return [node.left, node.right].flatMap((each) => alternatives(each as Node, constants));
  const constant = node.type === 'Identifier' ? constants.get(String(node.name)) : undefined;
  return constant === undefined || constant === node ? [] : alternatives(constant, new Map());
}

function visit(node: unknown, see: (node: Node) => void): void {
  if (Array.isArray(node)) for (const each of node) visit(each, see);
  else if (isNode(node)) {
    see(node);
    for (const member of Object.values(node)) visit(member, see);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function nameOf(property: Node): string {
  const key = property.key;
  return isNode(key) ? String(key.name ?? key.value) : '';
}

function stepName(callee: Node): string {
  const property = callee.property;
  return isNode(property) ? String(property.name) : '';
}
