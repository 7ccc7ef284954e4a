import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { WidgetReport } from '../../src/protocol/load-report.js';
import type { BookingEventMap } from '../../src/widget/events.js';
import { code, table } from './tables.js';

const SOURCE = fileURLToPath(new URL('../../src/widget/events.ts', import.meta.url));

type EventName = keyof BookingEventMap;
type FieldOf<Name extends EventName> = Exclude<keyof BookingEventMap[Name], keyof Event>;

/** Examples and descriptions that the classes do not contain. An event without an entry, or an entry without an event, is a compile error. */
type Notes = {
  readonly [Name in EventName]: {
    /** Body of a listener. */
    readonly example: string;
    /** Descriptions of fields whose declaration has no JSDoc of its own. */
    readonly fields?: Readonly<Partial<Record<FieldOf<Name>, string>>>;
  };
};

const NOTES: Notes = {
  'booking-availability': {
    example: "if (event.source === 'fresh') document.title = `${event.count} slots available`;",
    fields: {
      count: 'Number of slots.',
      source: '`cached`: kept in this browser; `fresh`: confirmed by the provider or the companion.',
    },
  },
  'booking-open': { example: "document.querySelector('video')?.pause();" },
  'booking-close': { example: "document.querySelector('video')?.play();" },
  'booking-slot-select': {
    example: "console.log('chosen', new Date(event.start).toLocaleString());",
    fields: {
      start: 'Start of the slot: an ISO 8601 instant, as the provider wrote it.',
      end: 'End of the slot: an ISO 8601 instant, where the provider gives one.',
    },
  },
  'booking-ready': { example: 'console.log(`${event.provider} is ready at attempt ${event.attempt}`);' },
  'booking-booked': {
    example: "if (event.change === 'created') location.assign('/thanks?booking=' + event.bookingId);",
    fields: {
      change: 'What was done to the booking. A rescheduled booking is `moved` and has a new id.',
      start: 'Start of the booking: an ISO 8601 instant, where the provider gives one.',
      end: 'End of the booking: an ISO 8601 instant, where the provider gives one.',
    },
  },
  'booking-error': {
    example: "if (!event.willRetry) console.warn('booking-widget', event.code, event.message);",
    fields: {
      code: 'Why there is no calendar; the same codes as in load reports.',
      attempt: 'Number of the attempt that failed, counted from 1; 0 where no frame was started.',
    },
  },
  'booking-retry': {
    example: 'console.log(`attempt ${event.attempt}`, event.automatic ? "by itself" : "on request");',
    fields: {
      attempt: 'Number of the attempt that begins; the first retry is 2.',
      automatic: 'Whether the widget retries by itself; false after "Try again" or `retry()`.',
    },
  },
  'booking-timing': {
    example: 'console.log(event.report.outcome, event.report.marks);',
    fields: { report: 'Timings and outcome of this load, see below.' },
  },
};

/** A field without a description is a compile error. */
const REPORT_FIELDS: Readonly<Record<keyof WidgetReport, string>> = {
  instance: 'Number of the widget on the page, from 1.',
  provider: 'Id of the provider, as in the option `provider`.',
  calendar: 'The scheduling page: origin and path, without query or fragment.',
  mode: 'The option `mode`.',
  loading: 'The option `loading`.',
  outcome:
    'How the load ended. `shown`: loaded, and the provider sends no ready message; `linked`: a link, because the page forbids framing.',
  failure: 'Why there is no calendar, where `outcome` is `failed`.',
  attempts: 'How often the frame was started.',
  cache: 'Where the first slots came from; `off`: no slots were requested.',
  cacheAge: 'Age of the cached slots when they were shown, in seconds.',
  marks:
    'When each step was reached, in milliseconds since the page became visible to the visitor (navigation start, or activation of a prerendered page).',
};

const isEventName = (name: string): name is EventName => name in NOTES;

interface Field {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

/** Unions of words are written out; other types by their name. */
function typeText(checker: ts.TypeChecker, type: ts.Type): string {
  const words = type.isUnion()
    ? type.types.map((one) => (one.isStringLiteral() ? `'${one.value}'` : null))
    : [];
  return words.length > 0 && words.every((word) => word !== null)
    ? words.join(' | ')
    : checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation).replaceAll('"', "'");
}

