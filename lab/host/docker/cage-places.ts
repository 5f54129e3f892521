/** Where the image holds what is to be seen in a cage, and who programs are there. */
const FOLDER = '/cage';

export const CAGE = {
  /** The teaching modules and the launcher, by their paths in the checkout. */
  folder: FOLDER,
  entry: `${FOLDER}/lab/host/docker/cage-entry.ts`,
  launcher: `${FOLDER}/lab/host/docker/cage-launcher.ts`,
  /** Where the student's files are: below the teaching modules, as if those were the lab's folder. */
  submission: `${FOLDER}/submission`,
  /** All that a program can write to. */
  scratch: '/tmp',
  cache: `${FOLDER}/.compile-cache`,
  uid: 1_000,
  environment: {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: '/tmp',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    NODE_COMPILE_CACHE: `${FOLDER}/.compile-cache`,
  },
} as const;
