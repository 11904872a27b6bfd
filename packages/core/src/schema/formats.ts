import { parseUriTemplate } from "../uri-template.ts";

/** Whether a text is well-formed in one format. */
export type FormatCheck = (text: string) => boolean;

const fullDate = /^(\d{4})-(\d{2})-(\d{2})$/;
const fullTime = /^(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:z|([+-])(\d{2}):(\d{2}))$/i;
const durationText =
  /^P(?!$)(?:\d+W|(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)?(?:T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?)$/;
const dotAtom = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const quotedLocal = /^"(?:[^"\\\r\n]|\\.)*"$/;
const domainName =
  /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;
const ipv4Text = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const uriCharacters = /^(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[\da-f]{2})*$/i;
const uriReferenceText =
  /^(?:([a-z][a-z\d+.-]*):)?(?:\/\/([^/?#]*))?([^?#[\]]*)(?:\?[^#[\]]*)?(?:#[^#[\]]*)?$/i;
const authorityText = /^(?:[^@[\]]*@)?(\[[^\]]*\]|[^:@[\]]*)(?::\d*)?$/;

function date(text: string): boolean {
  const [, year, month, day] = fullDate.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= days;
}

function time(text: string): boolean {
  const found = fullTime.exec(text);
  if (!found) return false;
  const [hour = 0, minute = 0, second = 0] = found.slice(1, 4).map(Number);
  const offsetHour = Number(found[5] ?? 0);
  const offsetMinute = Number(found[6] ?? 0);
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false;
  if (second < 60) return true;
  // RFC 3339 section 5.7: a leap second is the last of a day in UTC.
  const sign = found[4] === "-" ? 1 : -1;
  const utc = hour * 60 + minute + sign * (offsetHour * 60 + offsetMinute);
  return (utc + 2 * 1440) % 1440 === 1439;
}

function dateTime(text: string): boolean {
  return /^.{10}t/i.test(text) && date(text.slice(0, 10)) && time(text.slice(11));
}

function email(text: string): boolean {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const domain = text.slice(at + 1);
  if (at < 1 || local.length > 64 || domain.length > 255) return false;
  if (!dotAtom.test(local) && !quotedLocal.test(local)) return false;
  const address = /^\[(IPv6:)?(.*)\]$/i.exec(domain);
  if (!address) return domainName.test(domain);
  return address[1] ? ipv6(address[2] ?? "") : ipv4Text.test(address[2] ?? "");
}

function ipv6(text: string): boolean {
  if (text.length > 45) return false;
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = text.endsWith("::") ? undefined : groups.at(-1);
  let count = groups.length;
  if (last?.includes(".")) {
    if (!ipv4Text.test(last)) return false;
    groups.pop();
    count += 1;
  }
  const wellFormed = groups.every((group) => /^[\da-f]{1,4}$/i.test(group));
  return wellFormed && (halves.length === 2 ? count < 8 : count === 8);
}

function uriReference(text: string): boolean {
  if (!uriCharacters.test(text)) return false;
  const [whole, scheme, authority, path = ""] = uriReferenceText.exec(text) ?? [];
  if (whole === undefined) return false;
  // RFC 3986 section 4.2: without a scheme, the first segment of a path has no colon.
  if (scheme === undefined && authority === undefined && /^[^/]*:/.test(path)) return false;
  if (authority === undefined) return true;
  const host = authorityText.exec(authority)?.[1];
  if (host === undefined) return false;
  return !host.startsWith("[") || ipv6(host.slice(1, -1)) || /^\[v[\da-f]+\..+\]$/i.test(host);
}

function uri(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:/i.test(text) && uriReference(text);
}

function uriTemplate(text: string): boolean {
  try {
    parseUriTemplate(text);
  } catch {
    return false;
  }
  return !/[\s"'<>\\^`|]/.test(text.replace(/\{[^}]*\}/g, ""));
}

function regex(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}

/** Base64 as RFC 4648 section 4 has it, padded. */
function byte(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(text);
}

/**
 * Checks for the formats that can be told without tables, to pass as `formats` to `compile`.
 * A `format` not among them stays an annotation.
 */
export const formats: Readonly<Record<string, FormatCheck>> = {
  date,
  time,
  "date-time": dateTime,
  duration: (text) => durationText.test(text),
  email,
  ipv4: (text) => ipv4Text.test(text),
  ipv6,
  uri,
  "uri-reference": uriReference,
  "uri-template": uriTemplate,
  uuid: (text) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text),
  "json-pointer": (text) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text),
  "relative-json-pointer": (text) => /^(?:0|[1-9]\d*)(?:#|(?:\/(?:[^~/]|~[01])*)*)$/.test(text),
  regex,
  byte,
};
