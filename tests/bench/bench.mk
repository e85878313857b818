# make bench [BENCH_RESIDENTS=100000] [BENCH=store,typing]: measures, and prints ours beside the peer or the physical limit
# measured in the same run.  Programs tests/bench/bench_*.c link the whole product; ptybench.c stands alone.
# BENCH=links: real processes over bad lines beside PouchDB and fossil (BENCH_LINKS=2g,edge  BENCH_FOLLOWUPS=10000);
# BENCH=county: the first load of a county (BENCH_COUNTY=129037 resources) from HAPI, by stick, by PouchDB.  Both take hours at
# their full size, so they run only when they are named.
# What is measured is in tests/bench/steps.sh, what is printed in tests/bench/rows.txt: a new row is one line there.
BENCH_RESIDENTS ?= 100000
BENCH_SRC := $(sort $(wildcard tests/bench/bench_*.c))
BENCH_BIN := $(patsubst tests/%.c,$(BUILD)/tests/%,$(BENCH_SRC))

# What these two need besides: tests.mk says how a folder of npm's is filled.
BENCH_NPM := tests/bench/peers/node_modules/.stamp
comma := ,
BENCH_MORE := $(if $(filter links county,$(subst $(comma), ,$(BENCH))),county-deps $(BENCH_NPM))

.PHONY: bench bench-all
bench: ## measures speed, memory and bytes beside less, tig, htop, mc and raw SQLite; prints a table
	$(Q)$(SETUP) build $(ENGINE_SET) bench $(if $(BENCH_MORE),county)
	$(AGAIN) all bench-all

bench-all: $(BUILD)/tests/bench/ptybench $(BENCH_BIN) $(BENCH_MORE)
	$(Q)sh tests/bench/run.sh $(BUILD) $(BENCH_RESIDENTS) $(BENCH)

$(BUILD)/tests/bench/ptybench: $(BUILD)/tests/obj/bench/ptybench.o
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $^

# A disk that remembers, for bench_power.
BENCH_DISK := $(BUILD)/tests/obj/bench/disk.o
$(BENCH_BIN): $(BUILD)/tests/bench/%: $(BUILD)/tests/obj/bench/%.o $(BENCH_DISK) $(call libs,commands) $(ENGINE_LIB)
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(Q)$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(ENGINE_LINK) $(PKGLIB)
