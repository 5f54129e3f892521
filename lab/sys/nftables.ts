import koffi from 'koffi';
import { keepDescriptors } from './inherited-descriptors.ts';

/** libnftables' own context pointer. */
type Context = bigint;

interface Library {
  create(flags: number): Context;
  free(context: Context): void;
  run(context: Context, commands: string): number;
  bufferOutput(context: Context): number;
  bufferError(context: Context): number;
  output(context: Context): string;
  error(context: Context): string;
  setOutputFlags(context: Context, flags: number): void;
}

/** A signal (a child's end, say) came during the transaction, and the kernel undid it: EINTR, to be tried again. */
const INTERRUPTED = 'Interrupted system call';
const JSON_OUTPUT = 1 << 4;
let library: Library | undefined;

/**
 * Loads libnftables, the library inside the `nft` command, once. In this process a rule takes 0.1 ms, a spawned `nft` 5 ms.
 * @throws MissingLibraryError when it is not installed.
 */
export function loadNftables(): void {
  if (library !== undefined) return;
  const nft = loadLibrary();
  library = {
    create: nft.func('void *nft_ctx_new(uint32_t)'),
    free: nft.func('void nft_ctx_free(void *)'),
    run: nft.func('int nft_run_cmd_from_buffer(void *, str)'),
    bufferOutput: nft.func('int nft_ctx_buffer_output(void *)'),
    bufferError: nft.func('int nft_ctx_buffer_error(void *)'),
    output: nft.func('str nft_ctx_get_output_buffer(void *)'),
    error: nft.func('str nft_ctx_get_error_buffer(void *)'),
    setOutputFlags: nft.func('void nft_ctx_output_set_flags(void *, unsigned int)'),
  };
}

/** libnftables is not on this machine. */
export class MissingLibraryError extends Error {
  override readonly name = 'MissingLibraryError';
  readonly code = 'missing-library';
}

function loadLibrary(): ReturnType<typeof koffi.load> {
  try {
    return koffi.load('libnftables.so.1');
  } catch (cause) {
    const sentence = 'libnftables.so.1 is not installed (package nftables). ./tcplab doctor says what to do';
    throw new MissingLibraryError(sentence, { cause });
  }
}

/** The kernel or the library refused a command; `reason` is nft's own text. */
export class NftablesError extends Error {
  override readonly name = 'NftablesError';
  readonly code = 'nftables';
  readonly commands: string;
  readonly reason: string;

  constructor(commands: string, reason: string) {
    super(`nft refused: ${reason.trim().split('\n')[0] ?? 'no reason given'} (in: ${commands.trim()})`);
    this.commands = commands;
    this.reason = reason;
  }
}

/** nftables of one network namespace, by the same words as the `nft` command. nft(8), libnftables(3). */
export class Nftables implements Disposable {
  readonly #nft: Library;
  #context: Context | undefined;

  /** The rules are for the namespace that the calling thread is in now; later calls may come from anywhere. */
  constructor() {
    loadNftables();
    this.#nft = library as Library;
    this.#context = this.#nft.create(0);
    // Its socket is the library's, which would give it to every program that is started from now on.
    keepDescriptors();
    this.#nft.bufferOutput(this.#context);
    this.#nft.bufferError(this.#context);
  }

  /** Runs commands as one transaction: all of them take effect, or none. @returns what nft prints. @throws NftablesError. */
  run(commands: string): string {
    if (this.#context === undefined) throw new Error('these nftables are closed');
    for (;;) {
      const failed = this.#nft.run(this.#context, commands) !== 0;
      const output = this.#nft.output(this.#context);
      const error = this.#nft.error(this.#context);
      if (!failed) return output;
      if (!error.includes(INTERRUPTED)) throw new NftablesError(commands, error);
    }
  }

  /** The same, with nft's JSON for an answer. libnftables-json(5). */
  json(commands: string): unknown {
    if (this.#context === undefined) throw new Error('these nftables are closed');
    this.#nft.setOutputFlags(this.#context, JSON_OUTPUT);
    try {
      return JSON.parse(this.run(commands));
    } finally {
      this.#nft.setOutputFlags(this.#context, 0);
    }
  }

  close(): void {
    if (this.#context !== undefined) this.#nft.free(this.#context);
    this.#context = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
