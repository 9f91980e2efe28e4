import { blindWalksOf } from '../../actor/listeners/blind-walks.ts';
import type { BlindWalk } from '../../actor/listeners/blind-walks.ts';
import type { MigrationListener } from '../../actor/listeners/listeners.ts';
import { placeWords } from '../../syntax/call-words.ts';
import type { Report, Rule } from '../rule.ts';
import { entriesFixes } from './fixes.ts';

/** A listener that goes through a Map or Set as if it were an object: it finds nothing there, and does nothing. */
export const ineffectiveListener: Rule = {
  id: 'ineffective-listener',
  group: 'listeners',
  summary:
    'A listener for a migration goes through a Map or Set with Object.keys or for…in, which see none of its entries',
  defaultSeverity: 'warning',
  needsEntryPoint: false,
  check: (actor) => blindWalksOf(actor).map(({ walk, listener }) => reportOf(walk, listener)),
};

function reportOf(walk: BlindWalk, { event, registration }: MigrationListener): Report {
  const words = walk.by === 'loop' ? 'for…in' : `Object.${walk.by}()`;
  return {
    node: walk.by === 'loop' ? walk.collection : walk.call.expression,
    severity: 'warning',
    message: `${words} sees none of the entries of ${placeWords(walk.collection)}, which is a ${walk.kind}: what the listener of ${event} is to do with them is not done`,
    related: [{ node: registration.expression, message: 'the listener is registered here' }],
    fixes: entriesFixes(walk),
  };
}
