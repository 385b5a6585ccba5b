# Shared by ./run, ./test and bench/run: installs what is missing and builds. Sourced from the project's root.

# setup_packages run|test|bench: the packages of apt.txt, those below "# test" only for tests and benchmarks, those below "# bench" only for these. npm counts as installed when
# the command is there, whoever brought it: NodeSource's package conflicts with Debian's.
setup_packages() {
  local wanted=() missing=() package section=run
  while read -r package; do
    [[ $package == "# test"* ]] && section=test
    [[ $package == "# bench"* ]] && section=bench
    [[ -z $package || $package == \#* ]] && continue
    [[ $section == run || $section == "$1" || ($1 == bench && $section == test) ]] || continue
    wanted+=("$package")
  done <apt.txt
  for package in "${wanted[@]}"; do
    [[ $package == npm ]] && command -v npm >/dev/null && continue
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  [[ ${#missing[@]} -eq 0 ]] && return 0
  echo "installing ${#missing[@]} Debian packages: ${missing[*]}"
  local sudo=()
  [[ $(id -u) -eq 0 ]] || sudo=(sudo)
  export DEBIAN_FRONTEND=noninteractive
  local log
  log=$(mktemp)
  if ! { "${sudo[@]}" apt-get -o DPkg::Lock::Timeout=300 update -qq &&
         "${sudo[@]}" apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -20 "$log" >&2
    echo "could not install the packages of apt.txt; install them by hand, then run this again" >&2
    exit 1
  fi
  rm -f "$log"
}

# build PRESET TARGET [WITH_TESTS]: configures when needed and builds; the errors when it fails, else next to nothing.
# `./run` configures without the tests, so that it need not install what only they need.
build() {
  local cache=build/$1/CMakeCache.txt tests=${3:-OFF} log
  tools/fetch-duckdb
  log=$(mktemp)
  if [[ ! -f build/$1/build.ninja ]] || { [[ $tests == ON ]] && ! grep -q '^STOCKTAKE_TESTS:BOOL=ON' "$cache"; }; then
    echo "configuring and building ($1: some minutes the first time)"
    cmake --preset "$1" "-DSTOCKTAKE_TESTS=$tests" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
  fi
  cmake --build --preset "$1" --target "$2" -- --quiet >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
  rm -f "$log"
}

# python_venv FOLDER: FOLDER/.venv with what FOLDER/requirements.txt names; made anew when that file changes.
python_venv() {
  cmp -s "$1/requirements.txt" "$1/.venv/installed.txt" && return 0
  echo "installing what $1/requirements.txt names"
  rm -rf "$1/.venv"
  # Modules are compiled when they are first imported, not all of them now.
  python3 -m venv "$1/.venv" &&
    "$1/.venv/bin/pip" install --quiet --disable-pip-version-check --no-compile -r "$1/requirements.txt" &&
    cp "$1/requirements.txt" "$1/.venv/installed.txt"
}
