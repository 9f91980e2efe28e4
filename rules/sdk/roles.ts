import { ts } from 'ts-morph';

/** The places that survive a migration, and `charge`: money that is spent once. `run` says something of the run itself. */
export type Store = 'key-value-store' | 'dataset' | 'request-queue' | 'charge' | 'run';

export type LifecycleWord = 'init' | 'main' | 'exit' | 'fail' | 'reboot' | 'metamorph' | 'abort' | 'crawl' | 'teardown';

/** Which argument of a call, counted from 0, or which property of it. */
export interface ArgumentPlace {
  readonly index: number;
  readonly property?: string;
}

/**
 * What a member of the SDK does, as far as a migration is concerned.
 * Source of each: the JSDoc tags in this folder's declarations, which crawlee-3.d.ts explains.
 */
export type Role =
  | { readonly kind: 'write'; readonly store: Store; readonly key?: ArgumentPlace; readonly value?: ArgumentPlace }
  | { readonly kind: 'charges'; readonly event?: ArgumentPlace }
  | {
      readonly kind: 'read';
      readonly store: string;
      readonly key?: ArgumentPlace;
      readonly brings: 'value' | 'existence';
    }
  | {
      readonly kind: 'state';
      readonly key?: ArgumentPlace;
      readonly value?: ArgumentPlace;
      readonly store?: ArgumentPlace;
      readonly fixedKey?: string;
    }
  | { readonly kind: 'subscribe'; readonly event?: ArgumentPlace; readonly listener?: ArgumentPlace }
  | { readonly kind: 'unsubscribe'; readonly event?: ArgumentPlace; readonly listener?: ArgumentPlace }
  | { readonly kind: 'lifecycle'; readonly word: LifecycleWord; readonly callback?: ArgumentPlace }
  | { readonly kind: 'open'; readonly store: string; readonly name?: ArgumentPlace }
  | {
      readonly kind: 'handler';
      readonly of: string;
      readonly callback?: ArgumentPlace;
      readonly callbacks?: ArgumentPlace;
    }
  | { readonly kind: 'storage'; readonly client?: ArgumentPlace }
  | { readonly kind: 'iterates'; readonly callback?: ArgumentPlace }
  | { readonly kind: 'volatile'; readonly when: string }
  | { readonly kind: 'crawler' }
  | { readonly kind: 'slow' }
  | { readonly kind: 'sleep' }
  | { readonly kind: 'log' }
  | { readonly kind: 'owner'; readonly of: string };

export type RoleKind = Role['kind'];
export type RoleOf<K extends RoleKind> = Extract<Role, { readonly kind: K }>;

const rolesOfDeclaration = new WeakMap<ts.Node, readonly Role[]>();

/**
 * The roles of a declaration in the SDK's table.
 *
 * @param declaration any declaration; one without tags has no role
 */
export function rolesOf(declaration: ts.Node): readonly Role[] {
  const known = rolesOfDeclaration.get(declaration);
  if (known !== undefined) return known;
  const roles = parseTags(ts.getJSDocTags(declaration));
  rolesOfDeclaration.set(declaration, roles);
  return roles;
}

/** The role of one kind, where a declaration has it. */
export function roleOf<K extends RoleKind>(declaration: ts.Node, kind: K): RoleOf<K> | undefined {
  return rolesOf(declaration).find((role): role is RoleOf<K> => role.kind === kind);
}

function textOf(tag: ts.JSDocTag): string {
  return (ts.getTextOfJSDocComment(tag.comment) ?? '').trim();
}

function parseTags(tags: readonly ts.JSDocTag[]): readonly Role[] {
  const fixedKey = tags.find((tag) => tag.tagName.text === 'key');
  return tags.flatMap((tag) => {
    const role = parseTag(tag.tagName.text, textOf(tag), fixedKey && textOf(fixedKey));
    return role === undefined ? [] : [role];
  });
}

function parseTag(name: string, text: string, fixedKey: string | undefined): Role | undefined {
  const word = text.split(/\s+/u).find((part) => part !== '' && !part.includes('=')) ?? '';
  switch (name) {
    case 'write':
      return isStore(word) ? { kind: name, store: word, ...places(text, 'key', 'value') } : undefined;
    case 'charges':
      return { kind: name, ...places(text, 'event') };
    case 'read':
      return {
        kind: name,
        store: word,
        ...places(text, 'key'),
        brings: text.includes('brings=existence') ? 'existence' : 'value',
      };
    case 'state':
      return { kind: name, ...places(text, 'key', 'value', 'store'), ...(fixedKey === undefined ? {} : { fixedKey }) };
    case 'subscribe':
    case 'unsubscribe':
      return { kind: name, ...places(text, 'event', 'listener') };
    case 'lifecycle':
      return isLifecycleWord(word) ? { kind: name, word, ...places(text, 'callback') } : undefined;
    case 'open':
      return { kind: name, store: word, ...places(text, 'name') };
    case 'handler':
      return { kind: name, of: word, ...places(text, 'callback', 'callbacks') };
    case 'storage':
      return { kind: name, ...places(text, 'client') };
    case 'iterates':
      return { kind: name, ...places(text, 'callback') };
    case 'volatile':
      return { kind: name, when: text.replace(/^when=/u, '') };
    case 'owner':
      return { kind: name, of: word };
    case 'crawler':
    case 'slow':
    case 'sleep':
    case 'log':
      return { kind: name };
    default:
      return undefined;
  }
}

/** The arguments that a tag names: `key=0 value=1.data`. */
function places<N extends string>(text: string, ...names: readonly N[]): { [name in N]?: ArgumentPlace } {
  const found: { [name in N]?: ArgumentPlace } = {};
  for (const name of names) {
    const match = new RegExp(`\\b${name}=(\\d+)(?:\\.(\\w+))?`, 'u').exec(text);
    if (match !== null)
      found[name] = { index: Number(match[1]), ...(match[2] === undefined ? {} : { property: match[2] }) };
  }
  return found;
}

function isStore(word: string): word is Store {
  return ['key-value-store', 'dataset', 'request-queue', 'charge', 'run'].includes(word);
}

function isLifecycleWord(word: string): word is LifecycleWord {
  return ['init', 'main', 'exit', 'fail', 'reboot', 'metamorph', 'abort', 'crawl', 'teardown'].includes(word);
}
