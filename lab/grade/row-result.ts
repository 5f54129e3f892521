import type { Step } from '../exercise/judge/step.ts';
import type {
  CheckResult,
  EvidenceLine,
  ExerciseResult,
  HostComparison,
  PredictionResult,
} from '../exercise/result.ts';
import type { Fields } from '../observe/fields.ts';

/** The record of a run, as `result.schema.json` has it. @throws FieldError */
export function parseResult(fields: Fields): ExerciseResult {
  const exercise = fields.object('exercise');
  const seen = fields.object('seen');
  return {
    schema: fields.oneOf('schema', ['tcplab/check/1']),
    tool: fields.text('tool'),
    kernel: fields.text('kernel'),
    backend: fields.text('backend'),
    startedAt: fields.time('startedAt'),
    exercise: {
      number: exercise.count('number', 1),
      slug: exercise.text('slug'),
      title: exercise.text('title'),
    },
    from: fields.text('from'),
    submission: fields.text('submission'),
    seed: fields.text('seed'),
    ms: fields.amount('ms'),
    verdict: fields.oneOf('verdict', ['pass', 'fail', 'inconclusive', 'error']),
    points: fields.count('points'),
    maxPoints: fields.count('maxPoints'),
    checks: fields.list('checks', parseCheck),
    predictions: fields.list('predictions', parsePrediction),
    seen: Object.fromEntries(seen.keys.map((host) => [host, seen.texts(host)])),
    knobs: fields.dictionary('knobs'),
    ...fields.maybe('trouble', (key) => fields.text(key)),
  };
}

function parseCheck(fields: Fields): CheckResult {
  return {
    id: fields.text('id'),
    title: fields.text('title'),
    verdict: fields.oneOf('verdict', ['pass', 'fail', 'skipped', 'inconclusive', 'error']),
    points: fields.count('points'),
    maxPoints: fields.count('maxPoints'),
    ms: fields.amount('ms'),
    ...fields.maybe('because', (key) => fields.text(key)),
    ...fields.maybe('message', (key) => fields.text(key)),
    ...fields.maybe('help', (key) => fields.text(key)),
    steps: fields.list('steps', parseStep),
    ...fields.maybe('hosts', (key) => fields.list(key, parseHost)),
    evidence: fields.list('evidence', parseEvidence),
  };
}

function parseStep(fields: Fields): Step {
  return {
    n: fields.count('n', 1),
    ...fields.maybe('host', (key) => fields.text(key)),
    action: fields.text('action'),
    ...fields.maybe('expected', (key) => fields.text(key)),
    ...fields.maybe('observed', (key) => fields.text(key)),
    atMs: fields.amount('atMs'),
  };
}

function parseHost(fields: Fields): HostComparison {
  return {
    host: fields.text('host'),
    ...fields.maybe('expected', (key) => fields.text(key)),
    observed: fields.text('observed'),
  };
}

function parseEvidence(fields: Fields): EvidenceLine {
  return {
    kind: fields.oneOf('kind', ['ss', 'segment', 'trace']),
    host: fields.text('host'),
    text: fields.text('text'),
  };
}

function parsePrediction(fields: Fields): PredictionResult {
  return {
    id: fields.text('id'),
    ask: fields.text('ask'),
    choices: fields.dictionary('choices'),
    predicted: fields.isNull('predicted') ? null : fields.text('predicted'),
    kernel: fields.isNull('kernel') ? null : fields.text('kernel'),
    ...fields.maybe('hint', (key) => fields.text(key)),
  };
}
