import { ts } from 'ts-morph';

import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isSdkNode, sdkPath } from '../../program/sdk-declarations.ts';

/** Whether a call calls a member of the SDK 3 itself (`Actor`), as against one of Crawlee's. */
export function isOfActorClass(code: Code, call: Call): boolean {
  return code
    .calleesOf(call)
    .some((callee) => isSdkNode(callee) && callee.getSourceFile().fileName === sdkPath('apify-3'));
}

/** Whether a call is a method of an object that was opened or made before, as against one of a class or of `Actor` itself. */
export function isOnInstance(code: Code, call: Call): boolean {
  return code
    .calleesOf(call)
    .some(
      (callee) =>
        isSdkNode(callee) &&
        ts.isMethodDeclaration(callee) &&
        (ts.getCombinedModifierFlags(callee) & ts.ModifierFlags.Static) === 0,
    );
}
