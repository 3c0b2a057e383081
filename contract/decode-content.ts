import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { type Headers, headerValue } from '../spec/http.ts';

/** The content codings of RFC 9110 (section 8.4.1), RFC 7932 and RFC 8878. */
const decoders = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};

/** A longer body is not decoded: a few bytes of gzip can become gigabytes. */
const mostDecoded = 16 * 1024 * 1024;

/** A body without its content coding; undefined if it has another coding, is damaged or becomes longer than 16 MB. */
export function decodeContent(body: Uint8Array, headers: Headers): Uint8Array | undefined {
  const coding = headerValue(headers, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (coding === 'identity' || body.length === 0) return body;
  if (!Object.hasOwn(decoders, coding)) return undefined;
  try {
    return decoders[coding as keyof typeof decoders](body, { maxOutputLength: mostDecoded });
  } catch {
    return undefined;
  }
}
