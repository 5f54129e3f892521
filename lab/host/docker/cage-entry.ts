/**
 * The first program of the lab in a cage: puts the filter of calls in place, and becomes the launcher. A Node that has begun without the
 * filter has opened a ring (io_uring), which the filter would take from it while it runs.
 */
import { filterCalls } from '../../sys/seccomp.ts';
import { callFilter } from '../sandbox/call-filter.ts';
import { CAGE } from './cage-places.ts';

filterCalls(callFilter());
process.execve?.(process.execPath, [process.execPath, '--no-warnings', CAGE.launcher], process.env);
throw new Error(`Node ${process.version} cannot become another program: the image needs 24 or newer`);
