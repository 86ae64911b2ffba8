// What a visitor entered waits here, in the browser, until Python has it: sent with a key of its own, so that what is sent
// twice is stored once.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // of a visitor's code; as in okrkit/keep/codes.py

function random(length, signs) {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => signs[byte % signs.length]).join("");
}

function newCode() {
  return random(16, ALPHABET).match(/.{4}/g).join("-");
}

// What the browser keeps between visits; a page that may keep nothing keeps it in memory.
function makeShelf(prefix) {
  const memory = new Map();
  const tried = (action, otherwise) => {
    try {
      return action();
    } catch {
      return otherwise;
    }
  };
  return {
    get: (name) => memory.get(name) ?? tried(() => localStorage.getItem(prefix + name), null),
    set(name, text) {
      const kept = tried(() => (localStorage.setItem(prefix + name, text), true), false);
      if (kept) memory.delete(name);
      else memory.set(name, text);
    },
    drop(name) {
      memory.delete(name);
      tried(() => localStorage.removeItem(prefix + name));
    },
    names(start) {
      const kept = tried(() => Object.keys(localStorage), []).filter((name) => name.startsWith(prefix + start));
      return [...new Set([...kept.map((name) => name.slice(prefix.length)), ...memory.keys()])].filter((name) => name.startsWith(start)).sort();
    },
  };
}

// What waits to be stored, in the order it was said. What was sent once is sent again before anything newer: the first
// attempt may still be on its way.
function makeQueue(shelf) {
  let last = 0;
  const read = (name) => ({ name, ...JSON.parse(shelf.get(name)) });
  const aside = ({ code, slot }) => `refused:${code}:${slot}`;
  const all = () => shelf.names("wait:").map(read).filter((item) => item.key); // another page may have dropped one
  return {
    all,
    about: (code, slot) => all().some((item) => item.code === code && item.slot === slot),
    // What cannot be kept as it is, until it is changed or given up; each with `why`.
    refused: (code) => shelf.names(`refused:${code}:`).map((name) => JSON.parse(shelf.get(name))).filter(Boolean),
    refuse: (item, why) => shelf.set(aside(item), JSON.stringify({ ...item, why })),
    giveUp: (item) => shelf.drop(aside(item)),
    add(item) {
      shelf.drop(aside(item));
      for (const older of all()) if (!older.tried && older.code === item.code && older.slot === item.slot) shelf.drop(older.name);
      last = Math.max(Date.now(), last + 1);
      shelf.set(`wait:${String(last).padStart(15, "0")}`, JSON.stringify({ ...item, key: random(24, ALPHABET) }));
    },
    mark(item) {
      const { name, ...rest } = item;
      shelf.set(name, JSON.stringify({ ...rest, tried: true }));
    },
    drop: (item) => shelf.drop(item.name),
  };
}
