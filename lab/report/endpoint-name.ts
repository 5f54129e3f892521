import { type Endpoint, unmapped } from '../tcp/address.ts';

/**
 * Endpoints in one word, the same word for the same endpoint: a dual-stack socket shows an IPv4 address mapped into IPv6, which on
 * the wire is the plain one. RFC 4291 section 2.5.5.2. An address is read once, however often it is asked for.
 */
export class EndpointNames {
  readonly #addresses = new Map<string, string>();

  /** @throws AddressError */
  of({ address, port }: Endpoint): string {
    let plain = this.#addresses.get(address);
    if (plain === undefined) {
      plain = unmapped(address);
      this.#addresses.set(address, plain);
    }
    return `${plain} ${port}`;
  }
}
