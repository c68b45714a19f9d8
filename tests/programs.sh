#!/bin/sh
# Installs what the end-to-end tests open documents with, from the system's packages, where we may.
missing=""
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-writer-nogui libreoffice-calc-nogui"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 \
  || missing="$missing chromium"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing for the end-to-end tests:$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing fonts-dejavu fonts-liberation >/dev/null && exit 0
fi
echo "=================================================================================="
echo "NOT INSTALLED:$missing"
echo "The tests that open documents in LibreOffice and pages in Chromium will be SKIPPED."
echo "=================================================================================="
exit 0
