#include "app/base/csv.h"
#include "app/base/mem.h"
#include "app/base/path.h"
#include "app/base/utf8.h"
#include "support/base/check.h"

#include <iconv.h>
#include <unistd.h>

/* All records as one text: fields end with |, records with the line they start in: "a|b|@1 c|d|@2 ". */
static void dump(struct csv *csv, struct sbuf *out)
{
	const struct csv_record *r;
	struct err err = { 0 };
	enum csv_next next;
	int64_t number = 0;

	while ((next = csv_next(csv, &r, &err)) == CSV_RECORD) {
		assert_int_equal(r->number, ++number);
		for (size_t i = 0; i < r->n; i++) {
			assert_true(utf8_valid(r->field[i], strlen(r->field[i])));
			sbuf_addf(out, "%s|", r->field[i]);
		}
		sbuf_addf(out, "@%d%s ", (int)r->line, r->odd_quote ? "?" : "");
	}
	if (next == CSV_FAILED)
		sbuf_addf(out, "!%s %s", err_name(err.code), err.message);
}

static void check(const char *data, size_t n, const char *expected, size_t i)
{
	AUTO_CSV struct csv *csv = NULL;
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	struct err err = { 0 };

	assert_ok(csv_open_memory(&csv, data, n, &err), &err);
	dump(csv, &b);
	assert_case(!strcmp(b.s, expected), i, b.s);
}

static void csv_next__reads__records__table(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "\xEF\xBB\xBF", "" },
		{ "a", "a|@1 " },
		{ "a,b\nc,d\n", "a|b|@1 c|d|@2 " },
		{ "a,b\r\nc,d\r\n", "a|b|@1 c|d|@2 " },
		{ "a,b\rc,d", "a|b|@1 c|d|@2 " },
		{ "a,\n,b\n", "a||@1 |b|@2 " },
		{ "\xEF\xBB\xBF姓名,性别\n张三,男\n", "姓名|性别|@1 张三|男|@2 " },
		{ "a\n\n\nb\n", "a|@1 b|@4 " },
		{ "a,b\n,\n,,,\nc,d", "a|b|@1 c|d|@4 " },
		{ "\"a,b\",c\n", "a,b|c|@1 " },
		{ "\"a\"\"b\",\"\"\n", "a\"b||@1 " },
		{ "\"\"\"\"\n", "\"|@1 " },
		{ "a,\"x\ny\r\nz\rw\",b\nc,d,e\n", "a|x\ny\nz\nw|b|@1 c|d|e|@5 " },
		{ "\"a\"b,c\n", "ab|c|@1? " },
		{ "\"a\"\"b\"\"\"\n", "a\"b\"|@1 " },
		{ "a\"b,c\"\n", "a\"b|c\"|@1 " },
		{ " a , b \n", " a | b |@1 " },
		{ "a;b\nc;d,e\n", "a|b|@1 c|d,e|@2 " },
		{ "a\tb\n1,2\t3\n", "a|b|@1 1,2|3|@2 " },
		{ "\"a,b,c\";d\n", "a,b,c|d|@1 " },
		{ "居民名单\n姓名;性别\n", "居民名单|@1 姓名|性别|@2 " },
		{ "sep=;\r\na,x;b\r\n", "a,x|b|@2 " },
		{ "sep=\n", "sep=|@1 " },
		{ "a,b\nc", "a|b|@1 c|@2 " },
		{ "a,b\nc,", "a|b|@1 c||@2 " },
		{ "a,\"b\"", "a|b|@1 " },
		{ "a,b\n\"\n\",\n", "a|b|@1 \n||@2 " },
		{ "a,b\n1,\"2", "a|b|@1 !format The quotation mark that opens in line 2 is never closed: is the file cut off?" },
		{ "a,b\n1,\"2\n\n3,4\n",
			"a|b|@1 !format The quotation mark that opens in line 2 is never closed: is the file cut off?" },
		{ "\"", "!format The quotation mark that opens in line 1 is never closed: is the file cut off?" },
		{ "\"x\ny\",\"", "!format The quotation mark that opens in line 2 is never closed: is the file cut off?" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++)
		check(cases[i][0], strlen(cases[i][0]), cases[i][1], i);
}

