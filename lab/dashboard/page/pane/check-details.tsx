import type { CheckResult } from '../../../exercise/result.ts';
import type { ExerciseText } from '../../protocol.ts';
import { words } from '../page.ts';
import { Said } from './said.tsx';

/** Why a check did not pass, what each host showed, and one thing to try. */
export function CheckDetails({ text, check }: { readonly text: ExerciseText; readonly check: CheckResult }) {
  const { message, help, hosts, evidence } = check;
  const { tryNext, expected, observed, evidence: evidenceWord } = words.value;
  if (message === undefined && help === undefined && evidence.length === 0) return null;
  const lines = evidence.map(({ host, text: line }) => `${host}  ${line}`).join('\n');
  return (
    <div class="check-details">
      {message !== undefined && (
        <p data-message>
          <Said of={text}>{message}</Said>
        </p>
      )}
      {hosts !== undefined && hosts.length > 0 && (
        <table>
          <thead>
            <tr>
              <th />
              <th scope="col">{expected}</th>
              <th scope="col">{observed}</th>
            </tr>
          </thead>
          <tbody>
            {hosts.map((host) => (
              <tr key={host.host}>
                <th scope="row">{host.host}</th>
                <td>{host.expected !== undefined && <Said of={text}>{host.expected}</Said>}</td>
                <td>
                  <Said of={text}>{host.observed}</Said>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {help !== undefined && (
        <p>
          <strong>{tryNext}</strong> <Said of={text}>{help}</Said>
        </p>
      )}
      {evidence.length > 0 && (
        <details>
          <summary>{evidenceWord}</summary>
          <pre class="scroll" lang="en">
            {lines}
          </pre>
        </details>
      )}
    </div>
  );
}
