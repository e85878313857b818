# make bench [BENCH_RESIDENTS=100000] [BENCH=store,typing]: measures, and prints ours beside the peer or the physical limit
# measured in the same run.  Programs tests/bench/bench_*.c link the whole product; ptybench.c stands alone.
# What is measured is in tests/bench/steps.sh, what is printed in tests/bench/rows.txt: a new row is one line there.
BENCH_RESIDENTS ?= 100000
BENCH_SRC := $(sort $(wildcard tests/bench/bench_*.c))
BENCH_BIN := $(patsubst tests/%.c,$(BUILD)/tests/%,$(BENCH_SRC))

.PHONY: bench bench-all
bench: ## measures speed, memory and bytes beside less, tig, htop, mc and raw SQLite; prints a table
	$(Q)$(SETUP) build $(ENGINE_SET) bench
	$(AGAIN) all bench-all

bench-all: $(BUILD)/tests/bench/ptybench $(BENCH_BIN)
	$(Q)sh tests/bench/run.sh $(BUILD) $(BENCH_RESIDENTS) $(BENCH)

$(BUILD)/tests/bench/ptybench: $(BUILD)/tests/obj/bench/ptybench.o
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^

$(BENCH_BIN): $(BUILD)/tests/bench/%: $(BUILD)/tests/obj/bench/%.o $(call libs,commands) $(ENGINE_LIB)
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(ENGINE_LINK) $(PKGLIB)
