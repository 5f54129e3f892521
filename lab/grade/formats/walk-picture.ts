/** What draws where sockets went, for a page. The drawings are in a room that sees this one, so that whoever writes pages brings them. */
export interface WalkPicture {
  /** The style of all of them, once a page. */
  readonly style: string;
  /** What all of them show, as SVG, once a page. */
  readonly figure: string;
  /** One of them as SVG, all its text made harmless; null when there is nothing to draw. @param seen as in `ExerciseResult` */
  draw(seen: Readonly<Record<string, readonly string[]>>): string | null;
}
