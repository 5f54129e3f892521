import type { CheckResult } from '../../../exercise/result.ts';
import { words } from '../page.ts';

/** Why a check did not pass, what each host showed, and one thing to try. */
export function CheckDetails({ check }: { readonly check: CheckResult }) {
  const { message, help, hosts, evidence } = check;
  const { tryNext, expected, observed, evidence: evidenceWord } = words.value;
  if (message === undefined && help === undefined && evidence.length === 0) return null;
  const lines = evidence.map(({ host, text }) => `${host}  ${text}`).join('\n');
  return (
    <div class="check-details">
      {message !== undefined && <p data-message>{message}</p>}
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
                <td>{host.expected}</td>
                <td>{host.observed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {help !== undefined && (
        <p>
          <strong>{tryNext}</strong> {help}
        </p>
      )}
      {evidence.length > 0 && (
        <details>
          <summary>{evidenceWord}</summary>
          <pre class="scroll">{lines}</pre>
        </details>
      )}
    </div>
  );
}
