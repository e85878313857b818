#include "app/clinic/kinship.h"

enum { HEAD, SPOUSE, SON, DAUGHTER, GRANDCHILD, PARENT, GRANDPARENT, SIBLING, OTHER, RELATIONS };

/* Row: what the new head was to the old one.  Place in it: what the member was.  c = child by sex, ? = cannot be told. */
static const char table[RELATIONS][RELATIONS + 1] = {
	[HEAD] = "012345678",
	[SPOUSE] = "102348888",
	[SON] = "5577?6888",
	[DAUGHTER] = "5577?6888",
	[GRANDCHILD] = "66???8888",
	[PARENT] = "c84481?c8",
	[GRANDPARENT] = "48888?148",
	[SIBLING] = "788885678",
	[OTHER] = "8????????",
};

static int relation_of(const char *code)
{
	return code && code[0] >= '0' && code[0] < '0' + RELATIONS && !code[1] ? code[0] - '0' : -1;
}

const char *kinship_to(const char *new_head, const char *member, const char *member_sex)
{
	static const char *const codes[RELATIONS] = { "0", "1", "2", "3", "4", "5", "6", "7", "8" };
	int row = relation_of(new_head), col = relation_of(member);
	char c = row < 0 || col < 0 ? '?' : table[row][col];

	if (c == 'c' && member_sex && (*member_sex == '1' || *member_sex == '2'))
		return codes[*member_sex == '1' ? SON : DAUGHTER];
	return c >= '0' && c <= '8' ? codes[c - '0'] : NULL;
}
