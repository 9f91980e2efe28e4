import { describe, expect, test } from 'vitest';
import { asText, describe as described, judge } from '../index.ts';
import { RunStory } from '../testing/recording-builder.ts';
import { pages } from '../testing/walks.ts';

/** Pushes each page and charges for it; the state is saved when a migration comes, with the page that has not been counted. */
const pushAndCharge = (story: RunStory, from: number, to: number): RunStory =>
  pages(from, to).reduce((told, page) => told.push({ page }).charge('page').pass(300), story);
const chargeAndPush = (story: RunStory, from: number, to: number): RunStory =>
  pages(from, to).reduce((told, page) => told.charge('page').push({ page }).pass(300), story);
const migrated = (story: RunStory, page: number): RunStory =>
  story.migrate((window) => window.save('STATE', { page })).read('STATE');
const verdictOn = (story: RunStory) => judge(story.exit().recording());

describe('a charge that goes with an item that is pushed again', () => {
  test('is repeated work, also where the item is allowed: the user pays twice', () => {
    const verdict = verdictOn(pushAndCharge(migrated(pushAndCharge(new RunStory().read('STATE'), 1, 2), 2), 2, 4));
    expect(verdict).toMatchObject({
      word: 'repeated-work',
      repeated: {
        items: [{ target: { kind: 'charge', name: 'page' }, times: 1 }],
        atLeastOnce: [{ item: '{"page":2}', times: 1 }],
      },
    });
    expect(verdict.sentence).toContain('charged `page` again. It read `default/STATE`, but what was saved there');
    expect(asText(described(verdict))).toContain('Charge only what has not been charged yet');
  });

  test('where it is charged first, too', () => {
    const verdict = verdictOn(chargeAndPush(migrated(chargeAndPush(new RunStory().read('STATE'), 1, 3), 3), 3, 5));
    expect(verdict).toMatchObject({ word: 'repeated-work', repeated: { items: [{ item: 'page', times: 1 }] } });
  });

  test.each<[string, RunStory]>([
    [
      'had not been made before the kill',
      pushAndCharge(migrated(pushAndCharge(new RunStory().read('STATE'), 1, 2).push({ page: 3 }), 3), 3, 5),
    ],
    [
      'is left out the second time',
      pushAndCharge(migrated(pushAndCharge(new RunStory().read('STATE'), 1, 3), 3).push({ page: 3 }), 4, 5),
    ],
    [
      'was cut by the kill',
      pushAndCharge(
        new RunStory()
          .read('STATE')
          .push({ page: 1 })
          .charge('page')
          .push({ page: 2 })
          .migrate((window) => window.save('STATE', { page: 2 }).charge('page', { pending: true }))
          .read('STATE'),
        2,
        4,
      ),
    ],
    [
      'may go with another item, of an Actor that does several things at a time',
      new RunStory()
        .read('STATE')
        .push({ page: 1 })
        .push({ page: 2 })
        .charge('page')
        .migrate((window) => window.save('STATE', { done: [1] }))
        .read('STATE')
        .push({ page: 2 })
        .charge('page')
        .push({ page: 3 })
        .charge('page'),
    ],
  ])('is none where it %s', (_, story) => {
    expect(verdictOn(story)).toMatchObject({ word: 'resumed', repeated: { items: [] } });
  });

  test('is allowed where Crawlee knows what is done of a request list', () => {
    const story = new RunStory().push({ url: '/1' }).charge('page').push({ url: '/2' }).charge('page');
    story.save('SDK_my-REQUEST_LIST_STATE', { inProgress: ['/2'] }).migrate();
    story.read('SDK_my-REQUEST_LIST_STATE').push({ url: '/2' }).charge('page').push({ url: '/3' }).charge('page');
    expect(verdictOn(story)).toMatchObject({ word: 'resumed', repeated: { items: [] } });
  });
});
