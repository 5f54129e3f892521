/** What a terminal obeys and does not show. ECMA-48 sections 5.3 to 5.6; xterm also ends a string with BEL. */
const SEQUENCES = new RegExp(
  [
    // A control sequence: parameters, intermediates, and a final byte.
    String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`,
    // A control string, to its end.
    String.raw`(?:\u001b[P\]X^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0090\u0098\u009c-\u009f]*(?:\u0007|\u001b\\|\u009c)`,
    // Any other escape sequence.
    String.raw`\u001b[ -/]*[0-Z\\^-~]`,
  ].join('|'),
  'g',
);

/** Text without the sequences that colour, move or rename a terminal. Control characters alone stay. Pure, without Node. */
export function withoutControlSequences(text: string): string {
  return text.replaceAll(SEQUENCES, '');
}
