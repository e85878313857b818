#include "app/clinic/pinyin.h"

#include "app/base/utf8.h"
#include "app/clinic/pinyin_data.h"

/* ---- surnames ---------------------------------------------------------------------------------------------------- */

/* Surnames that are read, or may be thought to be read, in another way than the data's first.  Several readings: all are
 * borne.  In the order of their bytes, for they are looked up by halving. */
struct entry {
	const char *hanzi;
	const char *readings; /* a syllable for each character; blanks between, "/" between alternatives */
};

static const struct entry surnames[] = {
	{ "万", "wan" }, { "乐", "yue/le" }, { "乜", "nie/mie" }, { "亓", "qi" }, { "亢", "kang/gang" },
	{ "仇", "qiu" }, { "仉", "zhang" }, { "会", "gui/hui" }, { "佘", "she" }, { "佴", "nai" },
	{ "便", "bian/pian" }, { "俞", "yu" }, { "俟", "qi/si" }, { "六", "lu/liu" }, { "冼", "xian" },
	{ "剡", "shan/yan" }, { "匕", "bi" }, { "区", "ou" }, { "區", "ou" }, { "华", "hua" },
	{ "单", "shan" }, { "卜", "bu/bo" }, { "占", "zhan" }, { "厍", "she" }, { "句", "gou" },
	{ "召", "shao" }, { "台", "tai" }, { "叶", "ye" }, { "员", "yun" }, { "呙", "guo" },
	{ "哈", "ha" }, { "員", "yun" }, { "單", "shan" }, { "妫", "gui" }, { "宁", "ning" },
	{ "宓", "mi/fu" }, { "寻", "xun/xin" }, { "尉", "wei/yu" }, { "尹", "yin" }, { "应", "ying" },
	{ "戚", "qi" }, { "折", "she/zhe" }, { "揣", "chuai" }, { "於", "yu" }, { "昝", "zan" },
	{ "晁", "chao" }, { "晟", "cheng" }, { "曲", "qu" }, { "曾", "zeng" }, { "朝", "chao/zhao" },
	{ "朴", "piao" }, { "柏", "bai/bo" }, { "查", "zha" }, { "樂", "yue/le" }, { "殷", "yin" },
	{ "沈", "shen" }, { "泷", "long/shuang" }, { "洗", "xian" }, { "炅", "gui/jiong" }, { "燕", "yan" },
	{ "牟", "mu/mou" }, { "甯", "ning" }, { "番", "pan/fan" }, { "盖", "ge/gai" }, { "盛", "sheng" },
	{ "省", "xing/sheng" }, { "眭", "sui" }, { "瞿", "qu" }, { "石", "shi" }, { "祕", "bi/mi" },
	{ "祭", "zhai" }, { "禚", "zhuo" }, { "种", "chong" }, { "秘", "bi/mi" }, { "称", "chen/cheng" },
	{ "笮", "ze/zuo" }, { "粘", "nian/zhan" }, { "綦", "qi" }, { "繁", "po" }, { "繆", "miao" },
	{ "纪", "ji" }, { "缑", "gou" }, { "缪", "miao" }, { "翟", "zhai/di" }, { "能", "nai" },
	{ "臧", "zang" }, { "舍", "she" }, { "荥", "xing/ying" }, { "莘", "shen/xin" }, { "莞", "guan" },
	{ "葉", "ye" }, { "葛", "ge" }, { "蓋", "ge/gai" }, { "薄", "bo/bao" }, { "藏", "zang" },
	{ "行", "xing/hang" }, { "褚", "chu" }, { "覃", "qin/tan" }, { "角", "jue/jiao" }, { "解", "xie" },
	{ "訾", "zi" }, { "諶", "chen/shen" }, { "谌", "chen/shen" }, { "賈", "jia" }, { "贠", "yun" },
	{ "贲", "ben" }, { "费", "fei/bi" }, { "贾", "jia" }, { "車", "che" }, { "车", "che" },
	{ "适", "kuo/shi" }, { "逄", "pang" }, { "那", "na" }, { "郁", "yu" }, { "郄", "qie/xi" },
	{ "郇", "xun/huan" }, { "郏", "jia" }, { "郗", "xi/chi" }, { "都", "du" }, { "重", "chong" },
	{ "钭", "tou" }, { "长", "zhang" }, { "阚", "kan" }, { "阿", "a/e" }, { "隗", "wei/kui" },
	{ "隽", "juan/jun" }, { "颉", "xie/jie" }, { "黑", "he/hei" },
};

