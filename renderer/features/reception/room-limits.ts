/** Lowest and highest floor of a room; 0 is the ground. */
export const floors = { min: -5, max: 60 };
export const isFloor = (floor: number | null): floor is number =>
  floor !== null && floor >= floors.min && floor <= floors.max;

export const maxBedsPerRoom = 12;
