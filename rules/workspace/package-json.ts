import { parse as parseYaml } from 'yaml';
import type { Notice } from './notice.ts';
import { SEVERITIES } from './rule-settings.ts';
import type { RuleSetting } from './rule-settings.ts';
import { isObject, parseJsonObject, stringAt, stringList, stringsOf } from './parse-json.ts';

/** What was set, by rule id. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** What the analysis reads of a package.json. Everything is optional in a file that people write by hand. */
export interface PackageManifest {
  readonly name: string | undefined;
  readonly main: string | undefined;
  readonly module: string | undefined;
  readonly types: string | undefined;
  readonly bin: readonly string[];
  readonly type: 'module' | 'commonjs';
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  /** Patterns of the folders of its workspace packages; empty where it is no workspace. */
  readonly workspaces: readonly string[];
  /** As written: see resolve-module.ts for what is read of them. */
  readonly imports: unknown;
  readonly exports: unknown;
  /** `actorState.rules`: what the team set, by rule id. Whether a rule of that id exists is not judged here. */
  readonly ruleSettings: RuleSettings;
}

/** Reads a package.json. A broken one gives what can be had of it and a notice that says where it is broken. */
export function parsePackageJson(
  file: string,
  text: string,
): { readonly manifest: PackageManifest; readonly notices: readonly Notice[] } {
  const { value, problem } = parseJsonObject(file, text);
  const notices: Notice[] = [];
  if (problem !== undefined) {
    notices.push({ file, reason: `package.json can only be read in part: ${problem}. Mend it: npm refuses it, too` });
  }
  const rules = isObject(value['actorState']) ? value['actorState']['rules'] : undefined;
  const manifest: PackageManifest = {
    name: stringAt(value, 'name'),
    main: stringAt(value, 'main'),
    module: stringAt(value, 'module'),
    types: stringAt(value, 'types') ?? stringAt(value, 'typings'),
    bin: binOf(value['bin']),
    type: value['type'] === 'module' ? 'module' : 'commonjs',
    scripts: stringsOf(value['scripts']),
    dependencies: stringsOf(value['dependencies']),
    peerDependencies: stringsOf(value['peerDependencies']),
    devDependencies: stringsOf(value['devDependencies']),
    workspaces: workspacesOf(value['workspaces']),
    imports: value['imports'],
    exports: value['exports'],
    ruleSettings: ruleSettingsOf(file, rules, notices),
  };
  return { manifest, notices };
}

/** The package patterns of a pnpm-workspace.yaml; a broken file has none. */
export function parsePnpmWorkspace(text: string): readonly string[] {
  try {
    const value: unknown = parseYaml(text);
    return isObject(value) ? stringList(value['packages']) : [];
  } catch {
    // pnpm itself names what is wrong in it; here only the names of workspace packages are lost.
    return [];
  }
}

/** All that the package says it needs, however it says so. */
export function allDependencies(manifest: PackageManifest): Readonly<Record<string, string>> {
  return { ...manifest.devDependencies, ...manifest.peerDependencies, ...manifest.dependencies };
}

/** True for a name that brings an Apify SDK: `apify`, `crawlee` or a package of Crawlee's. */
export function isSdkPackage(name: string): boolean {
  return name === 'apify' || name === 'crawlee' || name.startsWith('@crawlee/');
}

/** True where the package depends on an SDK as an Actor does: when it runs, not only when it is built. */
export function dependsOnSdk(manifest: PackageManifest): boolean {
  return [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)].some(isSdkPackage);
}

function binOf(value: unknown): readonly string[] {
  return typeof value === 'string' ? [value] : Object.values(stringsOf(value));
}

function workspacesOf(value: unknown): readonly string[] {
  return isObject(value) ? stringList(value['packages']) : stringList(value);
}

const SETTINGS: readonly RuleSetting[] = [...SEVERITIES, 'off', 'default', 'always'];

function ruleSettingsOf(file: string, value: unknown, notices: Notice[]): RuleSettings {
  if (value === undefined) return {};
  if (!isObject(value)) {
    notices.push({ file, reason: 'actorState.rules is not read: write it as an object from rule id to severity' });
    return {};
  }
  const settings: [string, RuleSetting][] = [];
  for (const [id, written] of Object.entries(value)) {
    const setting = SETTINGS.find((known) => known === written);
    if (setting) settings.push([id, setting]);
    else {
      const choices = SETTINGS.join(', ');
      notices.push({
        file,
        reason: `actorState.rules: ${JSON.stringify(written)} is no severity for ${id}; write one of ${choices}`,
      });
    }
  }
  return Object.fromEntries(settings);
}
