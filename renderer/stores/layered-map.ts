/** From here on the changes are laid down in a map of their own: until then a change copies at most as many. */
const maxLaid = 512;

/** A base that takes changes in by itself, and keeps what it is made of. */
type Layable<Value> = ReadonlyMap<string, Value> & {
  readonly with: (changes: ReadonlyMap<string, Value | undefined>) => ReadonlyMap<string, Value>;
};
const isLayable = <Value>(base: ReadonlyMap<string, Value>): base is Layable<Value> => 'with' in base;

/**
 * A map that is never changed: `with` gives the next one and shares what stays. Screens compare maps by identity, and
 * copying a country for every save takes longer than the save.
 */
export class LayeredMap<Value> implements ReadonlyMap<string, Value> {
  private readonly base: ReadonlyMap<string, Value>;
  /** Undefined hides an entry of the base. */
  private readonly laid: ReadonlyMap<string, Value | undefined>;
  readonly size: number;

  constructor(base: ReadonlyMap<string, Value>, laid: ReadonlyMap<string, Value | undefined> = new Map()) {
    this.base = base;
    this.laid = laid;
    let size = base.size;
    for (const [key, value] of laid) size += (value === undefined ? 0 : 1) - (base.has(key) ? 1 : 0);
    this.size = size;
  }

  /** Undefined takes an entry away. */
  with(changes: Iterable<readonly [string, Value | undefined]>): LayeredMap<Value> {
    const laid = new Map(this.laid);
    let isChanged = false;
    for (const [key, value] of changes) {
      isChanged ||= this.get(key) !== value;
      laid.set(key, value);
    }
    if (!isChanged) return this;
    if (laid.size <= maxLaid) return new LayeredMap(this.base, laid);
    if (isLayable(this.base)) return new LayeredMap(this.base.with(laid));
    return new LayeredMap(new Map(new LayeredMap(this.base, laid).entries()));
  }

  /** Keys in which this map can differ from `earlier`; undefined when they have too little in common. */
  changedSince(earlier: LayeredMap<Value>): readonly string[] | undefined {
    if (this.base !== earlier.base) return undefined;
    const keys = new Set([...this.laid.keys(), ...earlier.laid.keys()]);
    return [...keys].filter((key) => this.get(key) !== earlier.get(key));
  }

  /** The same object for all maps that came from one another and differ in a few entries only. */
  get root(): ReadonlyMap<string, Value> {
    return this.base;
  }

  /** What lies over the root; undefined hides an entry of it. */
  get over(): ReadonlyMap<string, Value | undefined> {
    return this.laid;
  }

  get(key: string): Value | undefined {
    return this.laid.has(key) ? this.laid.get(key) : this.base.get(key);
  }

  has(key: string): boolean {
    return this.laid.has(key) ? this.laid.get(key) !== undefined : this.base.has(key);
  }

  /** Those of the base in their order, then the added ones. */
  *entries(): MapIterator<[string, Value]> {
    for (const [key, value] of this.base) {
      if (!this.laid.has(key)) yield [key, value];
      else {
        const changed = this.laid.get(key);
        if (changed !== undefined) yield [key, changed];
      }
    }
    for (const [key, value] of this.laid) if (value !== undefined && !this.base.has(key)) yield [key, value];
  }

  *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<Value> {
    if (this.laid.size === 0) yield* this.base.values();
    else for (const [, value] of this.entries()) yield value;
  }

  forEach(visit: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [key, value] of this.entries()) visit(value, key, this);
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
}
