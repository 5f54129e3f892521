import type { ProgramStatus } from '../protocol.ts';
import { chosen, isByHand, programOf, runText, start, store, wish, words } from './page.ts';

const KEYS: Readonly<Record<string, string>> = { server: 's', client: 'a' };

/** The programs of a host: those that run, and by hand the one to start. */
export function HostPrograms({ host }: { readonly host: string }) {
  const programs = store.run.value?.hosts.find(({ name }) => name === host)?.programs ?? [];
  const running = programs.filter(({ isRunning }) => isRunning);
  const ended = programs.filter(({ isRunning }) => !isRunning).at(-1);
  return (
    <div class="programs">
      {running.map((program) => (
        <Running key={program.pid} program={program} />
      ))}
      {ended !== undefined && running.length === 0 && (
        <span class="soft clip" title={endOf(ended)}>
          {endOf(ended)}
        </span>
      )}
      {isByHand.value && <Starter host={host} />}
    </div>
  );
}

/** How a program ended: a sentence that names it, or a few words to which its name is put. */
function endOf({ name, how }: ProgramStatus): string {
  if (how?.startsWith(name) === true) return how;
  return `${name} ${words.value.ended}${how === undefined ? '' : `: ${how}`}`;
}

function Running({ program: { pid, name } }: { readonly program: ProgramStatus }) {
  return (
    <span class="running" title={`${name}, pid ${pid}, ${words.value.runs}`}>
      {name}
      {isByHand.value && (
        <button
          type="button"
          class="plain"
          data-stop={pid}
          aria-label={`${words.value.stop} ${name}`}
          title={words.value.stop}
          onClick={() => wish({ do: 'stop', pid })}
        >
          ■
        </button>
      )}
    </span>
  );
}

function Starter({ host }: { readonly host: string }) {
  const programs = (runText.value?.programs ?? []).filter((program) => program.host === host);
  const current = programs.find(({ id }) => id === programOf(host));
  if (programs.length === 0) return null;
  const key = KEYS[host];
  return (
    <span class="starter">
      <select
        data-program={host}
        aria-label={words.value.program(host)}
        title={current?.about}
        value={current?.id}
        onChange={({ currentTarget }) => {
          chosen.value = { ...chosen.value, [host]: currentTarget.value };
        }}
      >
        {programs.map(({ id, about }) => (
          <option key={id} value={id} title={about}>
            {id.replace(/^(servers|clients)\//, '')}
          </option>
        ))}
      </select>
      <button type="button" class="main" data-start={host} onClick={() => start(host)}>
        {words.value.start} {key !== undefined && <kbd>{key}</kbd>}
      </button>
    </span>
  );
}
