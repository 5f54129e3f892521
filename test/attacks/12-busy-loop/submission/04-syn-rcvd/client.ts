// Bounded: 12 s.
const end = Date.now() + 12_000;
while (Date.now() < end);
