import { useState } from 'preact/hooks';
import type { PredictionResult } from '../../../exercise/result.ts';
import type { ExerciseText } from '../../protocol.ts';
import { change, store, words } from '../page.ts';
import { TAGS } from '../words.ts';
import { Said } from './said.tsx';

/** What the kernel will do, as the student thinks before the first run; after it, beside what the kernel did. */
export function Questions({ text }: { readonly text: ExerciseText }) {
  const result = store.result.value;
  const outcomes = result?.exercise.number === text.number ? result.predictions : [];
  if (text.questions.length === 0) return <p class="soft">{words.value.noQuestions}</p>;
  if (outcomes.length > 0)
    return outcomes.map((outcome) => <Outcome key={outcome.id} text={text} outcome={outcome} />);
  return <Form key={String(text.isRun)} text={text} />;
}

function Form({ text }: { readonly text: ExerciseText }) {
  const { number, questions, predictions, isRun } = text;
  const { predictFirst, predict, predicted, predictedLate } = words.value;
  const [answers, setAnswers] = useState(predictions);
  const isSaid = questions.every(
    ({ id }) => predictions[id] !== undefined && predictions[id] === answers[id],
  );
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    void change({ do: 'predict', number, answers });
  };
  return (
    <form onSubmit={send}>
      <p>{isRun ? predictedLate : predictFirst}</p>
      {questions.map(({ id, ask, choices }) => (
        <fieldset key={id} data-question={id} lang={TAGS[text.language]} disabled={isRun}>
          <legend>{ask}</legend>
          {Object.entries(choices).map(([key, choice]) => (
            <label key={key}>
              <input
                type="radio"
                name={id}
                value={key}
                checked={answers[id] === key}
                onChange={() => setAnswers({ ...answers, [id]: key })}
              />
              {choice}
            </label>
          ))}
        </fieldset>
      ))}
      {!isRun && (
        <button
          type="submit"
          class="main"
          data-action="predict"
          disabled={isSaid || Object.keys(answers).length === 0}
        >
          {predict}
        </button>
      )}
      {!isRun && isSaid && <p role="status">{predicted}</p>}
    </form>
  );
}

function Outcome({ text, outcome }: { readonly text: ExerciseText; readonly outcome: PredictionResult }) {
  const { youSaid, kernelDid, noAnswer, notSeen, agrees } = words.value;
  const { id, ask, choices, kernel, hint } = outcome;
  // A run of the reference knows nothing of what the student has said.
  const predicted = outcome.predicted ?? text.predictions[id] ?? null;
  const isSame = predicted !== null && predicted === kernel;
  return (
    <section class="outcome" data-outcome={id} data-agrees={isSame}>
      <h3>
        <Said of={text}>{ask}</Said>
      </h3>
      <dl>
        <dt>{youSaid}</dt>
        <dd>{predicted === null ? noAnswer : <Said of={text}>{choices[predicted] ?? predicted}</Said>}</dd>
        <dt>{kernelDid}</dt>
        <dd>{kernel === null ? notSeen : <Said of={text}>{choices[kernel] ?? kernel}</Said>}</dd>
      </dl>
      {isSame && <p class="verdict pass">✔ {agrees}</p>}
      {hint !== undefined && (
        <p>
          <Said of={text}>{hint}</Said>
        </p>
      )}
    </section>
  );
}
