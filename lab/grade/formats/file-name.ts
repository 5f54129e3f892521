import { createHash } from 'node:crypto';

/** Names that mean a device on Windows, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;
const HASHED = /-[0-9a-f]{20}$/;

/**
 * A student's name as the name of a file or folder. A plain one stays; any other keeps what is plain of it, before a part of its
 * SHA-256. Two names never share a file, also where upper and lower case are the same.
 */
export function fileName(student: string): string {
  const isPlain =
    /^[a-z0-9][a-z0-9._-]{0,63}$/.test(student) &&
    !student.endsWith('.') &&
    !DEVICE.test(student) &&
    !HASHED.test(student);
  if (isPlain) return student;
  const plain = student
    .slice(0, 64)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 24);
  // As JSON, because UTF-8 has one spelling for all lone halves of characters.
  const hash = createHash('sha256').update(JSON.stringify(student)).digest('hex').slice(0, 20);
  return `${plain === '' ? 'student' : plain}-${hash}`;
}