static char *encode(const char *utf8, const char *to, const char *mark, size_t mark_len, size_t *n)
{
	size_t left = strlen(utf8), room = left * 4 + 8, size = room;
	AUTO_FREE char *copy = xstrdup(utf8);
	char *out = xmalloc(room + mark_len), *in = copy, *p = out + mark_len;
	iconv_t cd = iconv_open(to, "UTF-8");

	memcpy(out, mark, mark_len);
	assert_true(cd != (iconv_t)-1);
	assert_true(iconv(cd, &in, &left, &p, &room) != (size_t)-1);
	iconv_close(cd);
	*n = size - room + mark_len;
	return out;
}

static void csv_open__finds__the_encoding(void **state UNUSED)
{
	static const char text[] = "姓名,村\r\n张三,榕溪村\r\n㐀𠮷,\"高血压\n糖尿病\"\r\n李€,é\r\n";
	static const char expected[] = "姓名|村|@1 张三|榕溪村|@2 㐀𠮷|高血压\n糖尿病|@3 李€|é|@5 ";
	static const struct {
		const char *to, *mark;
		size_t mark_len;
		const char *name;
	} cases[] = {
		{ "UTF-8", "", 0, "UTF-8" },
		{ "UTF-8", "\xEF\xBB\xBF", 3, "UTF-8" },
		{ "GB18030", "", 0, "GB18030" },
		{ "UTF-16LE", "\xFF\xFE", 2, "UTF-16LE" },
		{ "UTF-16BE", "\xFE\xFF", 2, "UTF-16BE" },
		{ "GB18030", "\x84\x31\x95\x33", 4, "GB18030" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		size_t n;
		AUTO_FREE char *data = encode(text, cases[i].to, cases[i].mark, cases[i].mark_len, &n);
		AUTO_CSV struct csv *csv = NULL;
		AUTO_SBUF struct sbuf b = SBUF_INIT;
		struct err err = { 0 };

		assert_ok(csv_open_memory(&csv, data, n, &err), &err);
		assert_string_equal(csv_encoding(csv), cases[i].name);
		dump(csv, &b);
		assert_case(!strcmp(b.s, expected), i, b.s);
	}
}

static void csv_open__refuses__what_cannot_be_read(void **state UNUSED)
{
	static const struct {
		const char *data;
		size_t n;
		const char *says;
	} cases[] = {
		{ "PK\x03\x04xxxx", 8, "workbook" },
		{ "\xD0\xCF\x11\xE0xxxx", 8, "workbook" },
		{ "a,b\nc\0d,e\n", 10, "Line 2" },
		{ "\xFF\xFE" "a\0\0\0", 6, "NUL" },
		{ "\xEF\xBB\xBF" "a,b\nc,\xFF\n", 11, "UTF-8: damaged text in line 2, byte 10" },
		{ "a,b\nc,\xFF\xFF\n", 9, "GB18030: damaged text in line 2, byte 7" },
		{ "\xFF\xFE" "a", 3, "UTF-16LE" },
		{ "\xFF\xFE\x00\xD8" "a\0", 6, "UTF-16LE" },
		{ "\xEF\xBB\xBF" "a\xE5\xBC", 6, "UTF-8" },
		{ "a\xB0", 2, "GB18030" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		struct csv *csv;
		struct err err = { 0 };

		assert_case(!csv_open_memory(&csv, cases[i].data, cases[i].n, &err), i, cases[i].says);
		assert_int_equal(err.code, ERR_FORMAT);
		assert_case(strstr(err.message, cases[i].says) != NULL, i, err.message);
		assert_null(csv);
	}
}

/* UTF-8 that breaks later, or ends inside a character, must not become wrong characters by way of GB18030. */
static void csv_open__says_damaged_utf8__and_does_not_guess(void **state UNUSED)
{
	static const char row[] = "张三,榕溪村,高血压患者随访登记\n";
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	struct csv *csv;
	struct err err = { 0 };

	for (int i = 0; i < 10; i++)
		sbuf_adds(&b, row);
	sbuf_cut(&b, b.len - 3);
	assert_refused(csv_open_memory(&csv, b.s, b.len, &err), &err, ERR_FORMAT);
	assert_non_null(strstr(err.message, "UTF-8: damaged text in line 10"));
	b.s[100] = '\x80';
	assert_refused(csv_open_memory(&csv, b.s, b.len, &err), &err, ERR_FORMAT);
	assert_non_null(strstr(err.message, "UTF-8"));
}

/* The smallest files in GB18030: one character at the very end, or alone. */
static void csv_open__takes_gb18030__with_one_character_only(void **state UNUSED)
{
	check("name\n\xC0\xEE", 7, "name|@1 李|@2 ", 0);
	check("\xC0\xEE\n", 3, "李|@1 ", 1);
	check("x,\xBA\xBA", 4, "x|汉|@1 ", 2);
}

/* Every character once across the border of two pieces, with CR LF there too. */
static void csv_next__does_not_notice__the_pieces_it_reads_in(void **state UNUSED)
{
	for (size_t shift = 0; shift < 16; shift++) {
		AUTO_SBUF struct sbuf in = SBUF_INIT;
		AUTO_SBUF struct sbuf expected = SBUF_INIT;
		size_t line = 1;

		for (size_t i = 0; i < 65536 - 24 + shift; i++)
			sbuf_addc(&in, 'x');
		sbuf_addf(&expected, "%s|@%zu ", in.s, line++);
		sbuf_adds(&in, "\r\n");
		for (int i = 0; i < 6; i++) {
			sbuf_adds(&in, "村𠮷,\"a\r\nb\"\"\"\r\n");
			sbuf_addf(&expected, "村𠮷|a\nb\"|@%zu ", line);
			line += 2;
		}
		check(in.s, in.len, expected.s, shift);
	}
}

static void csv_next__keeps__its_limits(void **state UNUSED)
{
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	AUTO_SBUF struct sbuf commas = SBUF_INIT;
	const struct csv_record *r;
	struct csv *csv;
	struct err err = { 0 };

	sbuf_adds(&b, "a,b\n");
	for (int i = 0; i < CSV_RECORD_MAX; i++)
		sbuf_addc(&b, 'x');
	assert_ok(csv_open_memory(&csv, b.s, b.len, &err), &err);
	assert_int_equal(csv_next(csv, &r, &err), CSV_RECORD);
	assert_int_equal(csv_next(csv, &r, &err), CSV_FAILED);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_non_null(strstr(err.message, "line 2"));
	csv_close(csv);

	for (int i = 0; i < CSV_FIELDS_MAX - 1; i++)
		sbuf_adds(&commas, "x,");
	assert_ok(csv_open_memory(&csv, commas.s, commas.len, &err), &err);
	assert_int_equal(csv_next(csv, &r, &err), CSV_RECORD);
	assert_int_equal(r->n, CSV_FIELDS_MAX);
	csv_close(csv);
	sbuf_adds(&commas, ",");
	assert_ok(csv_open_memory(&csv, commas.s, commas.len, &err), &err);
	assert_int_equal(csv_next(csv, &r, &err), CSV_FAILED);
	csv_close(csv);
}

static void csv_open__reads__files_and_pipes(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "名单.csv");
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	int64_t done, total;
	int ends[2], saved = dup(STDIN_FILENO);
	struct csv *csv;
	struct err err = { 0 };

	scratch_write(path, "a,b\n1,2\n", 0);
	assert_ok(csv_open(&csv, path, &err), &err);
	dump(csv, &b);
	assert_string_equal(b.s, "a|b|@1 1|2|@2 ");
	assert_int_equal(csv_delimiter(csv), ',');
	csv_position(csv, &done, &total);
	assert_true(done == 8 && total == 8);
	csv_close(csv);

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "a;b\n\xD5\xC5;2\n", 9), 9);
	close(ends[1]);
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	sbuf_clear(&b);
	assert_ok(csv_open(&csv, "-", &err), &err);
	dup2(saved, STDIN_FILENO);
	close(saved);
	dump(csv, &b);
	assert_string_equal(b.s, "a|b|@1 张|2|@2 ");
	csv_close(csv);
}

