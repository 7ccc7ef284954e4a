import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ALERT_CALM_MS } from '../../src/server/durations.js';
import { alertOptions } from '../../src/server/alerts/alert-options.js';
import type { Condition, Figures } from '../../src/server/alerts/condition.js';
import { conditionsIn } from '../../src/server/alerts/conditions.js';
import { nextEpisodes, type Episode, type Notice } from '../../src/server/alerts/episodes.js';
import { storeAlert } from '../../src/server/alerts/store-alert.js';
import type { StoreState } from '../../src/server/store/store-monitor.js';

const HOUR = 3_600_000;
const settings = alertOptions.parse({ url: 'https://hooks.example/x' });
assert.ok(settings);

const calm: Figures = {
  upstreams: [
    {
      account: 'cal-1',
      provider: 'cal',
      budget: 120,
      used: 0,
      breaker: 'closed',
      failures: 0,
      calls: {
        sent: 0,
        success: null,
        p50: null,
        p95: null,
        p99: null,
        slow: 0,
        outcomes: {},
        operations: {},
        openMinutes: 0,
        rateLimitedInDay: 0,
      },
    },
  ],
  queue: { waiting: 0, underWay: 0, failed: 0, oldest: 0 },
  loads: 0,
  failed: 0,
  answers: { hit: 0, miss: 0, stale: 0, failed: 0, hitShare: null, times: {} },
  givenUp: 0,
  isGivenUpInRow: false,
  silences: [],
};
const account = (change: Partial<Figures['upstreams'][number]>): Figures => ({
  ...calm,
  upstreams: calm.upstreams.map((one) => ({ ...one, ...change })),
});
const calls = (change: Partial<Figures['upstreams'][number]['calls']>): Figures => ({
  ...calm,
  upstreams: calm.upstreams.map((one) => ({ ...one, calls: { ...one.calls, sent: 20, ...change } })),
});
const answers = (hit: number, miss: number): Figures => ({
  ...calm,
  answers: { hit, miss, stale: 0, failed: 0, hitShare: hit / (hit + miss), times: {} },
});
const silence = (silent: number, usual: number | null): Figures => ({
  ...calm,
  silences: [{ provider: 'cal', silent: silent * HOUR, usual: usual === null ? null : usual * HOUR }],
});
const waiting = (jobs: number): Figures => ({ ...calm, queue: { ...calm.queue, waiting: jobs } });

describe('what is wrong', () => {
  for (const [about, figures, found] of [
    ['nothing', calm, []],
    ['a budget used up to 100', account({ used: 100 }), []],
    ['more than 100 of the budget', account({ used: 101 }), ['budget warning']],
    ['more than 115 of the budget', account({ used: 116 }), ['budget critical']],
    ['as much of a smaller budget', account({ budget: 60, used: 51 }), ['budget warning']],
    ['two failures', account({ failures: 2 }), []],
    ['three failures in a row', account({ failures: 3 }), ['failures-in-row critical']],
    ['a job that was given up', { ...calm, givenUp: 1 }, ['job-given-up warning']],
    ['few failed loads', { ...calm, loads: 100, failed: 10 }, []],
    ['many failed loads', { ...calm, loads: 100, failed: 11 }, ['error-rate critical']],
    ['failed loads among too few', { ...calm, loads: 19, failed: 19 }, []],
    ['50 jobs', waiting(50), []],
    ['51 jobs', waiting(51), ['queue-depth warning']],
    ['a backlog of 100 jobs', waiting(100), ['queue-depth critical']],
    [
      'three jobs in a row that were given up',
      { ...calm, givenUp: 3, isGivenUpInRow: true },
      ['job-given-up critical'],
    ],
    ['calls of which half take 4 s', calls({ p50: 4000, p95: 6500 }), []],
    ['calls of which half take longer than 4 s', calls({ p50: 4001 }), ['upstream-slow critical']],
    ['calls of which 5 % take longer than 6.5 s', calls({ p95: 6501 }), ['upstream-slow warning']],
    ['slow calls that are too few', calls({ sent: 19, p50: 9000 }), []],
    ['four responses 429 a day', calls({ rateLimitedInDay: 4 }), []],
    ['five responses 429 a day', calls({ rateLimitedInDay: 5 }), ['rate-limited warning']],
    ['half of the slots from the cache', answers(50, 50), []],
    ['less than half of the slots from the cache', answers(49, 51), ['hit-rate warning']],
    ['few slots from the cache among too few', answers(0, 99), []],
    ['deliveries silent for as long as they were before', silence(60, 60), []],
    ['deliveries silent for half as long again', silence(91, 60), ['deliveries-silent warning']],
    ['deliveries silent for six hours', silence(6, 1), []],
    [
      'deliveries silent for longer than six hours that come by the hour',
      silence(7, 1),
      ['deliveries-silent warning'],
    ],
    ['deliveries silent without a history', silence(700, null), []],
  ] as const)
    it(`raises ${about}: ${found.join() || 'nothing'}`, () => {
      assert.deepEqual(
        conditionsIn(figures, settings).map(({ alert, level }) => `${alert} ${level}`),
        found,
      );
    });

  it('is judged by thresholds of the owner', () => {
    const own = { ...settings, queueDepth: 0, budgetWarning: 5, budgetCritical: 10, failuresInRow: 1 };
    const figures = { ...account({ used: 6, failures: 1 }), queue: waiting(1).queue };
    assert.deepEqual(
      conditionsIn(figures, own).map(({ alert, level }) => `${alert} ${level}`),
      ['budget warning', 'failures-in-row critical', 'queue-depth warning'],
    );
  });
});

