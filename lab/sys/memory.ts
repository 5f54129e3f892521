import koffi from 'koffi';

/** Memory outside the JavaScript heap: it has one address for as long as it lives, so C structures may point into it. */
export interface NativeMemory {
  readonly bytes: Buffer;
  readonly address: bigint;
}

/** `length` zeroed bytes that are never moved or freed. For the few buffers that live as long as their owner's process. */
export function nativeMemory(length: number): NativeMemory {
  const address = koffi.alloc('uint8_t', length) as bigint;
  const bytes = Buffer.from(koffi.view(address, length));
  bytes.fill(0);
  return { bytes, address };
}

/** Gives memory back to the C library. Nothing may use it afterwards. */
export function freeNativeMemory(memory: NativeMemory): void {
  koffi.free(memory.address);
}

/** Memory that somebody else made and keeps, such as a mapping, as JavaScript sees it. It must outlive every use. */
export function viewMemory(address: number, length: number): ArrayBuffer {
  return koffi.view(BigInt(address), length);
}
