/* Codes of diagnoses: the built-in list, then the county's. */
#include "support/service/clinic.h"

#include "app/base/i18n.h"
#include "app/base/path.h"
#include "app/service/codes.h"

enum { MAX = 9 };

static void county_list(struct test_clinic *c)
{
	static const char list[] = "code,text\nI10.x00x023,高血压病2级\nI10.x00x024,高血压病2级(高危)\nK29.500x021,浅表胃窦炎\n";
	AUTO_FREE char *path = path_join(c->dir, "codes.csv");
	struct codes_imported r;

	assert_ok(path_write(path, list, sizeof list - 1, &c->err), &c->err);
	assert_ok(codes_import(&c->app, path, &(struct codes_import){ 0 }, &r, &c->err), &c->err);
	assert_int_equal(r.taken, 3);
}

static size_t find(struct test_clinic *c, const char *query, struct code_hit out[MAX])
{
	size_t n;

	assert_ok(codes_find(&c->app, query, &c->mem, out, MAX, &n, &c->err), &c->err);
	return n;
}

static void codes_find__adds__the_countys_words(void **state)
{
	static const char *const queries[] = { "高血压病", "gxyb2", "gaoxueyabing", "I10.x00x023", "i10.x00x02" };
	struct test_clinic c;
	struct code_hit hits[MAX];

	(void)state;
	clinic_start(&c);
	assert_int_equal(find(&c, "高血压病", hits), 0);
	county_list(&c);
	for (size_t i = 0; i < N_ELEMENTS(queries); i++) {
		size_t n = find(&c, queries[i], hits);

		if (!n || strcmp(hits[0].code, "I10.x00x023") != 0)
			fail_msg("%s: %zu, %s", queries[i], n, n ? hits[0].code : "");
	}
	assert_string_equal(hits[0].code, "I10.x00x023");
	find(&c, "i10", hits);
	assert_string_equal(hits[0].code, "I10"); /* the plain one stays first */
	clinic_stop(&c);
}

static void codes_by_code__prefers__the_countys_words(void **state)
{
	struct test_clinic c;
	struct code_hit hit;

	(void)state;
	clinic_start(&c);
	county_list(&c);
	assert_ok(codes_by_code(&c.app, "I10.x00x023", &c.mem, &hit, &c.err), &c.err);
	assert_string_equal(hit.text, "高血压病2级");
	assert_ok(codes_by_code(&c.app, "I10.x00x999", &c.mem, &hit, &c.err), &c.err);
	assert_string_equal(hit.code, "I10");
	assert_ok(codes_by_code(&c.app, "Q99", &c.mem, &hit, &c.err), &c.err);
	assert_null(hit.code);
	clinic_stop(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_find__adds__the_countys_words),
		cmocka_unit_test(codes_by_code__prefers__the_countys_words),
	};

	i18n_init();
	i18n_set_language("zh");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
