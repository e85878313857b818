# Fuzzing.  tests/fuzz/<layer>/fuzz_NAME.c is one target, linked with its layer and those below; its inputs, among them every
# past crash, are the files of tests/data/fuzz/NAME.  A new target needs no line here, only its folder with a first input.
#   make test                        replays them all
#   make fuzz [FUZZ_SECONDS=60] [F=csv]   looks for new ones with clang's libFuzzer; a crash is written beside the inputs
FUZZ_SECONDS ?= 60
FUZZ_SRC    := $(sort $(wildcard tests/fuzz/*/fuzz_*.c))
FUZZ_LAYERS := $(sort $(patsubst tests/fuzz/%/,%,$(dir $(FUZZ_SRC))))
FUZZ_REPLAY := $(patsubst tests/%.c,$(BUILD)/tests/%,$(FUZZ_SRC))
# Those that F names, else all.
FUZZ_ENGINE := $(patsubst tests/%.c,$(BUILD)/tests/%.libfuzzer,$(if $(F),$(filter %/fuzz_$(F).c,$(FUZZ_SRC)),$(FUZZ_SRC)))
fuzz_corpus  = tests/data/fuzz/$(patsubst fuzz_%,%,$(basename $(notdir $1)))

# $1 layer
define FUZZ_DIR
FUZZ_OF_$1 := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/fuzz/$1/fuzz_*.c))
$$(FUZZ_OF_$1): $(BUILD)/tests/fuzz/$1/%: $(BUILD)/tests/obj/fuzz/$1/%.o $(BUILD)/tests/obj/fuzz/replay.o $(call libs,$1) $(call engine_for,$1)
	@mkdir -p $$(@D)
	@echo "  LINK $$@"
	$$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $(call engine_link_for,$1) $$(PKGLIB)
$$(addsuffix .libfuzzer,$$(FUZZ_OF_$1)): $(BUILD)/tests/fuzz/$1/%.libfuzzer: $(BUILD)/tests/obj/fuzz/$1/%.o $(call libs,$1) $(call engine_for,$1)
	@mkdir -p $$(@D)
	@echo "  LINK $$@"
	$$(Q)$$(CC) -fsanitize=fuzzer $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $(call engine_link_for,$1) $$(PKGLIB)
endef
$(foreach l,$(FUZZ_LAYERS),$(eval $(call FUZZ_DIR,$(l))))

.PHONY: fuzz fuzz-all fuzz-build
fuzz: ## looks for inputs that break a parser, FUZZ_SECONDS=60 each (clang's libFuzzer with sanitizers)
	$(Q)$(SETUP) build $(ENGINE_SET) clang
	$(AGAIN) CC=clang BUILD=$(BUILD)-fuzz SAN="$(ASAN) -fsanitize=fuzzer-no-link" OPT="-O1 -g" HARDEN= fuzz-all

fuzz-all: $(FUZZ_ENGINE)
	@test -n "$(FUZZ_ENGINE)" || { echo "no fuzz target $(F): $(patsubst fuzz_%,%,$(basename $(notdir $(FUZZ_SRC))))"; exit 2; }
	$(Q)for t in $(FUZZ_ENGINE); do \
	  name=$${t##*/fuzz_}; name=$${name%.libfuzzer}; mkdir -p $(BUILD)/corpus/$$name; \
	  echo "== $$name"; \
	  $$t -max_total_time=$(FUZZ_SECONDS) -max_len=65536 -timeout=10 -print_final_stats=1 \
	    -artifact_prefix=tests/data/fuzz/$$name/ $(BUILD)/corpus/$$name tests/data/fuzz/$$name 2>$(BUILD)/corpus/$$name.log || \
	    { tail -n 40 $(BUILD)/corpus/$$name.log; exit 1; }; \
	  grep -E 'number_of_executed_units|peak_rss' $(BUILD)/corpus/$$name.log; done
