/** What was left out of the analysis, and why. `file` may be a folder. */
export interface Notice {
  readonly file: string;
  readonly reason: string;
}
