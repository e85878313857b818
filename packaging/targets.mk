# Targets for people: make help prints them from the lines with two hashes.

PRACTICE ?= $(or $(XDG_DATA_HOME),$(HOME)/.local/share)/cunyi-practice
SETUP    := sh packaging/setup.sh
# The engine's package is fetched once; after that npm is not needed.
ENGINE_SET := $(if $(filter mc,$(ENGINE)),$(if $(wildcard $(ENGINE_HEADER)),,engine),system)
# Packages are installed before the flags are asked of pkg-config, so the real work is another make.
AGAIN    := +$(Q)$(MAKE) --no-print-directory

.PHONY: help deps run install uninstall clean format
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' packaging/targets.mk tests/tests.mk tests/fuzz/fuzz.mk tests/bench/bench.mk | \
	  awk -F'|' '{ printf "  make %-12s %s\n", $$1, $$2 }'
	@echo "  Variables: ENGINE=mc|system  CC=gcc|clang  PREFIX=/usr/local  DESTDIR=  BUILD=folder  V=1"

deps: ## installs the Debian packages that are missing (asks for sudo when not root)
	$(Q)$(SETUP) build test $(ENGINE_SET) $(if $(findstring clang,$(CC)),clang)

run: deps ## installs what is missing, builds, makes a practice clinic if there is none, and opens the program
	$(AGAIN) all
	$(Q)[ -e "$(PRACTICE)" ] || $(BUILD)/cunyi --data "$(PRACTICE)" demo
	$(Q)CUNYI_LOCALEDIR=$(abspath $(BUILD)/locale) $(BUILD)/cunyi --data "$(PRACTICE)"

install: all ## installs below $(DESTDIR)$(PREFIX)
	install -D -s -m 755 $(BUILD)/cunyi $(DESTDIR)$(PREFIX)/bin/cunyi
	install -D -m 644 $(MO) $(DESTDIR)$(PREFIX)/share/locale/zh_CN/LC_MESSAGES/cunyi.mo
	for f in $(wildcard packaging/man/*.1); do \
	  install -D -m 644 $$f $(DESTDIR)$(PREFIX)/share/man/man1/$${f##*/} || exit 1; done
	install -D -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/cunyi/LICENSE

uninstall: ## takes away what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/cunyi $(DESTDIR)$(PREFIX)/share/locale/zh_CN/LC_MESSAGES/cunyi.mo \
	  $(patsubst packaging/man/%,$(DESTDIR)$(PREFIX)/share/man/man1/%,$(wildcard packaging/man/*.1))
	rm -rf $(DESTDIR)$(PREFIX)/share/doc/cunyi

format: ## lays out the C files anew (clang-format)
	$(Q)$(SETUP) lint
	$(Q)git ls-files '*.c' '*.h' | xargs clang-format -i

clean: ## removes all build folders
	rm -rf build build-*
