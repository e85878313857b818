/* What stands in a cell of a list that somebody keeps in Excel. */
#include "app/base/date.h"
#include "app/base/key_memo.h"
#include "app/base/utf8.h"
#include "app/clinic/idcard.h"
#include "app/service/imports_int.h"

/* Fields that hold a number though their type is text. */
static bool is_number_text(const struct field *f)
{
	static const char *const keys[] = { "id_number", "guardian_id", "phone", "contact_phone", "file_no", "card_no" };

	for (size_t i = 0; i < N_ELEMENTS(keys); i++)
		if (!strcmp(f->key, keys[i]))
			return true;
	return false;
}

/* Fields that mostly hold a number ("12", "3组"): found and ordered by it, so it is written one way. */
static bool is_place_number(const struct field *f)
{
	return !strcmp(f->key, "group") || !strcmp(f->key, "house");
}

/* ---- blanks ------------------------------------------------------------------------------------------------------------ */

static bool is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0xA0 || cp == 0x3000 || cp == 0x200B ||
		cp == 0x200E || cp == 0x200F || cp == 0xFEFF;
}

static bool is_hanzi(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

/* The first code point at s that is no blank, 0 at the end. */
static uint32_t next_sign(const char *s)
{
	uint32_t cp;

	while (*s) {
		s += utf8_decode(s, strlen(s), &cp);
		if (!is_blank(cp))
			return cp;
	}
	return 0;
}

/* Takes blanks away: at both ends, and inside where `all` or where they only stretch a short name over the width of the
 * column ("李  明"). */
static char *without_blanks(const char *s, bool all, struct arena *mem)
{
	char *buf = arena_alloc(mem, strlen(s) + 1), *out = buf;
	uint32_t before = 0, cp;

	while (*s) {
		size_t n = utf8_decode(s, strlen(s), &cp);
		uint32_t after = is_blank(cp) ? next_sign(s) : 0;
		bool drop = is_blank(cp) &&
			(all || !before || !after || (cp != '\n' && is_hanzi(before) && is_hanzi(after)));

		if (!drop) {
			memcpy(out, s, n);
			out += n;
		}
		if (!is_blank(cp))
			before = cp;
		s += n;
	}
	*out = '\0';
	return buf;
}

/* ---- numbers ----------------------------------------------------------------------------------------------------------- */

/* Ways to make Excel keep the digits: '3502..., ="3502...", a tab behind (gone by now); and what other programs add: .0 */
static const char *unwrap(char *s)
{
	size_t n;

	while (*s == '\'' || *s == '`' || *s == '=' || *s == '"')
		s++;
	n = strlen(s);
	while (n && (s[n - 1] == '"' || s[n - 1] == '\''))
		s[--n] = '\0';
	if (n > 2 && !strcmp(s + n - 2, ".0") && strspn(s, "0123456789") == n - 2)
		s[n - 2] = '\0';
	return s;
}

/* "3.50299E+17" */
static bool is_scientific(const char *s)
{
	size_t n = strspn(s, "0123456789");

	if (!n)
		return false;
	s += n;
	if (*s == '.')
		s += 1 + strspn(s + 1, "0123456789");
	if (*s != 'E' && *s != 'e')
		return false;
	s += 1 + (s[1] == '+');
	return *s && !s[strspn(s, "0123456789")];
}

static const char *const nothing[] = { "无", "没有", "未知", "不详", "暂无", "-", "--", "/", "—", "——", "NULL", "null", "N/A",
	"#N/A", "none" };

static bool means_none(const char *s)
{
	for (size_t i = 0; i < N_ELEMENTS(nothing); i++)
		if (!strcmp(s, nothing[i]))
			return true;
	return false;
}

static bool say(const struct field *f, struct err *err)
{
	char example[64];

	field_example(f, example, sizeof example);
	err_at(err, f->key);
	if (!*example && is_number_text(f))
		return err_example(err, strstr(f->key, "phone") ? "10050000048" : "350299195203150048");
	return err_example(err, example);
}

static bool lost_digits(const struct field *f, const char *s, struct err *err)
{
	err_set(err, ERR_INVALID_VALUE,
		_("%s: Excel turned the number into %s and its last digits are lost. Format the column as text and enter the "
		  "numbers again."),
		field_label(f), s);
	return say(f, err);
}

/* Excel keeps fifteen digits and puts zeros for the rest.  One number in a thousand ends so by itself. */
static bool is_rounded_id(const char *s)
{
	struct id_check id;

	if (strlen(s) != 18 || strspn(s, "0123456789") != 18 || strcmp(s + 15, "000") != 0)
		return false;
	id_check(s, "01", NO_DAY, &id);
	return id.result == ID_REJECT;
}

/* On the paper this is the file number; above a list it often just counts the lines. */
static const char number_heading[] = "编号";

static bool is_line_count(const struct field *f, const char *heading, const char *s)
{
	return !strcmp(f->key, "file_no") && !strncmp(heading, number_heading, strlen(number_heading)) && strlen(s) <= 6 &&
		strspn(s, "0123456789") == strlen(s);
}

static bool number_cell(const struct field *f, const char *heading, const char *text, struct arena *mem, const char **out,
	struct err *err)
{
	char *half = arena_alloc(mem, strlen(text) + 1);
	const char *s = text;

	if (utf8_fold_width(text, half, strlen(text) + 1))
		s = unwrap(without_blanks(half, true, mem));
	*out = means_none(s) ? "" : s;
	if (is_scientific(*out))
		return lost_digits(f, *out, err);
	if (!strcmp(f->key, "id_number") && is_rounded_id(*out)) {
		err_set(err, ERR_INVALID_VALUE,
			_("%s: the last digits of %s are zeros: Excel keeps only fifteen digits of a number. Format the column "
			  "as text and enter the numbers again from the cards."),
			field_label(f), *out);
		return say(f, err);
	}
	if (is_line_count(f, heading, *out))
		*out = "";
	return true;
}

/* ---- dates ------------------------------------------------------------------------------------------------------------- */

/* "1950-01-02 00:00:00" of a database is a day. */
static void cut_time(char *s)
{
	char *colon = strchr(s, ':'), *at = colon;

	if (!colon)
		return;
	while (at > s && *at != ' ' && *at != 'T')
		at--;
	if (at > s && strspn(at + 1, "0123456789:.Z") == strlen(at + 1))
		*at = '\0';
}

static bool date_cell(const struct field *f, char *text, struct arena *mem, struct value *out, struct err *err)
{
	size_t n;

	cut_time(text);
	if (means_none(text))
		text[0] = '\0';
	n = strspn(text, "0123456789");
	if (n == 5 && !text[n]) {
		err_set(err, ERR_INVALID_VALUE,
			_("%s: %s is how Excel counts days. Format the column as a date (1950-01-02)."), field_label(f), text);
		return say(f, err);
	}
	return field_parse(f, text, NO_DAY, mem, out, err);
}

/* ---- codes ------------------------------------------------------------------------------------------------------------- */

/* clang-format off */

/* Everyday words for what the paper prints otherwise. */
static const struct { const char *key, *word, *code; } words[] = {
	{ "sex", "男性", "1" }, { "sex", "女性", "2" }, { "sex", "M", "1" }, { "sex", "F", "2" },
	{ "sex", "male", "1" }, { "sex", "female", "2" }, { "sex", "man", "1" }, { "sex", "woman", "2" },
	{ "education", "大学", "2" }, { "education", "本科", "2" }, { "education", "大本", "2" }, { "education", "硕士", "1" },
	{ "education", "博士", "1" }, { "education", "大专", "3" }, { "education", "专科", "3" }, { "education", "中专", "4" },
	{ "education", "职高", "4" }, { "education", "技校", "5" }, { "education", "高中毕业", "6" },
	{ "education", "初中毕业", "7" }, { "education", "小学毕业", "8" }, { "education", "文盲", "9" },
	{ "education", "半文盲", "9" }, { "education", "未上学", "9" },
	{ "marital", "离异", "4" }, { "marital", "丧偶未再婚", "3" }, { "marital", "初婚", "2" }, { "marital", "再婚", "2" },
	{ "occupation", "农民", "4" }, { "occupation", "务农", "4" }, { "occupation", "粮农", "4" }, { "occupation", "渔民", "4" },
	{ "occupation", "工人", "5" }, { "occupation", "司机", "5" }, { "occupation", "教师", "1" },
	{ "occupation", "医生", "1" }, { "occupation", "无", "8" }, { "occupation", "无业", "8" },
	{ "occupation", "待业", "8" }, { "occupation", "其他", "7" }, { "occupation", "经商", "3" }, { "occupation", "干部", "2" },
	{ "household_relation", "本人", "0" }, { "household_relation", "妻", "1" }, { "household_relation", "妻子", "1" },
	{ "household_relation", "夫", "1" }, { "household_relation", "丈夫", "1" }, { "household_relation", "老婆", "1" },
	{ "household_relation", "儿子", "2" }, { "household_relation", "长子", "2" }, { "household_relation", "次子", "2" },
	{ "household_relation", "三子", "2" }, { "household_relation", "独生子", "2" }, { "household_relation", "女婿", "2" },
	{ "household_relation", "女儿", "3" }, { "household_relation", "长女", "3" }, { "household_relation", "次女", "3" },
	{ "household_relation", "三女", "3" }, { "household_relation", "独生女", "3" }, { "household_relation", "儿媳", "3" },
	{ "household_relation", "孙子", "4" }, { "household_relation", "孙女", "4" },
	{ "household_relation", "孙", "4" }, { "household_relation", "外孙", "4" }, { "household_relation", "外孙女", "4" },
	{ "household_relation", "父亲", "5" }, { "household_relation", "母亲", "5" }, { "household_relation", "父", "5" },
	{ "household_relation", "母", "5" }, { "household_relation", "祖父", "6" }, { "household_relation", "祖母", "6" },
	{ "household_relation", "爷爷", "6" }, { "household_relation", "奶奶", "6" }, { "household_relation", "兄", "7" },
	{ "household_relation", "弟", "7" }, { "household_relation", "姐", "7" }, { "household_relation", "妹", "7" },
	{ "household_relation", "兄弟", "7" }, { "household_relation", "姐妹", "7" }, { "household_relation", "哥哥", "7" },
	{ "household_relation", "弟弟", "7" }, { "household_relation", "姐姐", "7" }, { "household_relation", "妹妹", "7" },
	{ "status", "正常", "1" }, { "status", "在家", "1" }, { "status", "常住", "1" }, { "status", "外出务工", "2" },
	{ "status", "打工", "2" }, { "status", "已故", "4" }, { "status", "去世", "4" },
	{ "residence_type", "本地", "1" }, { "residence_type", "外地", "2" },
	{ "payment", "新农合", "3" }, { "payment", "农合", "3" }, { "payment", "合作医疗", "3" }, { "payment", "自费", "7" },
	{ "payment", "职工医保", "1" }, { "payment", "城镇职工", "1" }, { "payment", "城镇居民", "2" },
	{ "payment", "居民医保", "2" }, { "payment", "城乡居民医保", "2" }, { "payment", "城乡居民基本医疗保险", "2" },
	{ "past_disease", "慢阻肺", "5" }, { "past_disease", "高血压病", "2" }, { "past_disease", "精神病", "8" }, { "past_disease", "肺结核", "9" },
	{ "past_disease", "2型糖尿病", "3" }, { "past_disease", "肿瘤", "6" }, { "past_disease", "中风", "7" },
	{ "drug_allergy", "磺胺类", "3" }, { "drug_allergy", "磺胺类药", "3" }, { "drug_allergy", "青霉素类", "2" },
	{ "disability", "肢残", "5" }, { "disability", "无残", "1" },
};

/* clang-format on */

static const char *everyday(const char *key, const char *word)
{
	for (size_t i = 0; i < N_ELEMENTS(words); i++)
		if (key_is(words[i].key, key) && !strcmp(words[i].word, word))
			return words[i].code;
	return NULL;
}

/* "汉" for 汉族, "A" for A型: the beginning of one code's words, of no other's. */
static const char *beginning(const struct code *codes, const char *word)
{
	const char *found = NULL;
	size_t n = strlen(word);

	for (const struct code *c = codes; n && c->code; c++)
		if (!strncmp(c->term.zh, word, n)) {
			if (found)
				return NULL;
			found = c->code;
		}
	return found;
}

/* "2 女", "2.女", "2-女": the code and its word as our own lists print them. */
static const char *code_before_word(const struct field *f, const char *s, struct arena *mem)
{
	size_t n = strspn(s, "0123456789"), gap = strspn(s + n, " .-:");
	const char *word = s + n + gap;
	const struct code *c;

	if (!n || !*word || (!gap && (unsigned char)*word < 0x80))
		return NULL;
	c = field_code(f, arena_strndup(mem, s, n));
	return c && (!strcmp(word, c->term.zh) || !strcmp(word, c->term.en)) ? c->code : NULL;
}

/* The paper's own words first: nearly every cell holds one of them. */
static const char *understand(const struct field *f, const char *key, const char *word, struct arena *mem)
{
	const char *code = code_before_word(f, word, mem);

	if (code)
		return code;
	for (const struct code *c = f->codes; c->code; c++)
		if (!strcmp(c->code, word) || !strcmp(c->term.zh, word) || !strcmp(c->term.en, word))
			return c->code;
	if (field_code(f, word))
		return word;
	code = everyday(key, word);
	return code ? code : beginning(f->codes, word);
}

static bool code_cell(const struct field *f, const char *text, struct arena *mem, struct value *out, struct err *err)
{
	const char *code = understand(f, f->key, text, mem);

	return field_parse(f, code ? code : text, NO_DAY, mem, out, err);
}

static const char *const parting[] = { ",", "，", "、", ";", "；", "/", "|", "\n" };

/* Each word by itself, so that "青霉素类、磺胺" is understood too. */
static bool codes_cell(const struct field *f, const char *text, struct arena *mem, struct value *out, struct err *err)
{
	AUTO_SBUF struct sbuf joined = SBUF_INIT;

	while (*text) {
		size_t n = 0, skip = 0;
		const char *word, *code;

		for (; text[n] && !skip; n += !skip)
			for (size_t i = 0; i < N_ELEMENTS(parting) && !skip; i++)
				if (!strncmp(text + n, parting[i], strlen(parting[i])))
					skip = strlen(parting[i]);
		word = without_blanks(arena_strndup(mem, text, n), false, mem);
		code = *word ? understand(f, f->key, word, mem) : NULL;
		if (*word)
			sbuf_addf(&joined, "%s%s", joined.len ? "," : "", code ? code : word);
		text += n + skip;
	}
	return field_parse(f, joined.s, NO_DAY, mem, out, err);
}

/* ---- lists ------------------------------------------------------------------------------------------------------------- */

static const struct field *empty_field(const struct record *item, enum value_kind type)
{
	for (size_t i = 0; i < item->form->n_fields; i++)
		if (item->form->fields[i].type == type && value_is_empty(&item->values[i]))
			return &item->form->fields[i];
	return NULL;
}

/* A word of "高血压 2015-03" or "阑尾切除 2001": a code, a date, or part of the name. */
static bool list_word(const struct field *list, struct record *item, const char *word, struct arena *mem)
{
	const struct field *code = empty_field(item, V_CODE), *date = empty_field(item, V_DATE);
	const char *text = code ? understand(code, list->key, word, mem) : NULL;
	const struct field *rest = NULL;
	struct value v;
	struct err ignored;

	if (code && field_parse(code, text ? text : word, NO_DAY, mem, &v, &ignored)) {
		record_set(item, code->key, &v);
		return true;
	}
	if (date && field_parse(date, word, NO_DAY, mem, &v, &ignored) && !value_is_empty(&v)) {
		record_set(item, date->key, &v);
		return true;
	}
	for (size_t i = 0; i < item->form->n_fields; i++)
		if (item->form->fields[i].type == V_TEXT)
			rest = &item->form->fields[i];
	if (!rest)
		return false;
	text = record_text(item, rest->key);
	record_set_text(item, rest->key, text ? arena_printf(mem, "%s %s", text, word) : word);
	return true;
}

static bool list_item(const struct field *f, char *text, struct record *rec, struct arena *mem)
{
	struct record *item = NULL;

	for (char *s = text; *s;) {
		size_t n;
		char end;

		s += strspn(s, " \t");
		n = strcspn(s, " \t");
		if (!n)
			break;
		end = s[n];
		s[n] = '\0';
		if (!item)
			item = record_add_item(rec, f->key);
		if (!list_word(f, item, s, mem))
			return false;
		s += n + (end != '\0');
	}
	return true;
}

static const char *const wide_parting[] = { "；", "，", "、" };

/* "高血压 2015-03; 糖尿病": as our own lists print them. */
static bool list_cell(const struct field *f, const char *text, struct arena *mem, struct value *out, struct err *err)
{
	char *s = arena_strdup(mem, text), *end;
	struct record *rec = record_new(mem, &(const struct form_def){ .fields = f, .n_fields = 1 });

	for (size_t i = 0; i < N_ELEMENTS(wide_parting); i++)
		while ((end = strstr(s, wide_parting[i])))
			memcpy(end, ";  ", 3);
	while (*s) {
		end = s + strcspn(s, ";,\n");
		char at = *end;

		*end = '\0';
		if (!list_item(f, s, rec, mem)) {
			err_set(err, ERR_INVALID_VALUE, _("%s: \"%s\" is not understood."), field_label(f), text);
			return say(f, err);
		}
		s = end + (at != '\0');
	}
	*out = rec->values[0];
	return true;
}

/* ---- a cell ------------------------------------------------------------------------------------------------------------ */

bool import_cell(const struct field *f, const char *heading, const char *text, struct arena *mem, struct value *out,
	struct err *err)
{
	char *half;

	*out = (struct value){ 0 };
	text = csv_unguard(text);
	if (f->type == V_TEXT && is_number_text(f)) {
		if (!number_cell(f, heading, text, mem, &text, err))
			return false;
		return field_parse(f, text, NO_DAY, mem, out, err);
	}
	text = without_blanks(text, false, mem);
	if (!*text)
		return true;
	if ((f->type == V_TEXT && !is_place_number(f)) || f->type == V_TIME || f->type == V_REF)
		return field_parse(f, text, NO_DAY, mem, out, err);
	half = arena_alloc(mem, strlen(text) + 1);
	if (!utf8_fold_width(text, half, strlen(text) + 1))
		half = arena_strdup(mem, text);
	if (f->type == V_DATE)
		return date_cell(f, half, mem, out, err);
	if (f->type == V_CODE)
		return code_cell(f, half, mem, out, err);
	if (f->type == V_CODES)
		return codes_cell(f, half, mem, out, err);
	if (f->type == V_LIST)
		return list_cell(f, half, mem, out, err);
	return field_parse(f, half, NO_DAY, mem, out, err);
}
