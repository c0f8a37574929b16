import process from 'node:process';
import type { Point } from '../../endpoint/change-log.ts';
import { startEndpoint } from '../../endpoint/start-endpoint.ts';

/** The endpoint as a process of its own, which ends without a word at a point that the test names. */
type Order = { readonly dieAt: Point } | 'invite';
const [data = '', port = '0', databaseUrl = ''] = process.argv.slice(2);
let dieAt: Point | undefined;
const endpoint = await startEndpoint({
  data,
  port: Number(port),
  databaseUrl,
  allowReducedProtection: true,
  onPoint: (point) => {
    if (point === dieAt) process.kill(process.pid, 'SIGKILL');
  },
});
process.on('message', (order: Order) => {
  if (order === 'invite') void endpoint.invite().then((code) => process.send?.({ code }));
  else dieAt = order.dieAt;
});
process.on('disconnect', () => void endpoint.stop().then(() => process.exit()));
process.send?.({ url: endpoint.url });
