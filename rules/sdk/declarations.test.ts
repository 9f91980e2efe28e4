import { readFileSync } from 'node:fs';

import { Project, ts } from 'ts-morph';
import { describe, expect, test } from 'vitest';

const DECLARATIONS = ['crawlee-3', 'apify-3', 'apify-legacy', 'apify-client'] as const;
type Declaration = (typeof DECLARATIONS)[number];
type Generation = '3' | 'legacy';

const FOLDER = '/sdk/';
const pathOf = (declaration: Declaration): string => `${FOLDER}${declaration}.d.ts`;

/** What a package is read from; every other package is unknown, and so `any`. */
function declarationOf(specifier: string, generation: Generation): Declaration | undefined {
  if (specifier === 'apify') return `apify-${generation}`;
  if (specifier === 'apify-client') return specifier;
  return specifier === 'crawlee' || specifier.startsWith('@crawlee/') ? 'crawlee-3' : undefined;
}

function projectOf(generation: Generation, options: ts.CompilerOptions = {}): Project {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipFileDependencyResolution: true,
    compilerOptions: {
      allowJs: true,
      esModuleInterop: true,
      strict: false,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts'],
      types: [],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      ...options,
    },
    resolutionHost: () => ({
      resolveModuleNames: (specifiers) =>
        specifiers.map((specifier) => {
          const declaration = declarationOf(specifier, generation);
          return declaration && { resolvedFileName: pathOf(declaration), extension: ts.Extension.Dts };
        }),
    }),
  });
  for (const declaration of DECLARATIONS) {
    const text = readFileSync(new URL(`${declaration}.d.ts`, import.meta.url), 'utf8');
    project.createSourceFile(pathOf(declaration), text);
  }
  return project;
}

const tagsOf = (declaration: ts.Node): string[] =>
  ts
    .getJSDocTags(declaration)
    .map((tag) => `${tag.tagName.text} ${ts.getTextOfJSDocComment(tag.comment) ?? ''}`.trim());

/** The symbol that is meant: an import followed, and an option by the property of the type that is expected there. */
function declarationMeant(node: ts.Node, checker: ts.TypeChecker): ts.Declaration | undefined {
  if (ts.isObjectLiteralElementLike(node.parent) && ts.isObjectLiteralExpression(node.parent.parent)) {
    return checker.getContextualType(node.parent.parent)?.getProperty(node.getText())?.declarations?.[0];
  }
  const signature = checker.getTypeAtLocation(node).getCallSignatures()[0];
  if (signature) return signature.getDeclaration();
  const symbol = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(node) ? node.name : node);
  const followed = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return followed?.declarations?.[0];
}

/** The tags of what stands between « and ». */
function tagsAt(marked: string, extension: string, project: Project): string[] {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const file = project.createSourceFile(`/actor/main.${extension}`, marked.replace('«', '').replace('»', ''), {
    overwrite: true,
  });
  const node = file.forEachDescendantAsArray().findLast((each) => each.getStart() === start && each.getEnd() === end);
  if (!node) throw new Error(`nothing is marked in ${marked}`);
  const declaration = declarationMeant(node.compilerNode, project.getTypeChecker().compilerObject);
  return declaration ? tagsOf(declaration) : ['nothing is known of it'];
}

type Row = readonly [code: string, ...tags: string[]];

const SET = 'write key-value-store key=0 value=1';
const PUSH = 'write dataset value=0';
const ADD = 'write request-queue value=0';

