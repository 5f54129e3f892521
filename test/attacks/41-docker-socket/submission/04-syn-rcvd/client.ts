import { connect } from 'node:net';

const paths = [
  '/var/run/docker.sock',
  '/run/docker.sock',
  '/proc/1/root/var/run/docker.sock',
  '/run/containerd/containerd.sock',
  '/run/dbus/system_bus_socket',
  '/run/systemd/private',
  '/run/systemd/notify',
  '/dev/log',
  '/run/redis/redis.sock',
  '\0/containerd-shim',
  '\0/org/freedesktop/systemd1/notify',
];
const reached = await Promise.all(
  paths.map(async (path) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const socket = connect({ path });
    socket.on('connect', () => resolve(path)).on('error', () => resolve(''));
    const answer = await promise;
    socket.destroy();
    return answer;
  }),
);
console.log(JSON.stringify({ reached: reached.filter(Boolean).join(' ') }));
