/**
 * The lines of CHANGELOG.md under the heading of a version (`## 0.2.0` with or without a date), without the heading. Before
 * a version has a heading, those under `Unreleased`. Throws when there is neither.
 */
export function changelogSection(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const headed = (heading: string): string | undefined =>
    sections.find((section) => section.split(/\s/, 1)[0] === heading);
  const section = headed(version) ?? headed('Unreleased');
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${version}`);
  return section.replace(/^.*\n/, '').trim();
}
