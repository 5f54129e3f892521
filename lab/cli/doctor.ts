import { parseArgs } from 'node:util';
import { type Command, EXIT } from './command.ts';
import type { Check, Finding } from './doctor/check.ts';
import { checksFor } from './doctor/checks.ts';
import { documentOf } from './doctor/document.ts';
import { thisMachine } from './doctor/machine.ts';
import { report } from './doctor/report.ts';

const HELP = `
Usage: ./tcplab doctor [--json]

Tries what the lab stands on, by really doing it: Node and its packages, the system's tools, namespaces, and inside them
links, gates, raw sockets and witnesses. Says what works (✔), what does not (✘), what that disables and the command that
mends it. What is not needed and not there (–) is listed with what it would add. It changes nothing and needs no root.

  --json   one JSON document on standard output, and nothing else

Exit code 0: the tour can run. 4: it cannot.
`;

export const doctor: Command = {
  help: HELP,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } } });
    const machine = thisMachine();
    const results = await Promise.all(
      checksFor(machine).map(async (check) => ({ check, finding: await finding(check) })),
    );
    const document = documentOf(results);
    console.log(values.json ? JSON.stringify(document, null, 2) : report(results, machine));
    return document.ready ? EXIT.passed : EXIT.environment;
  },
};

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
