const odd = {
  get stack() {
    throw new Error('no stack');
  },
  get message() {
    throw new Error('no message');
  },
  toString() {
    throw new Error('no text');
  },
};
process.on('exit', () => process.stderr.write('\n'));
void Promise.reject(odd);
setTimeout(() => {}, 2_000);
