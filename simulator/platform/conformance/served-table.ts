import { allClasses, classesOfRun, otherClasses } from './all-cases.ts';
import type { Case, Methods } from './case.ts';

/** A row: the method, whether it is served, what of it is not. */
type Row = readonly [method: string, answer: string, not: string];

/** What is served and refused, for the page that `npm run generate` writes. */
export interface ServedMethods {
  readonly ofRun: readonly Row[];
  readonly others: readonly Row[];
  /** Methods that ask the API for something, in the classes that a run may use, and in all. */
  readonly counts: { readonly ofRun: Count; readonly all: Count };
}

interface Count {
  readonly served: number;
  readonly asked: number;
}

export function servedMethods(): ServedMethods {
  return {
    ofRun: rowsOf(classesOfRun),
    others: rowsOf(otherClasses),
    counts: { ofRun: count(Object.values(classesOfRun)), all: count(Object.values(allClasses)) },
  };
}

function rowsOf(classes: Readonly<Record<string, Methods>>): readonly Row[] {
  return Object.entries(classes).flatMap(([name, methods]) =>
    Object.entries(methods).flatMap(([method, each]) => {
      const row = rowOf(each);
      return row === undefined ? [] : [[`\`${name}.${method}\``, ...row] as const];
    }),
  );
}

function rowOf(each: Case): readonly [answer: string, not: string] | undefined {
  if (each.kind === 'opens') return undefined;
  if (each.kind === 'refused') return ['refused', each.asked];
  return ['served', each.but ?? ''];
}

function count(classes: readonly Methods[]): Count {
  const asking = classes.flatMap((methods) => Object.values(methods)).filter(({ kind }) => kind !== 'opens');
  return { served: asking.filter(({ kind }) => kind === 'served').length, asked: asking.length };
}
