"""Where what belongs to a client is kept: in the reader's data folder, never in the client's."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from hashlib import sha256
from pathlib import Path

from platformdirs import user_data_path

from okrkit.errors import StoreError, UsageError

NETWORK_DRIVES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "fuse.sshfs"})


def client_place(folder: str | Path, home: Path) -> Path:
    """The folder below `home` that belongs to the client in `folder`.

    Each client has a place of its own, named after its folder and told apart by the full path.
    """
    client = Path(folder).expanduser().resolve()
    name = re.sub(r"[^\w-]+", "-", client.name).strip("-")[:40] or "client"
    mark = sha256(os.path.normcase(client).encode(errors="surrogatepass")).hexdigest()[:10]
    return home / "clients" / f"{name}-{mark}"


def store_path(folder: str | Path, *, home: Path | None = None) -> Path:
    """Where the answers of the client in `folder` are kept."""
    return client_place(folder, home or user_data_path("okrkit")) / "answers.sqlite"


def store_of(folder: Path) -> Path:
    """Where the answers of the client in `folder` are kept, when there is such a folder.

    Raises
    ------
    UsageError
        If `folder` is not a folder.
    """
    if not folder.is_dir():
        raise UsageError(
            f"{folder} is not a folder. Give the folder that holds the client's files."
        )
    return store_path(folder)


def make_private_file(path: Path) -> None:
    """An empty file only its owner can read, unless one is there; its name outlives a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        for folder in path.parents[:3]:
            sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """See the names in `folder` on the disk. Windows does so by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_whole(path: Path, text: str) -> None:
    """Write beside `path`, see it on the disk, then take its place; only its owner can read it."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(beside).unlink()
        raise
    sync_folder(path.parent)


def keep_whole(path: Path, text: str) -> None:
    """As `write_whole`, in a folder made if need be.

    Raises
    ------
    UsageError
        If it cannot be written; says why.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, text)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}).") from None


def refuse_network_drive(path: Path, mounts: str | None = None) -> None:
    """Refuse a store on a network drive, whose locks and caches lose what was acknowledged.

    `mounts` is what Linux says is mounted where; other systems do not say.

    Raises
    ------
    StoreError
        If `path` lies on a network drive.
    """
    if mounts is None:
        listed = Path("/proc/self/mounts")
        mounts = listed.read_text(encoding="utf-8", errors="replace") if listed.exists() else ""
    kinds = {}
    for line in mounts.splitlines():
        _, where, kind, *_ = line.split(" ")
        kinds[Path(where.replace("\\040", " "))] = kind
    place = path.resolve()
    kind = next((kinds[folder] for folder in place.parents if folder in kinds), "")
    if kind in NETWORK_DRIVES:
        raise StoreError(
            f"{path} lies on a network drive ({kind}), where a saved answer can be lost. Put the"
            " data folder on a disk of this computer.",
            saved=False,
        )
