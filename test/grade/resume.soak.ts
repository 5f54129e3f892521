import { survivesKills } from './survives-kills.ts';

survivesKills(4, 100, 1_800_000);
