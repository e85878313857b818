/* Which field a column of the list is: the labels of the form in both languages, its keys, and what people write above
 * such columns. */
#include "app/base/utf8.h"
#include "app/service/imports_int.h"

/* clang-format off */

static const struct {
	const char *key;   /* NULL: known and passed over */
	const char *names; /* as heading_key() makes them, parted by blanks */
} aliases[] = {
	{ "name", "居民姓名 姓名全称 名字 fullname residentname patientname" },
	{ "id_number", "身份证号码 身份证 公民身份号码 公民身份证号码 居民身份证号 居民身份证号码 身份证件号码 身份证件号 证件号 "
	               "证件号码 身份号码 id idno idnumber idcard idcardnumber nationalid" },
	{ "id_type", "证件类别 证件种类 身份证件类型 身份证件类别 idtype" },
	{ "sex", "男女 gender" },
	{ "birth_date", "出生年月 出生年月日 出生时间 生日 出生 birthday birthdate dateofbirth dob born" },
	{ "phone", "联系电话 电话 电话号码 手机 手机号 手机号码 本人手机 本人联系电话 联系方式 联系手机 移动电话 mobile "
	           "mobilephone phonenumber telephonenumber tel cell" },
	{ "phone_owner", "电话是谁的 机主 电话归属" },
	{ "contact_name", "联系人 紧急联系人 紧急联系人姓名 contactperson contact" },
	{ "contact_phone", "联系人手机 紧急联系人电话 contacttelephone contactphone" },
	{ "village", "村 村名 行政村 所在村 所属村 村委会 居委会 村居 村居委会 村居名称 村委会名称 居委会名称 社区 村社区 所属村居 "
	             "村居民委员会 村居委会名称 villagename community" },
	{ "group", "组 小组 村组 组别 组名 村小组 生产队 自然村 屯 villagersgroup hamlet" },
	{ "house", "门牌号 门牌号码 房号 housenumber houseno" },
	{ "address", "地址 住址 家庭住址 家庭地址 详细地址 居住地址 现居住地址 现居住地 常住地址 现住地址 homeaddress" },
	{ "registered_address", "户口地址 户口所在地 户籍所在地 户籍住址 户籍 permanentaddress" },
	{ "file_no", "档案号 档案编号 健康档案号 健康档案编号 居民健康档案号 居民健康档案编号 个人档案号 fileno filenumber" },
	{ "card_no", "健康卡号 电子健康卡号 居民健康卡号" },
	{ "household", "户主 户主姓名 户主名 householder householdhead headofhousehold" },
	{ "household_relation", "户主关系 家庭关系 与户主的关系 关系 relation relationtohead relationship" },
	{ "kin_name", "父夫名 父亲或丈夫 丈夫或父亲 父亲丈夫姓名" },
	{ "nickname", "乳名 曾用名 别名 绰号" },
	{ "filed_on", "建档时间 建卡日期" },
	{ "responsible_doctor", "责任医师 管理医生 doctor" },
	{ "workplace", "单位 工作单位名称" },
	{ "residence_type", "常住 户籍类型 居住类型" },
	{ "ethnicity", "族别 ethnicity nationality" },
	{ "abo", "abo血型 bloodtype bloodgroup" },
	{ "rh", "rh血型 rh阴性" },
	{ "education", "学历 受教育程度 教育程度" },
	{ "marital", "婚姻 婚姻状态 婚否" },
	{ "payment", "支付方式 付费方式 医疗付费方式 医保类型 insurance" },
	{ "drug_allergy", "过敏史 药物过敏 allergy allergies" },
	{ "past_disease", "既往史 既往病史 疾病史 患病情况 慢性病 慢病 既往史疾病 diseases" },
	{ "disability", "残疾 残疾类型" },
	{ "key_flags", "人群标记 重点人群类型" },
	{ "status", "状态 档案状态 人员状态" },
	{ "died_on", "死亡时间 dateofdeath" },
	{ "moved_in_on", "迁入时间" },
	{ "moved_on", "迁出时间" },
	{ "note", "说明 附注 remark remarks notes comment comments" },
	{ NULL, "序号 编码 行号 年龄 岁 周岁 age no number 导入问题 importproblem" },
};

/* clang-format on */

const char *heading_key(const char *text, struct arena *mem)
{
	char *buf = arena_alloc(mem, strlen(text) + 1), *out = buf;
	bool bracket = false;

	if (!utf8_fold_width(text, buf, strlen(text) + 1))
		return "";
	for (const char *s = buf; *s; s++) {
		if (*s == '(' && out > buf)
			bracket = true;
		else if (*s == ')')
			bracket = false;
		else if (!bracket && !strchr(" \t\n\r*:'\"./-_,;()", *s))
			*out++ = (char)(*s >= 'A' && *s <= 'Z' ? *s - 'A' + 'a' : *s);
	}
	*out = '\0';
	return buf;
}

bool heading_has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = words; n && *s; s += strspn(s, " ")) {
		size_t len = strcspn(s, " ");

		if (len == n && !memcmp(s, word, n))
			return true;
		s += len;
	}
	return false;
}

bool heading_is_term(const struct term *t, const char *key, struct arena *mem)
{
	return (t->zh && *t->zh && !strcmp(heading_key(t->zh, mem), key)) ||
		(t->en && *t->en && !strcmp(heading_key(t->en, mem), key));
}

/* The words of the paper before a field stand alone there ("其他"), so they count where only one field has them. */
static const struct field *by_words_on_paper(const struct form_def *form, const char *key, struct arena *mem)
{
	const struct field *found = NULL;

	for (size_t i = 0; i < form->n_fields; i++) {
		const struct field *f = &form->fields[i];

		if (f->type == V_CODES || f->type == V_LIST || !heading_is_term(&f->on_form, key, mem))
			continue;
		if (found)
			return NULL;
		found = f;
	}
	return found;
}

static const struct field *by_heading(const char *key, struct arena *mem, bool *known)
{
	const struct form_def *form = kind_by_id(KIND_RESIDENT)->form;

	*known = false;
	for (size_t i = 0; i < form->n_fields; i++) {
		const struct field *f = &form->fields[i];

		if (heading_is_term(&f->label, key, mem) || !strcmp(heading_key(f->key, mem), key))
			return f;
	}
	for (size_t i = 0; i < N_ELEMENTS(aliases); i++)
		if (heading_has_word(aliases[i].names, key)) {
			*known = true;
			return aliases[i].key ? form_field(form, aliases[i].key) : NULL;
		}
	return by_words_on_paper(form, key, mem);
}

static bool taken(const struct import_columns *cols, const struct field *f)
{
	for (size_t i = 0; i < cols->n; i++)
		if (cols->field[i] == f)
			return true;
	return false;
}

static bool identifies(const struct field *f)
{
	return !strcmp(f->key, "name") || !strcmp(f->key, "id_number") || !strcmp(f->key, "file_no");
}

void import_columns(struct import_columns *cols, const struct csv_record *r, struct arena *mem)
{
	*cols = (struct import_columns){ .n = 0 };
	for (size_t i = 0; i < r->n; i++, cols->n++) {
		const char *key = heading_key(r->field[i], mem);
		const struct field *f = *key ? by_heading(key, mem, &cols->known[i]) : NULL;

		cols->heading[i] = arena_strdup(mem, r->field[i]);
		if (!f || f->flags & (FIELD_COMPUTED | FIELD_READONLY) || taken(cols, f))
			continue;
		cols->field[i] = f;
		cols->known[i] = true;
		cols->recognised++;
		cols->usable |= identifies(f);
	}
}
