import { RESTART_CAUSES } from '../run/restart-cause.ts';
import type { SweepReport } from './report.ts';

/** Whether a value read from a file is a report of a sweep: enough of it that it can be joined with others. */
export function isSweepReport(value: unknown): value is SweepReport {
  return (
    isObject(value) &&
    value['version'] === 1 &&
    typeof value['actor'] === 'string' &&
    isListOf(value['command'], (word) => typeof word === 'string') &&
    RESTART_CAUSES.some((cause) => cause === value['by']) &&
    (value['problem'] === null || typeof value['problem'] === 'string') &&
    isListOf(value['notRun'], (at) => typeof at === 'string') &&
    isListOf(value['runs'], isRun) &&
    isObject(value['shards']) &&
    typeof value['shards']['of'] === 'number' &&
    isListOf(value['shards']['present'], (shard) => typeof shard === 'number') &&
    isObject(value['points']) &&
    typeof value['points']['found'] === 'number' &&
    isListOf(value['points']['leftOut'], isLeftOut)
  );
}

const OUTCOMES = new Set(['passed', 'failed', 'not-reached', 'not-known']);

function isRun(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['at'] === 'string' &&
    typeof value['what'] === 'string' &&
    typeof value['time'] === 'number' &&
    typeof value['place'] === 'number' &&
    (value['printed'] === null || typeof value['printed'] === 'string') &&
    typeof value['sentence'] === 'string' &&
    typeof value['outcome'] === 'string' &&
    OUTCOMES.has(value['outcome'])
  );
}

function isLeftOut(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value['count'] === 'number' &&
    typeof value['like'] === 'string' &&
    typeof value['what'] === 'string'
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isOne);
}
