/** The bytes of base64 with its padding; undefined for any other text, also for one that only means the same. RFC 4648 section 4. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  const characters = atob(text);
  if (btoa(characters) !== text) return undefined;
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}
