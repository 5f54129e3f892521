// A program that only lasts: what `bench grade` holds a graded pair of programs against. Argument: milliseconds.
import 'node:net';

setTimeout(() => {}, Number(process.argv[2]));
