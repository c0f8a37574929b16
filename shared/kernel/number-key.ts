/** A document, V- or other number as it is compared: capitals and digits only; '' for what has none. */
export const numberKey = (text: string): string => text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
