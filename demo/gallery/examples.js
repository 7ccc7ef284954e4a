import { service } from '/service.js';
import { snippetOf } from './snippet.js';

/** A new host at the scheduling service: faults that are set for it do not affect other pages. */
export const freshHost = () => `test-${crypto.randomUUID().slice(0, 13)}`;

/** The placeholders in templates: the three origins of the service, the companion, and a host that the page's address may name. */
const places = {
  ...service,
  host: new URLSearchParams(location.search).get('host') ?? freshHost(),
};

export const fill = (text) =>
  text.replace(/\{(cal|calendly|plain|companion|host)\}/g, (_, name) => places[name]);

/** A copy of a template's content, with the addresses filled in. */
export function copyOf(template) {
  const copy = template.content.cloneNode(true);
  for (const element of copy.querySelectorAll('*'))
    for (const { name, value } of element.attributes)
      if (value.includes('{')) element.setAttribute(name, fill(value));
  return copy;
}

/**
 * Puts every `<template data-example>` on the page, where it stands, and its snippet below it, or where
 * `[data-snippet-of=name]` is. The service's addresses are known only when the page is open; on a real page this would
 * be plain markup.
 */
export function showExamples() {
  for (const template of document.querySelectorAll('template[data-example]')) {
    const example = document.createElement('div');
    example.className = `example ${template.className}`.trim();
    const name = template.dataset.example;
    if (name) example.id = name;
    example.append(copyOf(template));
    template.replaceWith(example);
    const { quiet, bare } = template.dataset;
    if (quiet !== undefined) continue;
    const snippet = snippetOf(example, { withScript: bare === undefined });
    const place = name ? document.querySelector(`[data-snippet-of=${name}]`) : null;
    if (place) place.replaceWith(snippet);
    else example.after(snippet);
  }
}
