void Promise.reject(new Error('nobody caught this'));
setInterval(() => {}, 1_000);
