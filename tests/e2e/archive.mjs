// Reads the ZIP archives of the platform (PKWARE's APPNOTE 6.3): below 4 GiB, nothing compressed.
const END = Buffer.from("PK\x05\x06", "latin1");
const ENTRY = "PK\x01\x02";

/** The files of an archive, by name. */
export const unzip = (bytes) => {
  const end = bytes.lastIndexOf(END);
  if (end < 0) throw new Error("This is not a ZIP archive.");
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    if (bytes.toString("latin1", at, at + 4) !== ENTRY) throw new Error("The directory is broken.");
    if (bytes.readUInt16LE(at + 10) !== 0) throw new Error("An entry is compressed.");
    const size = bytes.readUInt32LE(at + 24);
    const [name, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), bytes.subarray(from, from + size));
    at += 46 + name + extra + comment;
  }
  return files;
};