const isReadonly = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword);

/** Fields of a class or an interface: properties and the constructor parameters that are properties. */
function fieldsOf(
  checker: ts.TypeChecker,
  declaration: ts.ClassDeclaration | ts.InterfaceDeclaration,
  described: Readonly<Record<string, string | undefined>> = {},
): Field[] {
  const members: readonly ts.Node[] = declaration.members.flatMap((member): readonly ts.Node[] =>
    ts.isConstructorDeclaration(member) ? member.parameters : [member],
  );
  return members.filter(isReadonly).flatMap((node) => {
    if (!ts.isPropertyDeclaration(node) && !ts.isPropertySignature(node) && !ts.isParameter(node)) return [];
    const name = node.name.getText();
    const symbol = checker.getSymbolAtLocation(node.name);
    const comments = ts
      .getJSDocCommentsAndTags(node)
      .filter((comment) => comment.parent === node && ts.isJSDoc(comment))
      .map((comment) => ts.getTextOfJSDocComment(comment.comment) ?? '');
    const description = described[name] ?? comments.join(' ');
    const type = symbol ? typeText(checker, checker.getTypeOfSymbolAtLocation(symbol, node)) : 'unknown';
    return [{ name, type, description }];
  });
}

const fieldTable = (fields: readonly Field[]): string =>
  table(
    ['Field', 'Type', 'Meaning'],
    fields.map(({ name, type, description }) => [code(name), code(type), description]),
  );

const docOf = (declaration: ts.ClassDeclaration): string =>
  ts
    .getJSDocCommentsAndTags(declaration)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
    .join(' ')
    .replace(/\s+/g, ' ');

/** `booking-ready`, from the call of `super()`. */
const nameOf = (declaration: ts.ClassDeclaration): string =>
  /super\(\s*'([\w-]+)'/.exec(declaration.getText())?.[1] ?? '';

/** The text of `docs/events.md`: every event with its fields and an example. Throws where something has no description. */
export function eventReference(): string {
  const program = ts.createProgram([SOURCE], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const classes = program.getSourceFile(SOURCE)?.statements.filter(ts.isClassDeclaration) ?? [];
  const written = new Set<string>();

  const sections = classes.map((declaration) => {
    const name = nameOf(declaration);
    if (!isEventName(name)) throw new Error(`no notes for the event "${name}" in event-reference.ts`);
    written.add(name);
    const notes = NOTES[name];
    const fields = fieldsOf(checker, declaration, notes.fields);
    const silent = fields.filter(({ description }) => !description).map((field) => field.name);
    if (silent.length > 0) throw new Error(`${name}: no description of ${silent.join(', ')}`);
    return [
      `## \`${name}\``,
      docOf(declaration),
      `Class: \`${declaration.name?.text ?? ''}\`.${fields.length > 0 ? '' : ' No fields of its own.'}`,
      ...(fields.length > 0 ? [fieldTable(fields)] : []),
      `\`\`\`js\ndocument.addEventListener('${name}', (event) => {\n  ${notes.example}\n});\n\`\`\``,
    ].join('\n\n');
  });
  const missing = Object.keys(NOTES).filter((name) => !written.has(name));
  if (missing.length > 0) throw new Error(`no class in events.ts for ${missing.join(', ')}`);

  const report = program
    .getSourceFiles()
    .flatMap(({ statements }) => statements.filter(ts.isInterfaceDeclaration))
    .find((declaration) => declaration.name.text === 'WidgetReport');
  if (!report) throw new Error('no interface WidgetReport');

  return [
    '# Events',
    '<!-- Written by `npm run generate` from src/widget/events.ts and tools/generated/event-reference.ts. -->',
    `Every event bubbles and crosses shadow roots, so one listener on \`document\` receives the events of all widgets;
\`event.target\` is the widget. An event is dispatched after the change and its render: a listener may call any method.
With npm, the classes are exported by \`booking-widget-element\`, and \`addEventListener\` knows their types.`,
    ...sections,
    '## `WidgetReport`',
    'The field `report` of `booking-timing`.',
    fieldTable(fieldsOf(checker, report, REPORT_FIELDS)),
  ].join('\n\n');
}
