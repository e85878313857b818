#include "app/base/uuid.h"
#include "app/base/sha1.h"
#include "app/base/sbuf.h"
#include "support/base/check.h"

/* The instant in a UUIDv7, in milliseconds. */
static int64_t made_at(const char *id)
{
	unsigned long high, low;

	assert_int_equal(sscanf(id, "%8lx-%4lx-7", &high, &low), 2);
	return (int64_t)high << 16 | (int64_t)low;
}

static void sha1__gives__the_published_digests(void **state UNUSED)
{
	/* FIPS 180 examples and the lengths around one block. */
	static const struct {
		const char *text;
		size_t repeat;
		const char *hex;
	} cases[] = {
		{ "", 1, "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
		{ "abc", 1, "a9993e364706816aba3e25717850c26c9cd0d89d" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
			"84983e441c3bd26ebaae4aa1f95129e5e54670f1" },
		{ "a", 55, "c1c8bbdc22796e28c0e15163d20899b65621d65a" },
		{ "a", 56, "c2db330f6083854c99d4b5bfb6e8f29f201be699" },
		{ "a", 63, "03f09f5b158a7a8cdad920bddc29b81c18a551f5" },
		{ "a", 64, "0098ba824b5c16427bd7a1122a5a442a25ec644d" },
		{ "a", 65, "11655326c708d70319be2610e8a57d9a5b959d3b" },
		{ "a", 1000000, "34aa973cd4c4daa4f61eeb2bdbad27316534016f" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_SBUF struct sbuf in = SBUF_INIT;
		char hex[2 * SHA1_BYTES + 1];
		uint8_t out[SHA1_BYTES];

		for (size_t j = 0; j < cases[i].repeat; j++)
			sbuf_adds(&in, cases[i].text);
		sha1(in.s, in.len, out);
		for (size_t j = 0; j < SHA1_BYTES; j++)
			snprintf(hex + 2 * j, 3, "%02x", out[j]);
		assert_case(!strcmp(hex, cases[i].hex), i, hex);
	}
}

static void uuid5__gives__the_rfc_examples(void **state UNUSED)
{
	static const char dns[] = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
	char out[UUID_LEN];

	/* RFC 9562 A.4 and Python's uuid.uuid5. */
	assert_string_equal(uuid5(dns, "www.example.com", out), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
	assert_string_equal(uuid5(dns, "python.org", out), "886313e1-3b8a-5372-9b90-0c9aee199e5d");
	assert_string_equal(uuid5("6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "python.org", out),
		"886313e1-3b8a-5372-9b90-0c9aee199e5d");
	assert_true(uuid_valid(uuid5(dns, "", out)));
	assert_true(uuid_valid(uuid5(dns, "张三|htn|2026", out)));
}

static void uuid_valid__takes__lower_case_uuids_only(void **state UNUSED)
{
	static const struct {
		const char *text;
		bool valid;
	} cases[] = {
		{ "2ed6657d-e927-568b-95e1-2665a8aea6a2", true },   { "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", true },
		{ "919108f7-52d1-4320-9bac-f847db4148a8", true },   { "2ED6657D-e927-568b-95e1-2665a8aea6a2", false },
		{ "2ed6657de927568b95e12665a8aea6a2", false },      { "2ed6657d-e927-568b-95e1-2665a8aea6a", false },
		{ "2ed6657d-e927-568b-95e1-2665a8aea6a21", false }, { "2ed6657d-e927-568b-95e1-2665a8aea6ag", false },
		{ "2ed6657d-e927-568b-15e1-2665a8aea6a2", false },  { "2ed6657d-e927-968b-95e1-2665a8aea6a2", false },
		{ "00000000-0000-0000-0000-000000000000", false },  { "", false },
		{ "{2ed6657d-e927-568b-95e1-2665a8aea6a2}", false }, { "2ed6657d e927-568b-95e1-2665a8aea6a2", false },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		assert_case(uuid_valid(cases[i].text) == cases[i].valid, i, cases[i].text);
}

static void ids_new__is_version_7__with_the_clocks_time(void **state UNUSED)
{
	int64_t now = 0x017F22E279B0;
	struct clock c;
	struct ids ids;
	char id[UUID_LEN];

	clock_init_manual(&c, &now);
	ids_init_seeded(&ids, &c, 1);
	ids_new(&ids, id);
	assert_true(uuid_valid(id));
	assert_memory_equal(id, "017f22e2-79b0-7", 15);
	assert_true(made_at(id) == now);
}

/* More ids than the counter holds in one millisecond, then a clock set back by an hour. */
static void ids_new__always_grows__when_the_clock_stands_or_steps_back(void **state UNUSED)
{
	int64_t now = 1795313133120;
	struct clock c;
	struct ids ids;
	char last[UUID_LEN] = "", id[UUID_LEN];

	clock_init_manual(&c, &now);
	ids_init_seeded(&ids, &c, 7);
	for (int i = 0; i < 30000; i++) {
		if (i == 10000)
			now -= 3600000;
		if (i == 20000)
			now += 7200000;
		assert_true(strcmp(ids_new(&ids, id), last) > 0);
		memcpy(last, id, sizeof last);
	}
	assert_true(made_at(id) >= now);
	assert_true(made_at(id) < now + 20);
}

static void ids_new__repeats__for_the_same_seed_only(void **state UNUSED)
{
	int64_t now = 1795313133120;
	struct clock c;
	struct ids a, b, other, real;
	char x[UUID_LEN], y[UUID_LEN];

	clock_init_manual(&c, &now);
	ids_init_seeded(&a, &c, 42);
	ids_init_seeded(&b, &c, 42);
	ids_init_seeded(&other, &c, 43);
	ids_init(&real, &c);
	for (int i = 0; i < 100; i++) {
		assert_string_equal(ids_new(&a, x), ids_new(&b, y));
		assert_string_not_equal(x, ids_new(&other, y));
		assert_string_not_equal(x, ids_new(&real, y));
		assert_true(uuid_valid(y));
	}
}

static void ids_random__fills__every_length(void **state UNUSED)
{
	int64_t now = 0;
	struct clock c;
	struct ids ids;

	clock_init_manual(&c, &now);
	ids_init_seeded(&ids, &c, 42);
	for (size_t n = 0; n < 40; n++) {
		unsigned char buf[41];

		memset(buf, 0xEE, sizeof buf);
		ids_random(&ids, buf, n);
		assert_int_equal(buf[n], 0xEE);
	}
}

static void rng__stays_in_its_bounds__and_is_even(void **state UNUSED)
{
	struct rng r = { .s = 1 };
	unsigned count[6] = { 0 }, hits = 0;

	for (int i = 0; i < 60000; i++) {
		int64_t v = rng_between(&r, -2, 3);

		assert_true(v >= -2 && v <= 3);
		count[v + 2]++;
		hits += rng_chance(&r, 250);
	}
	for (size_t i = 0; i < 6; i++)
		assert_in_range(count[i], 9500, 10500);
	assert_in_range(hits, 14500, 15500);
	assert_int_equal(rng_below(&r, 1), 0);
	assert_false(rng_chance(&r, 0));
	assert_true(rng_chance(&r, 1000));
}

/* The demo's data must be the same on every machine and in every release: these are SplitMix64's published values. */
static void rng_next__gives__the_published_sequence(void **state UNUSED)
{
	struct rng r = { .s = 1234567 }, a, b;

	assert_true(rng_next(&r) == UINT64_C(6457827717110365317));
	assert_true(rng_next(&r) == UINT64_C(3203168211198807973));
	assert_true(rng_next(&r) == UINT64_C(9817491932198370423));
	a = rng_split(&r, 1);
	b = rng_split(&r, 2);
	assert_true(a.s != b.s && a.s != r.s);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha1__gives__the_published_digests),
		cmocka_unit_test(uuid5__gives__the_rfc_examples),
		cmocka_unit_test(uuid_valid__takes__lower_case_uuids_only),
		cmocka_unit_test(ids_new__is_version_7__with_the_clocks_time),
		cmocka_unit_test(ids_new__always_grows__when_the_clock_stands_or_steps_back),
		cmocka_unit_test(ids_new__repeats__for_the_same_seed_only),
		cmocka_unit_test(ids_random__fills__every_length),
		cmocka_unit_test(rng__stays_in_its_bounds__and_is_even),
		cmocka_unit_test(rng_next__gives__the_published_sequence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
