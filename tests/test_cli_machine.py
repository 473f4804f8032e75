"""What a machine does to the commands: full disks, closed files and folders, a terminal for the bars."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.support.commands import ENERGY, SUYIN, UNIVERSITY, suyin

#: Root may read what is closed to it, unless it gives that right away.
MORTAL = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]


def run(*command: object, **env: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*map(str, command)],
        env=os.environ | {k: str(v) for k, v in env.items()},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def as_mortal(*args: object, **env: object) -> subprocess.CompletedProcess[str]:
    if os.geteuid() != 0:
        return run(SUYIN, *args, **env)
    if not shutil.which("setpriv") or run(*MORTAL, "true").returncode:
        pytest.skip("root that cannot give up its rights")
    return run(*MORTAL, SUYIN, *args, **env)


@pytest.fixture
def small_disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A disk of 100 kB, or as large as the test says."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if (
        not shutil.which("mount")
        or run(
            "mount", "-t", "tmpfs", "-o", f"size={getattr(request, 'param', '100k')}", "none", disk
        ).returncode
    ):
        pytest.skip("no disk may be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def one_line(stderr: str) -> str:
    assert re.fullmatch(r"suyin: [^\n]+\n", stderr), stderr
    return stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_standard_output_on_a_full_disk(tmp_path: Path, unbuffered: str) -> None:
    """Unbuffered, as in a container, Python itself would forget the rest and say nothing."""
    done = run(
        "bash",
        "-c",
        f"ulimit -f 8; '{SUYIN}' extract '{UNIVERSITY}' > '{tmp_path}/out.json'",
        PYTHONUNBUFFERED=unbuffered,
    )
    assert done.returncode == 1
    assert "standard output: File too large; " in one_line(done.stderr)


def test_documents_on_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    done = suyin("extract", ENERGY, UNIVERSITY, "--out", small_disk / "out", SUYIN_DATA_DIR=tmp_path / "data")
    assert done.returncode == 1
    assert sorted(path.name for path in (small_disk / "out").iterdir()) == ["energy-group.json"]
    json.loads((small_disk / "out" / "energy-group.json").read_text("utf-8"))
    assert "university.json: cannot be written (No space left on device); " in done.stderr
    listed = suyin("failures", "--json", SUYIN_DATA_DIR=tmp_path / "data").stdout
    assert [Path(entry["file"]) for entry in json.loads(listed)] == [UNIVERSITY]


def test_a_list_of_failures_on_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    (small_disk / "full").write_bytes(bytes(100 * 1024))
    (tmp_path / "bad.txt").touch()
    done = suyin(
        "extract", tmp_path / "bad.txt", ENERGY, "--out", tmp_path / "out", SUYIN_DATA_DIR=small_disk
    )
    assert done.returncode == 1
    assert (tmp_path / "out" / "energy-group.json").is_file()
    first, last = done.stderr.splitlines()
    assert "bad.txt: the file is empty; " in first
    assert "failures.jsonl cannot be written (No space left on device); make room" in first
    assert last == "suyin: 1 failed, 1 of them not recorded; see above"
    for gone in (False, True):  # also when there is room again
        if gone:
            (small_disk / "full").unlink()
        for option in ([], ["--retry"], ["--json"]):
            listed = suyin("failures", *option, SUYIN_DATA_DIR=small_disk)
            assert (listed.returncode, listed.stdout) == (1, "[]\n" if option == ["--json"] else "")
            assert "failures.jsonl.incomplete: some failures could not be written" in one_line(listed.stderr)
    (small_disk / "failures.jsonl.incomplete").unlink()
    assert "no file has failed" in suyin("failures", SUYIN_DATA_DIR=small_disk).stdout


@pytest.mark.store
def test_the_embedded_store_on_a_full_disk(small_disk: Path) -> None:
    done = suyin("load", ENERGY, SUYIN_DATA_DIR=small_disk)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{small_disk / 'arcadedb'}: the disk is full; make room" in one_line(done.stderr)


@pytest.mark.store
@pytest.mark.parametrize("small_disk", ["24m"], indirect=True)
def test_a_disk_that_fills_up_under_the_store(small_disk: Path) -> None:
    env = {"SUYIN_DATA_DIR": small_disk}
    empty = suyin("status", "--json", **env).stdout
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 500_000))
    done = suyin("load", ENERGY, **env)
    assert done.returncode == 1
    assert "arcadedb: the disk is full; make room" in done.stderr
    (small_disk / "filler").unlink()
    assert suyin("status", "--json", **env).stdout == empty
    assert suyin("load", ENERGY, **env).returncode == 0


@pytest.mark.store
@pytest.mark.parametrize("name", ["数据", "𠮷 a,b;c:d", "${HOME}"])
def test_a_folder_of_any_name_in_the_locale_c(tmp_path: Path, name: str) -> None:
    """Java takes the encoding of names from the locale, and fills in what looks like a variable."""
    run = suyin("status", "--json", SUYIN_DATA_DIR=tmp_path / name, LC_ALL="C")
    assert (run.returncode, run.stderr) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name / "arcadedb" / "databases" / "neo4j").is_dir()


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux a name may be any bytes")
def test_a_folder_whose_name_is_not_utf8(tmp_path: Path) -> None:
    gbk = os.fsencode(tmp_path) + b"/" + "测试".encode("gbk")
    run = suyin("status", SUYIN_DATA_DIR=os.fsdecode(gbk))
    assert run.returncode == 1
    assert "the name of this folder is not UTF-8; set SUYIN_DATA_DIR" in one_line(run.stderr)
    assert not [*tmp_path.iterdir()]


def test_closed_files_and_folders(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "closed").mkdir(parents=True)
    for path in (folder / "bad.txt", folder / "closed" / "r.txt", folder / "good.txt"):
        path.write_bytes(ENERGY.read_bytes())
    (folder / "bad.txt").chmod(0)
    (folder / "closed").chmod(0)
    env = {"SUYIN_DATA_DIR": tmp_path / "data"}
    try:
        done = as_mortal("extract", folder, "--out", tmp_path / "out", **env)
        alone = as_mortal("extract", folder / "closed" / "r.txt", **env)
    finally:
        (folder / "closed").chmod(0o755)
    assert (done.returncode, alone.returncode) == (1, 1)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["good.json"]
    closed = "cannot be read (Permission denied); check the permissions"
    assert done.stderr.splitlines()[:2] == [
        f"suyin: {folder / name}: {closed}" for name in ("bad.txt", "closed")
    ]
    assert one_line(alone.stderr) == f"suyin: {folder / 'closed' / 'r.txt'}: {closed}\n"
    (folder / "bad.txt").chmod(0o644)
    assert suyin("failures", "--retry", **env).returncode == 0
    written = sorted(
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.json")
    )
    assert written == ["bad.json", "closed/r.json", "good.json"]


@pytest.mark.usefixtures("ocr")
def test_the_pages_of_a_scan_are_shown_on_a_terminal(tmp_path: Path) -> None:
    page = Image.new("RGB", (800, 300), "white")
    ImageDraw.Draw(page).text((60, 80), "AUDIT REPORT 2023", fill="black", font=ImageFont.load_default(48))
    page.save(tmp_path / "scan.pdf", save_all=True, append_images=[page, page])
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [SUYIN, "extract", tmp_path / "scan.pdf"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:  # the other end is closed
        pass
    stdout, _ = process.communicate(timeout=300)
    os.close(ours)
    assert json.loads(stdout)["report"]["source"]["name"] == "scan.pdf"
    assert "页 pages" in shown.decode()
    assert b"1/3" in shown
    assert b"2/3" in shown
