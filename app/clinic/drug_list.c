/* What a primary clinic usually prescribes: name, form, strength and the unit of a dose, from 国家基本药物目录 (2018).  A line
 * taken from here is a proposal that may be typed over; what a county stocks is its own matter. */
#include "app/clinic/drugs.h"

#include <string.h>

/* clang-format off */

/* Names whose form another form of the same drug must not be taken for (缓释, 肠溶) hold it, as the list writes them. */
static const struct drug list[] = {
	/* blood pressure and heart */
	{ "氨氯地平", DRUG_TABLET, "5mg", "片" }, { "氨氯地平", DRUG_TABLET, "2.5mg", "片" }, { "左氨氯地平", DRUG_TABLET, "2.5mg", "片" },
	{ "硝苯地平", DRUG_TABLET, "10mg", "片" }, { "硝苯地平", DRUG_TABLET, "5mg", "片" }, { "硝苯地平缓释片", DRUG_TABLET, "20mg", "片" },
	{ "硝苯地平缓释片", DRUG_TABLET, "10mg", "片" }, { "硝苯地平控释片", DRUG_TABLET, "30mg", "片" }, { "尼群地平", DRUG_TABLET, "10mg", "片" },
	{ "非洛地平缓释片", DRUG_TABLET, "5mg", "片" }, { "非洛地平缓释片", DRUG_TABLET, "2.5mg", "片" },
	{ "卡托普利", DRUG_TABLET, "25mg", "片" }, { "卡托普利", DRUG_TABLET, "12.5mg", "片" }, { "依那普利", DRUG_TABLET, "10mg", "片" },
	{ "依那普利", DRUG_TABLET, "5mg", "片" }, { "赖诺普利", DRUG_TABLET, "10mg", "片" }, { "缬沙坦", DRUG_CAPSULE, "80mg", "粒" },
	{ "氯沙坦钾", DRUG_TABLET, "50mg", "片" }, { "厄贝沙坦", DRUG_TABLET, "75mg", "片" }, { "厄贝沙坦", DRUG_TABLET, "150mg", "片" },
	{ "氢氯噻嗪", DRUG_TABLET, "25mg", "片" }, { "吲达帕胺", DRUG_TABLET, "2.5mg", "片" }, { "吲达帕胺缓释片", DRUG_TABLET, "1.5mg", "片" },
	{ "螺内酯", DRUG_TABLET, "20mg", "片" }, { "呋塞米", DRUG_TABLET, "20mg", "片" }, { "美托洛尔", DRUG_TABLET, "25mg", "片" },
	{ "美托洛尔", DRUG_TABLET, "50mg", "片" }, { "美托洛尔缓释片", DRUG_TABLET, "47.5mg", "片" }, { "比索洛尔", DRUG_TABLET, "5mg", "片" },
	{ "比索洛尔", DRUG_TABLET, "2.5mg", "片" }, { "阿司匹林肠溶片", DRUG_TABLET, "100mg", "片" }, { "辛伐他汀", DRUG_TABLET, "20mg", "片" },
	{ "阿托伐他汀钙", DRUG_TABLET, "20mg", "片" }, { "阿托伐他汀钙", DRUG_TABLET, "10mg", "片" }, { "瑞舒伐他汀钙", DRUG_TABLET, "10mg", "片" },
	{ "地高辛", DRUG_TABLET, "0.25mg", "片" },
	/* glucose */
	{ "二甲双胍", DRUG_TABLET, "0.25g", "片" }, { "二甲双胍", DRUG_TABLET, "0.5g", "片" }, { "二甲双胍缓释片", DRUG_TABLET, "0.5g", "片" },
	{ "格列本脲", DRUG_TABLET, "2.5mg", "片" }, { "格列吡嗪", DRUG_TABLET, "5mg", "片" }, { "格列美脲", DRUG_TABLET, "2mg", "片" },
	{ "格列美脲", DRUG_TABLET, "1mg", "片" }, { "格列齐特缓释片", DRUG_TABLET, "30mg", "片" }, { "阿卡波糖", DRUG_TABLET, "50mg", "片" },
	{ "瑞格列奈", DRUG_TABLET, "1mg", "片" },
	/* lungs */
	{ "沙丁胺醇气雾剂", DRUG_INHALED, "100μg", "喷" }, { "异丙托溴铵气雾剂", DRUG_INHALED, "20μg", "喷" },
	{ "布地奈德气雾剂", DRUG_INHALED, "100μg", "喷" }, { "茶碱缓释片", DRUG_TABLET, "0.1g", "片" }, { "氨茶碱", DRUG_TABLET, "0.1g", "片" },
	{ "氨溴索", DRUG_TABLET, "30mg", "片" }, { "溴己新", DRUG_TABLET, "8mg", "片" },
	/* infections */
	{ "阿莫西林", DRUG_CAPSULE, "0.25g", "粒" }, { "阿莫西林", DRUG_CAPSULE, "0.5g", "粒" }, { "头孢氨苄", DRUG_CAPSULE, "0.125g", "粒" },
	{ "头孢拉定", DRUG_CAPSULE, "0.25g", "粒" }, { "头孢呋辛酯", DRUG_TABLET, "0.25g", "片" }, { "阿奇霉素", DRUG_TABLET, "0.25g", "片" },
	{ "红霉素", DRUG_TABLET, "0.125g", "片" }, { "左氧氟沙星", DRUG_TABLET, "0.5g", "片" }, { "诺氟沙星", DRUG_CAPSULE, "0.1g", "粒" },
	{ "复方磺胺甲噁唑", DRUG_TABLET, "0.48g", "片" }, { "甲硝唑", DRUG_TABLET, "0.2g", "片" }, { "小檗碱", DRUG_TABLET, "0.1g", "片" },
	{ "阿昔洛韦", DRUG_TABLET, "0.2g", "片" }, { "阿苯达唑", DRUG_TABLET, "0.2g", "片" },
	/* pain, fever, allergy */
	{ "对乙酰氨基酚", DRUG_TABLET, "0.5g", "片" }, { "布洛芬", DRUG_TABLET, "0.2g", "片" }, { "布洛芬缓释胶囊", DRUG_CAPSULE, "0.3g", "粒" },
	{ "双氯芬酸钠肠溶片", DRUG_TABLET, "25mg", "片" }, { "氯苯那敏", DRUG_TABLET, "4mg", "片" }, { "氯雷他定", DRUG_TABLET, "10mg", "片" },
	{ "泼尼松", DRUG_TABLET, "5mg", "片" }, { "地塞米松", DRUG_TABLET, "0.75mg", "片" },
	/* stomach, and the rest */
	{ "奥美拉唑肠溶胶囊", DRUG_CAPSULE, "20mg", "粒" }, { "雷尼替丁", DRUG_CAPSULE, "0.15g", "粒" }, { "法莫替丁", DRUG_TABLET, "20mg", "片" },
	{ "多潘立酮", DRUG_TABLET, "10mg", "片" }, { "蒙脱石散", DRUG_POWDER, "3g", "袋" }, { "口服补液盐散(Ⅲ)", DRUG_POWDER, "5.125g", "袋" },
	{ "维生素B1", DRUG_TABLET, "10mg", "片" }, { "维生素C", DRUG_TABLET, "0.1g", "片" }, { "叶酸", DRUG_TABLET, "0.4mg", "片" },
	{ "别嘌醇", DRUG_TABLET, "0.1g", "片" }, { "甲钴胺", DRUG_TABLET, "0.5mg", "片" },
};

