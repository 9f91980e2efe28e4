import type { Measured } from './measure.ts';
import type { Said } from './findings.ts';

/** How many variants are stable: by rewriting, by rule, and all. */
export function tableOf(results: readonly Measured[]): readonly string[] {
  const byRewriting = counted(results, ({ rewriting }) => [`${rewriting.group}: ${rewriting.name}`], isStable);
  const byRule = counted(results, rulesOf, (each, rule) => !unstableRulesOf(each).includes(rule));
  const all = counted(results, () => ['all variants'], isStable);
  return ['By rewriting', ...rowsOf(byRewriting), '', 'By rule', ...rowsOf(byRule), '', ...rowsOf(all)];
}

/** Every variant that is not stable, by rewriting. */
export function listOf(results: readonly Measured[], withCode: boolean): readonly string[] {
  return results.flatMap((each) => {
    const { difference, program, rewriting, variant } = each;
    if (difference === undefined) return [];
    return [
      '',
      `${rewriting.group}: ${rewriting.name} of ${program.name}`,
      ...difference.missing.map((said) => `  - ${lineOf(said)}`),
      ...difference.added.map((said) => `  + ${lineOf(said)}`),
      ...(withCode ? Object.entries(variant.files).flatMap(([name, text]) => [`  --- ${name}`, indented(text)]) : []),
    ];
  });
}

/** The unstable variants in Markdown: by rule and by what happened to its findings, with the rewritings after which it did. */
export function markdownOf(results: readonly Measured[]): readonly string[] {
  const byRule = new Map<string, Map<string, string[]>>();
  for (const { difference, program, rewriting } of results) {
    const said = [
      ...(difference?.missing ?? []).map((each) => ({ each, sign: 'lost' })),
      ...(difference?.added ?? []).map((each) => ({ each, sign: 'ADDED' })),
    ];
    for (const { each, sign } of said) {
      const ofRule = byRule.get(each.rule) ?? new Map<string, string[]>();
      byRule.set(each.rule, ofRule);
      const key = `${sign} after **${rewriting.group}: ${rewriting.name}**`;
      ofRule.set(key, [...(ofRule.get(key) ?? []), program.name]);
    }
  }
  return [...byRule].flatMap(([rule, ofRule]) => {
    const rows = [...ofRule].toSorted(
      ([a, one], [b, other]) => Number(b.startsWith('A')) - Number(a.startsWith('A')) || other.length - one.length,
    );
    const total = rows.reduce((sum, [, names]) => sum + names.length, 0);
    return [
      '',
      `## ${rule} (${total})`,
      '',
      ...rows.map(([key, names]) => `- ${key}: ${names.length} (${shortList([...new Set(names)])})`),
    ];
  });
}

function shortList(names: readonly string[]): string {
  return names.length <= 6 ? names.join(', ') : `${names.slice(0, 6).join(', ')} and ${names.length - 6} more`;
}

function isStable({ difference }: Measured): boolean {
  return difference === undefined;
}

function rulesOf({ original, difference }: Measured): readonly string[] {
  return [...new Set([...original, ...(difference?.added ?? [])].map(({ rule }) => rule))];
}

export function unstableRulesOf({ difference }: Measured): readonly string[] {
  return [...(difference?.missing ?? []), ...(difference?.added ?? [])].map(({ rule }) => rule);
}

interface Count {
  readonly name: string;
  readonly variants: number;
  readonly stable: number;
}

function counted(
  results: readonly Measured[],
  namesOf: (each: Measured) => readonly string[],
  isGood: (each: Measured, name: string) => boolean,
): readonly Count[] {
  const counts = new Map<string, Count>();
  for (const each of results) {
    for (const name of namesOf(each)) {
      const { variants, stable } = counts.get(name) ?? { variants: 0, stable: 0 };
      counts.set(name, { name, variants: variants + 1, stable: stable + Number(isGood(each, name)) });
    }
  }
  return [...counts.values()].toSorted((a, b) => a.stable / a.variants - b.stable / b.variants);
}

function rowsOf(counts: readonly Count[]): readonly string[] {
  return counts.map(({ name, variants, stable }) => {
    const percent = ((100 * stable) / variants).toFixed(1);
    return `${percent.padStart(6)} %  ${String(stable).padStart(5)} of ${String(variants).padStart(5)}  ${name}`;
  });
}

function lineOf({ rule, severity, place, message }: Said): string {
  return `${severity} ${rule} ${place} ${message}`;
}

function indented(text: string): string {
  return text.trimEnd().replaceAll(/^/gmu, '  | ');
}
