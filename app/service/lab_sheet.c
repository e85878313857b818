/* What the laboratory's sheet says: its columns, its cells, whom a line means. */
#include "app/base/i18n.h"
#include "app/base/utf8.h"
#include "app/clinic/exam.h"
#include "app/clinic/forms/forms.h"
#include "app/service/lab_int.h"

/* clang-format off */

static const char no_words[] = "编号 序号 号码 体检编号 体检号 样本号 标本号 no number sampleno examno";
static const char heading_example[] = "编号,姓名,ALT,AST";
static const char name_words[] = "姓名 病人姓名 受检者 name patientname";

/* As analysers and hospital systems head their columns; keys and labels of the form are known besides. */
static const struct {
	const char *key, *names;
} aliases[] = {
	{ "hb", "hb hgb 血红蛋白浓度 血红蛋白测定" },
	{ "wbc", "wbc 白细胞计数 白细胞数" },
	{ "plt", "plt 血小板计数 血小板数" },
	{ "urine_protein", "pro 尿蛋白质 尿蛋白定性" },
	{ "urine_sugar", "尿葡萄糖 uglu" },
	{ "urine_ketone", "ket 酮体" },
	{ "urine_blood", "bld 隐血 尿隐血 潜血" },
	{ "fpg", "glu fbg 葡萄糖 血糖 空腹葡萄糖" },
	{ "hba1c", "糖化 糖化血红蛋白a1c ghb" },
	{ "urine_albumin", "malb 微量白蛋白" },
	{ "stool_blood", "大便隐血 粪便隐血" },
	{ "hbsag", "乙肝表面抗原定性" },
	{ "alt", "gpt 丙氨酸氨基转移酶 谷丙 丙氨酸转氨酶" },
	{ "ast", "got 天门冬氨酸氨基转移酶 天冬氨酸氨基转移酶 谷草" },
	{ "albumin", "alb 血清白蛋白" },
	{ "tbil", "tbil tb 总胆" },
	{ "dbil", "dbil db 直接胆红素 直胆" },
	{ "creatinine", "cr crea scr 肌酐" },
	{ "urea", "bun 尿素 尿素氮" },
	{ "potassium", "k 钾 血清钾" },
	{ "sodium", "na 钠 血清钠" },
	{ "tc", "cho chol tcho 胆固醇 血清总胆固醇" },
	{ "tg", "trig 血清甘油三酯" },
	{ "ldl", "ldlc 低密度 低密度脂蛋白胆固醇 血清低密度脂蛋白胆固醇" },
	{ "hdl", "hdlc 高密度 高密度脂蛋白胆固醇 血清高密度脂蛋白胆固醇" },
};

/* What a laboratory writes behind a number. */
static const char *const tails[] = { "↑", "↓", "*", " H", " L", "H", "L" };

/* clang-format on */

static const struct field *field_of(const char *key, struct arena *mem)
{
	for (size_t i = 0; i < exam_form.n_fields; i++) {
		const struct field *f = &exam_form.fields[i];

		if (exam_is_result(f) && (heading_is_term(&f->label, key, mem) || !strcmp(heading_key(f->key, mem), key)))
			return f;
	}
	for (size_t i = 0; i < N_ELEMENTS(aliases); i++)
		if (heading_has_word(aliases[i].names, key))
			return form_field(&exam_form, aliases[i].key);
	return NULL;
}

static bool usable(const struct lab_columns *cols, struct err *err)
{
	bool any = false;

	for (size_t i = 0; i < cols->n; i++)
		any |= cols->field[i] != NULL;
	if (cols->no < 0 && cols->name < 0) {
		err_set(err, ERR_FORMAT, _("The first line must name the columns: a number or a name is missing."));
		return err_example(err, heading_example);
	}
	if (any)
		return true;
	err_set(err, ERR_FORMAT, _("No column is a test of the examination form."));
	return err_example(err, heading_example);
}

bool lab_columns(struct lab_columns *cols, const struct csv_record *r, struct arena *mem, struct err *err)
{
	*cols = (struct lab_columns){ .n = r->n, .no = -1, .name = -1 };
	cols->ignored = arena_alloc(mem, (r->n + 1) * sizeof *cols->ignored);
	for (size_t i = 0; i < r->n; i++) {
		const char *key = heading_key(r->field[i], mem);

		if (cols->no < 0 && heading_has_word(no_words, key))
			cols->no = (int)i;
		else if (cols->name < 0 && heading_has_word(name_words, key))
			cols->name = (int)i;
		else
			cols->field[i] = field_of(key, mem);
		if (*key && !cols->field[i] && (int)i != cols->no && (int)i != cols->name)
			cols->ignored[cols->n_ignored++] = arena_strdup(mem, r->field[i]);
	}
	return usable(cols, err);
}