static const struct entry compounds[] = {
	{ "万俟", "mo qi" }, { "上官", "shang guan" }, { "东方", "dong fang" }, { "东郭", "dong guo" },
	{ "乐正", "yue zheng" }, { "亓官", "qi guan" }, { "令狐", "ling hu" }, { "仲孙", "zhong sun" },
	{ "公冶", "gong ye" }, { "公孙", "gong sun" }, { "公良", "gong liang" }, { "公西", "gong xi" },
	{ "单于", "chan yu" }, { "南宫", "nan gong" }, { "即墨", "ji mo" }, { "叱干", "chi gan" },
	{ "司寇", "si kou" }, { "司徒", "si tu" }, { "司空", "si kong" }, { "司馬", "si ma" },
	{ "司马", "si ma" }, { "吐万", "tu wan" }, { "呼延", "hu yan" }, { "哥舒", "ge shu" },
	{ "單于", "chan yu" }, { "夏侯", "xia hou" }, { "太叔", "tai shu" }, { "太史", "tai shi" },
	{ "子车", "zi ju" }, { "宇文", "yu wen" }, { "完颜", "wan yan" }, { "宗政", "zong zheng" },
	{ "宰父", "zai fu" }, { "尉迟", "yu chi" }, { "尉遲", "yu chi" }, { "左丘", "zuo qiu" },
	{ "巫马", "wu ma" }, { "库狄", "she di" }, { "张简", "zhang jian" }, { "微生", "wei sheng" },
	{ "慕容", "mu rong" }, { "拓跋", "tuo ba" }, { "梁丘", "liang qiu" }, { "欧侯", "ou hou" },
	{ "欧阳", "ou yang" }, { "歐陽", "ou yang" }, { "段干", "duan gan" }, { "毋丘", "guan qiu" },
	{ "毌丘", "guan qiu" }, { "母丘", "guan qiu" }, { "淳于", "chun yu" }, { "漆雕", "qi diao" },
	{ "澹台", "tan tai" }, { "濮阳", "pu yang" }, { "独孤", "du gu" }, { "申屠", "shen tu" },
	{ "百里", "bai li" }, { "皇甫", "huang fu" }, { "相里", "xiang li" }, { "端木", "duan mu" },
	{ "第五", "di wu" }, { "纳兰", "na lan" }, { "羊舌", "yang she" }, { "耶律", "ye lv" },
	{ "范姜", "fan jiang" }, { "萬俟", "mo qi" }, { "西门", "xi men" }, { "諸葛", "zhu ge" },
	{ "诸葛", "zhu ge" }, { "谷梁", "gu liang" }, { "贺兰", "he lan" }, { "赫连", "he lian" },
	{ "轩辕", "xuan yuan" }, { "钟离", "zhong li" }, { "長孫", "zhang sun" }, { "长孙", "zhang sun" },
	{ "长鱼", "zhang yu" }, { "闾丘", "lv qiu" }, { "颛孙", "zhuan sun" }, { "鲜于", "xian yu" },
};

/* Readings of the dictionary that nobody bears in a name (红 gong, 石 dan, 大 dai): they would only bring strangers into
 * the lists.  A surname that is read so has its line above. */
static const struct entry unlikely[] = {
	{ "丁", "zheng" }, { "万", "mo" }, { "伯", "bai" }, { "六", "lu" }, { "其", "ji" }, { "冯", "ping" },
	{ "南", "na" }, { "叶", "xie" }, { "合", "ge" }, { "和", "hu/huo" }, { "地", "de" }, { "大", "dai" },
	{ "奇", "ji" }, { "家", "jie" }, { "广", "an" }, { "度", "duo" }, { "强", "jiang" }, { "得", "dei" },
	{ "思", "sai" }, { "提", "di" }, { "敦", "dui" }, { "期", "ji" }, { "术", "zhu" }, { "核", "hu" },
	{ "沈", "chen" }, { "涌", "chong" }, { "石", "dan" }, { "红", "gong" }, { "约", "yao" }, { "络", "lao" },
	{ "育", "yo" }, { "若", "re" }, { "落", "la/lao" }, { "蓝", "la" }, { "虹", "jiang" }, { "见", "xian" },
	{ "说", "shui/yue" }, { "谷", "yu" }, { "贾", "gu" }, { "转", "zhuai" }, { "陆", "liu" }, { "陶", "yao" },
	{ "革", "ji" },
};

/* The entry that the name begins with. */
static const struct entry *find_entry(const struct entry *table, size_t n, const char *name)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = strncmp(name, table[mid].hanzi, strlen(table[mid].hanzi));

		if (order == 0)
			return &table[mid];
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

/* A compound surname with nothing after it is taken for a simple one and a given name: there is a 上官, but also a 上. */
static const struct entry *find_compound(const char *name)
{
	const struct entry *s = find_entry(compounds, N_ELEMENTS(compounds), name);

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

static bool is_unlikely(const char *hanzi, const char *reading)
{
	const struct entry *u = find_entry(unlikely, N_ELEMENTS(unlikely), hanzi);
	size_t len = strlen(reading);

	for (const char *r = u ? u->readings : ""; *r; r += strcspn(r, "/"), r += *r == '/')
		if (strncmp(r, reading, len) == 0 && (r[len] == '/' || !r[len]))
			return true;
	return false;
}

/* The character at hanzi. */
static void syllable_read(struct syllable *s, const char *hanzi, uint32_t cp)
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
		if (n == 1 || !is_unlikely(hanzi, reading[i]))
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
	const struct entry *surname = find_compound(name);
	size_t chars = pinyin_surname_chars(name), left = strlen(name);

	if (!surname)
		surname = find_entry(surnames, N_ELEMENTS(surnames), name);
	l->n = l->surname = 0;
	for (size_t i = 0; left > 0 && l->n < PINYIN_CHARS_MAX; i++) {
		struct syllable *s = &l->s[l->n];
		uint32_t cp;
		size_t len = utf8_decode(name, left, &cp);

		s->n = 0;
		if (surname && i < chars)
			syllable_of_surname(s, surname->readings, i);
		syllable_read(s, name, cp);
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
	const struct entry *surname = find_compound(name);
	uint64_t here = 1;

	if (n_query > 63)
		return false;
	if (!surname)
		surname = find_entry(surnames, N_ELEMENTS(surnames), name);
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
		syllable_read(&s, name, cp);
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
