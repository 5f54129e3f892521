import type { ProgramChoice, ProgramStatus } from '../protocol.ts';
import { targetsOf } from '../targets.ts';
import { startKeysOf } from './handles.ts';
import { chosen, isByHand, programOf, runText, start, store, target, targetOf, wish, words } from './page.ts';
import { sayingOf } from './sayings.ts';

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
  const said = how === undefined ? undefined : (sayingOf(runText.value, how) ?? how);
  if (how?.startsWith(name) === true) return said ?? '';
  return `${name} ${words.value.ended}${said === undefined ? '' : `: ${said}`}`;
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
  const programs = (runText.value?.programs ?? []).filter(({ hosts }) => hosts.includes(host));
  const current = programs.find(({ id }) => id === programOf(host));
  if (programs.length === 0) return null;
  const key = startKeysOf(runText.value?.hosts ?? [])[host];
  const { ofExercise, others } = words.value;
  return (
    <span class="starter">
      <select
        data-program={host}
        aria-label={words.value.program(host)}
        title={current === undefined ? undefined : aboutOf(current)}
        value={current?.id}
        onChange={({ currentTarget }) => {
          chosen.value = { ...chosen.value, [host]: currentTarget.value };
        }}
      >
        <Choices label={ofExercise} programs={programs.filter(({ isOfExercise }) => isOfExercise)} />
        <Choices label={others} programs={programs.filter(({ isOfExercise }) => !isOfExercise)} />
      </select>
      {current?.connects === true && <Target host={host} />}
      <button type="button" class="main" data-start={host} onClick={() => start(host)}>
        {words.value.start} {key !== undefined && <kbd>{key}</kbd>}
      </button>
    </span>
  );
}

function Choices({
  label,
  programs,
}: {
  readonly label: string;
  readonly programs: readonly ProgramChoice[];
}) {
  if (programs.length === 0) return null;
  return (
    <optgroup label={label}>
      {programs.map((program) => (
        <option key={program.id} value={program.id} title={aboutOf(program)}>
          {program.id.replace(/^(servers|clients)\//, '')}
        </option>
      ))}
    </optgroup>
  );
}

function aboutOf({ about }: ProgramChoice): string {
  return sayingOf(runText.value, about) ?? about;
}

/** Where the program connects to, when there is a choice. */
function Target({ host }: { readonly host: string }) {
  const targets = targetsOf(host, runText.value?.hosts ?? []);
  if (targets.length < 2) return null;
  return (
    <select
      class="target"
      data-to={host}
      aria-label={words.value.connectsTo(host)}
      title={words.value.connectsTo(host)}
      value={targetOf(host)}
      onChange={({ currentTarget }) => {
        target.value = { ...target.value, [host]: currentTarget.value };
      }}
    >
      {targets.map((each) => (
        <option key={each} value={each}>
          → {each}
        </option>
      ))}
    </select>
  );
}
