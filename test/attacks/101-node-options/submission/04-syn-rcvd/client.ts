import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

writeFileSync('/tmp/first.mjs', 'globalThis.passed = true; console.log("PASS");\n');
process.env.NODE_OPTIONS = '--import=/tmp/first.mjs --require=/tmp/none.cjs';
process.env.NODE_COMPILE_CACHE = '/tmp/cache';
spawnSync(process.execPath, ['-e', '1']);
process.env.NODE_OPTIONS = '--import=/tmp/first.mjs';
spawnSync(process.execPath, ['-e', 'require("module").enableCompileCache("/cache")'], { stdio: 'inherit' });
