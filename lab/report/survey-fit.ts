/** Some lines that belong together. Nothing is shown of one without lines. */
export interface Section {
  readonly lines: readonly string[];
  /** It may be cut to so many lines, of which the last says by `more` how many entries are missing. */
  readonly least?: number;
  readonly more?: (missing: number) => string;
  /** The same said in fewer lines, the fewest last. */
  readonly shorter?: readonly (readonly string[])[];
}

/** Sections below each other with an empty line between, in at most `rows` lines: what may be shortened is, from the last that may be cut. */
export function fitted(sections: readonly Section[], rows = Number.POSITIVE_INFINITY): string[] {
  const shown = sections
    .filter(({ lines }) => lines.length > 0)
    .map((section) => ({ section, lines: section.lines }));
  const tooMany = (): number =>
    shown.reduce((sum, { lines }) => sum + lines.length, 0) + shown.length - 1 - rows;
  for (const each of shown.toReversed()) {
    const { least, more } = each.section;
    const excess = tooMany();
    if (excess <= 0 || least === undefined || more === undefined || each.lines.length <= least) continue;
    const keep = Math.max(least, each.lines.length - excess) - 1;
    each.lines = [...each.lines.slice(0, keep), more(each.lines.length - keep)];
  }
  for (const each of shown) {
    for (const shorter of each.section.shorter ?? []) if (tooMany() > 0) each.lines = shorter;
  }
  const spaced = shown.flatMap(({ lines }, n) => (n === 0 ? lines : ['', ...lines]));
  if (spaced.length <= rows) return spaced;
  return shown.flatMap(({ lines }) => lines).slice(0, rows);
}
