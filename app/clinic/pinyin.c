#include "app/clinic/pinyin.h"

#include "app/base/utf8.h"
#include "app/clinic/pinyin_data.h"

/* ---- surnames ---------------------------------------------------------------------------------------------------- */

/* Surnames whose reading is not the first one of their character in the data.  Several readings: all are borne. */
struct surname {
	const char *hanzi;
	const char *readings; /* a syllable for each character; blanks between, "/" between alternatives */
};

static const struct surname surnames[] = {
	{ "曾", "zeng" },       { "单", "shan" },       { "單", "shan" },      { "仇", "qiu" },
	{ "解", "xie" },        { "查", "zha" },        { "区", "ou" },        { "區", "ou" },
	{ "朴", "piao" },       { "盖", "ge/gai" },     { "蓋", "ge/gai" },    { "繁", "po" },
	{ "乐", "yue/le" },     { "樂", "yue/le" },     { "覃", "qin/tan" },   { "翟", "zhai/di" },
	{ "黑", "he/hei" },     { "秘", "bi/mi" },      { "祕", "bi/mi" },     { "洗", "xian" },
	{ "冼", "xian" },       { "折", "she/zhe" },    { "种", "chong" },     { "重", "chong" },
	{ "牟", "mu/mou" },     { "缪", "miao" },       { "繆", "miao" },      { "能", "nai" },
	{ "佴", "nai" },        { "员", "yun" },        { "員", "yun" },       { "贠", "yun" },
	{ "召", "shao" },       { "祭", "zhai" },       { "句", "gou" },       { "谌", "chen/shen" },
	{ "諶", "chen/shen" },  { "隗", "wei/kui" },    { "郇", "xun/huan" },  { "角", "jue/jiao" },
	{ "厍", "she" },        { "都", "du" },         { "沈", "shen" },      { "费", "fei/bi" },
	{ "柏", "bai/bo" },     { "薄", "bo/bao" },     { "卜", "bu/bo" },     { "褚", "chu" },
	{ "莘", "shen/xin" },   { "臧", "zang" },       { "占", "zhan" },      { "长", "zhang" },
	{ "郗", "xi/chi" },     { "剡", "shan/yan" },   { "番", "pan/fan" },   { "粘", "nian/zhan" },
	{ "乜", "nie/mie" },    { "那", "na" },         { "六", "lu/liu" },    { "隽", "juan/jun" },
	{ "炅", "gui/jiong" },  { "颉", "xie/jie" },    { "妫", "gui" },       { "呙", "guo" },
	{ "缑", "gou" },        { "葛", "ge" },         { "晟", "cheng" },     { "车", "che" },
	{ "車", "che" },        { "钭", "tou" },        { "亓", "qi" },        { "俟", "qi/si" },
	{ "贲", "ben" },        { "笮", "ze/zuo" },     { "亢", "kang/gang" }, { "宓", "mi/fu" },
	{ "尉", "wei/yu" },     { "盛", "sheng" },      { "贾", "jia" },       { "賈", "jia" },
	{ "俞", "yu" },         { "叶", "ye" },         { "葉", "ye" },        { "阚", "kan" },
	{ "石", "shi" },        { "万", "wan" },        { "行", "xing/hang" }, { "适", "kuo/shi" },
	{ "泷", "long/shuang" }, { "寻", "xun/xin" },   { "舍", "she" },       { "省", "xing/sheng" },
	{ "匕", "bi" },         { "揣", "chuai" },      { "晁", "chao" },      { "逄", "pang" },
	{ "郏", "jia" },        { "郄", "qie/xi" },     { "仉", "zhang" },     { "佘", "she" },
	{ "莞", "guan" },       { "瞿", "qu" },         { "曲", "qu" },        { "宁", "ning" },
	{ "甯", "ning" },       { "燕", "yan" },        { "应", "ying" },      { "訾", "zi" },
	{ "殷", "yin" },        { "尹", "yin" },        { "於", "yu" },        { "郁", "yu" },
	{ "綦", "qi" },         { "戚", "qi" },         { "会", "gui/hui" },   { "眭", "sui" },
	{ "昝", "zan" },        { "禚", "zhuo" },       { "哈", "ha" },        { "藏", "zang" },
	{ "阿", "a/e" },        { "朝", "chao/zhao" },  { "纪", "ji" },        { "华", "hua" },
	{ "台", "tai" },        { "便", "bian/pian" },  { "称", "chen/cheng" }, { "荥", "xing/ying" },
};

