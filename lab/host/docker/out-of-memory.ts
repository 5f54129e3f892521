import type Docker from 'dockerode';

/** How far back it is looked; engines keep 256 events. And how long such an event may be behind the container's end. */
const SINCE_S = 600;
const LATE_S = 0.5;

/**
 * Whether a container that has ended had the kernel end processes in it for want of memory. It may be removed by now: its engine's
 * events say so. https://docs.docker.com/reference/cli/docker/system/events/
 */
export async function ranOutOfMemory(docker: Docker, id: string): Promise<boolean> {
  const now = Date.now() / 1_000;
  const filters = { container: [id], event: ['oom'] };
  const events = await docker.getEvents({ since: now - SINCE_S, until: now + LATE_S, filters });
  for await (const event of events) if (String(event).trim() !== '') return true;
  return false;
}
