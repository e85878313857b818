# Cunyi: one file builds, installs, runs, tests and measures everything.  `make help` lists the targets.
#
# The layers are static archives, low to high; every test links only the layer it tests and those below it,
# so an upward call does not link.  Sources are found by folder: a new file needs no line here.

ENGINE   ?= mc
# Each engine and compiler has a build folder of its own; other changes of flags rebuild what is there (FLAGS_STAMP).
.DEFAULT_GOAL := all
BUILD    ?= build$(if $(filter system,$(ENGINE)),-system)$(if $(filter-out cc gcc,$(CC)),-$(notdir $(CC)))
# ENGINE=mc: SQLite3MultipleCiphers from npm, static.   ENGINE=system: Debian's libsqlite3.
PREFIX   ?= /usr/local
CC       ?= cc
VERSION  := 0.1.0
V        ?= 0
ifeq ($(V),0)
Q := @
endif

# ---- flags -------------------------------------------------------------------------------------------------
WARN  := -pedantic -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes -Wmissing-prototypes \
         -Wold-style-definition -Wpointer-arith -Wcast-qual -Wwrite-strings -Wformat=2 -Wundef -Wvla \
         -Wnull-dereference -Wfloat-equal -Wswitch-enum -Wtrigraphs
ISGCC := $(shell $(CC) --version 2>/dev/null | grep -qi clang || echo y)
ifeq ($(ISGCC),y)
WARN  += -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init
endif
WERROR ?= -Werror
HARDEN ?= -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection
OPT    ?= -O2 -g
SAN    ?=
PKGS   := ncursesw libcurl libcrypto libmicrohttpd json-c libsodium libqrencode libutf8proc zlib
PKGCF  := $(filter-out -D_XOPEN_SOURCE% -D_DEFAULT_SOURCE%,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
PKGLIB := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lxlsxwriter
CPPFLAGS += -I. -I$(BUILD)/gen -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -DCUNYI_VERSION='"$(VERSION)"' $(PKGCF)
CFLAGS   := -std=c17 $(OPT) $(HARDEN) -fPIE $(WARN) $(WERROR) $(SAN) $(EXTRA_CFLAGS)
LDFLAGS  := -pie -Wl,-z,relro,-z,now $(SAN) $(EXTRA_LDFLAGS)

# The process that talks to servers confines itself (sync/confine.h).
PKGLIB += -lseccomp

# ---- storage engine ------------------------------------------------------------------------------------------
include packaging/engine.mk

# ---- layers: name = folders ------------------------------------------------------------------------------------
LAYERS        := base clinic db report kit service sync screens commands
DIRS_base     := app/base
DIRS_clinic   := app/clinic app/clinic/forms app/programmes
DIRS_db       := db
DIRS_report   := app/report
DIRS_kit      := screens/kit
DIRS_service  := app/service
DIRS_sync     := sync sync/fhir
DIRS_screens  := screens
DIRS_commands := app/commands
GEN_clinic    := $(if $(wildcard app/clinic/pinyin_data.sh),$(BUILD)/gen/pinyin_data.c)
GEN_db        := $(BUILD)/gen/sql_data.c
# Link order: a layer first, then all it may use.
BELOW_base     := base
BELOW_clinic   := clinic base
BELOW_db       := db clinic base
BELOW_report   := report clinic base
BELOW_kit      := kit clinic base
BELOW_service  := service db report clinic base
BELOW_sync     := sync service db report clinic base
BELOW_screens  := screens service kit db report clinic base
BELOW_commands := commands screens sync service kit report db clinic base

src = $(foreach d,$(DIRS_$1),$(wildcard $(d)/*.c))
obj = $(patsubst %.c,$(BUILD)/obj/%.o,$(call src,$1)) $(patsubst $(BUILD)/gen/%.c,$(BUILD)/obj/gen/%.o,$(GEN_$1))
lib = $(BUILD)/lib$1.a
libs = $(foreach l,$(BELOW_$1),$(call lib,$(l)))

ALL_OBJ := $(foreach l,$(LAYERS),$(call obj,$(l)))

.PHONY: all
all: $(if $(wildcard app/main.c),$(BUILD)/cunyi,$(foreach l,$(LAYERS),$(call lib,$l))) po

$(BUILD)/cunyi: $(BUILD)/obj/app/main.o $(if $(SAN),$(BUILD)/obj/tests/asan.o) $(call libs,commands) $(ENGINE_LIB)
	@echo "  LINK $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(ENGINE_LINK) $(PKGLIB)

# A change of compiler, engine or flags rebuilds the objects: the stamp's text changes, so its time does.
FLAGS_STAMP := $(BUILD)/.flags
$(FLAGS_STAMP): FORCE | $(BUILD)
	$(file >$@.new,$(CC) $(CPPFLAGS) $(ENGINE_CPPFLAGS) $(CFLAGS) $(LDFLAGS))
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
$(BUILD):
	@pkg-config --exists $(PKGS) || { echo "Something is missing on this machine; make deps installs it."; exit 1; }
	@mkdir -p $@
.PHONY: FORCE
FORCE:

define LAYER
$$(BUILD)/lib$1.a: $$(call obj,$1)
	@echo "  AR   $$@"
	$$(Q)rm -f $$@ && ar rcsD $$@ $$^
endef
$(foreach l,$(LAYERS),$(eval $(call LAYER,$(l))))

$(BUILD)/obj/%.o: %.c $(FLAGS_STAMP)
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(CPPFLAGS) $(ENGINE_CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c $(FLAGS_STAMP)
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Headers that are generated must exist before anything is compiled.
$(ALL_OBJ): | $(ENGINE_HEADER)

# ---- generated sources -----------------------------------------------------------------------------------------
SQL_FILES := db/schema.sql $(sort $(wildcard db/schema/*.sql)) $(sort $(wildcard db/sql/*.sql))
$(BUILD)/gen/sql_data.c: $(SQL_FILES) db/embed_sql.awk
	@mkdir -p $(@D)
	@echo "  GEN  $@"
	$(Q)LC_ALL=C awk -f db/embed_sql.awk $(SQL_FILES) < /dev/null > $@.tmp && mv $@.tmp $@

UNIHAN := /usr/share/unicode/Unihan_Readings.txt
UNIHAN_ANY := $(firstword $(wildcard $(UNIHAN) $(UNIHAN).gz $(UNIHAN).bz2 $(UNIHAN).xz))
$(BUILD)/gen/pinyin_data.c: app/clinic/pinyin_data.awk app/clinic/pinyin_data.sh $(UNIHAN_ANY)
	@mkdir -p $(@D)
	@echo "  GEN  $@"
	$(Q)sh app/clinic/pinyin_data.sh > $@.tmp && mv $@.tmp $@

# ---- languages -------------------------------------------------------------------------------------------------
PO_PARTS := $(sort $(wildcard app/po/zh_CN/*.po))
MO       := $(BUILD)/locale/zh_CN/LC_MESSAGES/cunyi.mo
.PHONY: po
po: $(MO)
$(MO): $(PO_PARTS)
	@mkdir -p $(@D)
	@echo "  MO   $@"
	$(Q)$(if $(PO_PARTS),msgcat --use-first $(PO_PARTS) | msgfmt --check-format --check-domain -o $@ -,: > $@)

# ---- install, run, clean -----------------------------------------------------------------------------------------
include packaging/targets.mk
include tests/tests.mk

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
