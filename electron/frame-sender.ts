import { deflateRawSync } from 'node:zlib';
import { encodeFrame, type Frame } from '../shared/sync/frame.ts';
import type { WireNames } from '../shared/sync/wire-codec.ts';
import { sha256 } from './node-crypto.ts';

/** How often in a row an endpoint may not read the short form before it gets the other one only. */
const patience = 2;

/**
 * Frames in the short form, and with everything in them where the endpoint cannot read that: one of before, or one that
 * has forgotten what the frame names. Which of the two it is need not be known: the same operations go again.
 */
export class FrameSender {
  private refusals = 0;

  /** `send` gives what came back and whether the endpoint could not read the frame. */
  async send<Answer>(
    frame: Frame,
    names: WireNames,
    sign: (digest: Uint8Array) => Uint8Array,
    send: (bytes: Uint8Array) => Promise<{ readonly answer: Answer; readonly isUnreadable: boolean }>,
  ): Promise<Answer> {
    const tools = { sha256, deflate: (raw: Uint8Array) => deflateRawSync(raw), sign };
    if (this.refusals < patience) {
      const { answer, isUnreadable } = await send(encodeFrame(frame, tools, names));
      if (!isUnreadable) {
        this.refusals = 0;
        return answer;
      }
      this.refusals += 1;
    }
    return (await send(encodeFrame(frame, tools))).answer;
  }
}
