# The storage engine.  mc: SQLite3MultipleCiphers' amalgamation out of an npm package, pinned by version and sha512,
# cached outside the build folder, compiled with our own flags.  Debian 12's SQLite 3.40.1 has the WAL-reset bug with
# two connections and no encryption; `make ENGINE=system` builds on it all the same (rollback journal, no encryption).
ENGINE_PKG     := better-sqlite3-multiple-ciphers
ENGINE_VERSION := 13.0.3
ENGINE_SHA512  := UYabM82r1J84TLWc/SszoHs6XopWpl/2HCg3Nui1JUaFXg/VLswzkPowYiRhK/4CftI8dgtikwyZQecMldrGxQ==
# sudo make install must find what the user built, not fetch it again for root.
USER_HOME      := $(or $(if $(SUDO_USER),$(shell getent passwd '$(SUDO_USER)' | cut -d: -f6)),$(HOME))
ENGINE_CACHE   ?= $(or $(XDG_CACHE_HOME),$(USER_HOME)/.cache)/cunyi/engine-$(ENGINE_VERSION)

ifeq ($(ENGINE),mc)
ENGINE_HEADER   := $(ENGINE_CACHE)/sqlite3.h
ENGINE_CPPFLAGS := -isystem $(ENGINE_CACHE) -DENGINE_MC=1
ENGINE_LINK     := -lm
ENGINE_FLAGS    := -std=gnu11 -O2 -g -fPIE -DSQLITE_THREADSAFE=0 -DSQLITE_DQS=0 -DSQLITE_DEFAULT_MEMSTATUS=0 \
  -DSQLITE_OMIT_DEPRECATED -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_TEMP_STORE=3 \
  -DSQLITE_DEFAULT_FOREIGN_KEYS=1 -DSQLITE_SECURE_DELETE -DSQLITE_LIKE_DOESNT_MATCH_BLOBS -DSQLITE_USE_ALLOCA \
  -DSQLITE_ENABLE_DBPAGE_VTAB -DSQLITE_ENABLE_STAT4 -DSQLITE_ENABLE_API_ARMOR -DSQLITE_TRUSTED_SCHEMA=0 \
  -DSQLITE_MAX_EXPR_DEPTH=0 -DSQLITE_STRICT_SUBTYPE=1 -DCODEC_TYPE=CODEC_TYPE_CHACHA20 -w
# One archive for each compiler and set of flags, shared by all checkouts of this user.
ENGINE_KEY      := $(shell { $(CC) --version | head -n1; echo '$(ENGINE_FLAGS) $(SAN)'; } 2>/dev/null | cksum | cut -d' ' -f1)
ENGINE_LIB      := $(ENGINE_CACHE)/libengine-$(ENGINE_KEY).a

$(ENGINE_CACHE)/sqlite3.c: | packaging/engine_fetch.sh
	@echo "  NPM  $(ENGINE_PKG)@$(ENGINE_VERSION)"
	$(Q)sh packaging/engine_fetch.sh $(ENGINE_PKG) $(ENGINE_VERSION) $(ENGINE_SHA512) $(ENGINE_CACHE)
$(ENGINE_CACHE)/sqlite3.h: $(ENGINE_CACHE)/sqlite3.c
$(ENGINE_LIB): $(ENGINE_CACHE)/sqlite3.c
	@echo "  CC   sqlite3.c (about a minute, once)"
	$(Q)tmp=$$(mktemp -d $(ENGINE_CACHE)/tmp.XXXXXX) && $(CC) $(ENGINE_FLAGS) $(SAN) -c -o $$tmp/engine.o $< \
	  && ar rcsD $$tmp/e.a $$tmp/engine.o && mv $$tmp/e.a $@ && rm -rf $$tmp
else
ENGINE_LIB      :=
ENGINE_HEADER   :=
ENGINE_CPPFLAGS := -DENGINE_SYSTEM=1
ENGINE_LINK     := -lsqlite3
endif
