import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Frame, Page } from 'playwright-core';
import type { IpcMainInvokeEvent, PrintToPDFOptions, WebContents } from './api.ts';
import { installPreload } from './page-script.ts';
import { headless, listenTo, state, toApp, toShown } from './state.ts';
import { decodeValue, encodeValue } from './wire.ts';

const pack = (value: unknown) => encodeValue(value, (bytes) => Buffer.from(bytes).toString('base64'));
const unpack = (text: string) => decodeValue(text, (encoded) => Uint8Array.from(Buffer.from(encoded, 'base64')));
const A4 = { paperWidth: 8.27, paperHeight: 11.69 };

type Asked = { page: Page; frame: Frame };
type Message = { kind: string; channel?: string; value?: string };
type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

/** One page of Chromium as Electron's `webContents`; what is asked before the page is there waits for it. */
export class StandInContents implements WebContents {
  readonly events = new EventEmitter();
  readonly page: Promise<Page>;
  openHandler: OpenHandler = () => ({ action: 'deny' });
  /** The address that the app itself asked for; any other navigation is the page's. */
  loading: string | undefined;
  private readonly queue: string[] = [];
  private waiting: ((event: string) => void) | undefined;
  private steps: Promise<unknown>;

  constructor(page: Promise<Page>, preload: string | undefined) {
    this.page = page.then((opened) => this.prepare(opened, preload));
    this.steps = this.page;
  }

  on: WebContents['on'] = listenTo(this.events);

  /** One step after the other, so that a page is never closed before it was told to end. */
  step<T>(step: (page: Page) => Promise<T>): Promise<T> {
    const done = this.steps.then(() => this.page).then(step);
    this.steps = done.catch(() => undefined);
    return done;
  }

  send(channel: string, payload: unknown): void {
    const event = pack({ channel, payload });
    if (this.waiting === undefined) this.queue.push(event);
    else this.waiting(event);
    this.waiting = undefined;
  }

  load(url: string): Promise<void> {
    return this.step(async (page) => {
      this.loading = toShown(url);
      await page.goto(this.loading);
      this.loading = undefined;
    });
  }

  forcefullyCrashRenderer(): void {
    const ended = this.step(async (page) => {
      const session = await page.context().newCDPSession(page);
      const crashed = page.waitForEvent('crash', { timeout: 3_000 });
      // Never answered: who would answer is gone.
      session.send('Page.crash').catch(() => undefined);
      await crashed;
    });
    ended.catch(() => undefined);
  }

  printToPDF(options: PrintToPDFOptions): Promise<Buffer> {
    return this.step(async (page) => {
      const session = await page.context().newCDPSession(page);
      const { data } = await session.send('Page.printToPDF', {
        ...A4,
        landscape: options.landscape ?? false,
        printBackground: options.printBackground ?? false,
        preferCSSPageSize: options.preferCSSPageSize ?? false,
        generateTaggedPDF: options.generateTaggedPDF ?? false,
        generateDocumentOutline: options.generateDocumentOutline ?? false,
      });
      return Buffer.from(data, 'base64');
    });
  }

  print(_options?: object, done?: (success: boolean, failureReason: string) => void): void {
    if (headless) {
      done?.(false, 'Invalid printer settings');
      return;
    }
    this.step((page) => page.evaluate('print()')).then(
      () => done?.(true, ''),
      () => done?.(false, 'failed'),
    );
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  private async prepare(page: Page, preload: string | undefined): Promise<Page> {
    page.on('crash', () => this.events.emit('render-process-gone'));
    page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
    await page.exposeBinding('standInBinding', (asked, message: Message) => this.answer(asked, message));
    if (preload !== undefined) {
      const source = await readFile(preload, 'utf8');
      const parts = [encodeValue, decodeValue].map((part) => part.toString());
      const wrapped = `function (require, module, exports) {${source}\n}`;
      await page.addInitScript({ content: `(${installPreload.toString()})(${parts.join(',')},${wrapped});` });
    }
    return page;
  }

  private async answer({ page, frame }: Asked, message: Message): Promise<string> {
    if (message.kind === 'input') state.lastInput = Date.now();
    if (message.kind === 'listen') {
      const next = this.queue.shift();
      if (next !== undefined) return next;
      return new Promise((resolve) => {
        this.waiting = resolve;
      });
    }
    if (message.kind !== 'invoke') return '';
    const parent = frame === page.mainFrame() ? null : { url: toApp(page.url()), parent: null };
    const event: IpcMainInvokeEvent = { sender: this, senderFrame: { url: toApp(frame.url()), parent } };
    try {
      const handler = state.channels.get(message.channel ?? '');
      if (handler === undefined) throw new Error(`No handler registered for '${message.channel ?? ''}'`);
      return pack({ value: await handler(event, unpack(message.value ?? 'null')) });
    } catch (error) {
      return pack({ error: String(error) });
    }
  }
}
