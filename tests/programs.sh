#!/bin/sh
# Installs what the end-to-end tests need and this machine lacks: programs that users have, and the fonts that layouts rely on.
# Each is looked for, and installed, by itself. Whatever cannot be installed is named, and the tests that need it are skipped.

has() { command -v "$1" >/dev/null 2>&1; }
has_font() { has fc-list && fc-list --quiet "$1"; }
has_office() {
  office=$(command -v soffice || command -v libreoffice) && [ -e "$(dirname "$(readlink -f "$office")")/lib$1lo.so" ]
}

missing() {
  has_office sw || echo libreoffice-writer-nogui
  has_office sc || echo libreoffice-calc-nogui
  has pdftotext || echo poppler-utils
  has chromium || has chromium-browser || has google-chrome || echo chromium
  has fc-list || echo fontconfig
  has_font "Liberation Sans" || echo fonts-liberation
  has_font "DejaVu Sans" || echo fonts-dejavu-core
}

[ -n "$(missing)" ] || exit 0
if [ "$(id -u)" = 0 ] && has apt-get; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  for package in $(missing); do
    echo "Installing $package for the end-to-end tests"
    apt-get install -y -qq --no-install-recommends "$package" >/dev/null
  done
fi
if [ -n "$(missing)" ]; then
  echo "=================================================================================="
  echo "NOT INSTALLED:" $(missing)
  echo "The tests that need them will be SKIPPED (and will fail where CI=true)."
  echo "=================================================================================="
fi
exit 0
