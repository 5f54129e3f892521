import { filesDigest } from '../host/docker/digest.ts';

/** What a verdict depends on: the rooms of the lab that run and judge, and the programs that it provides. */
const JUDGING = [
  ...['tcp', 'sys', 'host', 'gate', 'raw', 'observe', 'exercise', 'exercises'].map((room) => `lab/${room}`),
  ...['lab/grade/slots', 'clients', 'servers'],
];

/** The version of the checks: SHA-256, in hexadecimal, over everything that a verdict depends on. */
export function suiteVersion(): string {
  return filesDigest(JUDGING);
}
