const again = (n: number): number => again(n + 1) + 1;
again(0);
