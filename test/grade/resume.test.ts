import { survivesKills } from './survives-kills.ts';

// 100 of them: npm run soak.
survivesKills(2, 12, 300_000);
