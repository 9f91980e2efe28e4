import { slowWorkOf } from '../../actor/listeners/slow-work.ts';
import type { SlowWork } from '../../actor/listeners/slow-work.ts';
import type { Report, Rule } from '../rule.ts';

/** A listener of `migrating` that does what takes longer than the Actor has. */
export const slowListener: Rule = {
  id: 'slow-listener',
  group: 'listeners',
  summary: 'A listener of migrating that takes longer than the platform waits.',
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor) => slowWorkOf(actor).map(reportOf),
};

function reportOf(work: SlowWork): Report {
  return {
    node: work.call,
    severity: 'warning',
    message: `${wordsOf(work)} in a listener of migrating: the platform ends the process after a few seconds, and what comes after it is not done`,
    related: [{ node: work.listener.registration.expression, message: 'the listener is registered here' }],
    fixes: [],
  };
}

function wordsOf({ kind, milliseconds = 0 }: SlowWork): string {
  switch (kind) {
    case 'sleep':
      return `A wait of ${milliseconds / 1000} s`;
    case 'crawl':
      return 'A crawl';
    case 'teardown':
      return 'The end of a crawler, which waits for its requests,';
    case 'other Actor':
      return 'A run of another Actor that is waited for';
    case 'browser':
      return 'The launch of a browser';
  }
}
