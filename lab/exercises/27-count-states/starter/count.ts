// Should count the sockets of its host by state, and its connections by peer, as `netstat -ant | awk` does.
// So far it prints what ss shows of them.
import { execFileSync } from 'node:child_process';

const table = execFileSync('ss', ['-t', '-n'], { encoding: 'utf8' });

// TODO: make this report two kinds of lines, and nothing is to be missing from them:
//   state STATE COUNT      how many sockets are in that state, in RFC 9293's words: state SYN_RCVD 3
//   peer ADDRESS COUNT     how many connections there are with the machine at that address: peer 198.18.0.2 7
console.log(table);
