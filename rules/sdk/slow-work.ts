/**
 * Packages and globals whose calls leave the process and take their time: network, browsers, models, databases, other
 * programs. A loop that calls one of them works for as long as its list is.
 */
const SLOW_PACKAGES: ReadonlySet<string> = new Set([
  'axios',
  'cross-fetch',
  'got',
  'got-scraping',
  'got-cjs',
  'gotScraping',
  'impit',
  'isomorphic-fetch',
  'ky',
  'make-fetch-happen',
  'needle',
  'node-fetch',
  'node-fetch-commonjs',
  'node-libcurl',
  'ofetch',
  'request',
  'request-promise',
  'request-promise-native',
  'superagent',
  'undici',
  'http',
  'https',
  'node:http',
  'node:https',
  'http2',
  'node:http2',
  'puppeteer',
  'puppeteer-core',
  'puppeteer-extra',
  'playwright',
  'playwright-core',
  'playwright-extra',
  'patchright',
  'selenium-webdriver',
  'child_process',
  'node:child_process',
  'execa',
  'cross-spawn',
  'zx',
  'openai',
  '@anthropic-ai/sdk',
  '@google/generative-ai',
  '@google/genai',
  'cohere-ai',
  'groq-sdk',
  'replicate',
  'langchain',
  '@langchain/core',
  '@langchain/openai',
  'ai',
  '@mistralai/mistralai',
  'googleapis',
  '@googleapis/sheets',
  'google-spreadsheet',
  'youtube-dl-exec',
  'ytdl-core',
  'twitter-api-v2',
  '@octokit/rest',
  'octokit',
  'aws-sdk',
  '@aws-sdk/client-s3',
  '@aws-sdk/client-dynamodb',
  '@google-cloud/storage',
  '@google-cloud/bigquery',
  '@slack/web-api',
  'airtable',
  'mongodb',
  'mongoose',
  'mysql',
  'mysql2',
  'pg',
  'redis',
  'ioredis',
  'knex',
  '@supabase/supabase-js',
  'nodemailer',
  'ssh2-sftp-client',
  'basic-ftp',
  'rss-parser',
  'simple-git',
  'telegram',
  'whois',
  'dns',
  'node:dns',
]);

/** Global functions that do the same. */
const SLOW_GLOBALS: ReadonlySet<string> = new Set(['fetch']);

/** Methods of a browser's page or of an API client that wait for the other side, whatever the receiver is called. */
const SLOW_METHODS: ReadonlySet<string> = new Set([
  'goto',
  'waitForSelector',
  'waitForNavigation',
  'waitForNetworkIdle',
  'waitForFinish',
  'newPage',
  'launch',
]);

export function isSlowPackage(specifier: string): boolean {
  if (SLOW_PACKAGES.has(specifier)) return true;
  const [scope, name] = specifier.split('/');
  if (scope === undefined) return false;
  if (scope === '@aws-sdk' || scope === '@google-cloud' || scope === '@langchain' || scope === '@ai-sdk') return true;
  return scope.startsWith('@') ? SLOW_PACKAGES.has(`${scope}/${name ?? ''}`) : SLOW_PACKAGES.has(scope);
}

export function isSlowGlobal(name: string): boolean {
  return SLOW_GLOBALS.has(name);
}

export function isSlowMethod(name: string): boolean {
  return SLOW_METHODS.has(name);
}

const BROWSERS: ReadonlySet<string> = new Set([
  'chromium',
  'firefox',
  'patchright',
  'playwright',
  'playwright-core',
  'playwright-extra',
  'puppeteer',
  'puppeteer-core',
  'puppeteer-extra',
  'webkit',
]);

/** Whether a function starts a browser, by its whole name: `playwright.chromium.launch`, `apify.launchPuppeteer`. */
export function isBrowserLaunch(name: string): boolean {
  const parts = name.split('.');
  const method = parts.at(-1);
  if (method === 'launchPuppeteer' || method === 'launchPlaywright') return true;
  const isLaunch = method === 'launch' || method === 'launchPersistentContext';
  return isLaunch && parts.slice(0, -1).some((part) => BROWSERS.has(part));
}
