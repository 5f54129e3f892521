/** The nftables of one host, wherever they are reached from. The words are those of the `nft` command. nft(8). */
export interface Rules {
  /**
   * Runs commands as one transaction: all of them take effect, or none.
   * @returns when the kernel had done it, CLOCK_MONOTONIC in nanoseconds. @throws NftablesError.
   */
  run(commands: string): Promise<bigint>;
  /** Asks, and gives nft's JSON for an answer. libnftables-json(5). */
  json(commands: string): Promise<unknown>;
}