describe('SDK 3 and Crawlee', () => {
  const project = projectOf('3');
  const rows: readonly Row[] = [
    // Actor: as it is imported
    ["import { Actor } from 'apify'; await «Actor.setValue»('K', 1)", SET],
    ["import { Actor as A } from 'apify'; await «A.setValue»('K', 1)", SET],
    ["import * as apify from 'apify'; await «apify.Actor.setValue»('K', 1)", SET],
    ["const { Actor } = require('apify'); «Actor.setValue»('K', 1)", SET],
    ["const { Actor: { setValue } } = require('apify'); «setValue»('K', 1)", SET],
    ["import { Actor } from 'apify'; const { setValue: save } = Actor; «save»('K', 1)", SET],
    ["import { Actor } from 'apify'; const save = Actor.setValue; «save»('K', 1)", SET],
    ["import { Actor } from 'apify'; const actor = new Actor(); «actor.setValue»('K', 1)", SET],
    [
      "import { Actor } from 'apify'; «Actor.getDefaultInstance().on»('migrating', save)",
      'subscribe event=0 listener=1',
    ],
    [
      "import { Actor } from 'apify'; class Mine extends Actor {} «new Mine().useState»()",
      'state key=0 value=1 store=2.keyValueStoreName',
      'key APIFY_GLOBAL_STATE',
    ],
    ["import { Actor as «It» } from 'apify'"],
    // Actor: its members
    ["import { Actor } from 'apify'; «Actor.init»()", 'lifecycle init', 'storage client=0.storage'],
    [
      "import { Actor } from 'apify'; «Actor.main»(async () => {})",
      'lifecycle main callback=0',
      'storage client=1.storage',
    ],
    ["import { Actor } from 'apify'; «Actor.exit»()", 'lifecycle exit'],
    ["import { Actor } from 'apify'; «Actor.on»('migrating', save)", 'subscribe event=0 listener=1'],
    ["import { Actor } from 'apify'; «Actor.off»('migrating', save)", 'unsubscribe event=0 listener=1'],
    [
      "import { Actor } from 'apify'; «Actor.config.getEventManager().on»('migrating', save)",
      'subscribe event=0 listener=1',
    ],
    ["import { Actor } from 'apify'; «Actor.pushData»({})", PUSH, 'charges event=1'],
    ["import { Actor } from 'apify'; «Actor.charge»({ eventName: 'a' })", 'write charge value=0'],
    ["import { Actor } from 'apify'; «Actor.getInput»()", 'read input'],
    ["import { Actor } from 'apify'; «Actor.call»('a/b')", 'write run', 'slow'],
    ["import { Actor } from 'apify'; «Actor.setStatusMessage»('a')", 'write run'],
    ["import { Actor } from 'apify'; Actor.init({ «gracefulShutdown»: false })", 'since 3.7.0'],
    [
      "import { Actor } from 'apify'; «Actor.newClient().keyValueStore('S').setRecord»({})",
      'write key-value-store key=0.key value=0.value',
    ],
    ["import { ApifyClient } from 'apify-client'; «new ApifyClient().dataset('S').pushItems»([])", PUSH],
    // Storages, opened
    ["import { Actor } from 'apify'; «Actor.openKeyValueStore»('S')", 'open key-value-store name=0'],
    ["import { Actor } from 'apify'; const s = await Actor.openKeyValueStore(); «s.setValue»('K', 1)", SET],
    [
      "import { Actor } from 'apify'; Actor.openKeyValueStore().then((s) => «s.getValue»('K'))",
      'read key-value-store key=0',
    ],
    [
      "import { KeyValueStore } from 'apify'; const s = await KeyValueStore.open(); «s.getAutoSavedValue»('K', {})",
      'state key=0 value=1',
    ],
    ["import { KeyValueStore } from '@crawlee/core'; «KeyValueStore.setValue»('K', 1)", SET],
    ["import { Dataset } from 'crawlee'; «Dataset.pushData»({})", PUSH],
    [
      "import { Dataset } from 'apify'; const d = await Dataset.open('D'); «d.forEach»(async () => {})",
      'read dataset',
      'iterates callback=0',
    ],
    ["import { Dataset } from 'crawlee'; const d = await Dataset.open('D'); «d.drop»()", 'write dataset'],
    ["import { RequestQueue } from 'crawlee'; const q = await RequestQueue.open(); «q.addRequests»([])", ADD],
    [
      "import { Actor } from 'apify'; const q = await Actor.openRequestQueue(); «q.fetchNextRequest»()",
      'read request-queue',
    ],
    ["import { RequestList } from 'crawlee'; «RequestList.open»('L', [])", 'open request-list name=0'],
    [
      "import { useState } from 'crawlee'; «useState»('K', {})",
      'state key=0 value=1 store=2.keyValueStoreName',
      'key CRAWLEE_GLOBAL_STATE',
    ],
    [
      "import { Configuration } from 'crawlee'; «Configuration.getEventManager().on»('persistState', save)",
      'subscribe event=0 listener=1',
    ],
    [
      "import { RequestList } from 'crawlee'; RequestList.open(null, [], { «persistStateKey»: 'K' })",
      'owner request-list',
    ],
    // Crawlers
    ["import { «CheerioCrawler» } from 'crawlee'", 'crawler'],
    ["import { CheerioCrawler } from '@crawlee/cheerio'; «new CheerioCrawler().run»(['u'])", 'lifecycle crawl'],
    [
      "import { PlaywrightCrawler } from 'crawlee'; class Mine extends PlaywrightCrawler {} «new Mine().addRequests»([])",
      ADD,
    ],
    [
      "import { BasicCrawler } from 'crawlee'; const c = new BasicCrawler(); «c.useState»({})",
      'state value=0',
      'key CRAWLEE_STATE',
    ],
    ["import { BasicCrawler } from 'crawlee'; const c = new BasicCrawler(); «c.requestQueue.addRequest»('u')", ADD],
    [
      "import { BasicCrawler } from 'crawlee'; new BasicCrawler({ «requestHandler»: async () => {} })",
      'handler request',
    ],
    [
      "import { BasicCrawler } from 'crawlee'; new BasicCrawler({ async requestHandler({ crawler }) { «crawler.addRequests»([]) } })",
      ADD,
    ],
    [
      "import { HttpCrawler } from 'crawlee'; new HttpCrawler({ async requestHandler({ pushData }) { «pushData»({}) } })",
      PUSH,
    ],
    [
      "import { CheerioCrawler } from 'crawlee'; new CheerioCrawler({ requestHandler: async (context) => { «context.pushData»({}) } })",
      PUSH,
    ],
    [
      "import { CheerioCrawler } from 'crawlee'; new CheerioCrawler({ requestHandler: async ({ $, request }) => { «request.userData» } })",
      'owner request',
    ],
    [
      "import { CheerioCrawler } from 'crawlee'; new CheerioCrawler({ requestHandler: async ({ log }) => { «log.info»('a') } })",
      'log',
    ],
    [
      "import { CheerioCrawler } from 'crawlee'; new CheerioCrawler({ «preNavigationHooks»: [async () => {}] })",
      'handler hook',
    ],
    [
      "import { CheerioCrawler } from 'crawlee'; new CheerioCrawler({ failedRequestHandler: ({ addRequests }) => «addRequests»([]) })",
      ADD,
    ],
    [
      "import { PuppeteerCrawler } from 'crawlee'; new PuppeteerCrawler({ requestHandler: ({ enqueueLinks }) => «enqueueLinks»() })",
      'write request-queue',
      'slow',
    ],
    [
      "import { PlaywrightCrawler } from 'crawlee'; new PlaywrightCrawler({ preNavigationHooks: [({ crawler }) => «crawler.pushData»({})] })",
      PUSH,
    ],
    [
      "import { PlaywrightCrawler } from 'crawlee'; new PlaywrightCrawler({ requestHandler: async ({ getKeyValueStore }) => { const s = await getKeyValueStore(); «s.setValue»('K', 1) } })",
      SET,
    ],
    [
      "import { AdaptivePlaywrightCrawler } from 'crawlee'; new AdaptivePlaywrightCrawler({ requestHandler: ({ useState }) => «useState»({}) })",
      'state value=0',
      'key CRAWLEE_STATE',
    ],
    ["import { JSDOMCrawler } from 'crawlee'; new JSDOMCrawler({ requestHandler: (c) => «c.sendRequest»() })", 'slow'],
    [
      "import { AutoscaledPool } from 'crawlee'; new AutoscaledPool({ «runTaskFunction»: async () => {} })",
      'handler task',
    ],
    [
      "import { BasicCrawler } from 'crawlee'; new BasicCrawler({ autoscaledPoolOptions: { «isFinishedFunction»: async () => {} } })",
      'handler task',
    ],
    [
      "import { PuppeteerCrawler } from 'crawlee'; new PuppeteerCrawler({ browserPoolOptions: { «postPageCreateHooks»: [] } })",
      'handler hook',
    ],
    // Routers
    ["import { «createCheerioRouter» } from 'crawlee'", 'handler router callbacks=0'],
    [
      "import { createCheerioRouter } from 'crawlee'; const r = createCheerioRouter(); «r.addHandler»('L', async () => {})",
      'handler router callback=1',
    ],
    [
      "import { Router } from 'crawlee'; const r = Router.create(); «r.addDefaultHandler»(async () => {})",
      'handler router callback=0',
    ],
    [
      "import { createPlaywrightRouter } from 'crawlee'; createPlaywrightRouter().addHandler('L', async (c) => { «c.infiniteScroll»() })",
      'slow',
    ],
    [
      "import { createCheerioRouter } from 'crawlee'; createCheerioRouter({ L: async ({ crawler }) => { «crawler.addRequests»([]) } })",
      ADD,
    ],
    [
      "import { PlaywrightCrawler } from 'crawlee'; new PlaywrightCrawler().router.addDefaultHandler(({ pushData }) => «pushData»({}))",
      PUSH,
    ],
    // The rest
    ["import { «sleep» } from 'crawlee'", 'sleep'],
    ["import { «gotScraping» } from 'crawlee'", 'slow'],
    [
      "import { MemoryStorage } from '@crawlee/memory-storage'; new MemoryStorage({ «persistStorage»: false })",
      'volatile when=false',
    ],
    ["import { chromium } from 'playwright'; «chromium.launch»()", 'nothing is known of it'],
  ];
  test.each(rows)('%s', (code, ...tags) => expect(tagsAt(code, 'js', project)).toEqual(tags));

  test.each<Row>([
    [
      "import { Actor } from 'apify'; interface S { n: number } const s = await Actor.useState<S>('S', { n: 0 }); «Actor.getValue»<S>('S')",
      'read key-value-store key=0',
    ],
    [
      "import type { PlaywrightRequestHandler } from 'crawlee'; const h: PlaywrightRequestHandler = async ({ pushData }) => «pushData»({})",
      PUSH,
    ],
    [
      "import type { CheerioCrawlingContext, Dictionary } from 'crawlee'; const h = (c: CheerioCrawlingContext<Dictionary>) => «c.pushData»({})",
      PUSH,
    ],
    ["import { type KeyValueStore } from 'apify'; const save = (s: KeyValueStore) => «s.setValue»('K', 1)", SET],
    [
      "import { createCheerioRouter, type CheerioCrawlingContext } from 'crawlee'; createCheerioRouter<CheerioCrawlingContext>().addHandler<{ page: number }>('L', ({ addRequests }) => «addRequests»([]))",
      ADD,
    ],
  ])('in TypeScript: %s', (code, ...tags) => expect(tagsAt(code, 'ts', project)).toEqual(tags));
});

