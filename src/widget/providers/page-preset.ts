import { answerTexts } from './answer-texts.js';
import { answerParams, withQuery, writtenIn, type Answers, type Param } from './page-query.js';
import { TRACKING } from './plain-frame.js';
import type { Capabilities, FrameContext, Prefill, Provider, SlotsSource } from './provider.js';

/** The answers that have a name of their own here; every other key is a question of the site owner's. */
type Answer = 'name' | 'firstName' | 'lastName' | 'email' | 'phone' | 'notes' | 'guests';

/** A scheduling service, as far as it differs from a page about which nothing is known. */
export interface PagePreset {
  readonly id: string;
  /** As the service writes itself. */
  readonly name: string;
  /** What it can do beyond showing itself in a frame. */
  readonly can?: Partial<Capabilities>;
  /** CSS pixels: a fixed height where the page never says one, or the min and max to believe. */
  readonly height: number | { readonly min: number; readonly max: number };
  readonly allow?: string;
  /** Parameters that turn the page into one for frames. */
  readonly embed?: readonly Param[];
  /** Further parameters that only a frame's address has, where the site owner has pasted one. */
  readonly pasted?: RegExp;
  /** Where the page lives, without a query; for services that have other addresses for frames, `framed` tells those. */
  readonly address?: (page: URL) => string;
  readonly framed?: (page: URL) => string;
  /** In which parameters the service looks for an answer. Questions of the site owner's go under their own names. */
  readonly answers?: Readonly<Partial<Record<Answer, string | readonly string[]>>>;
  /** The parameters that point at the chosen time. */
  readonly time?: (context: FrameContext) => readonly Param[];
  readonly read?: Provider['read'];
  readonly respond?: Provider['respond'];
  /** How a browser requests slots; without it slots come from a companion, if at all. */
  readonly slots?: SlotsSource;
  /** What few services have, as `Provider` describes it. */
  readonly more?: Pick<
    Provider,
    'frameName' | 'ownsOrigin' | 'confirms' | 'whyNotReady' | 'openingDay' | 'hold'
  >;
}

const ANSWERS = /^(name|firstName|lastName|email|phone|notes|guests)$/;

const asWritten = ({ origin, pathname, hash }: URL): string => origin + pathname + hash;

/** Answers in the service's words. A whole name is split where the service wants its parts and they are not given. */
function answersOf({ name, ...prefill }: Prefill, words: NonNullable<PagePreset['answers']>): Param[] {
  const [, firstName, lastName] = /^(\S*)\s*([^]*)$/.exec(answerTexts(name).join(' ')) ?? [];
  const parts: Answers = { firstName, lastName };
  const all: Answers = { name, ...parts, ...prefill };
  return answerParams(
    Object.fromEntries(
      Object.entries(all).flatMap(([key, given]) => {
        // Frameworks write what they do not know as `undefined` or empty text.
        const answer = answerTexts(given).length ? given : parts[key];
        const named = ANSWERS.test(key) ? words[key as Answer] : key;
        return [named ?? []].flat().map((word) => [word, answer]);
      }),
    ),
  );
}

/** Makes a provider of what is known about a service; everything else is as with a plain frame. */
export function pagePreset({
  id,
  name,
  can = {},
  height,
  allow = '',
  embed = [],
  pasted = /^$/,
  address = asWritten,
  framed = address,
  answers,
  time = () => [],
  read = () => null,
  respond = () => [],
  slots,
  more,
}: PagePreset): Provider {
  const nameOf = (part: string): string => part.replace(/=.*/, '');
  const isEmbed = (part: string): boolean =>
    embed.some(([param]) => param === nameOf(part)) || pasted.test(part);
  const isAnswer = (part: string): boolean =>
    Object.values(answers ?? {})
      .flat()
      .includes(nameOf(part));
  const visitor = (context: FrameContext): (readonly Param[])[] => [
    time(context),
    answers ? answersOf(context.prefill, answers) : [],
  ];
  return {
    id,
    name,
    capabilities: {
      ready: 'load',
      height: 'fixed',
      booked: 'none',
      deepLink: 'none',
      prefill: answers ? 'url' : 'none',
      framing: 'yes',
      availability: slots ? 'browser' : 'none',
      ...can,
    },
    height: typeof height === 'number' ? { min: height, max: height } : height,
    allow,
    canonical: (page) =>
      withQuery(
        address(page),
        writtenIn(page, TRACKING).filter((part) => !isEmbed(part) && !isAnswer(part)),
      ).href,
    frameUrl: (context) =>
      withQuery(framed(context.page), embed, ...visitor(context), writtenIn(context.page), context.params),
    pageUrl: (context) =>
      withQuery(
        address(context.page),
        ...visitor(context),
        writtenIn(context.page).filter((part) => !isEmbed(part)),
        context.params,
      ),
    read,
    respond,
    slots: slots ?? null,
    ...more,
  };
}
