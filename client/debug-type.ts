/** The debug type of package.json. Apart, since it is known before anything that debugs is loaded. */
export const DEBUG_TYPE = 'apify-actor';
