import { ts } from 'ts-morph';

import type { Severity } from '../workspace/rule-settings.ts';
import type { Code } from '../flow/code.ts';
import { firstValueOf } from '../flow/first-values.ts';
import type { Call } from '../syntax/file-index.ts';
import type { Consequence, Loss, LostVariable } from '../actor/losses/losses.ts';
import type { StateVariable } from '../actor/state/own-state.ts';
import { headOf } from '../actor/regions/region-head.ts';
import type { Region } from '../actor/regions/regions.ts';
import { outermost } from '../syntax/operands.ts';
import type { Report } from './rule.ts';

/** A lost variable's consequence decides the severity: twice and wrong are warnings, time is information. */
export function severityOf(consequence: Consequence): Severity {
  return consequence === 'time lost' ? 'information' : 'warning';
}

/** What becomes of a variable in the new process, and what that does to the result. */
export function lossSentence(code: Code, { variable, consequence }: LostVariable, region: Region): string {
  const name = `\`${variable.binding.name}\``;
  return `${name} ${restarts(firstValueOf(code, variable.binding))} after a migration: ${consequenceWords(variable, consequence, region)}`;
}

function restarts(initial: ts.Expression | undefined): string {
  if (initial === undefined) return 'starts anew';
  if (ts.isNumericLiteral(initial)) return `restarts from ${initial.text}`;
  if (ts.isArrayLiteralExpression(initial) && initial.elements.length === 0) return 'restarts empty';
  if (ts.isNewExpression(initial) && (initial.arguments ?? []).length === 0) return 'restarts empty';
  if (ts.isObjectLiteralExpression(initial) && initial.properties.length === 0) return 'restarts empty';
  return 'starts anew';
}

function consequenceWords({ significance }: StateVariable, consequence: Consequence, region: Region): string {
  const { output, decides, exitStatus } = significance;
  const what = exitStatus.length > 0 && output.length === 0 && decides.size === 0 ? 'exit status' : 'result';
  switch (consequence) {
    case 'repeated':
      return 'nothing saves it, so work that is done is done again, and its results are stored twice';
    case 'wrong result':
      return region.kind === 'request handlers'
        ? `nothing saves it, and the requests that are already handled are not handled again, so the ${what} is wrong`
        : `nothing saves it, while the rest goes on where it was, so the ${what} is wrong`;
    case 'time lost':
      return 'nothing saves it, so all that was gathered is gathered again from the start';
  }
}

/** How a region is called in a sentence. */
export function regionWords({ kind }: Region): string {
  switch (kind) {
    case 'request handlers':
      return 'changed for each request that this crawler handles';
    case 'loop':
      return 'changed in each round of this loop';
    case 'recursion':
      return 'changed each time that this function calls itself';
    case 'each item':
      return 'changed for each item';
    case 'timer':
      return 'changed at each tick of this timer';
    case 'server':
      return 'changed for each call of this server';
  }
}

/** The name where a lost variable is declared: what is underlined. */
export function nameOf({ variable }: LostVariable): ts.Node {
  return ts.getNameOfDeclaration(variable.binding.declaration) ?? variable.binding.declaration;
}

/** Where the one object is made that a lost field belongs to: the class may stand far from what it is made for. */
export function relatedObject(code: Code, { variable }: LostVariable): Report['related'] {
  const { parent: owner } = variable.binding.declaration;
  if (!ts.isClassLike(owner) || owner.name === undefined) return [];
  const symbol = code.symbolOf(owner.name);
  const made = (symbol === undefined ? [] : code.referencesOf(symbol)).flatMap((use) => {
    const called = outermost(use);
    return ts.isNewExpression(called.parent) && called.parent.expression === called ? [called] : [];
  });
  const [object] = made;
  if (object === undefined || made.length > 1) return [];
  return [{ node: object, message: `the object that holds \`${variable.binding.name}\` is made here` }];
}

/** A variable that is lost beside the one that is reported. */
export function relatedLoss(code: Code, lost: LostVariable, region: Region): Report['related'][number] {
  return { node: nameOf(lost), message: lossSentence(code, lost, region) };
}

/** The report of a loop that has no variable for its position: it stands at the write that is done again. */
export function repeatOf(code: Code, write: Call, { region, variables }: Loss): Report {
  return {
    node: write,
    until: write.expression,
    severity: 'warning',
    message:
      'nothing saves how far this loop is: after a migration it starts over, and what this call wrote or charged is written or charged again',
    related: [
      { ...headOf(region), message: 'starts over from its first item' },
      ...variables.map((lost) => relatedLoss(code, lost, region)),
    ],
    fixes: [],
  };
}
