// Ends before it listens.
// For a server that never gets ready.
console.log('nothing to do');
