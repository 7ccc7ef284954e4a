import { unsafeCSS } from 'lit';

/*
 * The page's own font, colours and colour scheme are inherited, so that the widget looks at home without any setting.
 * Everything lies over one box whose height changes only by the frame: switching views never moves the page.
 */
export const styles = unsafeCSS(
  // Containers that size their children by content (flex, grid, fit-content) are told by .stage::before how wide.
  ':host{--_accent:var(--booking-accent,light-dark(#2563eb,#8ab4ff));--_line:color-mix(in srgb,currentcolor 22%,transparent);--_radius:var(--booking-radius,8px);display:block;position:relative;box-sizing:border-box;width:100%;min-width:0;min-height:var(--booking-height,640px);text-align:start}' +
    ':host([hidden]),[hidden]{display:none}' +
    ':host(:state(popup)),:host(:state(floating)){display:inline-block;width:auto;min-height:0}' +
    ':host(:state(light)){color-scheme:light}' +
    ':host(:state(dark)){color-scheme:dark}' +
    ':host(:state(auto)){color-scheme:light dark}' +
    '*,::before{box-sizing:border-box}' +
    '.stage{display:grid;grid-template-columns:minmax(0,1fr);grid-template-rows:0 1fr;min-height:inherit;font-family:var(--booking-font,inherit)}' +
    // The frame lies out of the flow and gives no width by itself. A line of dots as wide as a calendar does, and wraps where there is less room, so that nothing overflows.
    ".stage::before{content:'. . . . . . . . . . . .';height:0;overflow:hidden;visibility:hidden;font:10px/0 serif;word-spacing:60px}" +
    '.stage:focus{outline:0}' +
    '.box{display:flex;flex-direction:column}' +
    // Where the page has unset the element's own height: a page without a box never becomes ready.
    '.frame{position:relative;flex:1 0 auto;min-height:160px}' +
    '.holder,.cover,iframe{position:absolute;inset:0}' +
    '.holder[inert]{opacity:0}' +
    'iframe{width:100%;height:100%;border:0}' +
    '.cover{overflow:auto;padding:20px;border:1px solid var(--_line);border-radius:calc(var(--_radius) * 1.5)}' +
    '.bar{display:flex;flex-wrap:wrap;align-items:center;gap:8px 12px;padding-block:8px}' +
    'p{margin:0 0 16px}' +
    'a,button,select{min-height:44px;font:inherit;color:inherit}' +
    'button,select{max-width:100%;padding:6px 16px;background:none;border:1px solid var(--_line);border-radius:var(--_radius);cursor:pointer}' +
    'button:hover{border-color:currentcolor}' +
    ':focus-visible{outline:2px solid var(--_accent);outline-offset:2px}' +
    '.primary{background:var(--_accent);border-color:transparent;color:var(--booking-on-accent,light-dark(#fff,#10131a))}' +
    'a{display:inline-flex;align-items:center;padding-inline:8px}' +
    'a.primary{padding-inline:16px;border-radius:var(--_radius);text-decoration:none}' +
    '[part=failure]{margin-block-end:24px}' +
    '[part=skeleton]{height:100%}' +
    "[part=skeleton]::after{content:'';display:block;height:calc(100% - 40px);margin-block-start:16px;background:var(--_line);border-radius:var(--_radius);opacity:.4}",
);