static const struct surname compounds[] = {
	{ "欧阳", "ou yang" },    { "歐陽", "ou yang" },    { "尉迟", "yu chi" },     { "尉遲", "yu chi" },
	{ "万俟", "mo qi" },      { "萬俟", "mo qi" },      { "长孙", "zhang sun" },  { "長孫", "zhang sun" },
	{ "令狐", "ling hu" },    { "单于", "chan yu" },    { "單于", "chan yu" },    { "澹台", "tan tai" },
	{ "上官", "shang guan" }, { "司马", "si ma" },      { "司馬", "si ma" },      { "司徒", "si tu" },
	{ "司空", "si kong" },    { "司寇", "si kou" },     { "诸葛", "zhu ge" },     { "諸葛", "zhu ge" },
	{ "皇甫", "huang fu" },   { "夏侯", "xia hou" },    { "东方", "dong fang" },  { "公孙", "gong sun" },
	{ "慕容", "mu rong" },    { "宇文", "yu wen" },     { "轩辕", "xuan yuan" },  { "呼延", "hu yan" },
	{ "端木", "duan mu" },    { "百里", "bai li" },     { "东郭", "dong guo" },   { "南宫", "nan gong" },
	{ "西门", "xi men" },     { "独孤", "du gu" },      { "鲜于", "xian yu" },    { "太史", "tai shi" },
	{ "申屠", "shen tu" },    { "公冶", "gong ye" },    { "宗政", "zong zheng" }, { "濮阳", "pu yang" },
	{ "淳于", "chun yu" },    { "赫连", "he lian" },    { "钟离", "zhong li" },   { "闾丘", "lv qiu" },
	{ "第五", "di wu" },      { "拓跋", "tuo ba" },     { "完颜", "wan yan" },    { "耶律", "ye lv" },
	{ "纳兰", "na lan" },     { "哥舒", "ge shu" },     { "乐正", "yue zheng" },  { "公良", "gong liang" },
	{ "漆雕", "qi diao" },    { "亓官", "qi guan" },    { "巫马", "wu ma" },      { "颛孙", "zhuan sun" },
	{ "仲孙", "zhong sun" },  { "子车", "zi ju" },      { "左丘", "zuo qiu" },    { "谷梁", "gu liang" },
	{ "梁丘", "liang qiu" },  { "宰父", "zai fu" },     { "段干", "duan gan" },   { "羊舌", "yang she" },
	{ "微生", "wei sheng" },  { "公西", "gong xi" },    { "太叔", "tai shu" },    { "即墨", "ji mo" },
	{ "贺兰", "he lan" },     { "叱干", "chi gan" },    { "库狄", "she di" },     { "长鱼", "zhang yu" },
	{ "范姜", "fan jiang" },  { "张简", "zhang jian" }, { "欧侯", "ou hou" },     { "吐万", "tu wan" },
	{ "毌丘", "guan qiu" },   { "毋丘", "guan qiu" },   { "母丘", "guan qiu" },   { "相里", "xiang li" },
};

static const struct surname *find_surname(const struct surname *table, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strncmp(name, table[i].hanzi, strlen(table[i].hanzi)) == 0)
			return &table[i];
	return NULL;
}

/* A compound surname with nothing after it is taken for a simple one and a given name: there is a 上官, but also a 上. */
static const struct surname *find_compound(const char *name)
{
	const struct surname *s = find_surname(compounds, N_ELEMENTS(compounds), name);

	return s && name[strlen(s->hanzi)] ? s : NULL;
}

size_t pinyin_surname_chars(const char *name)
{
	if (!name[0])
		return 0;
	return find_compound(name) ? 2 : 1;
}

/* ---- readings of a character --------------------------------------------------------------------------------- */

/* The stored list of a character: its length, then numbers of syllables; NULL when it has none. */
static const uint16_t *list_of(uint32_t cp)
{
	size_t lo = 0, hi = pinyin_n_runs; /* the run looked for is in [lo, hi) */

	if (pinyin_n_runs == 0 || cp < pinyin_runs[0].first)
		return NULL;
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (pinyin_runs[mid].first <= cp)
			lo = mid;
		else
			hi = mid;
	}
	uint32_t at = pinyin_runs[lo].from + (cp - pinyin_runs[lo].first);
	return at < pinyin_runs[lo + 1].from ? &pinyin_lists[pinyin_chars[at]] : NULL;
}

