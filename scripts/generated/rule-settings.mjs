/**
 * The settings in package.json: one for each rule, so that the editor completes and explains them.
 */
export const ruleSettings = {
  name: 'the settings of the rules',
  file: 'package.json',
  /** @param {string} manifest @param {readonly import('./rule-table.mjs').Described[]} rules */
  text(manifest, rules) {
    const parsed = JSON.parse(manifest);
    parsed.contributes.configuration = configurationOf(rules);
    return `${JSON.stringify(parsed, undefined, 2)}\n`;
  },
};

const SEVERITIES = [
  ['default', "What the Actor's own package.json says, else what the rule chooses by the consequence."],
  ['off', 'Do not look for it.'],
  ['hint', 'Report as a hint: three dots, not in the Problems view.'],
  ['information', 'Report as information.'],
  ['warning', 'Report as a warning.'],
  ['error', 'Report as an error.'],
];

/** @param {readonly { id: string, summary: string, always: string | undefined }[]} rules */
function configurationOf(rules) {
  return {
    title: 'Actor State',
    properties: {
      'actorState.enable': {
        type: 'boolean',
        default: true,
        scope: 'resource',
        markdownDescription: 'Look for progress that a migration of an Apify Actor would lose.',
      },
      ...Object.fromEntries(rules.map((rule) => [`actorState.rules.${rule.id}`, ruleSetting(rule)])),
      'actorState.codeLens': {
        type: 'boolean',
        default: true,
        scope: 'resource',
        markdownDescription:
          'Show what can be done with an Actor over the line where its work begins: *Debug Actor*, *Simulate Migration*.',
      },
      'actorState.migration.graceSeconds': {
        type: 'number',
        default: 10,
        minimum: 0,
        maximum: 3600,
        scope: 'resource',
        markdownDescription:
          'Seconds that an Actor has to save its state in a simulated migration, from the event to the kill. A launch configuration may say otherwise.',
      },
      'actorState.trace.server': {
        type: 'string',
        enum: ['off', 'messages', 'verbose'],
        default: 'off',
        scope: 'window',
        markdownDescription:
          'Write what the editor and the server tell each other into the output channel *Actor State*.',
      },
    },
  };
}

/** @param {{ id: string, summary: string, always: string | undefined }} rule */
function ruleSetting({ summary, always }) {
  const choices = always === undefined ? SEVERITIES : [...SEVERITIES, ['always', always]];
  return {
    type: 'string',
    enum: choices.map(([value]) => value),
    enumDescriptions: choices.map(([, description]) => description),
    default: 'default',
    scope: 'resource',
    markdownDescription: summary,
  };
}
