import { replacement, startOf } from '../../fixes/changes.ts';
import type { Fix } from '../../fixes/changes.ts';
import type { VolatileStorage } from '../../actor/effects/volatile-storages.ts';

/** Takes the option away, and the object where it is the only one. */
export function removeFixes({ made, literal, option }: VolatileStorage): readonly Fix[] {
  const file = option.getSourceFile();
  const isOnly = literal.properties.length === 1 && made.arguments?.length === 1;
  const next = literal.properties[literal.properties.indexOf(option) + 1];
  const before = literal.properties[literal.properties.indexOf(option) - 1];
  const change = isOnly
    ? replacement(file, startOf(literal), literal.end, '')
    : next !== undefined
      ? replacement(file, startOf(option), startOf(next), '')
      : replacement(file, before?.end ?? startOf(option), option.end, '');
  return [{ id: 'remove', title: `Take \`${option.name.getText()}\` away`, safe: false, changes: () => [change] }];
}
