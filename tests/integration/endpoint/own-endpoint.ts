import { afterAll, beforeAll } from 'vitest';
import { startEndpoint, type Endpoint, type EndpointOptions } from '../../../endpoint/start-endpoint.ts';
import { makeDataFolder } from './test-device.ts';

/** One endpoint with its PostgreSQL for all tests of a file, gone after them. */
export async function ownEndpoint(
  more: Partial<EndpointOptions> = {},
): Promise<{ readonly data: string; readonly endpoint: Endpoint }> {
  const data = await makeDataFolder();
  let started: Endpoint | undefined;
  beforeAll(async () => {
    started = await startEndpoint({ data: data.path, allowReducedProtection: true, ...more });
  });
  afterAll(async () => {
    await started?.stop();
    await data.remove();
  });
  return {
    data: data.path,
    get endpoint() {
      if (started === undefined) throw new Error('The endpoint starts before the first test');
      return started;
    },
  };
}
