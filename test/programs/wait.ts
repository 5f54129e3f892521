// Does nothing until it is told to stop.
setInterval(() => {}, 60_000);
