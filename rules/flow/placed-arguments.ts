import { ts } from 'ts-morph';

import { callForm } from './call-forms.ts';
import type { WrittenArgument } from './call-forms.ts';
import type { Code } from './code.ts';
import type { Operand } from './operands.ts';
import type { Call } from '../syntax/file-index.ts';
import { bare } from '../syntax/operands.ts';

/** The arguments of a call by their places, through spread lists as far as their length is known. */
export interface PlacedArguments {
  readonly known: readonly Operand[];
  /** The list whose elements have all further places. */
  readonly rest: ts.Expression | undefined;
  /** False where it is not known what follows. */
  readonly isAll: boolean;
}

/** The arguments of a call, by their places. */
export function placeArguments(code: Code, call: Call): PlacedArguments {
  return placed(code, callForm(code, call).given);
}

function placed(code: Code, written: readonly WrittenArgument[]): PlacedArguments {
  const known: Operand[] = [];
  for (const [index, { expression, isSpread }] of written.entries()) {
    if (!isSpread) {
      known.push({ expression, path: [] });
      continue;
    }
    const list = listOf(code, expression);
    const isLast = index === written.length - 1;
    if (list === undefined) return { known, rest: isLast ? expression : undefined, isAll: isLast };
    const inner = placed(code, list.elements.map(asWritten));
    known.push(...inner.known);
    if (inner.rest !== undefined || !inner.isAll)
      return { ...inner, known, ...(isLast ? {} : { rest: undefined, isAll: false }) };
  }
  return { known, rest: undefined, isAll: true };
}

function asWritten(element: ts.Expression): WrittenArgument {
  return ts.isSpreadElement(element)
    ? { expression: element.expression, isSpread: true }
    : { expression: element, isSpread: false };
}

/** The one list that an expression is, where the code says all of it. */
function listOf(code: Code, expression: ts.Expression): ts.ArrayLiteralExpression | undefined {
  const written = bare(expression);
  if (ts.isArrayLiteralExpression(written)) return written;
  const [value, ...others] = code.valuesOf(expression);
  return value !== undefined && others.length === 0 && ts.isArrayLiteralExpression(value) ? value : undefined;
}

/** What stands at a place: `nothing` where the call gives too few, `unknown` where it does not say. */
export function placedAt({ known, rest, isAll }: PlacedArguments, place: number): Operand | 'nothing' | 'unknown' {
  const operand = known[place];
  if (operand !== undefined) return operand;
  if (rest !== undefined) return { expression: rest, path: [String(place - known.length)] };
  return isAll ? 'nothing' : 'unknown';
}
