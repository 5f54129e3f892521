import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EXIT } from './command.ts';
import { byBackend } from './doctor/backends.ts';
import type { Check, Finding } from './doctor/check.ts';
import { checksFor } from './doctor/checks.ts';
import { documentOf } from './doctor/document.ts';
import { thisMachine } from './doctor/machine.ts';
import { report } from './doctor/report.ts';
import { wantedBackend } from './options.ts';

const HELP = `
Usage: ./tcplab doctor [--fix] [--backend B] [--json]

Tries what the lab stands on, by really doing it: Node and its packages, the system's tools, namespaces, and inside them
links, gates, raw sockets and witnesses; and what a Docker engine has of the lab. Says what works (✔), what does not (✘), what
that disables and the command that mends it. What is not needed and not there (–) is listed with what it would add. It changes
nothing and needs no root.

  --fix        instead, removes what runs that have died left on the Docker engine, and says what, a line each; nothing that is
               not the lab's is touched
  --backend B  whether hosts can be had there: namespaces, or docker; in one of the two ways, if this says nothing
  --json       one JSON document on standard output, and nothing else

Exit code 0: the tour can run. 4: it cannot.
`;

export const doctor: Command = {
  help: HELP,
  async run(args) {
    const { values } = verbArguments(
      'doctor',
      args,
      { ...COMMON, fix: { type: 'boolean', default: false } },
      0,
    );
    return values.fix ? await fix(values.json) : await examine(wantedBackend(args), values.json);
  },
};

async function examine(wanted: ReturnType<typeof wantedBackend>, json: boolean): Promise<number> {
  const machine = thisMachine();
  const found = await Promise.all(
    checksFor(machine).map(async (check) => ({ check, finding: await finding(check) })),
  );
  const { results, backends } = byBackend(found, wanted);
  const document = documentOf(results, backends);
  if (json) printJson(document);
  else console.log(report(results, machine, backends));
  return document.ready ? EXIT.passed : EXIT.environment;
}

async function fix(json: boolean): Promise<number> {
  const { removeWhatIsLeft } = await import('./doctor/fix.ts');
  const removed = await removeWhatIsLeft();
  if (json) printJson({ schema: 'tcplab/doctor-fix/1', removed });
  else if (removed.length === 0) console.log('Runs that have died left nothing on the Docker engine.');
  else for (const { kind, name } of removed) console.log(`removed ${kind} ${name}`);
  return EXIT.passed;
}

/** A check that throws has met what it did not foresee: that is said, and the others go on. */
async function finding(check: Check): Promise<Finding> {
  try {
    return await check.run();
  } catch (error) {
    return {
      status: 'broken',
      detail: `the check itself failed: ${error instanceof Error ? error.message : String(error)}`,
      disables: 'Perhaps nothing: nobody has seen this before.',
      remedy: ['Please report it, with what this prints:', { see: './tcplab doctor --json' }],
    };
  }
}
