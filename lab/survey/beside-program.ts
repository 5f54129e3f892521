/** The program in a container beside another, in its network namespace: looks there when it is asked, and says what it has seen. */
import { answerCalls } from '../host/docker/answers.ts';
import { SockDiag } from '../observe/sock-diag.ts';
import { takeLook } from './look.ts';

const diag = new SockDiag();

answerCalls({ look: () => takeLook(diag) });
