import { describe } from 'vitest';
import type { Backend } from '../../lab/host/backend.ts';
import { gateSuite } from './suite/gates.ts';
import { knobSuite } from './suite/knobs.ts';
import { networkSuite } from './suite/networks.ts';
import { programSuite } from './suite/programs.ts';
import { toolSuite } from './suite/tools.ts';
import { type Blind, witnessSuite } from './suite/witnesses.ts';

/** What every backend's hosts have to do, whatever they are made of. */
export function hostSuite(backend: Backend, blind: Blind): void {
  describe(`hosts: ${backend}`, () => {
    networkSuite(backend);
    programSuite(backend);
    toolSuite(backend);
    knobSuite(backend);
    gateSuite(backend);
    witnessSuite(backend, blind);
  });
}
