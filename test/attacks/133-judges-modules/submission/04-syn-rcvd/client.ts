const wanted = [
  '/lab/exercises/04-syn-rcvd/exercise.ts',
  '/lab/exercise/judge/judge.ts',
  '/lab/grade/journal.ts',
  '/lab/cli/main.ts',
  '/clients/withhold-ack.ts',
  '../clients/withhold-ack.ts',
  '../../clients/withhold-ack.ts',
  '#lab/exercises',
  'file:///proc/1/root/clients/withhold-ack.ts',
  'https://example.com/withhold-ack.ts',
];
const imported: string[] = [];
for (const path of wanted)
  await import(path).then(
    () => imported.push(path),
    () => {},
  );
console.log(JSON.stringify({ imported: imported.join(' ') }));