/* Generic names end with the form; the first that fits counts. */
static const struct {
	const char *ending, *form;
} endings[] = {
	{ "片", DRUG_TABLET }, { "胶囊", DRUG_CAPSULE }, { "胶丸", DRUG_CAPSULE }, { "颗粒", DRUG_POWDER }, { "冲剂", DRUG_POWDER },
	{ "散", DRUG_POWDER }, { "丸", DRUG_PILL }, { "口服液", DRUG_LIQUID }, { "口服溶液", DRUG_LIQUID }, { "糖浆", DRUG_LIQUID },
	{ "合剂", DRUG_LIQUID }, { "混悬液", DRUG_LIQUID }, { "注射液", DRUG_INJECTED }, { "气雾剂", DRUG_INHALED },
	{ "粉雾剂", DRUG_INHALED }, { "吸入剂", DRUG_INHALED }, { "软膏", DRUG_OUTER }, { "乳膏", DRUG_OUTER }, { "凝胶", DRUG_OUTER },
	{ "贴膏", DRUG_OUTER }, { "滴眼液", DRUG_OUTER }, { "滴耳液", DRUG_OUTER }, { "洗剂", DRUG_OUTER },
};
static const char injected[] = "注射用"; /* powder for injection begins with it */

/* Salts are often left out: 苯磺酸氨氯地平片 is 氨氯地平. */
static const char *const salts[] = { "苯磺酸", "盐酸", "马来酸", "酒石酸", "富马酸", "硫酸", "琥珀酸" };

/* How what is swallowed, inhaled or rubbed in is given; an injection can be given in several ways. */
static const struct {
	const char *form, *route;
} routes[] = {
	{ DRUG_TABLET, "1" }, { DRUG_CAPSULE, "1" }, { DRUG_POWDER, "1" }, { DRUG_PILL, "1" }, { DRUG_LIQUID, "1" },
	{ DRUG_INHALED, "7" }, { DRUG_OUTER, "8" },
};

/* clang-format on */

const struct drug *drugs_listed(size_t *n)
{
	*n = N_ELEMENTS(list);
	return list;
}

static const char *form_by_name(const char *text)
{
	const size_t n = strlen(text);

	if (!strncmp(text, injected, sizeof injected - 1))
		return DRUG_INJECTED;
	for (size_t i = 0; i < N_ELEMENTS(endings); i++) {
		const size_t m = strlen(endings[i].ending);

		if (n > m && !strcmp(text + n - m, endings[i].ending))
			return endings[i].form;
	}
	return NULL;
}

static const char *without_salt(const char *text)
{
	for (size_t i = 0; i < N_ELEMENTS(salts); i++)
		if (!strncmp(text, salts[i], strlen(salts[i])))
			return text + strlen(salts[i]);
	return text;
}

/* "氨氯地平", and with the ending of its own form "氨氯地平片". */
static bool is_name_of(const struct drug *d, const char *text)
{
	const size_t n = strlen(d->name);

	if (strncmp(text, d->name, n) != 0)
		return false;
	if (!text[n])
		return true;
	for (size_t i = 0; i < N_ELEMENTS(endings); i++)
		if (!strcmp(text + n, endings[i].ending))
			return !strcmp(endings[i].form, d->form);
	return false;
}

const char *drug_route(const char *form)
{
	for (size_t i = 0; form && i < N_ELEMENTS(routes); i++)
		if (!strcmp(routes[i].form, form))
			return routes[i].route;
	return NULL;
}

struct drug drug_usual(const char *text)
{
	struct drug out = { .form = form_by_name(text) };

	for (size_t i = 0; i < N_ELEMENTS(list); i++)
		if (is_name_of(&list[i], text) || is_name_of(&list[i], without_salt(text)))
			return (struct drug){ .name = list[i].name, .form = list[i].form, .unit = list[i].unit };
	return out;
}
