console.log('ECONNREFUSED');
console.log('ETIMEDOUT');
