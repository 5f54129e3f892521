/** Text that is no `format` file of a tracepoint, or one without a field that is needed. */
export class TraceFormatError extends Error {
  override readonly name = 'TraceFormatError';
  readonly code = 'trace-format';
}

/** Where a field of a tracepoint's record is. In bytes. */
export interface TraceField {
  readonly offset: number;
  readonly size: number;
}

/** How the records of one tracepoint are laid out on this kernel: that changes from version to version. */
export interface TraceFormat {
  readonly name: string;
  /** The number that every record begins with, `common_type`. */
  readonly id: number;
  readonly fields: ReadonlyMap<string, TraceField>;
  /** The names of a field's values, where the kernel has some in its own format string. */
  readonly symbols: ReadonlyMap<string, ReadonlyMap<number, string>>;
}

const FIELD = /^\tfield:([^;]+);\s*offset:(\d+);\s*size:(\d+);/gm;
const SYMBOLS = /__print_symbolic\(REC->(\w+), ((?:\{[^}]*\}(?:, )?)+)\)/g;
const SYMBOL = /\{ (\d+), "([^"]*)" \}/g;

/**
 * Reads a tracepoint's `format` file. Documentation/trace/events.rst, section 3.
 * @throws TraceFormatError
 */
export function parseTraceFormat(text: string): TraceFormat {
  const name = /^name: (\S+)$/m.exec(text)?.[1];
  const id = /^ID: (\d+)$/m.exec(text)?.[1];
  const fields = new Map(
    [...text.matchAll(FIELD)].map(([, declaration = '', offset, size]) => [
      fieldName(declaration),
      { offset: Number(offset), size: Number(size) },
    ]),
  );
  if (name === undefined || id === undefined || fields.size === 0) {
    throw new TraceFormatError('this is not the format of a tracepoint');
  }
  const symbols = new Map(
    [...text.matchAll(SYMBOLS)].map(([, field = '', list = '']) => [field, symbolsIn(list)]),
  );
  return { name, id: Number(id), fields, symbols };
}

/** @throws TraceFormatError when this kernel's record has no such field. */
export function traceField(format: TraceFormat, name: string): TraceField {
  const field = format.fields.get(name);
  if (field === undefined) throw new TraceFormatError(`${format.name} has no field ${name} on this kernel`);
  return field;
}

/** The name in a C declaration such as `__u8 saddr_v6[16]`. */
function fieldName(declaration: string): string {
  return /(\w+)(?:\[\w*\])?$/.exec(declaration)?.[1] ?? declaration;
}

function symbolsIn(list: string): Map<number, string> {
  return new Map([...list.matchAll(SYMBOL)].map(([, number, name = '']) => [Number(number), name]));
}
