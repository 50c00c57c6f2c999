// The package's own types describe named exports; under Node's ESM loader it has a default export only.
declare module "alawmulaw" {
  interface Law {
    decodeSample(sample: number): number;
    encodeSample(sample: number): number;
  }
  const laws: { alaw: Law; mulaw: Law };
  export default laws;
}
