import type { Code } from '../../flow/code.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isSdkNode, sdkPath } from '../../program/sdk-declarations.ts';

/** Whether a call calls a member of the SDK 3 itself (`Actor`), as against one of Crawlee's. */
export function isOfActorClass(code: Code, call: Call): boolean {
  return code
    .calleesOf(call)
    .some((callee) => isSdkNode(callee) && callee.getSourceFile().fileName === sdkPath('apify-3'));
}
