import { readdirSync, readFileSync } from 'node:fs';
import type { DefaultTheme } from 'vitepress';

type Item = DefaultTheme.SidebarItem;

/** The first heading of a page, without code marks. */
const titleOf = (page: string): string =>
  /^# (.+)$/m.exec(readFileSync(`docs/${page}`, 'utf8'))?.[1]?.replaceAll('`', '') ?? page;

const item = (page: string, text = titleOf(page)): Item => ({
  text,
  link: `/${page.replace(/(README|index)?\.md$/, '')}`,
});

/** A page for every file of a folder, its index first. */
function folder(name: string, index: string): Item[] {
  const pages = readdirSync(`docs/${name}`).filter((file) => file.endsWith('.md') && file !== 'README.md');
  const items = pages.map((file) => item(`${name}/${file}`));
  items.sort((a, b) => (a.text ?? '').localeCompare(b.text ?? '', 'en'));
  return [item(`${name}/README.md`, index), ...items];
}

const section = (text: string, items: Item[]): Item => ({ text, items });

/** What every page has at its side. */
const main: Item[] = [
  section('Five minutes', [
    item('start/site-owner.md', 'Site owner'),
    item('start/cms-editor.md', 'CMS editor'),
    item('start/marketer.md', 'Marketer'),
    item('start/developer.md', 'Developer'),
    item('start/companion-operator.md', 'Companion operator'),
  ]),
  section('Where it goes', [
    item('platforms/README.md', 'All destinations'),
    item('frameworks/README.md', 'Apps and frameworks'),
    item('providers/README.md', 'All providers'),
  ]),
  section('Use it', [
    item('options.md', 'Options, live'),
    item('playground.md', 'Theming playground'),
    item('reference.md', 'Reference'),
    item('events.md', 'Events'),
    item('booking-form.md'),
    item('files.md'),
    item('moving.md', 'Moving from an embed'),
  ]),
  section('When something is wrong', [
    item('troubleshooting.md', 'By symptom'),
    item('faults.md', 'Every fault tried'),
    item('error-trackers.md'),
  ]),
  section('Companion', [item('companion.md', 'The companion server'), item('scale.md')]),
  section('About', [
    item('privacy.md'),
    item('security.md', 'Security'),
    item('speed.md'),
    item('benchmarks.md'),
    item('changelog.md', 'Changelog'),
    item('architecture.md', 'Architecture'),
    item('adding-a-provider.md'),
  ]),
];

/** Sections with many pages, by the folder whose pages have them above the rest. */
const sections = {
  platforms: section('Put it on a page', folder('platforms', 'All destinations')),
  frameworks: section('Frameworks', folder('frameworks', 'What to import')),
  providers: section('Providers', folder('providers', 'All providers')),
};

/** The sidebar by the beginning of a page's address. */
export const sidebar: DefaultTheme.SidebarMulti = {
  ...Object.fromEntries(Object.entries(sections).map(([name, first]) => [`/${name}/`, [first, ...main]])),
  '/': main,
};

/** Every page of the site by section, each once. */
export const contents: readonly Item[] = main.flatMap((each) =>
  each.text === 'Where it goes' ? Object.values(sections) : [each],
);
