// Bounded: 15 s.
setTimeout(() => {}, 15_000);
