export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * What a person may set a rule to: a severity, `off`, `default` for the severity that the rule itself chooses, or `always`
 * for that and for what the rule says only when asked.
 */
export type RuleSetting = Severity | 'off' | 'default' | 'always';
