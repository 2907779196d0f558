// Makes NAMES files (xx.names.json: countries and languages in language xx) from the Unicode CLDR.
//   npm install --no-save cldr-localenames-full && node themes/default/i18n/update-names.mjs en es
// CLDR is published under the Unicode License v3 (https://www.unicode.org/license.txt).
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.cwd()}/`);
const folder = new URL('.', import.meta.url);
for (const tag of process.argv.slice(2)) {
  const names = (file, key) => {
    const path = require.resolve(`cldr-localenames-full/main/${tag}/${file}.json`);
    return JSON.parse(readFileSync(path, 'utf8')).main[tag].localeDisplayNames[key];
  };
  const countries = Object.entries(names('territories', 'territories')).filter(
    ([code]) => /^[A-Z]{2}$/.test(code) && !['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO'].includes(code),
  );
  const languages = Object.entries(names('languages', 'languages')).filter(
    ([code]) => /^[a-z]{2,3}(-[A-Za-z]+)*$/.test(code) && !['und', 'mul', 'zxx', 'mis', 'root'].includes(code),
  );
  const sorted = (pairs) => Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
  const data = { source: 'Unicode CLDR', countries: sorted(countries), languages: sorted(languages) };
  writeFileSync(new URL(`${tag}.names.json`, folder), `${JSON.stringify(data, null, 1)}\n`);
}
