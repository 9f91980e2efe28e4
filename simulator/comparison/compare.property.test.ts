import { readFileSync } from 'node:fs';
import Ajv, { type AnySchema } from 'ajv';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJson, judge } from '../verdict/index.ts';
import { anyRecording, migratedRun } from '../verdict/testing/arbitrary-recordings.ts';
import type { Product, ProductKind } from './comparison.ts';
import { compare, comparisonAsJson, comparisonAsText } from './index.ts';

const path = new URL('../verdict/migrate-output.schema.json', import.meta.url);
const schema: AnySchema = JSON.parse(readFileSync(path, 'utf8'));
const ajv = new Ajv({ strict: true, allowUnionTypes: true });
const isOutput = ajv.compile(schema);

const recordings = fc.oneof(anyRecording, migratedRun);

test('any two recordings are compared, in JSON that keeps to its schema, and nothing that was produced is forgotten', () => {
  let compared = 0;
  fc.assert(
    fc.property(recordings, recordings, fc.boolean(), (one, other, strict) => {
      // Undisturbed: its first process alone, which ends well.
      const events = one.events.filter(({ process, kind }) => process === 1 && !/^(?:killed|window)/.test(kind));
      const exit = { kind: 'process-exited', at: 2_000_000, process: 1, exit: { code: 0, signal: undefined } } as const;
      const still = {
        ...one,
        events: [...events.filter(({ kind }) => kind !== 'process-exited'), { ...exit, killed: false }],
      };
      const comparison = compare(still, other, { strict });
      const { outcome, undisturbed, migrated, lost, added, repeated, atLeastOnce } = comparison;
      expect(comparison.sentence).toMatch(/^[A-Z].*\.$/s);
      comparisonAsText(comparison);
      const output = JSON.parse(JSON.stringify(asJson(judge(other), { comparison: comparisonAsJson(comparison) })));
      expect(isOutput(output), ajv.errorsText(isOutput.errors)).toBe(true);
      if (outcome === 'not-compared') return;
      compared += 1;
      for (const [kind, totals] of [
        ['item', 'items'],
        ['charge', 'charges'],
      ] as const)
        expect(undisturbed[totals] - times(lost, kind) + times([...added, ...repeated, ...atLeastOnce], kind)).toBe(
          migrated[totals],
        );
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(20);
});

function times(products: readonly Product[], kind: ProductKind): number {
  return products.reduce((sum, product) => sum + (product.kind === kind ? product.times : 0), 0);
}
