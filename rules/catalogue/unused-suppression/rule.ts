import { endsSuppression, suppressionOf } from '../../suppression/suppressions.ts';
import { directivesIn } from '../../suppression/directives.ts';
import type { Directive, NamedRule } from '../../suppression/directives.ts';
import { hasSyntaxErrors } from '../../program/syntax-errors.ts';
import { spanOf } from '../rule.ts';
import type { Report, Rule, Spoken } from '../rule.ts';
import { withoutComment, withoutName } from './fixes.ts';

const ID = 'unused-suppression';

/** A comment, or a rule named in it, that suppresses nothing. */
export const unusedSuppression: Rule = {
  id: ID,
  group: 'misuse',
  summary: 'A suppression comment that suppresses nothing',
  defaultSeverity: 'hint',
  needsEntryPoint: false,
  // What the others say decides, in all Actors that share a file.
  check: () => [],
  conclude: (actors, ruleIds) => {
    const usage = usageIn(actors, ruleIds);
    const files = new Set(actors.flatMap((actor) => actor.files));
    return [...files].flatMap((file) => {
      const reports = directivesIn(file).flatMap((directive) => reportsOf(directive, usage));
      return reports.length > 0 && hasSyntaxErrors(file) ? [] : reports;
    });
  },
};

/** What there is to know of a rule that a comment names. */
type Use = 'used' | 'unused' | 'unknown rule';

interface Usage {
  /** Undefined where it cannot be said, since not every rule has looked at the file. */
  readonly of: (directive: Directive, ruleId: string) => Use | undefined;
  readonly ofAllRules: (directive: Directive) => Use | undefined;
}

/** Counts what the rules found, whether settings let it be shown or not: a rule that is off makes no comment unused. */
function usageIn(actors: readonly Spoken[], ruleIds: ReadonlySet<string>): Usage {
  const used = new Map<Directive, Set<string>>();
  for (const { ruleId, report } of actors.flatMap(({ reports }) => reports)) {
    const directive = suppressionOf(ruleId, spanOf(report));
    if (directive !== undefined) used.set(directive, (used.get(directive) ?? new Set()).add(ruleId));
  }
  const hasRun = (ruleId: string, { file }: Directive): boolean =>
    ruleId === ID || actors.every(({ files, ran }) => ran.has(ruleId) || !files.includes(file));
  return {
    of: (directive, ruleId) => {
      if (!ruleIds.has(ruleId)) return 'unknown rule';
      if (directive.kind === 'end') return endsSuppression(directive, ruleId) ? 'used' : 'unused';
      if (used.get(directive)?.has(ruleId) === true) return 'used';
      return hasRun(ruleId, directive) ? 'unused' : undefined;
    },
    ofAllRules: (directive) => {
      if (directive.kind === 'end') return endsSuppression(directive) ? 'used' : 'unused';
      if (used.has(directive)) return 'used';
      return [...ruleIds].every((ruleId) => hasRun(ruleId, directive)) ? 'unused' : undefined;
    },
  };
}

function reportsOf(directive: Directive, usage: Usage): readonly Report[] {
  const { rules } = directive;
  const uses = rules.map((rule) => ({ rule, use: usage.of(directive, rule.id) }));
  const isUnused = rules.length === 0 ? usage.ofAllRules(directive) === 'unused' : uses.every(isUnusedName);
  if (isUnused) return [reportOfComment(directive)];
  return uses.flatMap(({ rule, use }) => {
    if (use === 'unused') return [reportOfName(directive, rule, nothingOf(directive, [rule]), true)];
    // What somebody meant may be a slip away: to take it out unasked would hide that.
    return use === 'unknown rule' ? [reportOfName(directive, rule, noSuchRule(rule), false)] : [];
  });
}

function nothingOf({ kind }: Directive, rules: readonly NamedRule[]): string {
  const names = rules.map(({ id }) => `\`${id}\``).join(', ');
  if (kind === 'end')
    return `Nothing${names === '' ? '' : ` of ${names}`} is suppressed here that this comment could end`;
  return `This comment suppresses nothing${names === '' ? '' : ` of ${names}`}: it would only hide a fault that comes later`;
}

function noSuchRule({ id }: NamedRule): string {
  const hint = id.includes(' ') ? '; a reason comes after two dashes' : '';
  return `No rule is called \`${id}\`, so this comment suppresses nothing by it${hint}`;
}

function isUnusedName({ use }: { readonly use: Use | undefined }): boolean {
  return use === 'unused';
}

function reportOfComment(directive: Directive): Report {
  const { file, comment, rules } = directive;
  return {
    node: file,
    part: comment,
    severity: 'hint',
    message: nothingOf(directive, rules),
    related: [],
    fixes: [{ id: 'remove', title: 'Remove the comment', safe: true, changes: () => [withoutComment(directive)] }],
  };
}

function reportOfName(directive: Directive, rule: NamedRule, message: string, safe: boolean): Report {
  const isLast = directive.rules.length === 1;
  const title = isLast ? 'Remove the comment' : `Remove \`${rule.id}\` from the comment`;
  const changes = () => [isLast ? withoutComment(directive) : withoutName(directive, rule)];
  return {
    node: directive.file,
    part: rule,
    severity: 'hint',
    message,
    related: [],
    fixes: [{ id: 'remove', title, safe, changes }],
  };
}
