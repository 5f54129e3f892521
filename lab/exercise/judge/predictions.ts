import type { Exercise } from '../exercise.ts';
import type { Plan } from '../plan.ts';
import type { PredictionResult } from '../result.ts';
import type { Evidence } from './evidence.ts';

/** The student's predictions beside what the kernel did, question by question. They never cost points. */
export function predictionResults(
  { questions }: Exercise,
  evidence: Evidence,
  plan: Plan,
  answers: Readonly<Record<string, string>>,
): PredictionResult[] {
  return questions.map(({ id, ask, choices, kernel, hints }) => {
    const predicted = answers[id] ?? null;
    const did = kernel(evidence, plan) ?? null;
    const hint = predicted !== null && did !== null && predicted !== did ? hints[predicted] : undefined;
    return { id, ask, choices, predicted, kernel: did, ...(hint === undefined ? {} : { hint }) };
  });
}
