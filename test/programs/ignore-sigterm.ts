// Does not stop when it is told to, and says when it is ready to be told.
process.on('SIGTERM', () => console.log('no'));
setInterval(() => {}, 60_000);
console.log('ready');
