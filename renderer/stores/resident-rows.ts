import { imagePart, ResidentImage } from '../../shared/register/resident-image.ts';
import type { ResidentSummary, SummaryStatus } from '../../shared/register/resident-summary.ts';
import type { TextColumn } from '../../shared/register/summary-columns.ts';
import type { LayeredMap } from './layered-map.ts';

/**
 * Lines of the list in an order, without an object for each: numbers below `image.rowCount` are lines of the image,
 * those above it lines that were laid over it.
 */
export class ResidentRows {
  readonly image: ResidentImage;
  readonly laid: readonly ResidentSummary[];
  readonly order: Uint32Array;

  constructor(image: ResidentImage, laid: readonly ResidentSummary[], order: Uint32Array) {
    this.image = image;
    this.laid = laid;
    this.order = order;
  }

  get length(): number {
    return this.order.length;
  }

  at(index: number): ResidentSummary | undefined {
    const row = this.order[index];
    return row === undefined ? undefined : (this.laidAt(row) ?? this.image.at(row));
  }

  /** Keeps nothing of a line that was not looked at before. */
  peek(index: number): ResidentSummary | undefined {
    const row = this.order[index];
    return row === undefined ? undefined : (this.laidAt(row) ?? this.image.peek(row));
  }

  idAt(index: number): string | undefined {
    const row = this.order[index];
    return row === undefined ? undefined : (this.laidAt(row)?.id ?? this.image.idAt(row));
  }

  statusAt(index: number): SummaryStatus {
    const row = this.order[index] ?? 0;
    return this.laidAt(row)?.status ?? this.image.statusAt(row);
  }

  lacksGuardianAt(index: number): boolean {
    const row = this.order[index] ?? 0;
    const laid = this.laidAt(row);
    return laid === undefined ? this.image.lacksGuardianAt(row) : laid.lacksGuardian === true;
  }

  /** '' for a text that is not there. */
  textAt(name: TextColumn, index: number): string {
    const row = this.order[index] ?? 0;
    const laid = this.laidAt(row);
    return laid === undefined ? this.image.textAt(name, row) : (laid[name] ?? '');
  }

  siteAt(index: number): string | null {
    const row = this.order[index] ?? 0;
    const laid = this.laidAt(row);
    return laid === undefined ? this.image.siteAt(row) : laid.site;
  }

  /** The first four bytes of the id as a number. */
  idStartAt(index: number): number {
    const row = this.order[index] ?? 0;
    const laid = this.laidAt(row);
    return laid === undefined ? this.image.idStartAt(row) : parseInt(laid.id.slice(0, 8), 16);
  }

  /** `site` null is every site: then nobody's is looked up. */
  filter(isWanted: (status: SummaryStatus) => boolean, site: string | null = null): ResidentRows {
    const { image } = this;
    const kept = this.order.filter((row) => {
      const laid = this.laidAt(row);
      if (!isWanted(laid === undefined ? image.statusAt(row) : laid.status)) return false;
      return site === null || (laid === undefined ? image.siteAt(row) : laid.site) === site;
    });
    return new ResidentRows(image, this.laid, kept);
  }

  /** Those that are wanted by their place in this order. */
  only(isWanted: (index: number) => boolean): ResidentRows {
    return new ResidentRows(
      this.image,
      this.laid,
      this.order.filter((_row, index) => isWanted(index)),
    );
  }

  *[Symbol.iterator](): Generator<ResidentSummary> {
    for (let index = 0; index < this.length; index++) {
      const summary = this.at(index);
      if (summary !== undefined) yield summary;
    }
  }

  private laidAt(row: number): ResidentSummary | undefined {
    return row < this.image.rowCount ? undefined : this.laid[row - this.image.rowCount];
  }
}

/** Every line, in no order. */
export function allRows(residents: LayeredMap<ResidentSummary>): ResidentRows {
  const image = imageOf(residents);
  const { over } = residents;
  const laid = [...over.values()].flatMap((summary) => summary ?? []);
  const hidden = new Set([...over.keys()].flatMap((id) => image.rowOf(id) ?? []));
  const order = new Uint32Array(residents.size);
  let end = 0;
  for (let row = 0; row < image.rowCount; row++) if (!image.isDead(row) && !hidden.has(row)) order[end++] = row;
  laid.forEach((_summary, at) => (order[end++] = image.rowCount + at));
  return new ResidentRows(image, laid, order);
}

/** Of maps that are no image. */
const images = new WeakMap<object, ResidentImage>();

/** The image under a map of residents. */
export function imageOf({ root }: LayeredMap<ResidentSummary>): ResidentImage {
  if (root instanceof ResidentImage) return root;
  const made = images.get(root) ?? new ResidentImage([imagePart([...root.values()])]);
  images.set(root, made);
  return made;
}
