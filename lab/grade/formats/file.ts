/** A file of a gradebook; `path` is relative, with `/`, and safe on every file system. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
}
