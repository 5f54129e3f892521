/** Where in a run a check failed. */
export interface FailedMoment {
  /** In milliseconds on the timeline. */
  readonly atMs: number;
  /** Whom it is about; nobody alone when not said. */
  readonly host?: string;
  readonly words: string;
}

/** The drawings of one run, as SVG, all their text made harmless. */
export interface RunPictures {
  readonly ladder: string;
  readonly track: string;
  /** How many events are drawn. */
  readonly events: number;
  /** Nothing of the run was left out. */
  readonly isWhole: boolean;
}

/** What draws runs for a page. The drawings are in a room that sees this one, so that whoever writes pages brings them. */
export interface Pictures {
  /** The style of all of them, once a page. */
  readonly style: string;
  /** What all drawings of ways show, as SVG, once a page. */
  readonly figure: string;
  /** Where sockets went, as SVG, all its text made harmless; null when there is nothing to draw. @param seen as in `ExerciseResult` */
  way(seen: Readonly<Record<string, readonly string[]>>): string | null;
  /** @param sketch as `sketchOf` made it @returns null when it cannot be read */
  run(sketch: string, failed: readonly FailedMoment[]): RunPictures | null;
}
