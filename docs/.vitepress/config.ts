import { defineConfig } from 'vitepress';
import { REPOSITORY } from '../../tools/release/addresses.js';
import { literalCode, liveFences, scrollingTables } from './live-fences.js';
import { outsideLinks } from './outside-links.js';
import { sidebar } from './sidebar.js';

/** Of the site on its host: with a slash at both ends. */
const base = process.env['DOCS_BASE'] ?? '/';

export default defineConfig({
  base,
  title: 'booking-widget',
  description: 'One HTML tag that puts a scheduling page on any web page.',
  lang: 'en',
  // Decisions are for people who change the code: the repository has them.
  srcExclude: ['decisions/**'],
  rewrites: { ':folder/README.md': ':folder/index.md' },
  // The script decides itself when to load what; `tools/docs/site.ts` puts the built files here.
  head: [['script', { async: '', src: `${base}booking-widget/booking-widget.js` }]],
  markdown: {
    // The theme's own colours for code have too little contrast on light grey.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    config(markdown) {
      outsideLinks(markdown);
      liveFences(markdown);
      literalCode(markdown);
      scrollingTables(markdown);
    },
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'booking-widget' } } },
  vite: { build: { chunkSizeWarningLimit: 1000 } },
  themeConfig: {
    nav: [
      { text: 'Start', link: '/start/site-owner', activeMatch: '^/start/' },
      { text: 'Destinations', link: '/platforms/', activeMatch: '^/(platforms|frameworks)/' },
      { text: 'Providers', link: '/providers/', activeMatch: '^/providers/' },
      { text: 'Options', link: '/options' },
      { text: 'Help', link: '/troubleshooting' },
    ],
    sidebar,
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        // A page that is about something comes before pages that mention it.
        miniSearch: { searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 8, titles: 3, text: 1 } } },
      },
    },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
  },
});