/* ---- cells ---------------------------------------------------------------------------------------------------------------- */

static void cut_tail(char *s)
{
	for (bool again = true; again;) {
		size_t n = strlen(s);

		again = false;
		for (size_t i = 0; i < N_ELEMENTS(tails) && !again; i++) {
			size_t t = strlen(tails[i]);

			if (n > t && !strcmp(s + n - t, tails[i])) {
				s[n - t] = '\0';
				again = true;
			}
		}
		while (*s && s[strlen(s) - 1] == ' ')
			s[strlen(s) - 1] = '\0';
	}
}

/* More places than the form has are rounded, halves up. */
static void round_places(char *s, unsigned places)
{
	char *point = strchr(s, '.');
	size_t keep;

	if (!point || strspn(point + 1, "0123456789") != strlen(point + 1) || strlen(point + 1) <= places)
		return;
	keep = (size_t)(point - s) + 1 + places;
	if (s[keep] < '5') {
		s[places ? keep : keep - 1] = '\0';
		return;
	}
	s[places ? keep : keep - 1] = '\0';
	for (size_t i = strlen(s); i > 0; i--) {
		if (s[i - 1] == '.')
			continue;
		if (s[i - 1] < '0' || s[i - 1] > '9')
			return;
		if (++s[i - 1] <= '9')
			return;
		s[i - 1] = '0';
	}
	memmove(s + 1, s, strlen(s) + 1); /* 99.96 -> 100.0: the buffer has room */
	s[0] = '1';
}

bool lab_cell(const struct field *f, const char *text, struct arena *mem, struct value *out, struct err *err)
{
	size_t size = strlen(text) + 2;
	char *half = arena_alloc(mem, size);

	*out = (struct value){ 0 };
	if (!utf8_fold_width(csv_unguard(text), half, size))
		snprintf(half, size, "%s", text);
	if (f->type == V_INT || f->type == V_DECIMAL) {
		cut_tail(half);
		round_places(half, f->type == V_DECIMAL ? f->places : 0);
		if (!strcmp(half, "-") || !strcmp(half, "--") || !strcmp(half, "/"))
			return true;
	}
	return !*half || (field_parse(f, half, NO_DAY, mem, out, err) && (value_is_empty(out) || field_check(f, out, NO_DAY, err)));
}

/* ---- whom ------------------------------------------------------------------------------------------------------------------- */

static int number_of(const char *no)
{
	char half[32];
	long n;
	char *end;

	if (!no || !utf8_fold_width(no, half, sizeof half))
		return 0;
	n = strtol(half, &end, 10);
	return *half && !*end && n > 0 && n < 100000 ? (int)n : 0;
}

static bool same_name(const char *a, const char *b)
{
	char x[256], y[256];

	return a && b && utf8_fold_width(a, x, sizeof x) && utf8_fold_width(b, y, sizeof y) && !strcmp(x, y);
}

static const struct exam_guest *by_name(const struct exam_day *day, const char *name, struct arena *mem, const char **reason)
{
	const struct exam_guest *found = NULL;

	for (size_t i = 0; i < day->n; i++) {
		if (!same_name(day->guests[i].name, name))
			continue;
		if (found) {
			*reason = arena_printf(mem, _("Several people called %s came on that day: the number must say which."),
				name);
			return NULL;
		}
		found = &day->guests[i];
	}
	if (!found)
		*reason = arena_printf(mem, _("Nobody called %s came on that day."), name);
	return found;
}

static const struct exam_guest *by_number(const struct exam_day *day, int no, const char *name, struct arena *mem,
	const char **reason)
{
	const struct exam_guest *other = NULL;

	for (size_t i = 0; i < day->n; i++) {
		if (day->guests[i].no != no)
			continue;
		if (same_name(day->guests[i].name, name))
			return &day->guests[i];
		other = &day->guests[i];
	}
	if (!name)
		*reason = _("Without a name the number alone is not believed.");
	else if (other)
		*reason = arena_printf(mem, _("Number %d is %s on our list, the sheet says %s."), no, other->name, name);
	else
		*reason = arena_printf(mem, _("Number %d is not on the list of that day."), no);
	return NULL;
}

const struct exam_guest *lab_match(const struct exam_day *day, const char *no, const char *name, struct arena *mem,
	const char **reason)
{
	char blank[8];
	bool numbered = no && *no && !(utf8_fold_width(no, blank, sizeof blank) && !*blank), named = name && *name;

	*reason = "";
	if (numbered && !number_of(no)) {
		*reason = arena_printf(mem, _("\"%s\" is no running number."), no);
		return NULL;
	}
	if (numbered)
		return by_number(day, number_of(no), named ? name : NULL, mem, reason);
	if (named)
		return by_name(day, name, mem, reason);
	*reason = _("The line has neither number nor name.");
	return NULL;
}
