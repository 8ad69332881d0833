#!/bin/sh
# The tests open and save workbooks as people do: Debian's LibreOffice Calc, installed here where that is possible.
command -v soffice >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo -n"
  if $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null; then exit 0; fi
fi
echo "No LibreOffice was found. Install it (Debian: apt-get install libreoffice-calc-nogui) and run the tests again." >&2
exit 1