describe('an episode', () => {
  const budget = (level: Condition['level']): Condition => ({
    alert: 'budget',
    subject: 'cal-1',
    level,
    value: 110,
    threshold: 100,
    text: '',
  });
  /** Notices, step by step. */
  function notices(...steps: readonly (readonly [at: number, ...conditions: Condition[]])[]): string[] {
    let episodes: readonly Episode[] = [];
    return steps.map(([at, ...conditions]) => {
      const next = nextEpisodes(episodes, conditions, at);
      episodes = next.episodes;
      return next.notices.map(({ state, level }) => `${state} ${level}`).join();
    });
  }

  it('is announced once when it begins, once when it gets worse, and once when it is over', () => {
    const steps = [
      [1, budget('warning')],
      [2, budget('warning')],
      [3, budget('critical')],
      [4, budget('warning')],
      [5],
      [5 + ALERT_CALM_MS],
      [6 + ALERT_CALM_MS],
    ] as const;
    assert.deepEqual(notices(...steps), [
      'firing warning',
      '',
      'firing critical',
      '',
      '',
      'resolved critical',
      '',
    ]);
  });

  it('that pauses for a moment goes on', () => {
    assert.deepEqual(
      notices(
        [1, budget('warning')],
        [2],
        [ALERT_CALM_MS, budget('warning')],
        [ALERT_CALM_MS + 1],
        [2 * ALERT_CALM_MS + 1],
      ),
      ['firing warning', '', '', '', 'resolved warning'],
    );
  });

  it('of one account is not that of another', () => {
    const other = { ...budget('warning'), subject: 'cal-2' };
    assert.deepEqual(notices([1, budget('warning'), other]), ['firing warning,firing warning']);
  });
});

describe('the alert of a store that cannot be written', () => {
  it('is sent without the store, after half a minute, and once more when it works again', async () => {
    let now = 1_000_000;
    let state: StoreState = { isUsable: true, since: 0 };
    const sent: (readonly [string, Notice])[] = [];
    const look = storeAlert({
      state: () => state,
      send: (id, notice) => Promise.resolve(void sent.push([id, notice])),
      instance: 'one',
      now: () => now,
    });
    await look();
    state = { isUsable: false, failure: 'full', since: now };
    await look();
    now += 30_000;
    await look();
    await look();
    state = { isUsable: true, since: now };
    await look();
    await look();
    assert.deepEqual(
      sent.map(([, notice]) => `${notice.state} ${notice.alert} ${notice.level}`),
      ['firing store critical', 'resolved store critical'],
    );
    assert.match(sent[0]?.[1].text ?? '', /full/);
    assert.notEqual(sent[0]?.[0], sent[1]?.[0]);
  });
});
