import { survivesKills } from './survives-kills.ts';

survivesKills(4, 25, 900_000);
