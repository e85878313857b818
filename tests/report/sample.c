#include "report/sample.h"

#include <stdint.h>
#include <zlib.h>

#include "app/base/date.h"
#include "app/base/path.h"

static void indicator(struct sheet *sh, const char *code, const char *name, int64_t num, int64_t den, int64_t percent)
{
	sheet_row(sh);
	sheet_text(sh, CELL_STYLE_CENTRE, code);
	sheet_text(sh, CELL_STYLE_LABEL, name);
	sheet_int(sh, CELL_STYLE_PLAIN, num);
	sheet_int(sh, CELL_STYLE_PLAIN, den);
	sheet_percent(sh, percent > 10000 ? CELL_STYLE_WARN : CELL_STYLE_PLAIN, percent);
}

static void heads(struct sheet *sh, const char *const *names, size_t n)
{
	sheet_row(sh);
	for (size_t i = 0; i < n; i++)
		sheet_static(sh, CELL_STYLE_HEAD, names[i]);
	sheet_head_row(sh);
}

static void figures(struct report *rep)
{
	static const char *const names[] = { "代码", "指标", "分子", "分母", "百分比" };
	struct sheet *sh = report_sheet(rep, SHEET_FIGURES, "公卫指标");
	size_t first;

	sheet_line(sh, CELL_STYLE_TITLE, rep->title);
	sheet_line(sh, CELL_STYLE_NOTE, "截至 2026-10-31，从 1 月 1 日累计");
	heads(sh, names, N_ELEMENTS(names));
	first = sh->n_rows;
	indicator(sh, "H00", "高血压健康管理率", 1204, 1533, 7854);
	indicator(sh, "H01", "高血压规范管理率", 803, 1204, 6669);
	indicator(sh, "H02", "血压控制率", 711, 1204, 5905);
	indicator(sh, "SN00", "签约率", 101, 100, 10100);
	sh->chart = (struct chart_spec){ CHART_COLUMNS, "公卫指标 (%)", first, sh->n_rows - 1, 1, 4, sh->n_rows + 1, 0, 0 };
}

static void people(struct report *rep, size_t n)
{
	static const char *const names[] = { "姓名", "证件号码", "出生日期", "收缩压", "血糖", "电话", "H01" };
	struct sheet *sh = report_sheet(rep, SHEET_LIST, "高血压名单");

	sh->landscape = true;
	sh->frozen_cols = 1;
	sheet_line(sh, CELL_STYLE_TITLE, "高血压名单");
	heads(sh, names, N_ELEMENTS(names));
	for (size_t i = 0; i < n; i++) {
		sheet_row(sh);
		sheet_text(sh, CELL_STYLE_PLAIN, i % 3 ? "陈桂兰" : "李四");
		sheet_text(sh, CELL_STYLE_PLAIN, "350299********0048");
		sheet_date(sh, CELL_STYLE_PLAIN, date_day("1952-03-15") + (int32_t)i);
		sheet_int(sh, CELL_STYLE_PLAIN, 120 + (int64_t)(i % 40));
		sheet_decimal(sh, CELL_STYLE_PLAIN, 61 + (int64_t)(i % 30), 1);
		sheet_text(sh, CELL_STYLE_PLAIN, "10000000000");
		sheet_static(sh, CELL_STYLE_CENTRE, i % 2 ? "是" : "否");
	}
}

struct report *sample_report(size_t n_people, const char *mark)
{
	struct report *rep = report_new("2026-10", "2026年10月报表", "试验乡 & 卫生院", date_day("2026-10-31"));

	report_set_mark(rep, mark);
	figures(rep);
	people(rep, n_people);
	return rep;
}

bool sample_read(const char *path, struct sbuf *out)
{
	struct err err;

	return path_read(path, SIZE_MAX, out, &err);
}

static uint32_t le(const unsigned char *p, int n)
{
	uint32_t v = 0;

	while (n--)
		v = v << 8 | p[n];
	return v;
}

static bool inflate_to(const unsigned char *data, size_t packed, size_t size, struct sbuf *out)
{
	unsigned char *buf = xmalloc(size + 1);
	z_stream zs = { .next_out = buf, .avail_out = (uInt)size, .avail_in = (uInt)packed };
	bool ok;

	memcpy(&zs.next_in, &data, sizeof zs.next_in);
	ok = inflateInit2(&zs, -MAX_WBITS) == Z_OK && inflate(&zs, Z_FINISH) == Z_STREAM_END;
	inflateEnd(&zs);
	if (ok)
		sbuf_add(out, buf, size);
	free(buf);
	return ok;
}

bool sample_unzip(const char *path, const char *part, struct sbuf *out)
{
	AUTO_SBUF struct sbuf file = SBUF_INIT;
	const unsigned char *base, *at;

	if (!sample_read(path, &file) || file.len < 22)
		return false;
	base = (const unsigned char *)file.s;
	at = base + le(base + file.len - 22 + 16, 4);
	while (at + 46 <= base + file.len && le(at, 4) == 0x02014b50) {
		const uint32_t name_len = le(at + 28, 2);
		const unsigned char *local = base + le(at + 42, 4);

		if (name_len == strlen(part) && !memcmp(at + 46, part, name_len))
			return inflate_to(local + 30 + le(local + 26, 2) + le(local + 28, 2), le(at + 20, 4), le(at + 24, 4), out);
		at += 46 + name_len + le(at + 30, 2) + le(at + 32, 2);
	}
	return false;
}
