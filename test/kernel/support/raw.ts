import { RawPeer } from '../../../lab/raw/peer.ts';
import { type Pair, PORT } from './pair.ts';

/** The port of raw peers in these tests. */
const RAW_PORT = 7_777;

/** A raw peer on the client host for the server's port, with the kernel's own resets held back. */
export async function rawClient(lab: Pair, ip: 4 | 6 = 4): Promise<RawPeer> {
  await lab.client.gates.drop('own-rst');
  return bareRawClient(lab, ip);
}

/** A raw peer whose kernel still answers what it does not know with RST. */
export function bareRawClient(lab: Pair, ip: 4 | 6 = 4): RawPeer {
  const local = lab.endpoint('client', RAW_PORT, ip);
  return lab.keep(lab.client.host.enter(() => RawPeer.between(local, lab.endpoint('server', PORT, ip))));
}
