import { SAMPLE_RATE_HZ } from "../carrier.ts";
import {
  addAt,
  chirp,
  knock,
  noise,
  resonate,
  seededRandom,
  slowWave,
  voiceLike,
  type Random,
} from "./background-sounds.ts";

/** The four scenes, put together from a few kinds of sound. Pure, and the same at every run. */
const LENGTH = 24 * SAMPLE_RATE_HZ;

/** Air conditioning, keyboards, colleagues two desks away. */
export function office(): Float64Array {
  const random = seededRandom(1);
  const scene = level(noise(LENGTH, random, { lowPassHz: 250 }), 0.5);
  for (let desk = 0; desk < 2; desk++) {
    for (let at = random() * 2; at < 24; at += 1.5 + random() * 3) typeWords(scene, at, random);
  }
  for (let colleague = 0; colleague < 2; colleague++) {
    add(scene, level(voiceLike(LENGTH, random, { talksShare: 0.45 }), 0.28));
  }
  return scene;
}

/** A street: traffic as a whole, and cars that pass. */
export function city(): Float64Array {
  const random = seededRandom(2);
  const scene = level(noise(LENGTH, random, { lowPassHz: 180 }), 0.7);
  for (let at = random() * 2; at < 24; at += 1.5 + random() * 3.5) {
    const seconds = 2.5 + random() * 3;
    const car = noise(Math.round(seconds * SAMPLE_RATE_HZ), random, { lowPassHz: 500 + random() * 900 });
    for (let index = 0; index < car.length; index++) {
      car[index]! *= Math.sin((Math.PI * index) / car.length) ** 3;
    }
    addAt(scene, Math.round(at * SAMPLE_RATE_HZ), car, 0.5 + random());
  }
  add(scene, level(voiceLike(LENGTH, random, { talksShare: 0.3 }), 0.12));
  return scene;
}

/** Wind in the leaves, and birds. */
export function forest(): Float64Array {
  const random = seededRandom(3);
  const wind = slowWave(LENGTH, random, 0.35);
  const scene = level(noise(LENGTH, random, { lowPassHz: 900 }), 0.6);
  for (let index = 0; index < LENGTH; index++) scene[index]! *= 0.35 + 0.65 * wind[index]!;
  for (let bird = 0; bird < 3; bird++) {
    const fromHz = 2_000 + random() * 900;
    const loudness = 0.25 + random() * 0.4;
    for (let at = random() * 4; at < 24; at += 2 + random() * 5) {
      const notes = 2 + Math.floor(random() * 5);
      for (let note = 0; note < notes; note++) {
        const toHz = fromHz * (0.85 + random() * 0.35);
        const song = chirp(fromHz, toHz, 0.05 + random() * 0.09);
        addAt(scene, Math.round((at + note * 0.16) * SAMPLE_RATE_HZ), song, loudness);
      }
    }
  }
  return scene;
}

/** Many people who talk at once, and now and then a glass. */
export function crowdedRoom(): Float64Array {
  const random = seededRandom(4);
  const scene = level(noise(LENGTH, random, { lowPassHz: 500 }), 0.25);
  for (let person = 0; person < 10; person++) {
    add(scene, level(voiceLike(LENGTH, random, { talksShare: 0.7 }), 0.25 + random() * 0.35));
  }
  for (let at = random() * 3; at < 24; at += 2 + random() * 5) {
    const glass = knock(0.12, random);
    addAt(scene, Math.round(at * SAMPLE_RATE_HZ), resonate(glass, 2_600 + random() * 700, 60), 0.5);
  }
  return scene;
}

function typeWords(scene: Float64Array, atSeconds: number, random: Random): void {
  const keys = 4 + Math.floor(random() * 10);
  let at = atSeconds;
  for (let key = 0; key < keys; key++) {
    const click = resonate(knock(0.02, random), 1_200 + random() * 1_200, 500);
    addAt(scene, Math.round(at * SAMPLE_RATE_HZ), click, 0.4 + random() * 0.5);
    at += 0.09 + random() * 0.13;
  }
}

function add(scene: Float64Array, sound: Float64Array): void {
  for (let index = 0; index < scene.length; index++) scene[index]! += sound[index]!;
}

/** Scales a sound to a loudness (root of its mean square). */
function level(sound: Float64Array, loudness: number): Float64Array {
  let power = 0;
  for (const value of sound) power += value * value;
  const gain = power === 0 ? 0 : loudness / Math.sqrt(power / sound.length);
  for (let index = 0; index < sound.length; index++) sound[index]! *= gain;
  return sound;
}
