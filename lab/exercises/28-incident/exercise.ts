import type { Exercise } from '../../exercise/exercise.ts';
import { FILE, judgeAnswered, judgeService, rightAnswers } from './answers.ts';
import { factsOf, SICK } from './facts.ts';
import { provoke } from './provoke.ts';
import { CAUSES, HOSTS, servicesOf } from './services.ts';

/** Nothing gives up while somebody is looking for the cause. tcp(7). */
const KNOBS = { tcp_syn_retries: '127', tcp_synack_retries: '255' };

/** Which host a part plays on is the plan's to say: what is said here is only where it is at home. */
const provided = (file: string): { host: string; provided: string } => ({ host: 'web', provided: file });

export const exercise: Exercise = {
  number: 28,
  slug: 'incident',
  title: 'Three sick services: find out what ails them',
  points: 50,
  paths: { web: ['CLOSED', 'LISTEN'], app: ['CLOSED', 'LISTEN'], db: ['CLOSED', 'LISTEN'] },
  hosts: HOSTS,
  knobs: KNOBS,
  cast: {
    answers: {
      host: 'web',
      student: FILE,
      reference: 'lab/exercises/28-incident/method.md',
      answers: rightAnswers,
    },
    echo: provided('servers/echo.ts'),
    'never-accept': provided('servers/never-accept.ts'),
    'never-close': provided('servers/never-close.ts'),
    'never-read': provided('servers/never-read.ts'),
    churn: provided('clients/churn.ts'),
    'connect-many': provided('clients/connect-many.ts'),
    'half-open': provided('clients/half-open.ts'),
    post: provided('clients/post.ts'),
    vanish: provided('clients/vanish.ts'),
  },
  lastsMs: 2_500,

  async scenario(scene) {
    await Promise.all(servicesOf(scene.plan).map((service) => provoke(scene, service)));
    await scene.step(SICK);
    await scene.ss();
  },

  checks: [
    {
      id: 'answered',
      title: 'Every question has an answer, in the words of the README',
      weight: 1,
      expects: {},
      help: 'The README lists the words for each of the four fields.',
      judge: judgeAnswered,
    },
    ...HOSTS.map((host) => ({
      id: host,
      title: `The service on ${host}: what piles up where, why, and which end has to be changed`,
      weight: 3,
      needs: ['answered'],
      expects: {},
      help: `./tcplab shell 28 ${host} opens a shell on the host of the service.`,
      judge: judgeService(host),
    })),
  ],

  questions: [
    {
      id: 'both-ends',
      ask: 'Three services, each with a server and a client. Is there, for every sick connection, a socket at both of its ends?',
      choices: {
        a: 'Yes: a connection always has two ends.',
        b: 'No: of some service one end has nothing.',
      },
      kernel: (evidence, plan) => {
        if (evidence.when(SICK) === undefined) return undefined;
        const alone = servicesOf(plan).some((service) => {
          const { server, client } = factsOf(evidence, service);
          return server.length === 0 || client.length === 0;
        });
        return alone ? 'b' : 'a';
      },
      hints: {
        a: 'Each kernel keeps only its own end. Compare: ss -tan, and from the same shell: on app ss -tan',
        b: 'Of every service both hosts show sockets this time. Look again at the ports: ss -tan, and from the same shell: on app ss -tan',
      },
    },
    {
      id: 'whose-fault',
      ask: 'A pile is seen most easily on the server. In how many of the three services is it the client that has to be changed?',
      choices: { a: 'In none.', b: 'In one.', c: 'In two.', d: 'In all three.' },
      kernel: (evidence, plan) => {
        if (evidence.when(SICK) === undefined) return undefined;
        const count = servicesOf(plan).filter(({ cause }) => CAUSES[cause] === 'client').length;
        return ['a', 'b', 'c', 'd'][count];
      },
      hints: {
        a: 'Who would have to act for each pile to go away: who waits, or who is waited for?',
        b: 'Who would have to act for each pile to go away: who waits, or who is waited for?',
        c: 'Who would have to act for each pile to go away: who waits, or who is waited for?',
        d: 'Who would have to act for each pile to go away: who waits, or who is waited for?',
      },
    },
  ],
  hints: [
    'A state says what its kernel waits for. For each pile: what is it that does not come, and who should send it?',
    'Look at both ends of one connection, by its two ports. The same symptom on the server has another cause when the client has no socket for it, or when Recv-Q is not empty.',
    'On each host: ss -ltn for the port of its service and the queue of its listener; then ss -tan "( sport = :PORT or dport = :PORT )" there and with `on HOST` elsewhere.',
  ],
  // The right answers follow from the seed; these are wrong ones for the authors' own.
  wrong: [
    {
      file: 'change-who-vanished.json',
      believes: 'a host that has vanished can be told not to',
      fails: 'web',
      says: 'would go on as before',
    },
    {
      file: 'syn-sent-means-filtered.json',
      believes: 'clients in SYN_SENT always mean a packet filter',
      fails: 'app',
      says: 'not both are there',
    },
    {
      file: 'pile-on-the-server.json',
      believes: 'what is wrong with a service shows on its server',
      fails: 'app',
      says: 'app had 0 of them in SYN_SENT',
    },
    {
      file: 'one-answer-for-all.json',
      believes: 'whatever piles up is CLOSE_WAIT',
      fails: 'web',
      says: 'web had 0 of them in CLOSE_WAIT',
    },
    {
      file: 'fin-wait-1-means-no-close.json',
      believes: 'who waits in FIN_WAIT_1 waits for the other end to close',
      fails: 'db',
      says: 'where they wait for it to close',
    },
    {
      file: 'words-of-ss.json',
      believes: "what ss prints are the states' names",
      fails: 'answered',
      says: "ss's word for",
    },
    {
      file: 'prose.txt',
      believes: 'an answer in prose can be read as well',
      fails: 'runs',
      says: 'cannot be read as such',
    },
  ],
};
