# The C tests.  One file test_*.c is one cmocka binary; a new test needs no line here.
#
#   tests/unit/<layer>/test_*.c   links the archive of <layer> and those below it, nothing above
#                                 (<layer>: base clinic programmes db report kit service sync screens commands)
#   tests/service/test_*.c        layer service          tests/sync/test_*.c      layer sync
#   tests/screens/test_*.c        layer screens          tests/report/test_*.c    layer report
#
# Helpers shared by tests: tests/support/<layer>/*.c and .h, written with no more than that layer.  They become an archive
# that the tests of that layer and of every layer above it link, e.g. tests/support/kit/golden.c serves kit and screens.
# A helper of one test folder only: any other .c file in that folder (not test_*.c); all tests of the folder get it.
#
# Tests run with the repository's top folder as working folder, HOME and TMPDIR a scratch folder of their own, and
#   CUNYI = the built binary    CUNYI_LOCALEDIR = the built catalogues    BUILD = the build folder

TEST_LAYERS := $(LAYERS)
TEST_layer_of_unit/programmes := clinic
TEST_layer_of_unit/forms      := clinic
TEST_layer_of_service         := service
TEST_layer_of_sync            := sync
TEST_layer_of_screens         := screens
TEST_layer_of_report          := report
# test_layer FOLDER (below tests/): the layer whose archives its tests link.
test_layer = $(or $(TEST_layer_of_$1),$(patsubst unit/%,%,$1))

