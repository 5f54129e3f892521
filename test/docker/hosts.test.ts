import Docker from 'dockerode';
import { AnsweringContainer } from '../../lab/host/docker/container.ts';
import { hostSuite } from '../hosts/host-suite.ts';

// The tap is in the observer's container, which the engine can hold.
hostSuite('docker', async ({ host }, work) => {
  const attendant = 'attendant' in host ? host.attendant : undefined;
  if (!(attendant instanceof AnsweringContainer)) throw new Error(`${host.name} is no container`);
  const container = new Docker().getContainer(attendant.id);
  await container.pause();
  try {
    await work();
  } finally {
    await container.unpause();
  }
});
