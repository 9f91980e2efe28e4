import { isObject } from '../json.ts';
import type { Item } from '../storage/dataset.ts';

/** How items are to be shown, as the Apify API knows it; the steps are done in this order. */
export interface ItemView {
  /** Fields whose arrays become an item for each of their elements, one after the other. */
  readonly unwind: readonly string[];
  readonly fields: readonly string[];
  readonly omit: readonly string[];
  /** Without the fields that begin with #. */
  readonly skipHidden: boolean;
  readonly skipEmpty: boolean;
}

export function viewItems(items: readonly Item[], view: ItemView): readonly Item[] {
  const unwound = view.unwind.reduce<readonly Item[]>(
    (all, field) => all.flatMap((item) => unwind(item, field)),
    items,
  );
  const shown = unwound.map((item) => pick(item, view));
  return view.skipEmpty ? shown.filter((item) => Object.keys(item).length > 0) : shown;
}

/** An element or an object is merged with the item around it; anything else stays as it is. */
function unwind(item: Item, field: string): readonly Item[] {
  const { [field]: inner, ...outer } = item;
  if (Array.isArray(inner)) {
    return inner.map((element: unknown) =>
      isObject(element) ? { ...outer, ...element } : { ...outer, [field]: element },
    );
  }
  return isObject(inner) ? [{ ...outer, ...inner }] : [item];
}

function pick(item: Item, { fields, omit, skipHidden }: ItemView): Item {
  if (fields.length === 0 && omit.length === 0 && !skipHidden) return item;
  const names = fields.length > 0 ? fields.filter((name) => Object.hasOwn(item, name)) : Object.keys(item);
  const shown = names.filter((name) => !omit.includes(name) && !(skipHidden && name.startsWith('#')));
  return Object.fromEntries(shown.map((name) => [name, item[name]]));
}
