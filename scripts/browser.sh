#!/bin/sh
# The app's tests need a real browser: Debian's chromium, installed here where that is possible.
for name in chromium chromium-browser google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "No chromium was found. Install it (Debian: apt-get install chromium) and run the tests again." >&2
exit 1
