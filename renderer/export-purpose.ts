/** For what a list of persons leaves the app. */
export const exportPurposes = ['site', 'brp', 'transfer', 'check', 'other'] as const;
export type ExportPurpose = (typeof exportPurposes)[number];

/** For what a table leaves it that is made of figures, or a work list. */
export const tablePurposes = ['report', 'site', 'check', 'other'] as const;
export type TablePurpose = (typeof tablePurposes)[number];
