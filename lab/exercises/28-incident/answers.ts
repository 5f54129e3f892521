import type { Judge } from '../../exercise/judge/judge.ts';
import { Inconclusive } from '../../exercise/judge/step.ts';
import type { Plan } from '../../exercise/plan.ts';
import { isState, STATES, type State, stateOfSs } from '../../tcp/states.ts';
import { factsOf, inState, isPile, REFUTE, socketsOn } from './facts.ts';
import { CAUSE_NAMES, type Cause, culpritOf, HOSTS, type Service, servicesOf } from './services.ts';

export const FILE = 'answers.json';
const FIELDS = ['state', 'on', 'cause', 'change'] as const;
type Field = (typeof FIELDS)[number];
type Answer = Readonly<Record<Field, string>>;

/** What each field may say. */
const WORDS: Readonly<Record<Field, readonly string[]>> = {
  state: STATES,
  on: HOSTS,
  cause: CAUSE_NAMES,
  change: HOSTS,
};

/** For each illness the state that shows it best, and at which end. */
const SYMPTOMS: Readonly<Record<Cause, readonly [State, 'server' | 'client']>> = {
  'server-never-closes': ['CLOSE_WAIT', 'server'],
  'server-never-accepts': ['SYN_SENT', 'client'],
  'server-never-reads': ['FIN_WAIT_1', 'client'],
  'handshake-filtered': ['SYN_RCVD', 'server'],
  'syn-flood': ['SYN_RCVD', 'server'],
  'ports-used-up': ['TIME_WAIT', 'client'],
  'client-vanished': ['ESTABLISHED', 'server'],
};

/** The right answers of a plan. */
export function rightAnswers(plan: Plan): string {
  const answers = servicesOf(plan).map((service) => {
    const [state, end] = SYMPTOMS[service.cause];
    return [
      service.server,
      { state, on: service[end], cause: service.cause, change: culpritOf(service) },
    ] as const;
  });
  return `${JSON.stringify(Object.fromEntries(answers), null, 2)}\n`;
}

/** What the file says of one service; empty words where it says nothing. */
function answerFor(j: Judge, host: string): Answer {
  const parsed: unknown = JSON.parse(j.evidence.file(FILE) ?? '{}');
  const ofHost = field(parsed, host);
  const word = (name: Field): string => {
    const value = field(ofHost, name);
    return typeof value === 'string' ? value.trim() : '';
  };
  return { state: word('state'), on: word('on'), cause: word('cause'), change: word('change') };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Every question has an answer in the words that are asked for. */
export function judgeAnswered(j: Judge): void {
  for (const host of HOSTS) {
    const answer = answerFor(j, host);
    for (const name of FIELDS) {
      const said = answer[name];
      j.that(WORDS[name].includes(said), {
        action: `"${name}" of the service on ${host} is answered`,
        expected: `"${name}" of "${host}" to be one of ${WORDS[name].join(', ')}`,
        observed: said === '' ? 'it is empty' : `it is "${said}"${meant(name, said)}`,
        because: 'not-answered',
        help: `./tcplab shell 28 ${host} opens a shell there. ss -tan shows its sockets, ss -ltn the port of its service.`,
      });
    }
  }
}

function meant(name: Field, said: string): string {
  if (name !== 'state' || isState(said)) return '';
  try {
    return `, which is ss's word for ${stateOfSs(said)}`;
  } catch {
    return '';
  }
}

/** The three answers about one service, held against what the kernels of its two hosts showed. */
export function judgeService(host: string): (j: Judge, plan: Plan) => void {
  return (j, plan) => {
    const service = servicesOf(plan).find(({ server }) => server === host) as Service;
    const facts = factsOf(j.evidence, service);
    if (
      REFUTE[service.cause](facts) !== undefined ||
      CAUSE_NAMES.filter((cause) => REFUTE[cause](facts) === undefined).length !== 1
    )
      throw new Inconclusive(`The service on ${host} did not fall ill in the way it should have.`);
    const { state, on, cause, change } = answerFor(j, host);
    const sockets = socketsOn(facts, on);
    j.that(isPile(facts, on, state), {
      host: on,
      action: `${state} piles up on ${on}`,
      expected: `most connections of the service on ${host} to be in ${state} on ${on}`,
      observed: `${on} had ${inState(sockets, state)} of them in ${state}`,
      because: 'no-pile',
      help: `Find the port of the service with ss -ltn on ${host}, and then count its connections on every host, state by state.`,
    });
    const refuted = REFUTE[cause as Cause](facts);
    j.that(refuted === undefined, {
      host,
      action: `the cause is ${cause}`,
      expected: `what the kernels show of the service on ${host} to fit "${cause}"`,
      observed: refuted ?? '',
      because: 'wrong-cause',
      help: 'Look at both ends of one connection: its state there and here, its queues, and whether the other end exists at all.',
    });
    j.that(change === culpritOf(service), {
      host: change,
      action: `it is ${change} that has to be changed`,
      expected: '"change" to name the host whose program or rules bring this about',
      observed: `with "${cause}" it would go on as before if ${change} were changed`,
      because: 'wrong-end',
      help: 'Ask of each end in turn: if only this host were put right, would the pile be gone tomorrow?',
    });
  };
}
