/** The two signals by which a browser says that its visitor does not want to be counted. */
export interface PrivacySignals {
  readonly globalPrivacyControl?: boolean;
  readonly doNotTrack?: string | null;
}

export const wantsPrivacy = ({ globalPrivacyControl, doNotTrack }: PrivacySignals = navigator): boolean =>
  globalPrivacyControl === true || doNotTrack === '1';
