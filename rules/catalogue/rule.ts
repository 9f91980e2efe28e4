import type { ts } from 'ts-morph';

import type { ActorModel } from '../actor/actor-model.ts';
import type { Fix, Span } from '../fixes/changes.ts';
import type { Severity } from '../workspace/rule-settings.ts';

/** What a rule says of one place. */
export interface Report {
  /** Where: the range runs from the node's first character to its last. */
  readonly node: ts.Node;
  /** Underlines only up to here, where the node itself would colour half a file. */
  readonly until?: ts.Node;
  /** Underlines this part of the node's file, which is no node: a comment. */
  readonly part?: Omit<Span, 'file'>;
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly { readonly node: ts.Node; readonly message: string }[];
  readonly fixes: readonly Fix[];
  /** Said only to those who set the rule to `always`: it may well be right as it is. */
  readonly onlyAlways?: true;
}

/** The text that a report underlines. */
export function spanOf({ node, until, part }: Report): Span {
  const file = node.getSourceFile();
  return { file, start: node.getStart(file), end: (until ?? node).getEnd(), ...part };
}

/** What the rules said of an Actor. */
export interface Spoken {
  /** The Actor's program. */
  readonly files: readonly ts.SourceFile[];
  readonly reports: readonly { readonly ruleId: string; readonly report: Report }[];
  /** The rules that have looked at it to the end. */
  readonly ran: ReadonlySet<string>;
}

/** What a rule is about; the catalogue is told in this order. */
export const RULE_GROUPS = ['losses', 'saves', 'restores', 'listeners', 'misuse'] as const;
export type RuleGroup = (typeof RULE_GROUPS)[number];

export interface Rule {
  readonly id: string;
  readonly group: RuleGroup;
  /** One line for tables and settings. */
  readonly summary: string;
  /** What the setting `always` adds; absent where it adds nothing. */
  readonly always?: string;
  /** The severity where a report does not choose its own. */
  readonly defaultSeverity: Severity | 'by consequence';
  /** Whether the rule can say nothing of a package that has no entry point. */
  readonly needsEntryPoint: boolean;
  readonly check: (actor: ActorModel) => readonly Report[];
  /**
   * Finds what only shows once all rules have looked at all Actors; absent in a rule that needs no more than an Actor's code.
   *
   * @param ruleIds of all rules that there are
   */
  readonly conclude?: (actors: readonly Spoken[], ruleIds: ReadonlySet<string>) => readonly Report[];
}
