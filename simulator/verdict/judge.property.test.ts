import { readFileSync } from 'node:fs';
import Ajv, { type AnySchema } from 'ajv';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Recording } from '../recording.ts';
import { asJson, asMarkdown, asText, describe as report, judge, settled, VERDICTS } from './index.ts';
import { anyRecording, migratedRun } from './testing/arbitrary-recordings.ts';

const schema: AnySchema = JSON.parse(readFileSync(new URL('migrate-output.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ strict: true, allowUnionTypes: true });
const isOutput = ajv.compile(schema);

test('any recording has a verdict, a report and JSON that keeps to its schema', () => {
  fc.assert(
    fc.property(fc.oneof(anyRecording, migratedRun), fc.boolean(), (recording, strict) => {
      const verdict = judge(recording, { strict });
      settled(recording);
      expect(VERDICTS).toContain(verdict.word);
      expect(verdict.sentence).toMatch(/^[A-Z].*\.$/s);
      asMarkdown(report(verdict));
      for (const line of asText(report(verdict)).split('\n')) {
        expect(line.length <= 100 || line.trimStart().split(' ').length <= 3, line).toBe(true);
      }
      expect(isOutput(JSON.parse(JSON.stringify(asJson(verdict)))), ajv.errorsText(isOutput.errors)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('which of two things at the same time was told first makes no difference', () => {
  const shuffled = fc.oneof(anyRecording, migratedRun).chain((recording) => {
    const coarse = {
      ...recording,
      events: recording.events.map((event) => ({ ...event, at: Math.floor(event.at / 50) })),
    };
    const events = fc.shuffledSubarray([...coarse.events], { minLength: coarse.events.length });
    return fc.tuple(fc.constant(coarse), events);
  });
  fc.assert(
    fc.property(shuffled, ([recording, events]) => {
      expect(judge({ ...recording, events })).toEqual(judge(recording));
    }),
    { numRuns: 200 },
  );
});

test('a verdict that may be shown never becomes better while the restarted Actor goes on', () => {
  fc.assert(
    fc.property(migratedRun, (recording) => {
      let shown: Recording | undefined;
      let worst: number = VERDICTS.length;
      for (let length = 1; length <= recording.events.length; length += 1) {
        const known = { ...recording, events: recording.events.slice(0, length) };
        if (shown === undefined && !settled(known)) continue;
        shown ??= known;
        const rank = VERDICTS.indexOf(judge(known).word);
        expect(rank, `${VERDICTS.at(worst)} became ${VERDICTS.at(rank)} at event ${length}`).toBeLessThanOrEqual(worst);
        worst = rank;
      }
    }),
    { numRuns: 150 },
  );
});

test('strictness never makes a verdict better', () => {
  fc.assert(
    fc.property(fc.oneof(anyRecording, migratedRun), (recording) => {
      const [strict, mild] = [true, false].map((one) => VERDICTS.indexOf(judge(recording, { strict: one }).word));
      expect(strict).toBeLessThanOrEqual(mild ?? -1);
    }),
  );
});
