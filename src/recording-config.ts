export interface RecordingConfig {
  /** whether calls are recorded whose assistant does not say */
  isOn: boolean;
  /** how long a recording_url is good for */
  urlTtlSeconds: number;
  /** where recordings are kept; undefined: in the data folder */
  s3: S3Config | undefined;
}

export interface S3Config {
  /** without a slash at its end */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** `endpoint/bucket/key`, which every server takes, instead of `bucket.endpoint/key` */
  isPathStyle: boolean;
}

/** As config.ts has it: gives the value, or throws an Error that says what is allowed. */
type Reader<T> = (text: string) => T;

const DEFAULT_URL_TTL_SECONDS = 7 * 86_400;
const LONGEST_URL_TTL_SECONDS = 3_650 * 86_400;
const S3 = ["ENDPOINT", "BUCKET", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"].map((name) => `RECORDING_S3_${name}`);

/** config.ts's share of src/recordings. @param read  as there; what is wrong is added to `problems` */
export function readRecordingConfig(
  read: <T>(name: string, reader: Reader<T>, fallback: T) => T,
  readers: { httpUrl: Reader<string>; oneOf: (allowed: readonly string[]) => Reader<string> },
  problems: string[],
): RecordingConfig {
  const text: Reader<string | undefined> = (value) => value;
  const endpoint = read("RECORDING_S3_ENDPOINT", readers.httpUrl, undefined);
  const bucket = read("RECORDING_S3_BUCKET", bucketName, undefined);
  const accessKeyId = read("RECORDING_S3_ACCESS_KEY_ID", text, undefined);
  const secretAccessKey = read("RECORDING_S3_SECRET_ACCESS_KEY", text, undefined);
  const given = [endpoint, bucket, accessKeyId, secretAccessKey];
  const missing = S3.filter((_name, index) => given[index] === undefined);
  if (missing.length > 0 && missing.length < S3.length) {
    // With half of them recordings would silently stay on this machine.
    for (const name of missing)
      problems.push(`${name}: must be set with ${S3.filter((each) => each !== name).join(", ")}`);
  }
  const region = read("RECORDING_S3_REGION", text, undefined) ?? "us-east-1";
  const isPathStyle = read("RECORDING_S3_PATH_STYLE", readers.oneOf(["on", "off"]), "on") === "on";
  return {
    isOn: read("RECORDING", readers.oneOf(["off", "on"]), "off") === "on",
    urlTtlSeconds: read("RECORDING_URL_TTL_SECONDS", seconds, DEFAULT_URL_TTL_SECONDS),
    s3:
      endpoint && bucket && accessKeyId && secretAccessKey
        ? { endpoint, bucket, region, accessKeyId, secretAccessKey, isPathStyle }
        : undefined,
  };
}

function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < 60 || value > LONGEST_URL_TTL_SECONDS) {
    throw new Error(`must be a number of seconds from 60 to ${LONGEST_URL_TTL_SECONDS}`);
  }
  return value;
}

function bucketName(text: string): string {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(text)) {
    throw new Error("must be a bucket's name: 3 to 63 small letters, digits, dots and hyphens");
  }
  return text;
}
