import type { Part } from './inside-finding.ts';

/** Parts of the kernel that the probe inside tries and that need no more than to work. */
export const HOSTS: Part = {
  step: 'hosts',
  works: 'a host is made',
  disables: 'Hosts, and so the tour and every exercise.',
  modules: '',
};

export const LINK: Part = {
  step: 'link',
  works: 'two hosts are joined by veth, offloads off',
  disables: 'Two hosts that reach each other, and so the tour and every exercise.',
  modules: 'veth',
};

export const TAP: Part = {
  step: 'tap',
  works: 'sees segments as they arrive',
  disables: 'The witness on the wire: no verdict without the segments that led to it.',
  modules: 'af_packet',
};

export const SOCKETS: Part = {
  step: 'sockets',
  works: "shows the kernel's socket table",
  disables: 'The first witness, and so every verdict.',
  modules: 'tcp_diag inet_diag',
};

export const SS: Part = {
  step: 'ss',
  works: 'shows the same socket, with its cookie',
  disables: 'The second witness: the line of ss that every state is shown with.',
  modules: 'tcp_diag inet_diag',
};
