/** What a packet can be long: an Ethernet's worth. */
const MAX_PAYLOAD_BYTES = 1_500;
const FIRST_PAYLOAD_BYTES = 160;

/** Payloads that wait, in the order of their numbers, in a fixed count of slots that are used again and again. */
export class JitterQueue {
  readonly #capacity: number;
  readonly #orders: Float64Array;
  readonly #places: Float64Array;
  readonly #units: Float64Array;
  readonly #buffers: Uint8Array[];
  readonly #views: Uint8Array[];
  /** Slots that wait, first to last, and slots that are free. */
  readonly #queue: Uint8Array;
  readonly #free: Uint8Array;
  #count = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#orders = new Float64Array(capacity);
    this.#places = new Float64Array(capacity);
    this.#units = new Float64Array(capacity);
    this.#buffers = Array.from({ length: capacity }, () => new Uint8Array(0));
    this.#views = [...this.#buffers];
    this.#queue = new Uint8Array(capacity);
    this.#free = Uint8Array.from({ length: capacity }, (_, i) => i);
  }

  get count(): number { return this.#count; }
  get isFull(): boolean { return this.#count === this.#capacity; }
  /** Of the first that waits; of no meaning when none does. */
  get order(): number { return this.#orders[this.#queue[0] ?? 0] ?? 0; }
  get at(): number { return this.#places[this.#queue[0] ?? 0] ?? 0; }
  get units(): number { return this.#units[this.#queue[0] ?? 0] ?? 0; }
  /** Stands until something else is added. */
  get payload(): Uint8Array { return this.#views[this.#queue[0] ?? 0] ?? new Uint8Array(0); }

  /** Copies bytes `from` to `to` of a packet to their place; false where that number waits already, or the queue is full. */
  add(order: number, at: number, units: number, packet: Uint8Array, from: number, to: number): boolean {
    const length = to - from;
    if (this.isFull || length > MAX_PAYLOAD_BYTES) return false;
    let place = this.#count;
    while (place > 0) {
      const before = this.#orders[this.#queue[place - 1] ?? 0] ?? 0;
      if (before === order) return false;
      if (before < order) break;
      place -= 1;
    }
    const slot = this.#free[this.#count] ?? 0;
    if (place < this.#count) this.#queue.copyWithin(place + 1, place, this.#count);
    this.#queue[place] = slot;
    this.#count += 1;
    this.#orders[slot] = order;
    this.#places[slot] = at;
    this.#units[slot] = units;
    const view = this.#viewOf(slot, length);
    for (let i = 0; i < length; i += 1) view[i] = packet[from + i] ?? 0;
    return true;
  }

  #viewOf(slot: number, length: number): Uint8Array {
    const view = this.#views[slot];
    if (view?.length === length) return view;
    let buffer = this.#buffers[slot];
    if (buffer === undefined || buffer.length < length) {
      buffer = new Uint8Array(Math.max(FIRST_PAYLOAD_BYTES, length));
      this.#buffers[slot] = buffer;
    }
    const made = buffer.subarray(0, length);
    this.#views[slot] = made;
    return made;
  }

  removeFirst(): void {
    if (this.#count === 0) return;
    const slot = this.#queue[0] ?? 0;
    this.#queue.copyWithin(0, 1, this.#count);
    this.#count -= 1;
    this.#free[this.#count] = slot;
  }
}
