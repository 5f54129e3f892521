import type Docker from 'dockerode';
import { checkoutDigest, imageDigest } from '../../host/docker/digest.ts';
import { engine, IMAGE } from '../../host/docker/engine.ts';
import { newRun } from '../../host/docker/labels.ts';
import { leftovers, type Made } from '../../host/docker/leftovers.ts';
import { removeContainer } from '../../host/docker/removal.ts';

/** What an engine has of the lab. */
export interface LabOnEngine {
  /** The image's name, and whether there is one, and of the files that this checkout has. */
  readonly image: string;
  readonly state: 'none' | 'stale' | 'fresh';
  /** What dead runs have left there. */
  readonly left: readonly Pick<Made, 'kind'>[];
}

/** Asks the engine what it has of the lab. Nothing is started, and nothing that is made stays. @throws whatever the engine says. */
export async function labOnEngine(): Promise<LabOnEngine> {
  const { docker } = await engine();
  const [left, state] = await Promise.all([leftovers(docker), stateOf(docker)]);
  return { image: IMAGE, state, left };
}

async function stateOf(docker: Docker): Promise<LabOnEngine['state']> {
  const digest = await digestIn(docker);
  if (digest === undefined) return 'none';
  return digest === (imageDigest() ?? checkoutDigest()) ? 'fresh' : 'stale';
}

/**
 * The digest of the checkout that the lab's image was built of, empty for an image that is not the lab's; undefined when there is no
 * image. An engine shows a file of an image only in a container: one is created, and removed without having been started.
 */
async function digestIn(docker: Docker): Promise<string | undefined> {
  const { labels } = newRun();
  const container = await docker
    .createContainer({ Image: IMAGE, Labels: { ...labels }, HostConfig: { NetworkMode: 'none' } })
    .catch(unlessAbsent);
  if (container === undefined) return undefined;
  try {
    const archive = await container.getArchive({ path: '/tcplab/.digest' }).catch(unlessAbsent);
    return archive === undefined
      ? ''
      : contentOf(Buffer.concat(await Array.fromAsync(archive as AsyncIterable<Buffer>)));
  } finally {
    await removeContainer(docker, container.id);
  }
}

const TAR_BLOCK = 512;

/** The text of the one small file in an archive: a header, and then the content, filled up with zeros. tar(5). */
function contentOf(archive: Buffer): string {
  return (
    archive
      .toString('utf8', TAR_BLOCK, 2 * TAR_BLOCK)
      .split('\0')[0]
      ?.trim() ?? ''
  );
}

function unlessAbsent(error: unknown): undefined {
  if (!(error instanceof Error && 'statusCode' in error && error.statusCode === 404)) throw error;
}
