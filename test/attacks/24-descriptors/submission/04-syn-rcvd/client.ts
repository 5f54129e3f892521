// Bounded: 20,000 descriptors, 5 s.
import { openSync } from 'node:fs';

setTimeout(() => {}, 5_000);
try {
  for (let n = 0; n < 20_000; n += 1) openSync('/dev/null', 'r');
} catch {
  // All there are.
}
