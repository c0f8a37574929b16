/** Every kind of record that is kept, sealed and sent. */
export const recordKinds = [
  'site',
  'family',
  'resident',
  'bedStay',
  'absence',
  'rollCall',
  'contributionDecision',
  'municipalPolicy',
  'returnIntake',
  'finalisedIntake',
  'nationalSnapshot',
  'siteReport',
  'letterText',
  'followUp',
] as const;
export type RecordKind = (typeof recordKinds)[number];
export const isRecordKind = (text: string): text is RecordKind => (recordKinds as readonly string[]).includes(text);

/** `id` is a random UUIDv4. */
export type RecordRef = { readonly kind: RecordKind; readonly id: string };

export const compartments = ['core', 'bsn', 'health', 'finance'] as const;
/** Who may open a field: every compartment has its own key (security.md §2.1). */
export type Compartment = (typeof compartments)[number];

/** What a field can hold. Numbers are whole: fractions differ between machines. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** Whether a value is a map of named parts, as a group field holds. */
export const isGroup = (value: Value | undefined): value is { readonly [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a record says now: one value per field id. A field without an entry was never set, or was emptied. */
export type FieldValues = Readonly<Record<string, Value>>;

export const refKey = (ref: RecordRef): string => `${ref.kind}/${ref.id}`;

/** The ref of a `refKey`; undefined for any other text. The form of the id is not looked at. */
export function refOfKey(key: string): RecordRef | undefined {
  const slash = key.indexOf('/');
  const kind = key.slice(0, Math.max(0, slash));
  return isRecordKind(kind) ? { kind, id: key.slice(slash + 1) } : undefined;
}
