/** What the analysis says, in plain values: the command line prints them, the server turns them into diagnostics. */
import type { Location } from './program/locations.ts';
import type { Severity } from './workspace/rule-settings.ts';

export interface RelatedLocation extends Location {
  readonly message: string;
}

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
