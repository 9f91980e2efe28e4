/**
 * The face of the analysis: a workspace of Actors goes in, findings come out, and a fix becomes text edits when asked for.
 *
 * Architecture invariant: nothing below this folder knows the language server protocol, an editor or a process.
 */
export { ActorWorkspace } from './actor-workspace.ts';
export type { Analysis } from './actor-workspace.ts';
export type { ActorSummary, RuleSettings } from './checked-actor.ts';
export type { ListenerSummary } from './actor/actor-places.ts';
export type { KeySummary, SavePlace } from './actor/keys/key-graph.ts';
export { explain } from './explain.ts';
export type { ActorExplanation } from './explain.ts';
export { ruleIds, rules } from './catalogue/index.ts';
export type { RuleGroup } from './catalogue/rule.ts';
export { applySafeFixes } from './safe-fixes.ts';
export type { AppliedFixes } from './safe-fixes.ts';
export { comparePositions, EditedText } from './text-edits.ts';
export { SEVERITIES } from './workspace/rule-settings.ts';
export type { RuleSetting, Severity } from './workspace/rule-settings.ts';
export type { Notice } from './workspace/notice.ts';
export type { Location, Position, Range } from './program/locations.ts';
export type { Finding, FixOffer, RelatedLocation, SuppressedFinding, TextEdit } from './finding.ts';
export { diskFileSystem } from './workspace/disk.ts';
export type { FileSystem } from './workspace/file-system.ts';
