#!/bin/sh
# The app's tests need a real browser: Debian's chromium, installed here where that is possible.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1; then
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo -n"
  # fonts by name: an installation without recommended packages would draw no letters
  if $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-liberation >/dev/null; then exit 0; fi
fi
echo "No chromium was found. Install it (Debian: apt-get install chromium) and run the tests again." >&2
exit 1
