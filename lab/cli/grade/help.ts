export const HELP = `
Usage: ./tcplab grade DIR --out DIR [options]

Grades a folder of submissions: one folder, .zip or .tar.gz a student, named after the student, with NN-slug/ folders inside as
./tcplab start makes them. Each program runs in a sandbox, on hosts of its own, and the kernel is the judge, as in ./tcplab check.

  --out DIR         where everything goes. Grading into it again judges only what is new or has changed, and after an
                    interruption of any kind goes on where it stopped
  --exercise N,N    only these exercises, and
  --only NAME,NAME  only these students: the verdicts of all others in --out stay
  --rerun WHAT      judges anew what has a verdict already: failed, error (the lab itself failed), or all
  --course FILE     course.json: due dates, weights, hidden checks. Its exercises count; without it, those somebody handed in.
                    When a file was handed in is what the file says, unless students.NAME.submitted there has the time
  --release         shows students the hidden checks
  --jobs N          how many submissions are judged at the same time
  --backend B       where programs are confined: namespaces, or docker, for a machine without bubblewrap: a container for each
  --json            one JSON document at the end, and nothing else on standard output

--out then has gradebook.html, a page for each student (students/, and review/ for you), CSV files for spreadsheets, Canvas and
Moodle, gradescope/, github/, junit.xml, similarity.html, and journal.jsonl, from which everything else is made.

On many machines:

  ./tcplab grade plan DIR --out DIR [--exercise N] [--only NAME]    takes the submissions in, and writes plan.jsonl
  ./tcplab grade run --plan DIR/plan.jsonl --shard 1/8              judges an eighth of it
  ./tcplab grade merge --plan DIR/plan.jsonl --out DIR JOURNAL ...  one gradebook of all shards, if every row has its verdict
  ./tcplab grade enqueue --plan DIR/plan.jsonl --redis URL          gives it to workers, and collects what they find
  ./tcplab grade work --redis URL [--jobs N]                        is such a worker

One submission under vitest, a test for each check, with its reporters and its watch:

  SUBMISSION=DIR npm run grade:suite -- --reporter=junit            DIR has the NN-slug/ folders of one student

Exit code 0: every planned row has a verdict, whatever the verdicts are. 1: some have none. 2: what was typed cannot be done.
4: this machine cannot do it. 130: interrupted.

./tcplab quickstart makes a class to try it with.
`;
