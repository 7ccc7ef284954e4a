import metadata from 'libphonenumber-js/min/metadata';

/** What is read of a country's entry: its calling code, and the prefix of national numbers. */
type Entry = readonly unknown[];

const NATIONAL_PREFIX = 5;

/**
 * The module with calling codes, from the metadata of libphonenumber (https://github.com/google/libphonenumber): per
 * region its ISO 3166 code, the calling code, and after a slash what national numbers begin with that international
 * ones do not have. Regions with the same calling code stand together, the main one first.
 */
export function callingCodesModule(): string {
  const { countries, country_calling_codes: codes } = metadata as unknown as {
    readonly countries: Readonly<Record<string, Entry>>;
    readonly country_calling_codes: Readonly<Record<string, readonly string[]>>;
  };
  const list = Object.entries(codes).flatMap(([code, regions]) =>
    regions
      .filter((region) => /^[A-Z]{2}$/.test(region))
      .map((region) => {
        const prefix = countries[region]?.[NATIONAL_PREFIX];
        return region + code + (typeof prefix === 'string' ? `/${prefix}` : '');
      }),
  );
  return `// Written by "npm run generate" from the metadata of libphonenumber.\nexport default '${list.join(' ')}';\n`;
}
