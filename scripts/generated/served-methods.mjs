import { createRequire } from 'node:module';
import { tsImport } from 'tsx/esm/api';
import { alignedTable } from './aligned-table.mjs';

const { servedMethods } = await tsImport('../../simulator/platform/conformance/served-table.ts', import.meta.url);
const { version } = createRequire(import.meta.url)('apify-client/package.json');

/** The page of what the local platform serves of the Apify API, from the cases that its tests run. */
export const servedPage = {
  name: 'the methods that the local platform serves',
  file: 'simulator/platform/served.md',
  text() {
    const { ofRun, others, counts } = servedMethods();
    const head = ['method', 'answer', 'not served'];
    return `# What the local platform serves

<!-- Written by \`npm run generate\` from the cases in conformance/, each of which is a test: do not edit. -->

Of the methods of apify-client ${version} that a run may use on its storages, on itself, its log and its user, ${counts.ofRun.served} of
${counts.ofRun.asked} are served; of all its methods ${counts.all.served} of ${counts.all.asked}. Methods that give another client and ask the API for nothing
are left out. What is not served is refused at once: status 400, \`error.type\` \`not-served-locally\` and a sentence that names it,
which the report shows too.

## A run's own

${alignedTable([head, ...ofRun])}

## Everything else

${alignedTable([head, ...others])}
`;
  },
};
