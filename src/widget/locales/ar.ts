import type { Strings } from './strings.js';

const strings: Strings = {
  book: 'احجز موعدًا',
  chooseTime: 'اختر وقتًا',
  allTimes: 'عرض كل الأوقات',
  otherTimes: 'أوقات أخرى',
  asOf: 'حتى الساعة {time}',
  noTimes: 'لا توجد أوقات متاحة في الأسابيع القادمة.',
  timeZone: 'المنطقة الزمنية',
  loading: 'جارٍ تحميل التقويم…',
  slow: 'يستغرق هذا وقتًا أطول من المعتاد.',
  openTab: 'فتح في علامة تبويب جديدة',
  nothingHere: 'لا يظهر شيء هنا؟',
  retry: 'إعادة المحاولة',
  retrying: 'سنحاول مرة أخرى بعد قليل.',
  close: 'إغلاق',
  show: 'عرض التقويم',
  consent: 'التقويم مقدَّم من {host}، ولا يُحمَّل إلا عندما تطلبه.',
  failure: {
    'bad-config': 'لم يتم إعداد هذا التقويم بشكل صحيح.',
    offline: 'يبدو أنك غير متصل بالإنترنت.',
    'not-found': 'صفحة الحجز هذه لم تعد موجودة.',
    'provider-error': 'تعذّر الوصول إلى صفحة الحجز الآن.',
    timeout: 'صفحة الحجز لا تستجيب.',
    'blocked-csp': 'هذا الموقع لا يسمح بالتقويم هنا.',
    refused: 'لا يمكن فتح صفحة الحجز إلا بمفردها.',
    'blocked-coep': 'هذا الموقع لا يسمح بالتقويم هنا.',
    'rate-limited': 'عدد كبير من الزوار يتصفحون الآن.',
  },
};

export default strings;
