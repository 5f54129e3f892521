console.log('PASS');
