// Outside of any slot: prepares one, and runs in it what goes on until it is killed. A test kills this process.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepareSlot } from '../../../lab/host/sandbox/slot.ts';
import type { Jobs } from '../support/slot.ts';

const [n = '', file = ''] = process.argv.slice(2);
const slot = prepareSlot(Number(n));
const order: Jobs = { orders: slot.orders, limits: {}, jobs: [{ file }] };
const runJobs = join(import.meta.dirname, 'run-jobs.ts');
const [command, ...args] = [...slot.command, process.execPath, runJobs, JSON.stringify(order)];
spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
