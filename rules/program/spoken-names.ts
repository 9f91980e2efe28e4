import { ts } from 'ts-morph';

import { indexOf } from '../syntax/file-index.ts';
import { declarationTrees, SDK_PATHS } from './sdk-declarations.ts';

/** Names that a member may have without an identifier that says so. */
const UNWRITTEN: ReadonlySet<string> = new Set(['default', 'constructor']);

/**
 * The names under which a member of the project or the SDK can be reached: every name that is written, but not as the member
 * that is read. What `x.trim()` calls is then JavaScript's or a library's, whatever `x` is, and the type of `x`, which is what
 * costs time, need not be asked for.
 */
export class SpokenNames {
  readonly #files: readonly ts.SourceFile[];
  readonly #known = new Map<string, boolean>();

  /** @param files all that a value may come from */
  constructor(files: readonly ts.SourceFile[]) {
    this.#files = files;
  }

  has(name: string): boolean {
    const before = this.#known.get(name);
    if (before !== undefined) return before;
    const found = UNWRITTEN.has(name) || sdkNames().has(name) || this.#files.some((file) => isSpokenIn(file, name));
    this.#known.set(name, found);
    return found;
  }
}

function isSpokenIn(file: ts.SourceFile, name: string): boolean {
  const { identifiers, texts } = indexOf(file);
  return texts.has(name) || (identifiers.get(name) ?? []).some((identifier) => !isReadMember(identifier));
}

function isReadMember(name: ts.MemberName): boolean {
  const access = name.parent;
  if (!ts.isPropertyAccessExpression(access) || access.name !== name) return false;
  return !isAssignedTo(access);
}

function isAssignedTo(access: ts.PropertyAccessExpression): boolean {
  const { parent } = access;
  if (!ts.isBinaryExpression(parent) || parent.left !== access) return false;
  const { kind } = parent.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

let ofSdk: ReadonlySet<string> | undefined;

/** Every name in the SDK's table, for the life of the process. */
function sdkNames(): ReadonlySet<string> {
  ofSdk ??= new Set(
    SDK_PATHS.flatMap((path) => {
      const tree = declarationTrees().get(path);
      return tree === undefined ? [] : [...indexOf(tree).identifiers.keys()];
    }),
  );
  return ofSdk;
}
