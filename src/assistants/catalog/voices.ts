// Voices that several providers share (facts 15.5).

// prettier-ignore
export const GOOGLE_VOICES = [
  "Achernar", "Achird", "Algenib", "Algieba", "Alnilam", "Aoede", "Autonoe", "Callirrhoe", "Charon", "Despina",
  "Enceladus", "Erinome", "Fenrir", "Gacrux", "Iapetus", "Kore", "Laomedeia", "Leda", "Orus", "Puck", "Pulcherrima",
  "Rasalgethi", "Sadachbia", "Sadaltager", "Schedar", "Sulafat", "Umbriel", "Vindemiatrix", "Zephyr", "Zubenelgenubi",
] as const;

// prettier-ignore
export const XAI_VOICES = [
  "ara", "eve", "leo", "rex", "sal", "altair", "atlas", "carina", "castor", "celeste", "cosmo", "helios", "helix",
  "iris", "kepler", "lumen", "luna", "lux", "naksh", "orion", "perseus", "rigel", "sirius", "ursa", "zagan", "zenith",
] as const;

/** The default stands first wherever names are listed. */
export function defaultFirst<Name extends string>(name: Name, names: readonly Name[]): readonly Name[] {
  return [name, ...names.filter((other) => other !== name)];
}
