/**
 * What the analysis says, in plain values: the command line prints them, the server turns them into diagnostics.
 * Lines and characters count from 0, characters in UTF-16 code units, as in the Language Server Protocol.
 */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A place in a file. `file` is an absolute path with forward slashes. */
export interface Location {
  readonly file: string;
  readonly range: Range;
}

export interface RelatedLocation extends Location {
  readonly message: string;
}

export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * What a person may set a rule to: a severity, `off`, `default` for the severity that the rule itself chooses, or `always`
 * for that and for what the rule says only when asked.
 */
export type RuleSetting = Severity | 'off' | 'default' | 'always';

/** A fix that can be built for a finding. Nothing is computed but the offer; `edit` builds the text edits. */
export interface FixOffer {
  /** Names the fix within its finding. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'quickfix';
  /** True when the fix cannot change what the Actor does but for the mended fault: `--fix` applies it unasked. */
  readonly safe: boolean;
}

export interface Finding extends Location {
  readonly ruleId: string;
  readonly severity: Severity;
  /** One sentence that names the consequence. */
  readonly message: string;
  readonly related: readonly RelatedLocation[];
  readonly fixes: readonly FixOffer[];
}

/** A finding that a comment in the code says is meant to be there. */
export interface SuppressedFinding extends Finding {
  /** Why, in the words of the comment. */
  readonly justification: string | undefined;
}

export interface TextEdit extends Location {
  readonly newText: string;
}

/** What was left out of the analysis, and why. `file` may be a folder. */
export interface Notice {
  readonly file: string;
  readonly reason: string;
}
