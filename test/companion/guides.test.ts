import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { guideFences } from '../../tools/guide-fences.js';
import { openPlace, type Place } from './places.js';

const places: Place[] = [];
after(async () => {
  for (const place of places) await place.close();
});

describe('the guide to places that take only an address', () => {
  const fences = guideFences().filter(({ shows }) => shows === 'hosted-page');
  if (fences.length === 0) throw new Error('no guide has the address of a hosted page');

  for (const { guide, line, text } of fences)
    it(`${guide} line ${String(line)} is the address of a page with that widget`, async () => {
      const place = await openPlace('embedded');
      places.push(place);
      const { pathname, search, searchParams } = new URL(text.trim());
      const companion = await place.companion({
        upstreams: [{ provider: 'cal', pages: ['https://cal.com/acme'] }],
      });
      const response = await companion.fetch(new Request(`http://companion.test${pathname}${search}`));
      const html = await response.text();
      assert.equal(response.status, 200, html);
      assert.equal(/<booking-widget src="([^"]*)"/.exec(html)?.[1], searchParams.get('src'));
      for (const [name, value] of searchParams)
        if (name !== 'src') assert.match(html, new RegExp(`${name}=(&quot;|")?${value}`));
    });
});
