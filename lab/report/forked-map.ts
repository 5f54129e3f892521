/**
 * A map whose values change, and of which a copy costs next to nothing: what is there already is shared and no longer changed.
 * Whoever wants to change a value of it has a clone, in a layer of its own above.
 */
export class ForkedMap<V extends object> {
  /** The last one is this map's own; of the others the upper ones count first. */
  readonly #layers: Map<string, V>[];
  readonly #clone: (value: V) => V;

  /** @param clone gives a value that can change and leaves the given one as it is */
  constructor(clone: (value: V) => V, shared: readonly Map<string, V>[] = []) {
    this.#clone = clone;
    this.#layers = [...shared, new Map<string, V>()];
  }

  /** The value, to be changed at will; undefined when there is none. */
  own(key: string): V | undefined {
    const own = this.#layers.at(-1)?.get(key);
    if (own !== undefined) return own;
    const shared = this.#layers.findLast((layer) => layer.has(key))?.get(key);
    if (shared === undefined) return undefined;
    const value = this.#clone(shared);
    this.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.#layers.at(-1)?.set(key, value);
  }

  /** The same, to go on from here another way. */
  copy(): ForkedMap<V> {
    const layers = this.#layers;
    if (layers.at(-1)?.size === 0) layers.pop();
    // Each layer is more than twice as large as the one above it, so that there are few, and an entry is seldom moved.
    for (;;) {
      const [below, above] = layers.slice(-2);
      if (below === undefined || above === undefined || below.size > 2 * above.size) break;
      layers.splice(-2, 2, new Map([...below, ...above]));
    }
    const shared = [...layers];
    layers.push(new Map());
    return new ForkedMap(this.#clone, shared);
  }
}
