/**
 * Makes one thing of each kind that a run can leave behind, says which run that was, and goes on living: for tests of what becomes of
 * such things when their maker is dead. The container is not started, so it does not end by itself.
 */
import { Docker } from '../../../lab/host/docker/dockerode.ts';
import { IMAGE } from '../../../lab/host/docker/engine.ts';
import { newRun } from '../../../lab/host/docker/labels.ts';

const docker = new Docker();
const { id, labels } = newRun();
const name = `tcplab-${id}`;
const Labels = { ...labels };
await Promise.all([
  docker.createContainer({ name, Image: IMAGE, Labels, HostConfig: { NetworkMode: 'none' } }),
  docker.createNetwork({ Name: name, Internal: true, Labels }),
  docker.createVolume({ Name: name, Labels }),
]);
console.log(id);
setInterval(() => {}, 60_000);
