/**
 * How often a server sends its SYN-ACK again in a run by hand, at least: as often as a kernel does by itself. An exercise whose check waits for
 * the end has it give up sooner; whoever holds the ACK back by hand wants time. tcp(7), tcp_synack_retries.
 */
export const SYN_ACK_TRIES = 5;
