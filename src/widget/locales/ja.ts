import type { Strings } from './strings.js';

const strings: Strings = {
  book: '予約する',
  chooseTime: '時間を選ぶ',
  allTimes: 'すべての時間を見る',
  otherTimes: '別の時間',
  asOf: '{time} 時点',
  noTimes: '今後数週間に空きはありません。',
  timeZone: 'タイムゾーン',
  loading: 'カレンダーを読み込んでいます…',
  slow: '通常より時間がかかっています。',
  openTab: '新しいタブで開く',
  nothingHere: '何も表示されませんか？',
  doubtful: 'ここで予約できませんか？',
  retry: '再試行',
  retrying: 'まもなく自動で再試行します。',
  close: '閉じる',
  linked: 'この予約ページは新しいタブで開きます。',
  show: 'カレンダーを表示',
  consent: 'カレンダーは {host} から提供されます。ご希望のときに読み込まれます。',
  failure: {
    'bad-config': 'このカレンダーは正しく設定されていません。',
    offline: 'オフラインのようです。',
    'not-found': 'この予約ページは存在しません。',
    'provider-error': '現在、予約ページに接続できません。',
    timeout: '予約ページが応答しません。',
    'blocked-csp': 'このサイトではここにカレンダーを表示できません。',
    refused: '予約ページは単独でしか開けません。',
    'blocked-coep': 'このサイトではここにカレンダーを表示できません。',
    'rate-limited': '現在アクセスが集中しています。',
  },
};

export default strings;
