import { openRecord } from '../../renderer/use-cases/open-record.ts';
import type { Device } from './device.ts';

/** A record as its page opens it; a test that cannot open it ends. */
export async function openOn(device: Device, ref: Parameters<typeof openRecord>[1]) {
  const opened = await openRecord(device.vault, ref, null);
  if (!opened.ok) throw new Error(`not open: ${opened.error.type}`);
  return opened.value;
}
