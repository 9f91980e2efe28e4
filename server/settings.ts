import type { RuleSetting, RuleSettings } from '../rules/index.ts';

/** The name of the section that holds all settings. */
export const SECTION = 'actorState';

/** What a person set for a folder. */
export interface FolderSettings {
  readonly enable: boolean;
  /** Without the rules that are left at `default`: for them the Actor's package.json decides, then the rule itself. */
  readonly rules: RuleSettings;
}

export const DEFAULT_SETTINGS: FolderSettings = { enable: true, rules: {} };

const RULE_SETTINGS: Readonly<Record<RuleSetting, true>> = {
  off: true,
  hint: true,
  information: true,
  warning: true,
  error: true,
  default: true,
  always: true,
};

/**
 * Reads the section as a client sent it. What cannot be understood is left at its default.
 *
 * @returns the settings, and a sentence for each value that was not understood
 */
export function readSettings(section: unknown): {
  readonly settings: FolderSettings;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  if (!isRecord(section)) return { settings: DEFAULT_SETTINGS, problems };
  const { enable, rules } = section;
  const read: Record<string, RuleSetting> = {};
  for (const [id, value] of Object.entries(isRecord(rules) ? rules : {})) {
    if (!isRuleSetting(value)) {
      problems.push(
        `${SECTION}.rules.${id} is ${JSON.stringify(value)}; it can be ${Object.keys(RULE_SETTINGS).join(', ')}`,
      );
    } else if (value !== 'default') {
      read[id] = value;
    }
  }
  return { settings: { enable: enable !== false, rules: read }, problems };
}

/** The section within the settings that a client pushes or starts with: some send it by name, some send its content. */
export function sectionOf(settings: unknown): unknown {
  return isRecord(settings) && SECTION in settings ? settings[SECTION] : settings;
}

function isRuleSetting(value: unknown): value is RuleSetting {
  return typeof value === 'string' && Object.hasOwn(RULE_SETTINGS, value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
