import type { CheckResult, CheckVerdict } from '../../../exercise/result.ts';
import type { ExerciseText } from '../../protocol.ts';
import { runWords, store, words } from '../page.ts';
import { Auto } from './auto.tsx';
import { CheckDetails } from './check-details.tsx';
import { Said } from './said.tsx';

const MARKS: Readonly<Record<CheckVerdict | 'pending', string>> = {
  pass: '✔',
  fail: '✘',
  skipped: '↷',
  inconclusive: '?',
  error: '!',
  pending: '○',
};

/** The checks of the exercise that is open: waiting while a run goes on, judged when it is over. */
export function Checks({ text }: { readonly text: ExerciseText }) {
  const run = store.run.value;
  const isHere = run?.how === 'check' && run.number === text.number;
  const result = isHere ? store.result.value : undefined;
  const { noRunYet, ofReference, otherRun, points, verdict, touched } = words.value;
  return (
    <>
      <Auto />
      {result !== undefined ? (
        <p class={`verdict ${result.verdict}`} data-verdict-of-run={result.verdict}>
          {run?.from === 'reference' && <span class="soft">{ofReference} </span>}
          {MARKS[result.verdict]} {verdict[result.verdict]} · {points(result.points, result.maxPoints)}
        </p>
      ) : (
        !isHere && <p>{noRunYet}</p>
      )}
      {run?.isTouched === true && isHere && <p class="notice">{touched}</p>}
      {result?.trouble !== undefined && (
        <p class="notice">
          <Said of={text}>{result.trouble}</Said>
        </p>
      )}
      {run !== null && run !== undefined && run.number !== text.number && (
        <p class="soft">{otherRun(run.number)}</p>
      )}
      <ol class="checks">
        {(result?.checks ?? text.checks).map((check) => (
          <Check key={check.id} text={text} check={check} isPending={isHere} />
        ))}
      </ol>
      {isHere && result === undefined && <Steps />}
    </>
  );
}

interface Props {
  readonly text: ExerciseText;
  readonly check: CheckResult | ExerciseText['checks'][number];
  readonly isPending: boolean;
}

function Check({ text, check, isPending }: Props) {
  const verdict = 'verdict' in check ? check.verdict : 'pending';
  return (
    <li data-check={check.id} data-verdict={verdict}>
      <p class="check-title">
        <span class={`verdict ${verdict}`} role="img" aria-label={words.value.verdict[verdict]}>
          {MARKS[verdict]}
        </span>
        <Said of={text}>{check.title}</Said>
        {'verdict' in check && check.maxPoints > 0 && (
          <span class="soft number">
            {check.points}/{check.maxPoints}
          </span>
        )}
        {verdict === 'pending' && isPending && <span class="soft">{words.value.verdict.pending}</span>}
      </p>
      {verdict === 'pending' && isPending && <Seen text={text} steps={store.soFar.value[check.id] ?? []} />}
      {'verdict' in check && <CheckDetails text={text} check={check} />}
    </li>
  );
}

/** The steps of a check that were seen until now. */
function Seen({ text, steps }: { readonly text: ExerciseText; readonly steps: readonly string[] }) {
  return (
    <ul class="steps">
      {steps.map((step, n) => (
        <li key={n} data-step={step}>
          ✔ <Said of={text}>{step}</Said>
        </li>
      ))}
    </ul>
  );
}

/** The scenario's steps as they come. */
function Steps() {
  const steps = store.log.value.filter(({ kind }) => kind === 'step');
  if (steps.length === 0) return null;
  return (
    <section>
      <h3>{words.value.steps}</h3>
      <ul class="steps">
        {steps.slice(-12).map(({ atMs, say }, n) => (
          <li key={`${atMs} ${n}`}>
            <span class="soft number">{(atMs / 1000).toFixed(2)} s</span> {say(runWords.value.drawn.events)}
          </li>
        ))}
      </ul>
    </section>
  );
}
