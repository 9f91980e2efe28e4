import { ts } from 'ts-morph';

/** How sources are read: loosely, as JavaScript without types must be; nothing is checked, nothing is written. */
export const COMPILER_OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts'],
  // With Bundler resolution, the only kind under which `require` of a module is resolved too.
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowJs: true,
  checkJs: false,
  esModuleInterop: true,
  allowSyntheticDefaultImports: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: false,
  jsx: ts.JsxEmit.Preserve,
  experimentalDecorators: true,
  noEmit: true,
  strict: false,
  types: [],
  skipLibCheck: true,
  maxNodeModuleJsDepth: 0,
};
