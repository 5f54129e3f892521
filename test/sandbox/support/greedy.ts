/** Programs that go on until they are ended, each bounded by itself, so that the machine survives without any limit, too. */
export const GREEDY = {
  cpu: `while (process.cpuUsage().user < 5e6);`,
  'cpu-in-children': `import { spawn } from 'node:child_process';
    const loop = 'i=0; while [ $i -lt 3000000 ]; do i=$((i+1)); done';
    for (let n = 0; n < 4; n++) spawn('sh', ['-c', loop], { detached: true });
    setTimeout(() => {}, 30_000);`,
  mem: `const kept = []; for (let n = 0; n < 300; n++) { kept.push(Buffer.alloc(1 << 20, 1)); }
    setTimeout(() => console.log(kept.length), 30_000);`,
  'mem-in-unnamed-files': `import { writeSync } from 'node:fs';
    import koffi from 'koffi';
    const create = koffi.load(null).func('int memfd_create(const char *name, unsigned int flags)');
    const bytes = Buffer.alloc(1 << 20, 1);
    for (let n = 0; n < 20; n++) { const fd = create('hoard', 0); for (let k = 0; k < 15; k++) writeSync(fd, bytes); }
    setTimeout(() => {}, 30_000);`,
  pids: `import { spawn } from 'node:child_process';
    for (let n = 0; n < 100; n++) spawn('sh', ['-c', 'read x'], { stdio: ['pipe', 'ignore', 'ignore'] }).on('error', () => {});
    setTimeout(() => {}, 30_000);`,
  disk: `import { appendFileSync } from 'node:fs';
    for (let n = 0; n < 40; n++) try { appendFileSync('/tmp/file' + n, Buffer.alloc(1 << 20, 1)); } catch {}
    setTimeout(() => {}, 30_000);`,
  'disk-in-small-files': `import { writeFileSync } from 'node:fs';
    for (let n = 0; n < 3_000; n++) try { writeFileSync('/tmp/file' + n, ''); } catch {}
    setTimeout(() => {}, 30_000);`,
  output: `for (let n = 0; n < 64; n++) process.stdout.write('x'.repeat(1 << 17)); setTimeout(() => {}, 30_000);`,
  fds: `import { openSync } from 'node:fs';
    for (let n = 0; n < 2_000; n++) try { openSync('/dev/null', 'r'); } catch {}
    setTimeout(() => {}, 30_000);`,
};

/** One that keeps within every limit. */
export const HONEST = `import { writeFileSync } from 'node:fs';
  import { connect } from 'node:net';
  writeFileSync('/tmp/note', 'x');
  connect(9, '127.0.0.1').on('error', (error) => console.log(error.code));`;

/** On a busy machine a second of processor time may take long to get. */
export const GREEDY_LIMITS = { cpuMs: 1_000, wallMs: 60_000, memoryBytes: 192 << 20 };
