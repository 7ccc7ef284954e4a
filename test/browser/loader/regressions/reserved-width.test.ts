import { expect } from '@open-wc/testing';
import { closePages, openPage } from '../../../helpers/cdn.js';
import { CONTAINERS, SHRINKING } from '../../../helpers/containers.js';
import { FAR, SCRIPT, WIDGET } from '../../../helpers/loader-page.js';
import { waitUntil } from '../../../helpers/wait-until.js';

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  tag: WIDGET,
  box: '<div data-booking-src="{page}"><a href="{page}">Book a time</a></div>',
};
const ALL = { ...CONTAINERS, ...SHRINKING };
/** More than a widget is wide by itself, less than that, and a phone. */
const WIDTHS = [780, 700, 280];

/** Where the placeholder and what stands behind it are, relative to the container. */
type Places = readonly (readonly [x: number, y: number, width: number, height: number])[];

const placesIn = (outer: Element): Places => {
  const { left, top } = outer.getBoundingClientRect();
  return [...(outer.firstElementChild?.children ?? [])].map((child) => {
    const { x, y, width, height } = child.getBoundingClientRect();
    return [x - left, y - top, width, height];
  });
};

describe('space in a container before and after the element is there', () => {
  for (const [kind, markup] of Object.entries(PLACEHOLDERS))
    describe(`of a ${kind}`, () => {
      const before = new Map<string, Places>();
      const after = new Map<string, Places>();
      const nameOf = (container: string, width: number): string => `${container} of ${width} px`;

      it('is reserved before anything but the loader has come', async () => {
        const containers = WIDTHS.flatMap((width) =>
          Object.entries(ALL).map(
            ([name, style]) =>
              `<div title="${nameOf(name, width)}" style="width:${width}px;position:relative;overflow:hidden;min-height:660px"><main style="${style}">${markup}<b>after</b></main></div>`,
          ),
        );
        const page = await openPage(`${SCRIPT}${FAR}${containers.join('')}`);
        const outers = [...page.document.querySelectorAll('[title]')];
        const measure = (into: Map<string, Places>): void => {
          for (const outer of outers) into.set(outer.getAttribute('title') ?? '', placesIn(outer));
        };
        const placeholders = outers.map((outer) => outer.querySelector('main > :first-child'));
        await waitUntil(() => placeholders.at(-1)?.clientHeight === 640);
        measure(before);
        expect(page.window.customElements.get('booking-widget')).to.equal(undefined);
        for (const placeholder of placeholders)
          placeholder?.dispatchEvent(new page.window.Event('pointerenter'));
        await waitUntil(() =>
          placeholders.every(
            (placeholder) =>
              placeholder?.shadowRoot ?? placeholder?.querySelector('booking-widget')?.shadowRoot,
          ),
        );
        measure(after);
        closePages();
      });

      for (const name of Object.keys(ALL))
        it(`is the same in ${name}`, () => {
          for (const width of WIDTHS) {
            const places = before.get(nameOf(name, width));
            expect(places, `${width} px`).to.deep.equal(after.get(nameOf(name, width)));
            const own = places?.[0]?.[2] ?? 0;
            if (width === 280) expect(own).to.be.most(280);
            else expect(own).to.be.least(600);
          }
        });
    });
});
