#include "app/clinic/idcard.h"

#include "app/base/utf8.h"

const struct id_document id_documents[] = {
	{ "01", "resident_id", { "居民身份证", "Resident identity card" } },
	{ "02", "household_book", { "居民户口簿", "Household register" } },
	{ "03", "passport", { "护照", "Passport" } },
	{ "04", "officer_card", { "军官证", "Officer's card" } },
	{ "05", "driving_licence", { "驾驶证", "Driving licence" } },
	{ "06", "hm_permit", { "港澳居民来往内地通行证", "Mainland travel permit, Hong Kong and Macao" } },
	{ "07", "tw_permit", { "台湾居民来往内地通行证", "Mainland travel permit, Taiwan" } },
	{ "99", "other", { "其他法定有效证件", "Other legal document" } },
};
const size_t id_document_count = N_ELEMENTS(id_documents);

static const char *const result_names[] = {
	[ID_ACCEPT] = "accept",
	[ID_ACCEPT_SHAPE] = "accept_shape",
	[ID_MANUAL] = "manual",
	[ID_REJECT] = "reject",
};

static const char *const reason_names[] = {
	[ID_FINE] = "",
	[ID_LENGTH] = "length",
	[ID_CHARSET] = "charset",
	[ID_DATE] = "date",
	[ID_CHECK_DIGIT] = "check_digit",
	[ID_FUTURE_DATE] = "future_date",
	[ID_CENTENARIAN_15] = "centenarian_15",
};

static const char *const reason_sentences[] = {
	[ID_FINE] = NULL,
	[ID_LENGTH] = N_("The number has too few or too many characters (an ID card has 18)."),
	[ID_CHARSET] =
		N_("The number holds a character that cannot be in it; look for the letter O or l among digits."),
	[ID_DATE] = N_("The birth date inside the number does not exist."),
	[ID_CHECK_DIGIT] = N_("The last character does not fit the others: a digit is wrong or two are swapped."),
	[ID_FUTURE_DATE] = N_("The birth date inside the number lies in the future."),
	[ID_CENTENARIAN_15] = N_("This old number was given to a person of a hundred years or more: take the birth "
				 "date from another paper."),
};

static const char *const type_names[] = {
	[ID_TYPE_NONE] = "",
	[ID_RESIDENT] = "resident_id",
	[ID_OLD15] = "id15",
	[ID_HMT_HK] = "hmt_hk",
	[ID_HMT_MO] = "hmt_mo",
	[ID_HMT_TW] = "hmt_tw",
	[ID_FOREIGN_18] = "foreign_pr_18",
	[ID_FOREIGN_OLD15] = "foreign_pr_old15",
	[ID_PERMIT_HKMO] = "hm_permit",
	[ID_PERMIT_TW] = "tw_permit",
	[ID_PASSPORT] = "passport",
	[ID_OFFICER] = "officer_card",
	[ID_HOUSEHOLD_BOOK] = "household_book",
	[ID_DRIVING_LICENCE] = "driving_licence",
	[ID_OTHER] = "other",
};

const char *id_result_name(enum id_result result)
{
	return result_names[result];
}

const char *id_reason_name(enum id_reason reason)
{
	return reason_names[reason];
}

const char *id_type_name(enum id_type type)
{
	return type_names[type];
}

const struct id_document *id_document_by_code(const char *code)
{
	for (size_t i = 0; i < id_document_count; i++)
		if (!strcmp(id_documents[i].code, code) || !strcmp(id_documents[i].key, code))
			return &id_documents[i];
	return NULL;
}

