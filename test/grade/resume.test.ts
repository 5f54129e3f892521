// A grading may be killed at any instant: 100 random ones, of two courses side by side. More of them: npm run soak.
import { survivesKills } from './survives-kills.ts';

survivesKills(2, 50, 300_000);
