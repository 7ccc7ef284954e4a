/** Containers that do not stretch their children, by name, as an inline style. */
export const CONTAINERS: Readonly<Record<string, string>> = {
  'a block': '',
  'a flex row': 'display:flex',
  'a centred flex row': 'display:flex;justify-content:center',
  'a flex row with align-items:center': 'display:flex;align-items:center',
  'a flex column': 'display:flex;flex-direction:column',
  'a flex column with align-items:center': 'display:flex;flex-direction:column;align-items:center',
  'a flex column with align-items:flex-start': 'display:flex;flex-direction:column;align-items:flex-start',
  'a grid with place-items:center': 'display:grid;place-items:center',
  'a grid with justify-items:start': 'display:grid;justify-items:start',
  'a grid with auto columns': 'display:grid;grid-template-columns:auto;justify-content:start',
  'a grid with max-content columns': 'display:grid;grid-template-columns:minmax(0,max-content)',
};

/** Containers whose own width comes from their content. */
export const SHRINKING: Readonly<Record<string, string>> = {
  'an inline-block': 'display:inline-block',
  'a fit-content block': 'width:fit-content;margin:auto',
  'a float': 'float:left',
  'a table cell': 'display:table-cell',
  'an absolutely positioned box': 'position:absolute;left:0;top:0',
  // The line that it stands in aligns it by its first line of text, which is the fallback link's before the element is there.
  'an inline flex row': 'display:inline-flex;vertical-align:top',
};
