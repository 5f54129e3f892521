// Bounded: 1.5 GiB.
const all: Buffer[] = [];
for (let n = 0; n < 48; n += 1) all.push(Buffer.alloc(32 << 20, 1));
setTimeout(() => console.log(all.length), 5_000);