static void csv_open__names__the_file_it_cannot_open(void **state UNUSED)
{
	AUTO_FREE char *dir = scratch_dir();
	AUTO_FREE char *path = scratch_path(dir, "没有.csv");
	struct csv *csv;
	struct err err = { 0 };

	assert_refused(csv_open(&csv, path, &err), &err, ERR_NOT_FOUND);
	assert_non_null(strstr(err.message, path));
	assert_refused(csv_open(&csv, dir, &err), &err, ERR_IO);
	assert_non_null(strstr(err.message, dir));
	csv_close(NULL);
}

static void csv_put__quotes_and_guards__table(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "a", "a" },           { NULL, "" },             { "", "" },               { "a,b", "\"a,b\"" },
		{ "a\"b", "\"a\"\"b\"" }, { "\"", "\"\"\"\"" },   { "a\nb", "\"a\nb\"" },   { "a\rb", "\"a\rb\"" },
		{ "a;b", "\"a;b\"" },   { " a", "\" a\"" },       { "=1+1", "'=1+1" },      { "+86 138", "'+86 138" },
		{ "-1", "'-1" },        { "@SUM(A1)", "'@SUM(A1)" }, { "\tx", "\"'\tx\"" }, { "\rx", "\"'\rx\"" },
		{ "|x", "'|x" },        { "＝1", "'＝1" },        { "＠a", "'＠a" },        { "=\"x\"", "\"'=\"\"x\"\"\"" },
		{ "'=x", "''=x" },      { "'x", "'x" },           { "a=1", "a=1" },         { "350299195203150048", "350299195203150048" },
		{ "－", "'－" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_SBUF struct sbuf b = SBUF_INIT;
		struct csv_writer w;

		csv_start(&w, &b);
		csv_put(&w, cases[i][0]);
		assert_case(!strcmp(b.s + 3, cases[i][1]), i, b.s);
	}
}

