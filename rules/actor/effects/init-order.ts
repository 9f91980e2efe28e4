import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { unitOf } from '../../syntax/functions.ts';
import { withImports } from '../../program/imported-files.ts';

/** The calls that start the SDK in a program: `Actor.init`, `Actor.main`. */
export function startsOfSdk({ code, files }: ActorModel): readonly Call[] {
  return files
    .flatMap((file) => indexOf(file).calls)
    .filter((call) => ['init', 'main'].includes(code.roleOf(call, 'lifecycle')?.word ?? ''));
}

/**
 * The calls of a program that surely run before the SDK is started: those that stand before the start in the same function or
 * module, and those at the top level of a module that the start's module imports, since imports are evaluated first. Nothing
 * is sure where the SDK is started in several places.
 */
export class BeforeInit {
  readonly start: Call | undefined;
  readonly #imported: ReadonlySet<ts.SourceFile>;

  constructor(actor: ActorModel) {
    const starts = startsOfSdk(actor);
    this.start = starts.length === 1 ? starts[0] : undefined;
    this.#imported = this.start === undefined ? new Set() : importedBy(this.start.getSourceFile(), actor);
  }

  has(call: Call): boolean {
    if (this.start === undefined || isOfInstance(call)) return false;
    const unit = unitOf(call);
    if (unit === unitOf(this.start)) return call.end <= this.start.pos;
    return ts.isSourceFile(unit) && this.#imported.has(unit);
  }
}

/** Whether a call is made for each object of a class, in the first value of a field. */
function isOfInstance(call: Call): boolean {
  const around = ts.findAncestor(call, (node) => ts.isFunctionLike(node) || ts.isPropertyDeclaration(node));
  return (
    around !== undefined &&
    ts.isPropertyDeclaration(around) &&
    (ts.getCombinedModifierFlags(around) & ts.ModifierFlags.Static) === 0
  );
}

/** The modules that are evaluated before a module's own code. A `require` may stand behind it, and `import()` comes later. */
function importedBy(file: ts.SourceFile, { code }: ActorModel): ReadonlySet<ts.SourceFile> {
  const reached = new Set(
    withImports([file], (specifier) =>
      ts.isImportDeclaration(specifier.parent) || ts.isExportDeclaration(specifier.parent)
        ? code.importedFile(specifier)
        : undefined,
    ),
  );
  reached.delete(file);
  return reached;
}
