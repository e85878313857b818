#include "app/base/json.h"
#include "app/base/mem.h"
#include "support/base/check.h"

static void json_parse__takes__strict_json(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "{}", "{}" },
		{ " [1, 2 ] \r\n", "[1,2]" },
		{ "\xEF\xBB\xBF{\"a\":1}", "{\"a\":1}" },
		{ "123", "123" },
		{ "-0.50", "-0.50" },
		{ "\"村\\u533b\"", "\"村医\"" },
		{ "\"\\ud842\\udfb7\"", "\"𠮷\"" },
		{ "true", "true" },
		{ "null", "null" },
		{ "{\"a\":1,\"a\":2}", "{\"a\":2}" },
		{ "[7.10,7.0,1e2,-0]", "[7.10,7.0,1e2,0]" },
		{ "[9223372036854775807,-9223372036854775808]", "[9223372036854775807,-9223372036854775808]" },
		{ "[\"a/b\"]", "[\"a/b\"]" },
		{ "[[],{},\"\",null]", "[[],{},\"\",null]" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_JSON struct json_object *o = NULL;
		AUTO_SBUF struct sbuf b = SBUF_INIT;
		struct err err = { 0 };

		assert_ok(json_parse(cases[i][0], strlen(cases[i][0]), NULL, &o, &err), &err);
		json_write(&b, o);
		assert_case(!strcmp(b.s, cases[i][1]), i, b.s);
	}
}

static void json_write_text__says_what_the_library_says__any_text(void **state UNUSED)
{
	static const char *const cases[] = { "", "张三", "a/b", "\"\\", "\b\f\n\r\t", "\x01\x1f\x7f", "end\\", "\"x", "x\ny\"" };

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_JSON struct json_object *o = json_object_new_string(cases[i]);
		AUTO_SBUF struct sbuf ours = SBUF_INIT, theirs = SBUF_INIT;

		json_write_text(&ours, cases[i], strlen(cases[i]));
		json_write(&theirs, o);
		assert_case(!strcmp(ours.s, theirs.s), i, ours.s);
	}
}

static void json_parse__refuses__everything_else(void **state UNUSED)
{
	static const char *const cases[] = {
		"", " ", "{", "[", "]", "}", "[1", "[1,]", "{\"a\":1,}", "{\"a\"}", "{\"a\":}", "{a:1}", "{'a':1}", "['a']",
		"nan", "NaN", "[NaN]", "Infinity", "[-Infinity]", "[01]", "[-01]", "[1.]", "[.5]", "[+1]", "[1e]", "[1e+]",
		"[--1]", "[1-2]", "[1.2.3]", "-", "[1 2]", "[1]x", "[1][2]", "{} {}", "/*x*/1", "[1] // x", "True", "TRUE",
		"[tru]", "nul", "\"abc", "\"a\nb\"", "\"a\tb\"", "\"\\", "\"\\x41\"", "\"\\u12\"", "[\"\xFF\"]", "[\"\xED\xA0\x80\"]",
		"<html><body>502 Bad Gateway</body></html>", "[9223372036854775808]", "[-9223372036854775809]",
		"[111111111111111111111111]", "{\"a\":1]", "[1}", "undefined", "\xFE\xFF", "{\"a\" 1}", ",", ":", "[,1]",
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_JSON struct json_object *o = NULL;
		struct err err = { 0 };

		assert_case(!json_parse(cases[i], strlen(cases[i]), NULL, &o, &err), i, cases[i]);
		assert_case(err.code == ERR_FORMAT && *err.message, i, cases[i]);
		assert_null(o);
	}
}

static void json_parse__refuses__a_nul_inside(void **state UNUSED)
{
	AUTO_JSON struct json_object *o = NULL;
	struct err err = { 0 };

	assert_refused(json_parse("{}\0{}", 5, NULL, &o, &err), &err, ERR_FORMAT);
	assert_refused(json_parse("\"a\0b\"", 5, NULL, &o, &err), &err, ERR_FORMAT);
}

static void json_parse__reads__text_without_an_end(void **state UNUSED)
{
	static const char text[] = { '[', '1', '2', ']', 'x' };
	AUTO_JSON struct json_object *o = NULL;
	struct err err = { 0 };

	assert_ok(json_parse(text, 4, NULL, &o, &err), &err);
	assert_int_equal(json_count(o), 1);
}

