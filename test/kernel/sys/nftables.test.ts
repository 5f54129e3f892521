import { expect, test } from 'vitest';
import { Nftables, NftablesError } from '../../../lab/sys/nftables.ts';
import { type Pair, pair } from '../support/pair.ts';
import { thrown } from '../support/thrown.ts';

function nftables(lab: Pair): Nftables {
  return lab.keep(lab.client.host.enter(() => new Nftables()));
}

test('a mistake is shown in nft’s own words, with the command', async () => {
  await using lab = pair();
  const error = thrown(() => nftables(lab).run('add rule inet nowhere input drop'));
  expect(error).toBeInstanceOf(NftablesError);
  expect(error).toMatchObject({
    code: 'nftables',
    commands: 'add rule inet nowhere input drop',
    message:
      'nft refused: Error: Could not process rule: No such file or directory (in: add rule inet nowhere input drop)',
  });
  expect((error as NftablesError).reason).toContain('^^^^^^^');
});

test('a syntax error is shown too', async () => {
  await using lab = pair();
  expect(() => nftables(lab).run('make it so')).toThrow(/^nft refused: Error: syntax error, unexpected /);
});

test('of several commands with one mistake none takes effect', async () => {
  await using lab = pair();
  const nft = nftables(lab);
  expect(() => nft.run('add table inet a\nadd chain inet missing b')).toThrow(NftablesError);
  expect(nft.run('list tables')).toBe('');
});

test('the rules are those of the host it was opened on', async () => {
  await using lab = pair();
  nftables(lab).run('add table inet mine');
  const { stdout } = await lab.client.host.exec('nft', ['list', 'tables']);
  expect(stdout).toBe('table inet mine\n');
  expect((await lab.server.host.exec('nft', ['list', 'tables'])).stdout).toBe('');
});

test('an answer in JSON does not make the next one JSON', async () => {
  await using lab = pair();
  const nft = nftables(lab);
  nft.run('add table inet mine');
  expect(nft.json('list tables')).toMatchObject({ nftables: [{}, { table: { name: 'mine' } }] });
  expect(nft.run('list tables')).toBe('table inet mine\n');
});

test('closed nftables say so', async () => {
  await using lab = pair();
  const nft = nftables(lab);
  nft.close();
  nft.close();
  expect(() => nft.run('list tables')).toThrow('these nftables are closed');
  expect(() => nft.json('list tables')).toThrow('these nftables are closed');
});
