import { leavesNothingBehind } from './killed-tours.ts';

leavesNothingBehind(100, 300_000);
