import type { RestartCause } from '../recording.ts';
import { isAnnounced } from '../run/restart-cause.ts';
import { wordsOf } from './cause-words.ts';
import type { Verdict, VerdictWord } from './verdict.ts';
import { list, quoted } from './words.ts';
import { recordName } from './writes.ts';

/** What to do next, for somebody who has not thought about migrations before. */
export function adviceFor(verdict: Verdict): readonly string[] {
  const isLate = verdict.word === 'restarted-from-zero' || verdict.word === 'repeated-work';
  return [...ADVICE[verdict.word](verdict), ...(isLate ? aboutEvents(verdict) : [])];
}

/** What the process was ended by of which the verdict tells. */
export function causeOf({ migrations, decidedBy = 1 }: Pick<Verdict, 'migrations' | 'decidedBy'>): RestartCause {
  return migrations[decidedBy - 1]?.by ?? 'migration';
}

function stopping(verdict: Verdict): string {
  const event = causeOf(verdict) === 'graceful-abort' ? 'aborting' : 'migrating';
  return verdict.wasTold ? `, and begin nothing new once \`${event}\` was heard` : '';
}

/** On which events a state is saved before the end, where they are others than those of a migration. */
function aboutEvents(verdict: Verdict): readonly string[] {
  const by = causeOf(verdict);
  if (by === 'migration' && verdict.wasTold) return [];
  if (by === 'graceful-abort' && verdict.wasTold)
    return [
      'A graceful abort sends `aborting` and `persistState`, and never `migrating`: save on `persistState`, as `Actor.useState` does.',
    ];
  const why = isAnnounced(by)
    ? `No event came through before the ${wordsOf(by).noun}`
    : `No event comes before a ${wordsOf(by).noun}`;
  return [
    `${why}: what is saved on events alone is as old as the last \`persistState\`, which comes once a minute. Save after each piece of work what must not be lost.`,
  ];
}

const QUEUE =
  'Let the request queue say what is done: open the same queue after the restart, do not empty it, and give a request the same unique key each time.';

const UNDER_WAY =
  'What was under way at the kill is done once more. Where an item must not come twice, push it last, count it right after, and give it a key by which it can be found.';

const FAILED =
  'Wait for each write and make it again when it has failed, or let the Actor fail: apify-client repeats by itself only what is answered with 429 or 5xx.';

const ADVICE: Readonly<Record<VerdictWord, (verdict: Verdict) => readonly string[]>> = {
  'did-not-restart': ({ migrations, keys }) => [
    'See what the Actor printed at its end.',
    migrations.at(-1)?.by === 'migration' && migrations.at(-1)?.endedBy === 'exit'
      ? 'A listener that throws ends the Actor: catch what it may throw, and wait for its promises with `await`.'
      : 'A restarted Actor finds its storages as it left them: it must not fail on what it has saved itself.',
    ...(keys.some(({ saved }) => saved !== undefined && /\{\s*\}/.test(saved))
      ? ['A Map or a Set is saved as {}: save `[...seen]`, and make the Set again when you restore it.']
      : []),
  ],
  'lost-writes': ({ writes }) => {
    const lost = writes.filter((write) => write.lost);
    const cut = lost.filter(({ fault }) => fault === undefined);
    const kinds = new Set(cut.map(({ kind }) => kind));
    return [
      ...(cut.length < lost.length ? [FAILED] : []),
      ...(kinds.has('record')
        ? [
            'Wait for the save: `await Actor.setValue(…)`, in a listener that is async or that returns the promise. Since SDK 3.7 the restart waits for such a listener, and for no other.',
          ]
        : []),
      ...(kinds.has('items') ? ['Wait for the items: `await Actor.pushData(…)`.'] : []),
      ...(kinds.has('requests')
        ? ['Wait for the requests: `await crawler.addRequests(…, { waitForAllRequestsToBeAdded: true })`.']
        : []),
      ...(kinds.has('charge') ? ['Wait for the charge: `await Actor.charge(…)`.'] : []),
      ...(cut.length > 0 ? ['Do not end the process in a listener: what is under way then is lost.'] : []),
    ];
  },
  'restarted-from-zero': (verdict) => {
    const { keys, repeated } = verdict;
    if (repeated.requests.length > 0) return [QUEUE];
    const names = list(keys.map(({ record }) => quoted(record.key)));
    const saved = verdict.wasTold ? `at every ${wordsOf(causeOf(verdict)).noun}` : 'once a minute';
    return keys.length === 0
      ? [
          `Keep the progress in \`const state = await Actor.useState('STATE', { … })\`, and change the fields of \`state\`: they are saved ${saved} and are there again after it.`,
          'Begin the loop where `state` says, not at the start.',
        ]
      : [
          `Read ${names} with \`await Actor.getValue(…)\` after \`Actor.init()\` and before the work begins, or keep it with \`Actor.useState\`, which reads it for you.`,
        ];
  },
  'repeated-work': (verdict) => [
    ...(verdict.repeated.requests.length > 0 ? [QUEUE] : []),
    ...(verdict.repeated.items.some(({ target }) => target.kind === 'charge')
      ? [
          'Charge only what has not been charged yet, also for the start: `Actor.getChargingManager().getChargedEventCount(…)` tells how often it has been.',
        ]
      : []),
    ...(verdict.repeated.items.some(({ target }) => target.kind !== 'charge')
      ? [
          verdict.keys.length === 0
            ? "Keep what is done in `await Actor.useState('STATE', { … })` and skip it after the restart."
            : `Save how far the Actor has got right after each piece of work, change the fields of the state instead of replacing it${stopping(verdict)}.`,
        ]
      : []),
    ...(verdict.strict && verdict.repeated.atLeastOnce.length > 0 ? [UNDER_WAY] : []),
  ],
  'partly-resumed': ({ keys }) => {
    const names = (...how: readonly string[]) =>
      keys.filter(({ restored }) => how.includes(restored)).map(({ record }) => quoted(recordName(record)));
    const [unread, overwritten, changed] = [names('never-read'), names('overwritten-first'), names('changed-in-shape')];
    return [
      ...(unread.length > 0 ? [`Read ${list(unread)} at the start, or stop saving it if nothing depends on it.`] : []),
      ...(overwritten.length > 0
        ? [
            `Read ${list(overwritten)} before anything writes it: restore first, then register the listener that saves it.`,
          ]
        : []),
      ...(changed.length > 0
        ? [`Save ${list(changed)} in the shape in which you restore it: a Map or a Set as a list.`]
        : []),
    ];
  },
  resumed: ({ repeated }) => (repeated.atLeastOnce.length === 0 ? [] : [UNDER_WAY]),
  'nothing-to-resume': () => [],
};