size_t pinyin_readings(uint32_t cp, const char *out[PINYIN_READINGS_MAX])
{
	const uint16_t *list = list_of(cp);
	size_t n = list && list[0] < PINYIN_READINGS_MAX ? list[0] : list ? PINYIN_READINGS_MAX : 0;

	for (size_t i = 0; i < n; i++)
		out[i] = pinyin_syllables[list[i + 1]];
	return n;
}

/* ---- the readings of a name ------------------------------------------------------------------------------------ */

struct syllable {
	size_t n;
	char v[PINYIN_READINGS_MAX][PINYIN_SYLLABLE_MAX];
};

struct lattice {
	size_t n;       /* syllables */
	size_t surname; /* how many of them are the surname's */
	struct syllable s[PINYIN_CHARS_MAX];
};

/* Adds a reading of len letters unless it is there. */
static void syllable_add(struct syllable *s, const char *letters, size_t len)
{
	if (s->n == PINYIN_READINGS_MAX || len == 0 || len >= sizeof s->v[0])
		return;
	for (size_t i = 0; i < s->n; i++)
		if (strncmp(s->v[i], letters, len) == 0 && s->v[i][len] == '\0')
			return;
	memcpy(s->v[s->n], letters, len);
	s->v[s->n++][len] = '\0';
}

static void syllable_read(struct syllable *s, uint32_t cp)
{
	const char *reading[PINYIN_READINGS_MAX];
	size_t n = pinyin_readings(cp, reading);
	char latin = '\0';

	if (cp >= 'A' && cp <= 'Z')
		latin = (char)(cp - 'A' + 'a');
	else if ((cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9'))
		latin = (char)cp;
	if (latin)
		syllable_add(s, &latin, 1);
	for (size_t i = 0; i < n; i++)
		syllable_add(s, reading[i], strlen(reading[i]));
}

/* The index-th syllable of "yu chi" or the alternatives of "ge/gai", before what the characters' own readings add. */
static void syllable_of_surname(struct syllable *s, const char *readings, size_t index)
{
	for (; index > 0; index--)
		readings += strcspn(readings, " ") + 1;
	for (;;) {
		size_t len = strcspn(readings, " /");

		syllable_add(s, readings, len);
		if (readings[len] != '/')
			return;
		readings += len + 1;
	}
}

static void lattice_read(struct lattice *l, const char *name)
{
	const struct surname *surname = find_compound(name);
	size_t chars = pinyin_surname_chars(name), left = strlen(name);

	if (!surname)
		surname = find_surname(surnames, N_ELEMENTS(surnames), name);
	l->n = l->surname = 0;
	for (size_t i = 0; left > 0 && l->n < PINYIN_CHARS_MAX; i++) {
		struct syllable *s = &l->s[l->n];
		uint32_t cp;
		size_t len = utf8_decode(name, left, &cp);

		s->n = 0;
		if (surname && i < chars)
			syllable_of_surname(s, surname->readings, i);
		syllable_read(s, cp);
		l->n += s->n > 0;
		if (i < chars)
			l->surname = l->n;
		name += len;
		left -= len;
	}
}

static void list_add(struct arena *a, struct pinyin_list *list, const char *key)
{
	if (list->n == PINYIN_KEYS_MAX || !key[0])
		return;
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->v[i], key) == 0)
			return;
	list->v[list->n++] = arena_strdup(a, key);
}

static void append(char *text, size_t *n, const char *s)
{
	size_t len = strlen(s);

	memcpy(text + *n, s, len + 1);
	*n += len;
}

/* One choice of readings becomes one key of each kind. */
static void add_choice(struct arena *a, const struct lattice *l, const size_t *choice, struct pinyin_name *out)
{
	char full[PINYIN_CHARS_MAX * PINYIN_SYLLABLE_MAX], folded[sizeof full], mixed[sizeof full];
	char initials[PINYIN_CHARS_MAX + 1];
	size_t n_full = 0, n_folded = 0, n_mixed = 0, given = 0;

	for (size_t i = 0; i < l->n; i++) {
		const char *s = l->s[i].v[choice[i]];
		char fold[PINYIN_SYLLABLE_MAX], first[2] = { s[0] };

		if (i == l->surname)
			given = n_folded;
		pinyin_fold_syllable(s, fold);
		append(full, &n_full, s);
		append(folded, &n_folded, fold);
		if (i >= l->surname)
			pinyin_fold_initials(first, fold);
		append(mixed, &n_mixed, fold);
		initials[i] = s[0];
	}
	initials[l->n] = '\0';
	list_add(a, &out->full, full);
	list_add(a, &out->initials, initials);
	list_add(a, &out->folded, folded);
	if (l->n > l->surname && l->surname > 0) {
		list_add(a, &out->folded_mixed, mixed);
		list_add(a, &out->folded_given, folded + given);
	}
}

