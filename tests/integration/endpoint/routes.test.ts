import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../endpoint/routes.ts';
import { startEndpoint, type Endpoint } from '../../../endpoint/start-endpoint.ts';
import { errorAnswerSchema, errorStatus, requestHeaders } from '../../../shared/sync/protocol.ts';
import { enrolled, makeDataFolder } from './test-device.ts';

type Operation = {
  readonly security: readonly unknown[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: unknown }>> }>
  >;
};
type Description = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

let endpoint: Endpoint;
let description: Description;
const folder = await makeDataFolder();
beforeAll(async () => {
  endpoint = await startEndpoint({ data: folder.path });
  description = (await (await fetch(`${endpoint.url}/openapi.json`)).json()) as Description;
});
afterAll(async () => {
  await endpoint.stop();
  await folder.remove();
});

describe('the description', () => {
  it('names every route and no other', () => {
    const named = Object.entries(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(description.openapi).toBe('3.1.0');
    expect(named.sort()).toEqual(
      [
        'GET /health',
        'GET /openapi.json',
        'GET /v1/feed/{site}/{c}',
        'POST /v1/batches',
        'POST /v1/enrol',
        'POST /v1/hello',
        'POST /v1/redeposit',
      ].sort(),
    );
    expect(named).toHaveLength(routes.length);
  });

  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s is what the endpoint does',
    async (_title, route) => {
      const operation = description.paths[route.path]?.[route.method.toLowerCase()];
      const target = route.path.replace('{site}', 'shared').replace('{c}', 'core');
      const answer = await fetch(endpoint.url + target, { method: route.method });
      // Without a signature: known, and closed unless it is open to everybody.
      expect(answer.status).toBe(operation?.security.length === 0 ? 200 : route.path === '/v1/enrol' ? 422 : 401);
      expect(operation?.responses).toHaveProperty(String(answer.status));
      if (answer.status !== 200) expect(errorAnswerSchema.safeParse(await answer.json()).success).toBe(true);
      if (typeof route.request === 'object' && route.request !== null) {
        expect(operation?.requestBody?.content['application/json']?.schema).toEqual(
          asJson(z.toJSONSchema(route.request, { io: 'input' })),
        );
      }
      if (typeof route.answer === 'object') {
        expect(operation?.responses['200']?.content['application/json']?.schema).toEqual(
          asJson(z.toJSONSchema(route.answer)),
        );
      }
      if (operation?.security.length !== 0) {
        const headers = operation?.parameters.flatMap((parameter) =>
          parameter.in === 'header' ? [parameter.name] : [],
        );
        expect(headers).toEqual(Object.values(requestHeaders));
        for (const status of Object.values(errorStatus)) expect(operation?.responses).toHaveProperty(String(status));
      }
    },
  );

  it('marks of the query what has no default', async () => {
    const parameters = description.paths['/v1/feed/{site}/{c}']?.get?.parameters ?? [];
    const query = parameters.flatMap((parameter) =>
      parameter.in === 'query' ? [[parameter.name, parameter.required]] : [],
    );
    expect(Object.fromEntries(query)).toEqual({ after: false, h: true, max: false });
    const device = await enrolled(endpoint);
    const ask = (target: string) => device.send('GET', target, new Uint8Array(0));
    const zeros = '0'.repeat(64);
    expect((await ask(`/v1/feed/shared/core?h=${zeros}`)).status).toBe(200);
    for (const bad of ['', '?after=0', `?h=${zeros}&after=-1`, `?h=${zeros}&max=1`, `?h=${zeros}&x=1`]) {
      expect([bad, (await ask(`/v1/feed/shared/core${bad}`)).status]).toEqual([bad, 422]);
    }
  });
});

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('anything else', () => {
  it.each([
    '/',
    '/v1',
    '/v1/hello/',
    '/v1/feed/shared',
    '/v1/feed/a/b/c',
    '/health/..%2f',
    '/V1/hello',
    '/v1/feed/%E0%A4%A/core',
  ])('%s is not found or not understood, and says so signed', async (path) => {
    const answer = await fetch(endpoint.url + path);
    expect([401, 404]).toContain(answer.status);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(errorAnswerSchema.safeParse(await answer.json()).success).toBe(true);
  });

  it('knows no other method', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect((await fetch(`${endpoint.url}/v1/hello`, { method })).status).toBe(404);
    }
  });
});