/* Trims, folds to half width and to upper case; false when it is too long to be any number. */
static bool normalise(const char *text, char *out, size_t size)
{
	if (!utf8_fold_width(text, out, size)) {
		*out = '\0';
		return false;
	}
	for (char *p = out; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	return true;
}

static size_t digits_at(const char *s)
{
	return strspn(s, "0123456789");
}

static size_t letters_at(const char *s)
{
	return strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

static int number_at(const char *s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++)
		v = v * 10 + (s[i] - '0');
	return v;
}

char id_check_char(const char *seventeen)
{
	static const int weights[17] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;

	for (int i = 0; i < 17; i++)
		sum += weights[i] * (seventeen[i] - '0');
	return "10X98765432"[sum % 11];
}

static bool province_known(const char *two)
{
	static const signed char known[] = {
		11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50,
		51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
	};
	int code = number_at(two, 2);

	for (size_t i = 0; i < N_ELEMENTS(known); i++)
		if (known[i] == code)
			return true;
	return false;
}

static void reject(struct id_check *out, enum id_reason reason)
{
	out->result = ID_REJECT;
	out->reason = reason;
}

/* Years before 1800 are no birth date of anybody; years to come are left to the check of the future, which comes last. */
static bool date_exists(int year, int month, int day)
{
	return year >= 1800 && month >= 1 && month <= 12 && day >= 1 && day <= date_days_in_month(year, month);
}

/* Birth date, sex and warnings from eighteen characters whose check character is right. */
static void read_eighteen(const char *id, int32_t today, struct id_check *out)
{
	struct date dob = { number_at(id + 6, 4), number_at(id + 10, 2), number_at(id + 12, 2) };
	int32_t born = date_day_number(&dob);

	if (today != NO_DAY && born > today) {
		reject(out, ID_FUTURE_DATE);
		return;
	}
	date_iso(born, out->dob);
	out->sex = (id[16] - '0') % 2 ? 1 : 2;
	if (today != NO_DAY && date_age(born, today) > 120)
		out->warn |= ID_WARN_AGE;
	if (!province_known(out->type == ID_FOREIGN_18 ? id + 1 : id))
		out->warn |= ID_WARN_REGION;
}

static enum id_type eighteen_type(const char *id)
{
	if (!strncmp(id, "810000", 6))
		return ID_HMT_HK;
	if (!strncmp(id, "820000", 6))
		return ID_HMT_MO;
	if (!strncmp(id, "830000", 6))
		return ID_HMT_TW;
	return id[0] == '9' ? ID_FOREIGN_18 : ID_RESIDENT;
}

static void check_eighteen(const char *id, int32_t today, struct id_check *out)
{
	if (digits_at(id) < 17 || (id[17] != 'X' && (id[17] < '0' || id[17] > '9'))) {
		reject(out, ID_CHARSET);
		return;
	}
	out->type = eighteen_type(id);
	if (!date_exists(number_at(id + 6, 4), number_at(id + 10, 2), number_at(id + 12, 2)))
		reject(out, ID_DATE);
	else if (id_check_char(id) != id[17])
		reject(out, ID_CHECK_DIGIT);
	else
		read_eighteen(id, today, out);
}

/* Sequence 996-999 was given to people who had passed their hundredth year: the century is not 19 then. */
static void check_fifteen(const char *id, int32_t today, struct id_check *out)
{
	char full[ID_LEN];

	if (letters_at(id) == 3 && digits_at(id + 3) == 12) {
		out->type = ID_FOREIGN_OLD15;
		out->result = ID_ACCEPT_SHAPE;
		return;
	}
	if (digits_at(id) != 15) {
		reject(out, ID_CHARSET);
		return;
	}
	out->type = ID_OLD15;
	if (!date_exists(1900 + number_at(id + 6, 2), number_at(id + 8, 2), number_at(id + 10, 2))) {
		reject(out, ID_DATE);
		return;
	}
	if (number_at(id + 12, 3) >= 996) {
		out->result = ID_MANUAL;
		out->reason = ID_CENTENARIAN_15;
		return;
	}
	snprintf(full, sizeof full, "%.6s19%.9s", id, id + 6);
	full[17] = id_check_char(full);
	full[18] = '\0';
	read_eighteen(full, today, out);
	if (out->result == ID_ACCEPT)
		memcpy(out->upgraded, full, sizeof full);
}

/* Shapes of the travel permits and of a passport.  H and M permits have 8 digits (older 10), Taiwan's 8 (older longer). */
static enum id_type shape_type(const char *id, size_t len)
{
	size_t letters = letters_at(id), digits = digits_at(id + letters);

	if (letters + digits != len)
		return ID_TYPE_NONE;
	if (letters == 1 && (*id == 'H' || *id == 'M') && (digits == 8 || digits == 10))
		return ID_PERMIT_HKMO;
	if (!letters && digits == 8)
		return ID_PERMIT_TW;
	if (letters >= 1 && letters <= 2 && letters + digits >= 8 && letters + digits <= 9)
		return ID_PASSPORT;
	return ID_TYPE_NONE;
}

static void check_resident(const char *id, int32_t today, struct id_check *out)
{
	size_t chars = utf8_count(id);

	if (chars == 18 && strlen(id) == 18)
		check_eighteen(id, today, out);
	else if (chars == 15 && strlen(id) == 15)
		check_fifteen(id, today, out);
	else
		reject(out, chars == 18 || chars == 15 ? ID_CHARSET : ID_LENGTH);
}

static void accept_shape(struct id_check *out, enum id_type type)
{
	out->type = type;
	out->result = ID_ACCEPT_SHAPE;
}

/* A document whose kind is told: a permit must have its shape, the free ones must hold something. */
static void check_document(const char *id, enum id_type type, struct id_check *out)
{
	size_t len = strlen(id), letters = letters_at(id), digits = digits_at(id + letters);

	out->type = type;
	if (!len && type != ID_OTHER)
		reject(out, ID_LENGTH);
	else if (type == ID_PERMIT_HKMO && len != 9 && len != 11)
		reject(out, ID_LENGTH);
	else if (type == ID_PERMIT_HKMO && shape_type(id, len) != ID_PERMIT_HKMO)
		reject(out, ID_CHARSET);
	else if (type == ID_PERMIT_TW && len < 8)
		reject(out, ID_LENGTH);
	else if (type == ID_PERMIT_TW && (letters > 1 || letters + digits != len))
		reject(out, ID_CHARSET);
	else
		accept_shape(out, type);
}

static enum id_type document_type(const struct id_document *doc)
{
	for (int t = 0; t < ID_TYPE_COUNT; t++)
		if (!strcmp(type_names[t], doc->key))
			return (enum id_type)t;
	return ID_OTHER;
}

void id_check(const char *text, const char *document, int32_t today, struct id_check *out)
{
	const struct id_document *doc = document && *document ? id_document_by_code(document) : NULL;
	enum id_type shape;

	*out = (struct id_check){ .result = ID_ACCEPT };
	if (!normalise(text, out->norm, sizeof out->norm)) {
		reject(out, ID_LENGTH);
		return;
	}
	shape = shape_type(out->norm, strlen(out->norm));
	if (doc && strcmp(doc->code, "01") != 0)
		check_document(out->norm, document_type(doc), out);
	else if (!doc && shape != ID_TYPE_NONE)
		accept_shape(out, shape);
	else
		check_resident(out->norm, today, out);
}

const char *id_check_sentence(const struct id_check *check)
{
	if (check->result == ID_REJECT || check->result == ID_MANUAL)
		return _(reason_sentences[check->reason]);
	if (check->warn & ID_WARN_AGE)
		return _("The birth date makes this person older than 120 years: please look again.");
	if (check->warn & ID_WARN_REGION)
		return _("The region in this number is not known: please compare it with the card.");
	return NULL;
}

struct id_match id_vs_declared(const struct id_check *check, const char *sex, const char *dob)
{
	struct id_match m = { true, true };

	if (check->sex && sex && (!strcmp(sex, "1") || !strcmp(sex, "2")))
		m.sex = check->sex == *sex - '0';
	if (*check->dob && dob && *dob)
		m.dob = !strncmp(check->dob, dob, strlen(dob));
	return m;
}

char *id_mask(const char *id, char *out, size_t size)
{
	size_t n = utf8_count(id), head = n >= 15 ? 6 : 0, tail = n > 4 ? 4 : 0, len = 0;

	for (size_t i = 0; *id; i++) {
		size_t l = 1;
		uint32_t cp;

		if (i < head || i + tail >= n) {
			l = utf8_decode(id, strlen(id), &cp);
			if (len + l + 1 > size)
				break;
			memcpy(out + len, id, l);
			id += l;
		} else {
			if (len + 2 > size)
				break;
			out[len] = '*';
			id += utf8_decode(id, strlen(id), &cp);
		}
		len += l;
	}
	out[len] = '\0';
	return out;
}

/* No I, O, S, V, Z: they look like digits. */
static const char org_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static int org_value(char c)
{
	const char *p = c ? strchr(org_alphabet, c) : NULL;

	return p ? (int)(p - org_alphabet) : -1;
}

enum id_reason org_code_check(const char *text, char *norm)
{
	char buf[64];
	int sum = 0, weight = 1;

	*norm = '\0';
	if (!normalise(text, buf, sizeof buf) || utf8_count(buf) != 18)
		return ID_LENGTH;
	for (int i = 0; i < 18; i++)
		if (org_value(buf[i]) < 0)
			return ID_CHARSET;
	for (int i = 0; i < 17; i++, weight = weight * 3 % 31)
		sum += org_value(buf[i]) * weight;
	if ((31 - sum % 31) % 31 != org_value(buf[17]))
		return ID_CHECK_DIGIT;
	memcpy(norm, buf, ID_LEN);
	return ID_FINE;
}
