import { readArray } from "./array.ts";
import { type Read, readBoolean, readFloat, readInteger, readJson, readText } from "./value.ts";

/** A type of PostgreSQL, as far as reading its values goes. */
export interface Type {
  readonly name: string;
  readonly read: Read;
}

// OIDs of built-in types are part of PostgreSQL's protocol and never change (pg_type.dat).

type Row = readonly [oid: number, arrayOid: number, name: string, read?: Read];

const BUILT_IN: readonly Row[] = [
  [16, 1000, "bool", readBoolean],
  [17, 1001, "bytea"],
  [18, 1002, "char"],
  [19, 1003, "name"],
  [20, 1016, "int8"],
  [21, 1005, "int2", readInteger],
  [23, 1007, "int4", readInteger],
  [24, 1008, "regproc"],
  [25, 1009, "text"],
  [26, 1028, "oid", readInteger],
  [27, 1010, "tid"],
  [28, 1011, "xid"],
  [29, 1012, "cid"],
  [114, 199, "json", readJson],
  [142, 143, "xml"],
  [600, 1017, "point"],
  [601, 1018, "lseg"],
  [602, 1019, "path"],
  [603, 1020, "box"],
  [604, 1027, "polygon"],
  [628, 629, "line"],
  [650, 651, "cidr"],
  [700, 1021, "float4", readFloat],
  [701, 1022, "float8", readFloat],
  [718, 719, "circle"],
  [774, 775, "macaddr8"],
  [790, 791, "money"],
  [829, 1040, "macaddr"],
  [869, 1041, "inet"],
  [1033, 1034, "aclitem"],
  [1042, 1014, "bpchar"],
  [1043, 1015, "varchar"],
  [1082, 1182, "date"],
  [1083, 1183, "time"],
  [1114, 1115, "timestamp"],
  [1184, 1185, "timestamptz"],
  [1186, 1187, "interval"],
  [1266, 1270, "timetz"],
  [1560, 1561, "bit"],
  [1562, 1563, "varbit"],
  [1700, 1231, "numeric"],
  [2202, 2207, "regprocedure"],
  [2205, 2210, "regclass"],
  [2206, 2211, "regtype"],
  [2950, 2951, "uuid"],
  [3220, 3221, "pg_lsn"],
  [3614, 3643, "tsvector"],
  [3615, 3645, "tsquery"],
  [3802, 3807, "jsonb", readJson],
  [3904, 3905, "int4range"],
  [3906, 3907, "numrange"],
  [3908, 3909, "tsrange"],
  [3910, 3911, "tstzrange"],
  [3912, 3913, "daterange"],
  [3926, 3927, "int8range"],
  [4072, 4073, "jsonpath"],
  [4451, 6150, "int4multirange"],
  [4532, 6151, "nummultirange"],
  [4533, 6152, "tsmultirange"],
  [4534, 6153, "tstzmultirange"],
  [4535, 6155, "datemultirange"],
  [4536, 6157, "int8multirange"],
];

/** The only type whose arrays have another delimiter: its own values are full of commas. */
const BOX = 603;

const TYPES: ReadonlyMap<number, Type> = new Map(
  BUILT_IN.flatMap(([oid, arrayOid, name, read = readText]): [number, Type][] => {
    const delimiter = oid === BOX ? ";" : ",";
    const readAll: Read = (text) => readArray(text, read, delimiter);
    return [
      [oid, { name, read }],
      [arrayOid, { name: `${name}[]`, read: readAll }],
    ];
  }),
);

const OTHER: Type = { name: "other", read: readText };

/** The type with an OID. One that is not built in is read as text; its name is not known here. */
export function typeOf(oid: number): Type {
  return TYPES.get(oid) ?? OTHER;
}
