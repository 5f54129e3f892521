// Bounded: 14 s.
import { libc } from './calls.ts';

libc.func('unsigned int sleep(unsigned int)')(14);
