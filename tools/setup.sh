#!/bin/sh
# Makes .venv from requirements-dev.lock and puts the project itself into it. Takes uv where it is on the PATH, pip otherwise.
# It knows no package source: pip and uv use the one this machine is set to.
set -eu

python=${PYTHON:-python3}

fail() {
    printf '\n%s\n%s\n' "$1" "$2" >&2
    exit 1
}

"$python" -c '' 2>/dev/null || fail \
    "找不到可用的 $python。请安装 Python 3.11 或更高版本，或用 make PYTHON=路径 指定。" \
    "Cannot run $python. Install Python 3.11 or newer, or name one: make PYTHON=path."

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail \
    "$python 版本太低，需要 Python 3.11 或更高版本。可用 make PYTHON=python3.11 指定另一个。" \
    "$python is too old: Python 3.11 or newer is needed. Name another one: make PYTHON=python3.11."

failed_to_install() {
    fail "依赖没有装上，原因见上。请检查网络和本机的软件包源设置，然后再次运行 make setup。" \
        "The packages could not be installed, see above. Check the network and this machine's package source, then run make setup again."
}

if command -v uv >/dev/null 2>&1; then
    UV_PYTHON_DOWNLOADS=never
    export UV_PYTHON_DOWNLOADS
    interpreter=$("$python" -c 'import sys; print(sys.executable)')
    uv venv --quiet --allow-existing --python "$interpreter" .venv || failed_to_install
    uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements-dev.lock || failed_to_install
    uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e . || failed_to_install
else
    "$python" -c 'import venv, ensurepip' 2>/dev/null || fail \
        "$python 缺少 venv 模块。Debian、Ubuntu 请由管理员安装：apt install python3-venv；也可以改用 uv。" \
        "$python lacks the venv module. On Debian or Ubuntu: apt install python3-venv; or put uv on the PATH."
    "$python" -m venv .venv || failed_to_install
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock || failed_to_install
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . || failed_to_install
fi

echo "已就绪：.venv/bin/yumiao"
