process.title = 'node lab/grade/slots/worker.ts';
process.argv0 = 'bwrap';
setTimeout(() => {}, 500);
