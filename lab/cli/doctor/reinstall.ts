import type { Step } from './check.ts';

/** The launcher looks again at what it set up, and mends what is not as it should be. */
export const LOOK_AGAIN: Step = { run: 'rm -f .tcplab/ready && ./tcplab doctor' };

/** Throws the packages away and has the launcher install them again. */
export const INSTALL_AGAIN: Step = { run: 'rm -rf node_modules .tcplab/ready && ./tcplab doctor' };
