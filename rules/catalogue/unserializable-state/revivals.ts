import type { ActorModel } from '../../actor/actor-model.ts';
import { revivalsOf } from '../../actor/records/revivals.ts';
import type { Revival } from '../../actor/records/revivals.ts';
import type { SavedValue } from '../../actor/records/saved-values.ts';
import type { Report } from '../rule.ts';
import { dateFixes } from './fixes.ts';

/** What a Date or an instance is used for when it has come back as something else. */
export function revivalReports({ code }: ActorModel, saved: SavedValue): readonly Report[] {
  return revivalsOf(code, saved).map(reportOf);
}

function reportOf({ subject, made, use, value, method }: Revival): Report {
  const article = 'AEIOU'.includes(made.className.charAt(0)) ? 'an' : 'a';
  const comesBack = made.isDate ? 'as a text' : 'as a plain object';
  const consequence = method === undefined ? 'the difference is NaN' : `\`${method}\` is not a function`;
  return {
    node: use,
    severity: 'warning',
    message: `${subject} is saved as ${article} ${made.className} and comes back ${comesBack}: after a migration ${consequence}`,
    related: [{ node: value, message: `the ${made.className} is saved here` }],
    fixes: made.isDate ? dateFixes(use) : [],
  };
}
