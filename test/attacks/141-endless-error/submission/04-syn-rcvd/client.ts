// Bounded: 10 MB.
throw new Error('x'.repeat(10_000_000));
