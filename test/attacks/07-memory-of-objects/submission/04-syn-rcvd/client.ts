// Bounded: 1 GiB.
const all: number[][] = [];
for (let n = 0; n < 128; n += 1) all.push(new Array<number>(1 << 20).fill(n + 0.5));
setTimeout(() => console.log(all.length), 5_000);
