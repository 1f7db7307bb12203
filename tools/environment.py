"""Make .venv from a lock, once; say in one sentence what stands in the way.

``python tools/environment.py run`` installs what OneNumber needs to run, ``dev`` also what its tests need. The folder is
made again only when a lock changed, or the Python that it was made with. Standard library only, and written so that
a Python too old for OneNumber still understands it far enough to say so.
"""

from __future__ import print_function

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "onenumber.stamp")
LOCKS = {"run": ["requirements.txt"], "dev": ["requirements.txt", "requirements-dev.txt"]}
OLDEST, NEWEST = (3, 11), (3, 13)


def main(arguments):
    """Bring .venv to what the arguments ask for; 0 when it is there."""
    wanted = arguments[0] if arguments else "run"
    if wanted not in LOCKS:
        return refuse("There is no set of libraries called '%s': write run or dev." % wanted)
    obstacle = what_stands_in_the_way()
    if obstacle:
        return refuse(obstacle)
    return bring(wanted)


def what_stands_in_the_way():
    """One sentence, or nothing."""
    here = sys.version_info[:2]
    if not OLDEST <= here <= NEWEST:
        return (
            "OneNumber runs on Python %d.%d to %d.%d, and %s is %d.%d: install one of those "
            "and name it, as in `make run PYTHON=python%d.%d`." % (OLDEST + NEWEST + (sys.executable,) + here + NEWEST)
        )
    try:
        import ensurepip  # noqa: F401, PLC0415 - asked for here, so that an old Python gets as far as the sentence
        import venv  # noqa: F401, PLC0415
    except ImportError:
        return (
            "This Python %d.%d comes without its venv module: install it (Debian and Ubuntu: "
            "`apt-get install python%d.%d-venv`) and start again." % (here + here)
        )
    return ""


def bring(wanted):
    """Do only what is missing: everything, the test libraries, the project itself, or nothing."""
    marks = {name: digest(name) for name in LOCKS[wanted] + ["pyproject.toml"]}
    marks["python"] = sys.version.replace("\n", " ")
    held = read_stamp()
    if any(held.get(name) not in (None, marks[name]) for name in marks if name != "pyproject.toml") or not held:
        print("Making .venv with Python %d.%d ..." % sys.version_info[:2])
        run([sys.executable, "-m", "venv", "--clear", VENV], "The folder .venv could not be made.")
        held = {}
    lock = LOCKS[wanted][-1]
    if held.get(lock) != marks[lock]:
        install(lock)
    if held.get("pyproject.toml") != marks["pyproject.toml"]:
        install_project()
    held.update(marks)
    write_stamp(held)
    return 0


def install(lock):
    """Install a lock: every file by its hash, built files only."""
    print("Installing %s (the first time this takes a minute) ..." % lock)
    run(
        pip("--require-hashes", "--only-binary", ":all:", "--requirement", os.path.join(ROOT, lock)),
        "The libraries of %s could not be installed: is a package index reachable?" % lock,
    )


def install_project():
    """Put this folder itself into .venv, so that an edit counts at once."""
    run(
        pip("--no-index", "--no-deps", "--no-build-isolation", "--editable", ROOT),
        "OneNumber itself could not be installed into .venv.",
    )


def pip(*arguments):
    """The command line of an install that says nothing unless it fails."""
    quiet = ["-qq", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    return [PYTHON, "-m", "pip", "install"] + quiet + list(arguments)


def run(command, sentence):
    """Run a command; when it fails, end with a sentence."""
    # pip as root warns about itself; this folder is ours alone
    code = subprocess.call(command, env=dict(os.environ, PIP_ROOT_USER_ACTION="ignore"))
    if code:
        sys.exit(refuse(sentence + " What went wrong stands above."))


def digest(name):
    """The hash of a file of the project."""
    with open(os.path.join(ROOT, name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_stamp():
    """What .venv was made from: name -> hash; empty when it is not whole."""
    if not (os.path.exists(STAMP) and os.path.exists(PYTHON)):
        return {}
    with open(STAMP) as file:
        return dict(line.rstrip("\n").split("\t", 1) for line in file)


def write_stamp(held):
    """Note what .venv was made from, last of all: a stamp means that it is whole."""
    with open(STAMP, "w") as file:
        file.writelines("%s\t%s\n" % (name, held[name]) for name in sorted(held))


def refuse(sentence):
    """Say it and fail."""
    sys.stderr.write(sentence + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