TEST_DIRS := $(patsubst tests/%/,%,$(sort $(dir $(wildcard tests/unit/*/test_*.c tests/service/test_*.c \
             tests/sync/test_*.c tests/screens/test_*.c tests/report/test_*.c))))
TEST_SRC  := $(foreach d,$(TEST_DIRS),$(wildcard tests/$(d)/test_*.c))
TEST_BIN  := $(patsubst tests/%.c,$(BUILD)/tests/%,$(TEST_SRC))
TEST_CPPFLAGS := -Itests
TEST_CFLAGS   := -Wno-unused-parameter
TEST_PKGLIB   := -lcmocka $(PKGLIB) -lssl
# Half of the model's time went into asking for memory and giving it back.  The sanitizers have a heap of their own.
$(BUILD)/tests/sync/test_model: TEST_PKGLIB := $(if $(SAN),,-lmimalloc) $(TEST_PKGLIB)

support_src = $(wildcard tests/support/$1/*.c)
support_obj = $(patsubst tests/%.c,$(BUILD)/tests/obj/%.o,$(call support_src,$1))
support_lib = $(if $(call support_src,$1),$(BUILD)/tests/libsupport-$1.a)

define SUPPORT
ifneq ($(call support_src,$1),)
$(BUILD)/tests/libsupport-$1.a: $(call support_obj,$1)
	@echo "  AR   $$@"
	$$(Q)rm -f $$@ && ar rcsD $$@ $$^
endif
endef
$(foreach l,$(LAYERS),$(eval $(call SUPPORT,$(l))))

$(BUILD)/tests/obj/%.o: tests/%.c $(FLAGS_STAMP)
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(CPPFLAGS) $(TEST_CPPFLAGS) $(ENGINE_CPPFLAGS) $(CFLAGS) $(TEST_CFLAGS) -MMD -MP -c -o $@ $<

# Folders below sync use the engine through db; pure layers do not link it, so they cannot need it.
engine_for = $(if $(filter db,$(BELOW_$1)),$(ENGINE_LIB))
engine_link_for = $(if $(filter db,$(BELOW_$1)),$(ENGINE_LINK))

define TEST_DIR
$(patsubst %,$(BUILD)/tests/$1/%,$(basename $(notdir $(wildcard tests/$1/test_*.c)))): $(BUILD)/tests/$1/%: $(BUILD)/tests/obj/$1/%.o \
  $(patsubst tests/%.c,$(BUILD)/tests/obj/%.o,$(filter-out $(wildcard tests/$1/test_*.c),$(wildcard tests/$1/*.c))) \
  $(foreach l,$(BELOW_$2),$(call support_lib,$(l))) $(call libs,$2) $(call engine_for,$2)
	@mkdir -p $$(@D)
	@echo "  LINK $$@"
	$$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $(call engine_link_for,$2) $$(TEST_PKGLIB)
endef
$(foreach d,$(TEST_DIRS),$(eval $(call TEST_DIR,$(d),$(call test_layer,$(d)))))


# A bad line between a program and a server: the tests with real servers and the benchmarks run it.
BADLINK := $(BUILD)/tests/links/badlink
$(BADLINK): $(BUILD)/tests/obj/links/badlink.o $(call support_lib,base)
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^

include tests/fuzz/fuzz.mk
include tests/bench/bench.mk

# ---- everything that counts ------------------------------------------------------------------------------------
# Shell tests print TAP: tests/cli (commands), tests/pty (journeys in a private tmux), tests/lint (rules about the sources).
# Files called drive.sh and lib*.sh are their helpers.  Tables of golden cases go to "cunyi rules test".
NOT_TESTS    := %/drive.sh %/lib.sh %/mutants.sh %/model.sh
# HAPI killed and started again a few times takes minutes and a machine with nothing else to do: only when asked for.
TEST_KILLED  := tests/county/killed_hapi.sh
TEST_LINT    := $(filter-out $(NOT_TESTS),$(sort $(wildcard tests/lint/*.sh)))
TEST_SHELL   := $(filter-out $(NOT_TESTS),$(sort $(wildcard tests/cli/*.sh tests/pty/*.sh tests/report/*.sh tests/sync/*.sh)))
TEST_TABLES  := $(sort $(wildcard tests/data/*_cases.tsv tests/data/rules/*.tsv))
TEST_COUNTY  := $(filter-out $(NOT_TESTS) $(TEST_KILLED),$(sort $(wildcard tests/county/*.sh)))
ALL_TESTS     = $(TEST_BIN) $(FUZZ_REPLAY) $(TEST_SHELL) $(TEST_TABLES) $(TEST_LINT)
RUN           = $(Q)CC=$(CC) ENGINE=$(ENGINE) tests/run

.PHONY: tests test test-all test-unit test-one golden schema lint
tests: $(TEST_BIN) $(FUZZ_REPLAY)

test: deps ## installs what is missing, builds, runs all tests; ends with "N passed, N failed"
	$(AGAIN) all tests
	$(AGAIN) test-all

test-all: all tests
	$(RUN) $(RUN_FLAGS) $(BUILD) $(ALL_TESTS)

# All C tests, without the journeys.
test-unit: tests po
	$(RUN) $(BUILD) $(TEST_BIN)

# make test-one T=tests/unit/clinic/test_idcard: cmocka's own output.   T=tests/pty/day.sh works too.
test-one: all
	@test -n "$(T)" || { echo "usage: make test-one T=tests/unit/clinic/test_idcard"; exit 2; }
	$(Q)$(if $(filter %.sh %.tsv,$(T)),,$(MAKE) --no-print-directory $(patsubst tests/%,$(BUILD)/tests/%,$(basename $(T))))
	$(RUN) --raw $(BUILD) $(if $(filter %.sh %.tsv,$(T)),$(T),$(patsubst tests/%,$(BUILD)/tests/%,$(basename $(T))))

golden: schema tests po ## rewrites the golden screens in tests/golden; read the diff before you commit it
	-$(Q)GOLDEN_WRITE=1 tests/run $(BUILD) $(filter $(BUILD)/tests/screens/% $(BUILD)/tests/unit/kit/%,$(TEST_BIN))
	$(Q)git --no-pager diff --stat -- tests/golden

schema: ## writes db/schema.sql, what a new file begins with, from the migrations in db/schema
	$(AGAIN) $(BUILD)/tests/unit/db/test_schema
	$(Q)GOLDEN_WRITE=1 tests/run $(BUILD) $(BUILD)/tests/unit/db/test_schema

lint: ## layers, sizes, forbidden functions, untranslated texts, absent goldens and help, layout
	$(Q)$(SETUP) build lint $(ENGINE_SET)
	$(AGAIN) all
	$(RUN) $(BUILD) $(TEST_LINT)

# ---- the same under other eyes -----------------------------------------------------------------------------------
ASAN := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
# The instrumented code makes the compiler warn of what it does not warn of otherwise; the plain builds keep -Werror.
ASAN_MAKE = BUILD=$(BUILD)-asan SAN="$(ASAN)" OPT="-O1 -g" HARDEN= WERROR=-Wno-format-truncation
.PHONY: asan test-county test-county-all test-county-killed cover
asan: deps ## the whole suite with address, leak and undefined-behaviour sanitizers, in a build folder of its own
	$(AGAIN) $(ASAN_MAKE) tests all
	$(AGAIN) $(ASAN_MAKE) RUN_FLAGS="--timeout 360" TEST_LINT= test-all

cover: deps ## lines covered by the tests, a file and a folder
	$(AGAIN) BUILD=$(BUILD)-cover OPT="-O0 -g" HARDEN= EXTRA_CFLAGS=--coverage EXTRA_LDFLAGS=--coverage tests all
	$(Q)find $(BUILD)-cover -name '*.gcda' -delete
	-$(AGAIN) BUILD=$(BUILD)-cover OPT="-O0 -g" HARDEN= EXTRA_CFLAGS=--coverage EXTRA_LDFLAGS=--coverage TEST_LINT= test-all
	$(Q)sh tests/cover.sh $(BUILD)-cover

# Servers and clients that nobody here wrote, from npm, each pinned by the lock file of its folder.
COUNTY_NPM := $(patsubst %/package-lock.json,%/node_modules/.stamp,$(wildcard tests/county/package-lock.json tests/county/*/package-lock.json))
$(COUNTY_NPM) $(BENCH_NPM): %/node_modules/.stamp: %/package-lock.json
	@echo "  NPM  $*"
	$(Q)cd $* && npm ci --no-audit --no-fund --loglevel=error && touch node_modules/.stamp
# A server module of ours around HAPI FHIR JPA from Maven; its libraries are fetched once.
HAPI := tests/county/hapi/target/.stamp
$(HAPI): tests/county/hapi/pom.xml $(wildcard tests/county/hapi/src/main/java/*.java packaging/county/roles/src/main/java/cunyi/county/*.java)
	@echo "  MVN  tests/county/hapi"
	$(Q)cd tests/county/hapi && mvn -q -B package && touch target/.stamp
.PHONY: county-deps county-table county-size
county-deps: $(COUNTY_NPM) $(HAPI) $(BADLINK)
test-county: ## syncs with third-party FHIR servers and clients from npm and Maven; ends with "N passed, N failed"
	$(Q)$(SETUP) build test $(ENGINE_SET) county
	$(AGAIN) all tests county-deps
	$(AGAIN) test-county-all
test-county-all: all
	$(RUN) --timeout 600 $(BUILD) $(TEST_COUNTY)
	$(Q)BUILD=$(BUILD) node tests/county/table.mjs --check
test-county-killed: ## HAPI on PostgreSQL is killed and started again under rounds that are killed; five to ten minutes
	$(Q)$(SETUP) build test $(ENGINE_SET) county
	$(AGAIN) all county-deps
	$(RUN) --timeout 1200 $(BUILD) $(TEST_KILLED)
county-table: ## writes what the last make test-county found into packaging/county/README*.md
	$(Q)BUILD=$(BUILD) node tests/county/table.mjs
county-size: all county-deps ## measures a clinic's day against HAPI and reckons a province's servers into packaging/county/README*.md
	$(Q)CUNYI=$(BUILD)/cunyi CUNYI_LOCALEDIR=$(BUILD)/locale node tests/county/size.mjs --write

# The model tests of exchange at their full size: tests/sync/model.h, and a clinic of several computers with a hub among them.
# make model SEEDS=1-200   runs a part of it.
SEEDS ?= 1-11000
HUB_SEEDS ?= 1-100
.PHONY: model mutants
model: deps ## eleven thousand random schedules of clinics, county and sticks (SEEDS=FROM-TO, WITHIN=SECONDS); a failing one is cut down and printed
	$(AGAIN) $(BUILD)/tests/sync/test_model $(BUILD)/tests/sync/test_hub_model
	$(Q)$(BUILD)/tests/sync/test_hub_model $(HUB_SEEDS)
	$(Q)sh tests/sync/model.sh $(BUILD)/tests/sync/test_model $(SEEDS) $(WITHIN)
mutants: deps ## does the model test see faults that were put in on purpose? takes a quarter of an hour
	$(RUN) $(BUILD) tests/sync/mutants.sh

-include $(shell find $(BUILD)/tests/obj -name '*.d' 2>/dev/null)
