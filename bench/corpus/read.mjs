/** From the text of the labels and of the linter to checked values. What does not fit is an error that says where. */

import { familyOfLabel } from './families.mjs';

/** @typedef {{ rule: string, file: string, line: number, certainty: 'sure' | 'arguable', why: string }} LabelledFinding */
/** @typedef {{ file: string, line: number, why: string }} NonFinding */
/** @typedef {{ name: string, file: string, line: number, status: string }} OwnState */
/**
 * One Actor. Paths are relative to the repository's root, lines count from 1.
 * @typedef {{
 *   repo: string, commit: string, entry: string, files: readonly string[], ownState: readonly OwnState[],
 *   findings: readonly LabelledFinding[], nonFindings: readonly NonFinding[],
 * }} Label
 */
/** @typedef {'error' | 'warning' | 'information' | 'hint'} Severity */
/** @typedef {{ file: string, line: number }} Place */
/**
 * One finding of the linter, with no more of it than is needed here. `line` is that of its start.
 * @typedef {Place & { ruleId: string, severity: Severity, message: string, range: Range, related: readonly Place[] }} Report
 */
/** Lines and columns count from 1. @typedef {{ line: number, column: number }} Position */
/** @typedef {{ start: Position, end: Position }} Range */
/** @typedef {{ file: string, reason: string }} Notice */
/** @typedef {{ reports: readonly Report[], notices: readonly Notice[], files: number, actors: number }} Output */

/** The loudest first. @type {readonly Severity[]} */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'];

/** One Actor a line; empty lines are skipped. @param {string} text @returns {Label[]} */
export const readLabels = (text) =>
  text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [readLabel(JSON.parse(line))];
    } catch (error) {
      throw new Error(`Line ${index + 1} of the labels: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  });

/** The findings in what `actor-state lint --format json` prints. @param {string} text @returns {Report[]} */
export const readReports = (text) => findingsOf(outputOf(text));

/** All that `actor-state lint --format json` prints. @param {string} text @returns {Output} */
export const readOutput = (text) => {
  const output = outputOf(text);
  const summary = record(output['summary'], 'summary');
  return {
    reports: findingsOf(output),
    notices: list(output['notices'], 'notices').map(readNotice),
    files: number(summary, 'files'),
    actors: number(summary, 'actors'),
  };
};

/** @param {string} text */
const outputOf = (text) => {
  const output = record(JSON.parse(text), 'the output');
  const version = output['version'];
  if (version !== 1) throw new Error(`the output has version ${String(version)}, this reads version 1`);
  return output;
};

/** @param {Record<string, unknown>} output @returns {Report[]} */
const findingsOf = (output) => list(output['findings'], 'findings').map(readReport);

/** @param {unknown} value @returns {Notice} */
const readNotice = (value) => {
  const notice = record(value, 'a notice');
  return { file: string(notice, 'file'), reason: string(notice, 'reason') };
};

/** @param {unknown} value @returns {Report} */
const readReport = (value) => {
  const finding = record(value, 'a finding');
  const severity = SEVERITIES.find((name) => name === finding['severity']);
  if (severity === undefined) throw new Error(`a finding has the severity ${String(finding['severity'])}`);
  return {
    ...place(finding),
    ruleId: string(finding, 'ruleId'),
    severity,
    message: string(finding, 'message'),
    range: readRange(finding),
    related: list(finding['related'], 'related').map((at) => place(record(at, 'a related location'))),
  };
};

/** @param {unknown} value @returns {Label} */
const readLabel = (value) => {
  const label = record(value, 'the label');
  return {
    repo: string(label, 'repo'),
    commit: string(label, 'commit'),
    entry: string(label, 'entry'),
    files: list(label['files'], 'files').map(String),
    ownState: list(label['ownState'], 'ownState').map(readOwnState),
    findings: list(label['findings'], 'findings').map(readFinding),
    nonFindings: list(label['notable_non_findings'], 'notable_non_findings').map(readNonFinding),
  };
};

/** @param {unknown} value @returns {OwnState} */
const readOwnState = (value) => {
  const state = record(value, 'an own state');
  return { ...labelPlace(state), name: string(state, 'name'), status: string(state, 'status') };
};

/** @param {unknown} value @returns {NonFinding} */
const readNonFinding = (value) => {
  const nonFinding = record(value, 'a non-finding');
  return { ...labelPlace(nonFinding), why: string(nonFinding, 'why') };
};

/** @param {unknown} value @returns {LabelledFinding} */
const readFinding = (value) => {
  const finding = record(value, 'a finding');
  const rule = string(finding, 'rule');
  const certainty = string(finding, 'certainty');
  if (familyOfLabel(rule) === undefined) throw new Error(`"${rule}" is in no family: add it to families.mjs`);
  if (certainty !== 'sure' && certainty !== 'arguable') throw new Error(`"${certainty}" is no certainty`);
  return { ...labelPlace(finding), rule, certainty, why: string(finding, 'why') };
};

/** @param {Record<string, unknown>} value @returns {Place} */
const labelPlace = (value) => ({ file: string(value, 'file'), line: number(value, 'line') });

/** @param {Record<string, unknown>} value @returns {Place} */
const place = (value) => {
  const { start } = readRange(value);
  return { file: string(value, 'file').replace(/^\.\//, ''), line: start.line };
};

/** @param {Record<string, unknown>} value @returns {Range} */
const readRange = (value) => {
  const range = record(value['range'], 'range');
  return { start: position(range['start'], 'range.start'), end: position(range['end'], 'range.end') };
};

/** @param {unknown} value @param {string} what @returns {Position} */
const position = (value, what) => {
  const at = record(value, what);
  return { line: number(at, 'line'), column: number(at, 'column') };
};

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value @param {string} what */
const record = (value, what) => {
  if (!isRecord(value)) throw new Error(`${what} is no object`);
  return value;
};

/** @param {unknown} value @param {string} what @returns {readonly unknown[]} */
const list = (value, what) => {
  if (!Array.isArray(value)) throw new Error(`${what} is no list`);
  return value;
};

/** @param {Record<string, unknown>} value @param {string} name */
const string = (value, name) => {
  const field = value[name];
  if (typeof field !== 'string') throw new Error(`${name} is no text`);
  return field;
};

/** @param {Record<string, unknown>} value @param {string} name */
const number = (value, name) => {
  const field = value[name];
  if (typeof field !== 'number') throw new Error(`${name} is no number`);
  return field;
};