static void csv_put_number__leaves_numbers__but_guards_the_rest(void **state UNUSED)
{
	static const char *const cases[][2] = {
		{ "-1", "-1" }, { "-1.50", "-1.50" }, { "7", "7" }, { "-", "'-" }, { "-1+cmd", "'-1+cmd" }, { "1.", "1." },
		{ "-1.", "'-1." }, { "-.5", "'-.5" }, { "", "" }, { NULL, "" }, { "-1e5", "'-1e5" },
	};

	for (size_t i = 0; i < N_ELEMENTS(cases); i++) {
		AUTO_SBUF struct sbuf b = SBUF_INIT;
		struct csv_writer w;

		csv_start(&w, &b);
		csv_put_number(&w, cases[i][0]);
		assert_case(!strcmp(b.s + 3, cases[i][1]), i, b.s);
	}
}

/* What is written is read back the same, formula or not, also an empty first column. */
static void csv_writer__is_read_back__unchanged(void **state UNUSED)
{
	static const char *const rows[][4] = {
		{ "姓名", "备注", "=1", "'" },        { "", "a\nb", "\"", "'=x" },          { "'''-x", "−", " a ", "a\tb" },
		{ "", "", "", "x" },                  { "+", "''", "'+", "a;b,c" },         { "＝1", "'＝1", "|", "@@" },
	};
	AUTO_SBUF struct sbuf b = SBUF_INIT;
	AUTO_CSV struct csv *csv = NULL;
	const struct csv_record *r;
	struct csv_writer w;
	struct err err = { 0 };

	csv_start(&w, &b);
	for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
		for (size_t j = 0; j < 4; j++)
			csv_put(&w, rows[i][j]);
		csv_end_row(&w);
	}
	assert_ok(csv_open_memory(&csv, b.s, b.len, &err), &err);
	for (size_t i = 0; i < N_ELEMENTS(rows); i++) {
		assert_int_equal(csv_next(csv, &r, &err), CSV_RECORD);
		assert_int_equal(r->n, 4);
		for (size_t j = 0; j < 4; j++)
			assert_string_equal(csv_unguard(r->field[j]), rows[i][j]);
	}
	assert_int_equal(csv_next(csv, &r, &err), CSV_END);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(csv_next__reads__records__table),
		cmocka_unit_test(csv_open__finds__the_encoding),
		cmocka_unit_test(csv_open__refuses__what_cannot_be_read),
		cmocka_unit_test(csv_open__says_damaged_utf8__and_does_not_guess),
		cmocka_unit_test(csv_open__takes_gb18030__with_one_character_only),
		cmocka_unit_test(csv_next__does_not_notice__the_pieces_it_reads_in),
		cmocka_unit_test(csv_next__keeps__its_limits),
		cmocka_unit_test(csv_open__reads__files_and_pipes),
		cmocka_unit_test(csv_open__names__the_file_it_cannot_open),
		cmocka_unit_test(csv_put__quotes_and_guards__table),
		cmocka_unit_test(csv_put_number__leaves_numbers__but_guards_the_rest),
		cmocka_unit_test(csv_writer__is_read_back__unchanged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
