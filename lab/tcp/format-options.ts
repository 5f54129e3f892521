import type { Option, SackBlock } from './options.ts';
import { seqAdd } from './sequence.ts';

/**
 * Options as tcpdump would list them, without the padding (`nop`, `end`): `mss 1460,sackOK,TS 1:0,wscale 7`.
 * Empty text when nothing is left.
 * @param base the sequence number SACK blocks are shown relative to; 0 shows them as they are
 */
export function formatOptions(options: readonly Option[], base = 0): string {
  return options.flatMap((option) => formatOption(option, base)).join(',');
}

function formatOption(option: Option, base: number): string[] {
  switch (option.kind) {
    case 'end':
    case 'nop':
      return [];
    case 'mss':
      return [`mss ${option.mss}`];
    case 'window-scale':
      return [`wscale ${option.shift}`];
    case 'sack-permitted':
      return ['sackOK'];
    case 'sack':
      return [`sack ${option.blocks.map((block) => formatBlock(block, base)).join(' ')}`];
    case 'timestamps':
      return [`TS ${option.value}:${option.echo}`];
    case 'fast-open':
      return [option.cookie.length === 0 ? 'tfo cookiereq' : `tfo cookie ${hex(option.cookie)}`];
    case 'unknown':
      return [`unknown-${option.number}${option.data.length === 0 ? '' : ` ${hex(option.data)}`}`];
    case 'malformed':
      return [`malformed ${hex(option.data)}`];
  }
}

function formatBlock({ left, right }: SackBlock, base: number): string {
  return `${seqAdd(left, -base)}:${seqAdd(right, -base)}`;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
