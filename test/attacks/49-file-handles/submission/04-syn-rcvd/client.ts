import { attempt, report } from './calls.ts';

const handle = Buffer.alloc(136);
handle.writeUInt32LE(128, 0);
const root = Buffer.alloc(16);
root.writeUInt32LE(8, 0);
root.writeUInt32LE(1, 4);
root.writeUInt32LE(2, 8);
report({
  name: attempt('name_to_handle_at', -100, '/submission', handle, Buffer.alloc(4), 0),
  open: attempt('open_by_handle_at', 0, root, 0),
});
