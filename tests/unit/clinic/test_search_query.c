#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "app/base/mem.h"
#include "app/clinic/search_query.h"

static struct arena mem;

static int teardown(void **state)
{
	arena_release(&mem);
	return 0;
}

/* "w:chen n:12-3" */
static const char *tokens(const struct search_query *q)
{
	const char *s = "";

	for (size_t i = 0; i < q->n; i++)
		s = arena_printf(&mem, "%s%s%s:%s", s, i ? " " : "",
			q->token[i].number ? "n" : q->token[i].hanzi ? "h" : "w", q->token[i].s);
	return s;
}

static void parse__takes_apart__cases(void **state)
{
	static const char *const cases[][2] = {
		{ "chen gl", "w:chen w:gl" },
		{ "  ChenGL ", "w:chengl" },
		{ "陈gl", "h:陈gl" },
		{ "cgl 0048", "w:cgl n:0048" },
		{ "cgl0048", "w:cgl n:0048" },
		{ "0048cgl", "n:0048 w:cgl" },
		{ "004x", "n:004X" },
		{ "004x cgl", "n:004X w:cgl" },
		{ "004xiao", "n:004 w:xiao" },
		{ "12x", "n:12 w:x" },
		{ "上坂 12", "h:上坂 n:12" },
		{ "上坂12号", "h:上坂 n:12" },
		{ "12号陈", "n:12 h:陈" },
		{ "12-3", "n:12-3" },
		{ "12-", "n:12" },
		{ "101-00017", "n:101-00017" },
		{ "陈，桂兰", "h:陈 h:桂兰" },
		{ "阿依古丽·买买提", "h:阿依古丽买买提" },
		{ "ＣＧＬ　００４８", "w:cgl n:0048" },
		{ "LYU MEI", "w:lv w:mei" },
		{ "", "" },
		{ "   ", "" },
		{ "·-*", "" },
		{ "\x1b[31m", "n:31 w:m" },
		{ "a b c d e f", "w:a w:b w:c w:d w:e w:f" },
		{ "a b c d e f g", "" },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "" },
		{ "\xE9\x99", "" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct search_query q;

		search_query_parse(cases[i][0], &q);
		assert_string_equal(tokens(&q), cases[i][1]);
	}
}

static void words__joined__cases(void **state)
{
	static const struct {
		const char *text;
		size_t without;
		const char *words; /* NULL: none */
	} cases[] = {
		{ "chen gl", SIZE_MAX, "chen gl" }, { "陈 桂兰", SIZE_MAX, "陈桂兰" }, { "陈 gl 0048", SIZE_MAX, "陈 gl" },
		{ "上坂 陈", 0, "陈" },             { "陈 上坂", 1, "陈" },           { "上坂 12", 0, NULL },
		{ "0048", SIZE_MAX, NULL },         { "", SIZE_MAX, NULL },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", SIZE_MAX, NULL },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		char out[SEARCH_TOKEN_MAX];
		struct search_query q;

		search_query_parse(cases[i].text, &q);
		assert_int_equal(search_query_words(&q, cases[i].without, out), cases[i].words != NULL);
		if (cases[i].words)
			assert_string_equal(out, cases[i].words);
	}
}

static void whole__for_scanned_codes__cases(void **state)
{
	struct search_query q;

	search_query_parse("AB12-cd34", &q);
	assert_string_equal(q.whole, "ab12cd34");
	search_query_parse("", &q);
	assert_string_equal(q.whole, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parse__takes_apart__cases),
		cmocka_unit_test(words__joined__cases),
		cmocka_unit_test(whole__for_scanned_codes__cases),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
