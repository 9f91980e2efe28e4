import { ts } from 'ts-morph';

import type { ActorModel } from '../actor-model.ts';
import type { Code } from '../../flow/code.ts';
import { indexOf } from '../../syntax/file-index.ts';
import type { Call } from '../../syntax/file-index.ts';
import { isSdkNode } from '../../program/sdk-declarations.ts';
import { bare, propertyNameOf } from '../../syntax/operands.ts';
import { roleOf } from '../../sdk/roles.ts';

/** A storage, or a configuration for storages, that is told to write nothing down. */
export interface VolatileStorage {
  readonly made: Call;
  readonly literal: ts.ObjectLiteralExpression;
  /** The option that says so. */
  readonly option: ts.PropertyAssignment;
}

/** The storages of a program that live in memory alone, as the SDK's table marks the option. */
export function volatileStoragesOf({ files, code }: ActorModel): readonly VolatileStorage[] {
  const calls = files.flatMap((file) => indexOf(file).calls);
  // What type is expected of an argument costs time: it is asked for only where the SDK is called.
  const ofSdk = calls.filter((made) => code.calleesOf(made).some((callee) => isSdkNode(callee)));
  return ofSdk.flatMap((made) =>
    (made.arguments ?? [])
      .map(bare)
      .filter((each) => ts.isObjectLiteralExpression(each))
      .flatMap((literal) => {
        const option = literal.properties.filter(ts.isPropertyAssignment).find((each) => isVolatile(code, each));
        return option === undefined ? [] : [{ made, literal, option }];
      }),
  );
}

function isVolatile(code: Code, { name, initializer, parent }: ts.PropertyAssignment): boolean {
  const [option, value] = [propertyNameOf(name), bare(initializer)];
  if (option === undefined || !isBoolean(value)) return false;
  const declarations = code.checker.getContextualType(parent)?.getProperty(option)?.declarations ?? [];
  return declarations
    .filter((declaration) => isSdkNode(declaration))
    .some((declaration) => roleOf(declaration, 'volatile')?.when === value.getText());
}

function isBoolean({ kind }: ts.Expression): boolean {
  return kind === ts.SyntaxKind.FalseKeyword || kind === ts.SyntaxKind.TrueKeyword;
}