static void json_parse__names__line_and_column(void **state UNUSED)
{
	static const struct {
		const char *text, *place;
	} cases[] = {
		{ "{\n \"姓名\": x}", "line 2, column 8" },
		{ "[1,\n2,\n3", "line 3, column 2" },
		{ "[1,\n 2,,3]", "line 2, column 4" },
		{ "\xEF\xBB\xBF" "x", "line 1, column 1" },
		{ "[1.]", "line 1, column 4" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_JSON struct json_object *o = NULL;
		struct err err = { 0 };

		assert_false(json_parse(cases[i].text, strlen(cases[i].text), NULL, &o, &err));
		assert_case(strstr(err.message, cases[i].place) != NULL, i, err.message);
	}
}

/* At the limit it is taken, one beyond it is not. */
static void json_parse__keeps__each_limit(void **state UNUSED)
{
	static const struct {
		const char *text;
		struct json_limits limits;
		bool taken;
		int detail;
	} cases[] = {
		{ "[1,2]", { 5, 9, 9, 9 }, true, 0 },
		{ "[1,2]", { 4, 9, 9, 9 }, false, JSON_TOO_MANY },
		{ "[[[1]]]", { 99, 3, 9, 9 }, true, 0 },
		{ "[[[1]]]", { 99, 2, 9, 9 }, false, 0 },
		{ "[[1],[1],[{}]]", { 99, 3, 9, 9 }, true, 0 },
		{ "[1,2]", { 99, 9, 3, 9 }, true, 0 },
		{ "[1,2]", { 99, 9, 2, 9 }, false, JSON_TOO_MANY },
		{ "{\"a\":1}", { 99, 9, 3, 9 }, true, 0 },
		{ "{\"a\":1}", { 99, 9, 2, 9 }, false, JSON_TOO_MANY },
		{ "\"1234\"", { 99, 9, 9, 4 }, true, 0 },
		{ "\"12345\"", { 99, 9, 9, 4 }, false, 0 },
		{ "{\"12345\":1}", { 99, 9, 9, 4 }, false, 0 },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_JSON struct json_object *o = NULL;
		struct err err = { 0 };

		assert_case(json_parse(cases[i].text, strlen(cases[i].text), &cases[i].limits, &o, &err) == cases[i].taken, i,
			cases[i].text);
		assert_true(cases[i].taken || err.code == ERR_FORMAT);
		assert_case(err.detail == cases[i].detail, i, "told apart from what is not to be understood");
	}
}

static void json_parse__stops__a_bomb_of_brackets(void **state UNUSED)
{
	AUTO_FREE char *bomb = xmalloc(1000000);
	AUTO_JSON struct json_object *o = NULL;
	struct err err = { 0 };

	memset(bomb, '[', 1000000);
	assert_refused(json_parse(bomb, 1000000, NULL, &o, &err), &err, ERR_FORMAT);
}

static struct json_object *parsed(const char *text)
{
	struct json_object *o;
	struct err err = { 0 };

	assert_ok(json_parse(text, strlen(text), NULL, &o, &err), &err);
	return o;
}

static void json_members__give_defaults__for_what_is_absent_or_of_another_type(void **state UNUSED)
{
	AUTO_JSON struct json_object *o = parsed("{\"t\":\"x\",\"i\":7,\"d\":7.0,\"f\":7.5,\"b\":true,\"a\":[1],\"o\":{},"
		"\"n\":null,\"big\":1e30}");

	assert_string_equal(json_text(o, "t"), "x");
	assert_null(json_text(o, "i"));
	assert_null(json_text(o, "none"));
	assert_null(json_text(NULL, "t"));
	assert_null(json_text(json_member(o, "a"), "t"));
	assert_int_equal(json_int(o, "i", -1), 7);
	assert_int_equal(json_int(o, "d", -1), 7);
	assert_int_equal(json_int(o, "f", -1), -1);
	assert_int_equal(json_int(o, "t", -1), -1);
	assert_int_equal(json_int(o, "big", -1), -1);
	assert_int_equal(json_int(o, "none", -1), -1);
	assert_true(json_flag(o, "b", false));
	assert_true(json_flag(o, "i", true));
	assert_false(json_flag(o, "none", false));
	assert_non_null(json_array(o, "a"));
	assert_null(json_array(o, "o"));
	assert_non_null(json_dict(o, "o"));
	assert_null(json_dict(o, "a"));
	assert_int_equal(json_count(json_array(o, "a")), 1);
	assert_int_equal(json_count(o), 0);
	assert_int_equal(json_count(NULL), 0);
	assert_null(json_member(o, "n"));
}

static void json_number_text__is__as_it_was_written(void **state UNUSED)
{
	AUTO_JSON struct json_object *o = parsed("{\"a\":7.10,\"b\":7,\"c\":\"7\",\"d\":0.1000000000000000055511}");

	assert_string_equal(json_number_text(json_member(o, "a")), "7.10");
	assert_string_equal(json_number_text(json_member(o, "b")), "7");
	assert_null(json_number_text(json_member(o, "c")));
	assert_string_equal(json_number_text(json_member(o, "d")), "0.1000000000000000055511");
}

static void json_scaled__is_exact__or_refuses(void **state UNUSED)
{
	static const struct {
		const char *text;
		int places;
		bool fits;
		int64_t value;
	} cases[] = {
		{ "7", 0, true, 7 },          { "7", 1, true, 70 },        { "7.10", 1, true, 71 },    { "7.15", 1, false, 0 },
		{ "-0.5", 1, true, -5 },      { "-0.0", 2, true, 0 },      { "0", 9, true, 0 },        { "1e2", 0, true, 100 },
		{ "15E-1", 1, true, 15 },     { "1.5e-1", 1, false, 0 },   { "0.1", 3, true, 100 },    { "1e400", 0, false, 0 },
		{ "0e400", 0, true, 0 },      { "1e-400", 9, false, 0 },   { "12.3400", 2, true, 1234 },
		{ "9223372036854775807", 0, true, INT64_MAX },             { "9223372036854775807", 1, false, 0 },
		{ "-9223372036854775808", 0, true, INT64_MIN },            { "92233720368547758.07", 2, true, INT64_MAX },
		{ "92233720368547758.08", 2, false, 0 },                   { "1e99999999", 0, false, 0 },
		{ "0.00000000000000000001e20", 0, true, 1 },               { "\"7\"", 0, false, 0 },   { "null", 0, false, 0 },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_JSON struct json_object *o = parsed(cases[i].text);
		int64_t v = 0;

		assert_case(json_scaled(o, cases[i].places, &v) == cases[i].fits, i, cases[i].text);
		assert_case(v == cases[i].value, i, cases[i].text);
	}
}

static void json_new_decimal__prints__its_places(void **state UNUSED)
{
	static const struct {
		int64_t scaled;
		int places;
		const char *text;
	} cases[] = {
		{ 70, 1, "7.0" }, { 71, 2, "0.71" }, { 5, 3, "0.005" }, { -5, 1, "-0.5" }, { 0, 2, "0.00" }, { 7, 0, "7" },
		{ 123456, 2, "1234.56" }, { INT64_MIN, 1, "-922337203685477580.8" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_JSON struct json_object *o = json_new_decimal(cases[i].scaled, cases[i].places);
		int64_t back;

		assert_case(!strcmp(json_number_text(o), cases[i].text), i, json_number_text(o));
		assert_true(json_scaled(o, cases[i].places, &back) && back == cases[i].scaled);
	}
}

static void json_canonical__is_one_form__for_all_that_mean_the_same(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "{\"b\":1,\"a\":2}", "{\"a\":2,\"b\":1}" },
		{ "[7.00,7,70e-1,0.7E1]", "[7,7,7,7]" },
		{ "[100,1e2,100.0]", "[100,100,100]" },
		{ "[0,0.0,-0.0,0e9]", "[0,0,0,0]" },
		{ "[-1.50,0.001,12.050]", "[-1.5,0.001,12.05]" },
		{ "[1e-50,123e60]", "[1e-50,123e60]" },
		{ "{\"a\":null,\"b\":\"\",\"c\":[],\"d\":{},\"e\":{\"f\":{\"g\":null}},\"h\":0,\"i\":false}", "{\"h\":0,\"i\":false}" },
		{ "[null,\"\",{}]", "[null,\"\",{}]" },
		{ "{\"医\":1,\"a\\\"b\":2}", "{\"a\\\"b\":2,\"医\":1}" },
		{ "null", "null" },
		{ "{\"a\":[{\"z\":1,\"y\":[2.0]}]}", "{\"a\":[{\"y\":[2],\"z\":1}]}" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_JSON struct json_object *o = parsed(cases[i][0]);
		AUTO_SBUF struct sbuf b = SBUF_INIT;

		json_canonical(&b, o);
		assert_case(!strcmp(b.s, cases[i][1]), i, b.s);
	}
}

static void json_same__compares__by_meaning(void **state UNUSED)
{
	AUTO_JSON struct json_object *a = parsed("{\"v\":7.00,\"x\":null,\"u\":\"mmol/L\"}");
	AUTO_JSON struct json_object *b = parsed("{\"u\":\"mmol/L\",\"v\":7}");
	AUTO_JSON struct json_object *c = parsed("{\"u\":\"mmol/L\",\"v\":\"7\"}");

	assert_true(json_same(a, b));
	assert_false(json_same(a, c));
	assert_true(json_same(NULL, NULL));
	assert_false(json_same(a, NULL));
}

static void json_hash__is_equal__when_the_canonical_text_is(void **state UNUSED)
{
	static const char *const texts[] = { "{\"v\":7.00,\"x\":null,\"u\":\"a\"}", "{\"u\":\"a\",\"v\":7}", "{\"u\":\"a\",\"v\":\"7\"}",
		"{\"u\":\"a\",\"v\":70e-1,\"e\":[],\"o\":{\"p\":\"\"}}", "{\"v\":\"a\",\"u\":7}", "{}", "{\"a\":{\"b\":null}}", "[]", "[1,2]",
		"[2,1]", "[1,2.0]", "[1,[2]]", "[[1],2]", "[\"\",1]", "[1]", "[1,\"\"]", "[{}]", "[null]", "true", "false", "null", "0", "\"\"",
		"\"0\"", "{\"a\":true}", "{\"a\":false}", "{\"a\":0}", "{\"a\":-0.0}", "{\"ab\":1}", "{\"a\":\"b1\"}", "{\"a\":{\"b\":1},\"c\":2}",
		"{\"a\":{\"b\":2},\"c\":1}", "{\"c\":2,\"a\":{\"b\":1.0}}", "{\"a\":[{\"x\":1},{\"x\":2}]}", "{\"a\":[{\"x\":2},{\"x\":1}]}" };

	for (size_t i = 0; i < N_ELEMENTS(texts); i++)
		for (size_t j = 0; j < N_ELEMENTS(texts); j++) {
			AUTO_JSON struct json_object *a = parsed(texts[i]);
			AUTO_JSON struct json_object *b = parsed(texts[j]);
			AUTO_JSON struct json_object *x = json_object_new_object();
			AUTO_JSON struct json_object *y = json_object_new_object();

			/* inside an object, where what is empty is left out */
			json_object_object_add(x, "m", json_object_get(a));
			json_object_object_add(y, "m", json_object_get(b));
			if ((json_hash(x) == json_hash(y)) != json_same(x, y))
				fail_msg("%s and %s", texts[i], texts[j]);
		}
}

static void json_set__adds__members_but_no_null(void **state UNUSED)
{
	AUTO_JSON struct json_object *o = json_object_new_object();
	AUTO_SBUF struct sbuf b = SBUF_INIT;

	json_set_text(o, "t", "村/医\n");
	json_set_text(o, "none", NULL);
	json_set_int(o, "i", INT64_MIN);
	json_set_bool(o, "b", true);
	json_write(&b, o);
	assert_string_equal(b.s, "{\"t\":\"村/医\\n\",\"i\":-9223372036854775808,\"b\":true}");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_parse__takes__strict_json),
		cmocka_unit_test(json_write_text__says_what_the_library_says__any_text),
		cmocka_unit_test(json_parse__refuses__everything_else),
		cmocka_unit_test(json_parse__refuses__a_nul_inside),
		cmocka_unit_test(json_parse__reads__text_without_an_end),
		cmocka_unit_test(json_parse__names__line_and_column),
		cmocka_unit_test(json_parse__keeps__each_limit),
		cmocka_unit_test(json_parse__stops__a_bomb_of_brackets),
		cmocka_unit_test(json_members__give_defaults__for_what_is_absent_or_of_another_type),
		cmocka_unit_test(json_number_text__is__as_it_was_written),
		cmocka_unit_test(json_scaled__is_exact__or_refuses),
		cmocka_unit_test(json_new_decimal__prints__its_places),
		cmocka_unit_test(json_canonical__is_one_form__for_all_that_mean_the_same),
		cmocka_unit_test(json_same__compares__by_meaning),
		cmocka_unit_test(json_hash__is_equal__when_the_canonical_text_is),
		cmocka_unit_test(json_set__adds__members_but_no_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
