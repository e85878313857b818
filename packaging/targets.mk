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
	$(Q)[ -e "$(PRACTICE)/clinic.db" -a ! -e "$(PRACTICE)/unfinished" ] || $(BUILD)/cunyi --data "$(PRACTICE)" demo
	$(Q)$(BUILD)/cunyi --data "$(PRACTICE)"

# The manual pages are made from the table of commands; completion asks the program itself.
MANUALS := $(BUILD)/man/man1/cunyi.1 $(BUILD)/man/zh_CN/man1/cunyi.1
.PHONY: man
man: $(MANUALS)
$(BUILD)/man/man1/cunyi.1: packaging/man/cunyi.1.in
$(BUILD)/man/zh_CN/man1/cunyi.1: packaging/man/cunyi.zh_CN.1.in
$(MANUALS): packaging/man/make.sh $(BUILD)/cunyi $(MO)
	@mkdir -p $(@D)
	@echo "  MAN  $@"
	$(Q)sh packaging/man/make.sh $(BUILD)/cunyi $(if $(findstring zh_CN,$@),zh,en) $(filter %.in,$^) > $@.tmp && mv $@.tmp $@

SHARE := $(DESTDIR)$(PREFIX)/share
UNITS := $(DESTDIR)$(PREFIX)/lib/systemd/user
install: all man ## installs below $(DESTDIR)$(PREFIX)
	install -D -s -m 755 $(BUILD)/cunyi $(DESTDIR)$(PREFIX)/bin/cunyi
	install -D -m 644 $(MO) $(SHARE)/locale/zh_CN/LC_MESSAGES/cunyi.mo
	install -D -m 644 $(BUILD)/man/man1/cunyi.1 $(SHARE)/man/man1/cunyi.1
	install -D -m 644 $(BUILD)/man/zh_CN/man1/cunyi.1 $(SHARE)/man/zh_CN/man1/cunyi.1
	install -D -m 644 packaging/completions/cunyi $(SHARE)/bash-completion/completions/cunyi
	install -D -m 644 packaging/systemd/cunyi-sync.timer $(UNITS)/cunyi-sync.timer
	sed 's,@BINDIR@,$(PREFIX)/bin,' packaging/systemd/cunyi-sync.service.in > $(UNITS)/cunyi-sync.service
	for f in LICENSE CHANGELOG.md $(wildcard README*.md); do install -D -m 644 $$f $(SHARE)/doc/cunyi/$$f || exit 1; done

uninstall: ## takes away what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/cunyi $(SHARE)/locale/zh_CN/LC_MESSAGES/cunyi.mo $(SHARE)/man/man1/cunyi.1 \
	  $(SHARE)/man/zh_CN/man1/cunyi.1 $(SHARE)/bash-completion/completions/cunyi $(UNITS)/cunyi-sync.timer \
	  $(UNITS)/cunyi-sync.service
	rm -rf $(SHARE)/doc/cunyi

format: ## lays out the C files anew (clang-format)
	$(Q)$(SETUP) lint
	$(Q)git ls-files '*.c' '*.h' | xargs clang-format -i

clean: ## removes all build folders
	rm -rf build build-*
