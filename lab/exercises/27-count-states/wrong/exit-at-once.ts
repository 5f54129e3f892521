// Believes that printing PASS is enough.
console.log('PASS: all states counted');
