import type { Dirent, Stats, StatsFs } from "node:fs";

// A default import would have a bundle copy the whole table of the module on every start.
const fs = process.getBuiltinModule("node:fs");

type Maybe<T> = T | Promise<T>;

/**
 * The system calls the sandbox makes. Callers always `await`, so one body of code runs on both
 * kinds of disk: {@link localDisk} answers at once, {@link distantDisk} through the thread pool.
 */
export interface Disk {
  open(path: string, flags: number, mode?: number): Maybe<number>;
  close(fd: number): Maybe<void>;
  fstat(fd: number): Maybe<Stats>;
  stat(path: string): Maybe<Stats>;
  lstat(path: string): Maybe<Stats>;
  statfs(path: string): Maybe<StatsFs>;
  /** The path with every link resolved. */
  realpath(path: string): Maybe<string>;
  access(path: string, mode: number): Maybe<void>;
  readlink(path: string): Maybe<string>;
  readdir(path: string): Maybe<Dirent[]>;
  read(fd: number, into: Uint8Array, at: number, length: number, position: number): Maybe<number>;
  write(fd: number, from: Uint8Array, at: number, length: number): Maybe<number>;
  chmod(path: string, mode: number): Maybe<void>;
  fchmod(fd: number, mode: number): Maybe<void>;
  fchown(fd: number, uid: number, gid: number): Maybe<void>;
  ftruncate(fd: number, size: number): Maybe<void>;
  rename(from: string, to: string): Maybe<void>;
  link(from: string, to: string): Maybe<void>;
  symlink(text: string, path: string): Maybe<void>;
  unlink(path: string): Maybe<void>;
  mkdir(path: string, mode?: number): Maybe<void>;
  rmdir(path: string): Maybe<void>;
}

/**
 * Synchronous calls. On a disk of this machine a metadata call or a small read takes a few
 * microseconds, while each trip through the thread pool costs about forty.
 */
export const localDisk: Disk = {
  open: fs.openSync,
  close: fs.closeSync,
  fstat: (fd) => fs.fstatSync(fd),
  stat: (path) => fs.statSync(path),
  lstat: (path) => fs.lstatSync(path),
  statfs: (path) => fs.statfsSync(path),
  realpath: (path) => fs.realpathSync.native(path),
  access: fs.accessSync,
  readlink: (path) => fs.readlinkSync(path),
  readdir: (path) => fs.readdirSync(path, { withFileTypes: true }),
  read: (fd, into, at, length, position) => fs.readSync(fd, into, at, length, position),
  write: (fd, from, at, length) => fs.writeSync(fd, from, at, length),
  chmod: fs.chmodSync,
  fchmod: fs.fchmodSync,
  fchown: fs.fchownSync,
  ftruncate: fs.ftruncateSync,
  rename: fs.renameSync,
  link: fs.linkSync,
  symlink: (text, path) => fs.symlinkSync(text, path),
  unlink: fs.unlinkSync,
  mkdir: (path, mode) => fs.mkdirSync(path, { mode }) as undefined,
  rmdir: (path) => fs.rmdirSync(path),
};

/**
 * A function with a callback as one with a promise. `promisify` of `node:util` also copies all properties of each function,
 * which every start would pay for.
 */
export function promised<Args extends unknown[], T = void>(
  call: (...args: [...Args, (error: Error | null, value?: T) => void]) => void,
): (...args: Args) => Promise<T> {
  return (...args) =>
    new Promise((done, fail) =>
      call(...args, (error, value) => (error ? fail(error) : done(value as T))),
    );
}

// The callback forms: merely touching `fs.promises` loads modules that cost every start two milliseconds.
const readdir = (path: string) =>
  new Promise<Dirent[]>((done, fail) =>
    fs.readdir(path, { withFileTypes: true }, (e, entries) => (e ? fail(e) : done(entries))),
  );

/** Calls through the thread pool: a network disk that hangs must not hold up the whole process. */
export const distantDisk: Disk = {
  open: promised<[string, number, number?], number>(fs.open),
  close: promised(fs.close),
  fstat: promised<[number], Stats>(fs.fstat),
  stat: promised<[string], Stats>(fs.stat),
  lstat: promised<[string], Stats>(fs.lstat),
  statfs: promised<[string], StatsFs>(fs.statfs),
  realpath: promised<[string], string>(fs.realpath.native),
  access: promised(fs.access),
  readlink: promised<[string], string>(fs.readlink),
  readdir,
  read: (fd, into, at, length, position) =>
    new Promise((done, fail) =>
      fs.read(fd, into, at, length, position, (e, count) => (e ? fail(e) : done(count))),
    ),
  write: (fd, from, at, length) =>
    new Promise((done, fail) =>
      fs.write(fd, from, at, length, null, (e, count) => (e ? fail(e) : done(count))),
    ),
  chmod: promised(fs.chmod),
  fchmod: promised(fs.fchmod),
  fchown: promised(fs.fchown),
  ftruncate: promised(fs.ftruncate),
  rename: promised(fs.rename),
  link: promised(fs.link),
  symlink: promised<[string, string]>(fs.symlink),
  unlink: promised(fs.unlink),
  mkdir: promised<[string, number?]>(fs.mkdir),
  rmdir: promised<[string]>(fs.rmdir),
};

/** Flushes a file to the disk itself. Always through the thread pool: it may take many milliseconds. */
export const flush: (fd: number) => Promise<void> = promised(fs.fsync);

// `statfs` types of Linux file systems that live on this machine: ext2-4, xfs, btrfs, tmpfs, ramfs,
// overlayfs, zfs, f2fs, bcachefs, erofs, squashfs. Anything else (NFS, SMB, FUSE, proc, ...) may block.
const localTypes = new Set([
  0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x858458f6, 0x794c7630, 0x2fc12fc1, 0xf2f52010,
  0xca451a4e, 0xe0f5e1e2, 0x73717368,
]);

/**
 * The calls to use on the file system that holds `directory`; only known local ones of Linux are called directly.
 * @param by the calls to find it out with
 */
export async function diskOf(directory: string, by: Disk): Promise<Disk> {
  if (process.platform !== "linux") return distantDisk;
  const { type } = await by.statfs(directory);
  return localTypes.has(type) ? localDisk : distantDisk;
}
