// Runs for ever and never listens.
// For the deadline of a server that never gets ready.
setInterval(() => {}, 1_000);