/* How much dearer the choices from syllable i on can become: the sum of their last readings' places. */
static size_t dearest(const struct lattice *l, size_t i)
{
	size_t sum = 0;

	for (; i < l->n; i++)
		sum += l->s[i].n - 1;
	return sum;
}

/* All choices from syllable i on whose places add up to cost: so the likeliest come first, and no list of all
 * combinations is ever made. */
static void choose(struct arena *a, const struct lattice *l, size_t i, size_t cost, size_t *choice,
	struct pinyin_name *out)
{
	if (out->full.n == PINYIN_KEYS_MAX)
		return;
	if (i == l->n) {
		add_choice(a, l, choice, out);
		return;
	}
	size_t rest = dearest(l, i + 1);

	for (size_t k = 0; k < l->s[i].n && k <= cost; k++) {
		choice[i] = k;
		if (cost - k <= rest)
			choose(a, l, i + 1, cost - k, choice, out);
	}
}

void pinyin_name(struct arena *a, const char *name, struct pinyin_name *out)
{
	struct lattice l;
	size_t choice[PINYIN_CHARS_MAX] = { 0 };

	*out = (struct pinyin_name){ 0 };
	lattice_read(&l, name);
	if (l.n == 0)
		return;
	for (size_t cost = 0; cost <= dearest(&l, 0) && out->full.n < PINYIN_KEYS_MAX; cost++)
		choose(a, &l, 0, cost, choice, out);
}

/* ---- matching ----------------------------------------------------------------------------------------------------- */

/* Bit i of a mask: the query's first i bytes are used up. */
static uint64_t match_latin(const struct syllable *s, const char *query, size_t at)
{
	uint64_t ends = 0;

	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; s->v[i][k] && s->v[i][k] == query[at + k]; k++)
			ends |= UINT64_C(1) << (at + k + 1);
	return ends;
}

static uint64_t skip_blanks(uint64_t mask, const char *query)
{
	for (size_t i = 0; query[i]; i++)
		if (query[i] == ' ' && mask >> i & 1)
			mask |= UINT64_C(1) << (i + 1);
	return mask;
}

bool pinyin_match(const char *name, const char *query)
{
	size_t n_query = strlen(query), left = strlen(name);
	size_t chars = pinyin_surname_chars(name);
	const struct surname *surname = find_compound(name);
	uint64_t here = 1;

	if (n_query > 63)
		return false;
	if (!surname)
		surname = find_surname(surnames, N_ELEMENTS(surnames), name);
	for (size_t i = 0; left > 0; i++) {
		struct syllable s = { 0 };
		uint32_t cp;
		size_t len = utf8_decode(name, left, &cp);
		uint64_t next = 0;

		here = skip_blanks(here, query);
		if (here >> n_query & 1)
			return true;
		if (surname && i < chars)
			syllable_of_surname(&s, surname->readings, i);
		syllable_read(&s, cp);
		for (size_t at = 0; at < n_query; at++) {
			if (!(here >> at & 1))
				continue;
			if (strncmp(query + at, name, len) == 0)
				next |= UINT64_C(1) << (at + len);
			next |= match_latin(&s, query, at);
		}
		if (s.n > 0 || next)
			here = next; /* a sign without a reading is passed over */
		name += len;
		left -= len;
	}
	here = skip_blanks(here, query);
	return here >> n_query & 1;
}

/* Equal but for one letter that differs, or is there in one of them only. */
static bool within_one_letter(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	if (!*a && !*b)
		return true;
	return (*a && *b && strcmp(a + 1, b + 1) == 0) || (*a && strcmp(a + 1, b) == 0) ||
		(*b && strcmp(a, b + 1) == 0);
}

bool pinyin_near(const char *a, const char *b)
{
	AUTO_ARENA struct arena mem = { 0 };
	struct pinyin_name na, nb;

	pinyin_name(&mem, a, &na);
	pinyin_name(&mem, b, &nb);
	for (size_t i = 0; i < na.full.n; i++)
		for (size_t k = 0; k < nb.full.n; k++)
			if (within_one_letter(na.full.v[i], nb.full.v[k]))
				return true;
	return false;
}
