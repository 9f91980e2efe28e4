import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { isLocked, RequestOrder, type Place } from './request-order.ts';

const NOW = 5;
const moves = fc.array(
  fc.record({
    name: fc.nat(10),
    orderNo: fc.integer({ min: -9, max: 9 }).filter((orderNo) => orderNo !== 0),
    isRemoved: fc.boolean(),
  }),
);

test('requests stand as if they were sorted anew at each step, and are locked while their time is still to come', () => {
  fc.assert(
    fc.property(moves, fc.nat(5), (steps, limit) => {
      const order = new RequestOrder<{ readonly name: number; readonly place: Place }>();
      const present = new Map<number, { readonly name: number; readonly place: Place }>();
      for (const [sequence, { name, orderNo, isRemoved }] of steps.entries()) {
        const before = present.get(name);
        if (before !== undefined) order.remove(before);
        present.delete(name);
        if (isRemoved) continue;
        const request = { name, place: { orderNo, sequence } };
        present.set(name, request);
        order.add(request);
      }
      const sorted = [...present.values()].toSorted(
        ({ place: a }, { place: b }) => a.orderNo - b.orderNo || (a.sequence - b.sequence) * Math.sign(a.orderNo),
      );
      expect(order.size).toBe(sorted.length);
      expect(order.head(limit)).toEqual(sorted.slice(0, limit));
      expect(order.free(NOW, limit)).toEqual(sorted.filter(({ place }) => !isLocked(place, NOW)).slice(0, limit));
      expect(order.locked(NOW)).toEqual(sorted.filter(({ place }) => isLocked(place, NOW)));
      expect(order.hasLocked(NOW)).toBe(sorted.some(({ place }) => isLocked(place, NOW)));
    }),
  );
});