describe('SDK 0, 1 and 2', () => {
  const SUBSCRIBE = 'subscribe event=0 listener=1';
  const rows: readonly Row[] = [
    ["const Apify = require('apify'); «Apify.setValue»('K', 1)", SET],
    ["const { setValue } = require('apify'); «setValue»('K', 1)", SET],
    ["const Apify = require('apify'); const { setValue: save } = Apify; «save»('K', 1)", SET],
    ["const { default: Apify } = require('apify'); «Apify.setValue»('K', 1)", SET],
    [
      "const Apify = require('apify'); const { utils: { log, enqueueLinks } } = Apify; «enqueueLinks»({})",
      'write request-queue',
      'slow',
    ],
    ["const { utils: { log } } = require('apify'); «log.info»('a')", 'log'],
    ["import Apify from 'apify'; «Apify.pushData»({})", PUSH],
    ["import * as Apify from 'apify'; «Apify.getInput»()", 'read input'],
    ["import { «BasicCrawler» } from 'apify'", 'crawler'],
    ["import Apify, { «main» } from 'apify'", 'lifecycle main callback=0'],
    ["import Apify from 'apify'; «Apify.events.on»('migrating', save)", SUBSCRIBE],
    ["const { events } = require('apify'); «events.once»('persistState', save)", SUBSCRIBE],
    ["import Apify from 'apify'; «Apify.events.removeListener»('migrating', save)", 'unsubscribe event=0 listener=1'],
    ["import Apify from 'apify'; const s = await Apify.openKeyValueStore(); «s.setValue»('K', 1)", SET],
    ["import Apify from 'apify'; «Apify.openRequestList»('L', [])", 'open request-list name=0'],
    ["import Apify from 'apify'; new Apify.RequestList({ «persistRequestsKey»: 'K' })", 'owner request-list'],
    ["import Apify from 'apify'; const q = await Apify.openRequestQueue(); «q.reclaimRequest»(r)", ADD],
    [
      "import Apify from 'apify'; new Apify.BasicCrawler({ «handleRequestFunction»: async () => {} })",
      'handler request',
    ],
    [
      "import Apify from 'apify'; new Apify.CheerioCrawler({ «handlePageFunction»: async () => {} })",
      'handler request',
    ],
    [
      "import Apify from 'apify'; new Apify.CheerioCrawler({ handlePageFunction: async ({ request }) => { «request.userData» } })",
      'owner request',
    ],
    [
      "import Apify from 'apify'; new Apify.PuppeteerCrawler({ handlePageFunction: ({ crawler }) => «crawler.requestQueue.addRequest»('u') })",
      ADD,
    ],
    ["import Apify from 'apify'; new Apify.PlaywrightCrawler({ «preNavigationHooks»: [] })", 'handler hook', 'since 1'],
    ["import Apify from 'apify'; «new Apify.CheerioCrawler({}).run»()", 'lifecycle crawl'],
    ["import Apify from 'apify'; «Apify.call»('a/b')", 'write run', 'slow'],
    ["import Apify from 'apify'; «Apify.newClient().keyValueStore('S').getRecord»('K')", 'read key-value-store key=0'],
    ["import { Apify } from 'apify'; «new Apify().setValue»('K', 1)", SET],
    ["import Apify from 'apify'; «Apify.utils.requestAsBrowser»({})", 'slow'],
    ["import Apify from 'apify'; «Apify.utils.sleep»(1)", 'sleep'],
  ];
  const modes: Readonly<Record<string, ts.CompilerOptions>> = {
    'as the analysis reads it': {},
    'as Node reads it': { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    'without interop': { esModuleInterop: false, allowSyntheticDefaultImports: false },
  };
  describe.each(Object.entries(modes))('%s', (_, options) => {
    const project = projectOf('legacy', options);
    test.each(rows)('%s', (code, ...tags) => expect(tagsAt(code, 'js', project)).toEqual(tags));
  });

  test('its classes are types too', () => {
    const code =
      "import Apify, { KeyValueStore } from 'apify'; (s: KeyValueStore, d: Apify.Dataset) => «s.setValue»('K', 1)";
    expect(tagsAt(code, 'ts', projectOf('legacy'))).toEqual([SET]);
  });
});

describe.each(DECLARATIONS)('%s', (declaration) => {
  const project = projectOf('3', { strict: true });
  const file = project.getSourceFileOrThrow(pathOf(declaration));
  const nodes = file.forEachDescendantAsArray().map((node) => node.compilerNode);

  test('has no errors', () => {
    const errors = file
      .getPreEmitDiagnostics()
      .map((each) => `${each.getLineNumber()}: ${JSON.stringify(each.getMessageText())}`);
    expect(errors).toEqual([]);
  });

  test('uses no tag but those that crawlee-3.d.ts explains', () => {
    const place = String.raw`\d(\.\w+)?`;
    const storage = '(key-value-store|dataset|request-queue)';
    const known = [
      `write (${storage.slice(1, -1)}|charge|run)( key=${place})?( value=${place})?`,
      `charges event=${place}`,
      `read (${storage.slice(1, -1)}|request-list|input)( key=${place})?( brings=existence)?`,
      `state( key=${place})?( value=${place})?( store=${place})?`,
      'key [A-Z_]+',
      `open (${storage.slice(1, -1)}|request-list|session-pool)( name=${place})?`,
      `subscribe event=${place} listener=${place}`,
      `unsubscribe event=${place}( listener=${place})?`,
      `lifecycle (init|main|exit|fail|reboot|metamorph|abort|crawl|teardown)( callback=${place})?`,
      'crawler',
      `handler (request|hook|task|router callbacks?=${place})`,
      `iterates callback=${place}`,
      'owner (request|request-queue|request-list|session-pool|statistics|recoverable-state)',
      `storage client=${place}`,
      `storage client=${place}`,
      'volatile when=false',
      '(slow|sleep|log)',
      String.raw`(since|until) \d+(\.\d+)*`,
    ];
    const isKnown = new RegExp(`^(${known.join('|')})$`, 'u');
    expect(nodes.flatMap(tagsOf).filter((tag) => !isKnown.test(tag))).toEqual([]);
  });

  test('has a promise for each write', () => {
    const writes = nodes
      .filter((node) => ts.isMethodSignature(node) || ts.isMethodDeclaration(node) || ts.isFunctionDeclaration(node))
      .filter((node) => tagsOf(node).some((tag) => tag.startsWith('write ')));
    expect(writes.length).toBeGreaterThan(0);
    expect(writes.filter((node) => !node.type?.getText().startsWith('Promise<')).map((node) => node.getText())).toEqual(
      [],
    );
  });
});
